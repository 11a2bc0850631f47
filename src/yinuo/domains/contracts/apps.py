from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "yinuo.domains.contracts"
    label = "contracts"
