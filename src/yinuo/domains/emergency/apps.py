from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    name = "yinuo.domains.emergency"
    label = "emergency"
