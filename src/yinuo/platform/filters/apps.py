from django.apps import AppConfig


class FiltersConfig(AppConfig):
    name = "yinuo.platform.filters"
    label = "filters"
