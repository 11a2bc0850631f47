from django.apps import AppConfig


class CommandLineConfig(AppConfig):
    name = "yinuo.surfaces.cli"
    label = "cli"
