from django.apps import AppConfig


class DevicesConfig(AppConfig):
    name = "yinuo.domains.devices"
    label = "devices"
