from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    name = "yinuo.domains.checklists"
    label = "checklists"
