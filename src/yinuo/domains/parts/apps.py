from django.apps import AppConfig


class PartsConfig(AppConfig):
    name = "yinuo.domains.parts"
    label = "parts"
