from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "yinuo.domains.routing"
    label = "routing"
