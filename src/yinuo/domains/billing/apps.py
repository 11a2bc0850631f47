from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "yinuo.domains.billing"
    label = "billing"
