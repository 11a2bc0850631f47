"""Attachments: where they lie and how much anybody may send (R25); what is compiled."""

from __future__ import annotations

import os
from pathlib import Path

from yinuo.config.settings.environment import text, var_folder

MEGABYTE = 1_000_000

# Several machines need one folder that all of them see.
MEDIA_ROOT = Path(text("YINUO_FILES", str(var_folder() / "files"))).resolve()
STORAGES = {
    "default": {"BACKEND": "yinuo.platform.files.storage.FolderStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
UPLOAD_FILE_BYTES = int(text("YINUO_UPLOAD_MB", "25")) * MEGABYTE
UPLOAD_DAILY_BYTES = int(text("YINUO_UPLOAD_DAILY_MB", "500")) * MEGABYTE
# One form with a file: the file and what stands around it.
UPLOAD_REQUEST_BYTES = UPLOAD_FILE_BYTES + MEGABYTE
FILE_UPLOAD_HANDLERS = [
    "yinuo.platform.files.uploading.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# The compiler of the route engine (ADR 0008) reads this when it is first imported; its own default
# is beside the source, which need not be writable.
os.environ.setdefault("NUMBA_CACHE_DIR", str(var_folder() / "compiled"))
