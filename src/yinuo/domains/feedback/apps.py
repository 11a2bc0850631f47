from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "yinuo.domains.feedback"
    label = "feedback"
