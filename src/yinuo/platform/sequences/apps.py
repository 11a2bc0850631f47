from django.apps import AppConfig


class SequencesConfig(AppConfig):
    name = "yinuo.platform.sequences"
    label = "sequences"
