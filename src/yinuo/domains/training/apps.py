from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "yinuo.domains.training"
    label = "training"
