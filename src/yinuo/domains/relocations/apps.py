from django.apps import AppConfig


class RelocationsConfig(AppConfig):
    name = "yinuo.domains.relocations"
    label = "relocations"
