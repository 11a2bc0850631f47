from django.apps import AppConfig


class BreachesConfig(AppConfig):
    name = "yinuo.domains.breaches"
    label = "breaches"
