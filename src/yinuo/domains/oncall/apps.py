from django.apps import AppConfig


class OncallConfig(AppConfig):
    name = "yinuo.domains.oncall"
    label = "oncall"
