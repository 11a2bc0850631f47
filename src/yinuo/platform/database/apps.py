from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "yinuo.platform.database"
    label = "platform_database"

    def ready(self) -> None:
        from yinuo.platform.database.lookups import register

        register()
