from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "yinuo.domains.customers"
    label = "customers"
