from django.apps import AppConfig


class GoodsConfig(AppConfig):
    name = "yinuo.domains.goods"
    label = "goods"
