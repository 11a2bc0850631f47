from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "yinuo.domains.dispatch"
    label = "dispatch"
