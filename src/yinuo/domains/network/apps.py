from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "yinuo.domains.network"
    label = "network"
