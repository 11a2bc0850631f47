from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "yinuo.domains.prevention"
    label = "prevention"
