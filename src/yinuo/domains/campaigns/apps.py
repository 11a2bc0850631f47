from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "yinuo.domains.campaigns"
    label = "campaigns"
