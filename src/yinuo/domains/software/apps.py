from django.apps import AppConfig


class SoftwareConfig(AppConfig):
    name = "yinuo.domains.software"
    label = "software"
