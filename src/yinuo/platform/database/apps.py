from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "yinuo.platform.database"
    label = "platform_database"
