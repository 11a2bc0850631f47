from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "yinuo.domains.notices"
    label = "notices"
