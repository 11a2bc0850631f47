from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "yinuo.platform.links"
    label = "links"
