from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "yinuo.domains.fieldwork"
    label = "fieldwork"
