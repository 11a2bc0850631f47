from django.apps import AppConfig


class AssetsConfig(AppConfig):
    name = "yinuo.domains.assets"
    label = "assets"
