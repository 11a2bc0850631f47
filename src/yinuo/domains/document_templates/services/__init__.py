"""What people do with document templates, one function each."""

from yinuo.domains.document_templates.services.publishing import (
    publish_template,
    withdraw_template,
)
from yinuo.domains.document_templates.services.writing import write_template

__all__ = ["publish_template", "withdraw_template", "write_template"]
