from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "yinuo.domains.imports"
    label = "imports"
