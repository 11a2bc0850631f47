from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentTemplatesConfig(AppConfig):
    name = "yinuo.domains.document_templates"
    label = "document_templates"

    def ready(self) -> None:
        """Learn the kinds of documents of all domains."""
        autodiscover_modules("document_kinds")
