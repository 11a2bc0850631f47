"""Refusing a body that is too large while it comes in, before it fills the disk (R25, R52)."""

from __future__ import annotations

from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class LimitedUploadHandler(FileUploadHandler):
    """The first of the upload handlers: counts what all files of one request bring.

    Raises RequestDataTooBig, which is answered 400 by pages and 413 by the API.
    """

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 # Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse by the announced length, when it is announced."""
        self.received = 0
        self._count(content_length)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Refuse by what really came."""
        self._count(len(raw_data))
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """Another handler keeps the file."""
        return None

    def _count(self, size: int) -> None:
        self.received += size
        if self.received > settings.UPLOAD_REQUEST_BYTES:
            raise RequestDataTooBig
