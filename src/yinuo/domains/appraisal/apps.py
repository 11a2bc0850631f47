from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "yinuo.domains.appraisal"
    label = "appraisal"
