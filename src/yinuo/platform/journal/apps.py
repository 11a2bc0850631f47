from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "yinuo.platform.journal"
    label = "journal"
