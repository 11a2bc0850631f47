"""What people and the worker do with imports, one function each."""

from yinuo.domains.imports.services.batches import advance_run
from yinuo.domains.imports.services.queue import resume_standing
from yinuo.domains.imports.services.runs import cancel_import, start_import, upload_import
from yinuo.domains.imports.services.sweep import forget_rows

__all__ = [
    "advance_run",
    "cancel_import",
    "forget_rows",
    "resume_standing",
    "start_import",
    "upload_import",
]
