from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "yinuo.domains.trainings"
    label = "trainings"
