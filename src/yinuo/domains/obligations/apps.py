from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "yinuo.domains.obligations"
    label = "obligations"
