from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "yinuo.domains.requests"
    label = "requests"
