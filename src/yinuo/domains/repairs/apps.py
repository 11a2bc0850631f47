from django.apps import AppConfig


class RepairsConfig(AppConfig):
    name = "yinuo.domains.repairs"
    label = "repairs"
