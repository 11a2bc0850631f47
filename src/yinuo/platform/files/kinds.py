"""Which files are taken: extension and content must both say the same known kind (R25)."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from yinuo.platform.files.types import Upload

HEAD_BYTES = 4096
MOST_ARCHIVE_ENTRIES = 5_000
# What a browser could take for a page of ours, whatever the file is called.
_MARKUP = re.compile(rb"\s*(<!doctype|<html|<svg|<\?xml|<script|<body|<head)", re.IGNORECASE)
_TEXT_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type and whether a content is of it."""

    media_type: str
    is_one: Callable[[bytes, Upload], bool]
    is_picture: bool = False


def kind_of(extension: str, upload: Upload) -> Kind | None:
    """The kind that extension and content agree on, or None when they do not or nobody knows it."""
    kind = _KINDS.get(extension)
    if kind is None:
        return None
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    if _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)) or not kind.is_one(head, upload):
        return None
    return kind


def _begins(*starts: bytes, at: int = 0) -> Callable[[bytes, Upload], bool]:
    return lambda head, upload: head[at:].startswith(starts)


def _is_text(head: bytes, upload: Upload) -> bool:
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        upload.seek(0)
        try:
            parts = [decoder.decode(chunk) for chunk in upload.chunks()]
            parts.append(decoder.decode(b"", final=True))
        except UnicodeDecodeError:
            continue
        return not any(_TEXT_CONTROLS.search(part) for part in parts)
    return False


def _is_office(folder: str) -> Callable[[bytes, Upload], bool]:
    """A zip with the parts of that program and without macros; nothing of it is unpacked."""

    def is_one(head: bytes, upload: Upload) -> bool:
        names = _entries(upload)
        return (
            "[Content_Types].xml" in names
            and any(name.startswith(folder) for name in names)
            and not any(name.casefold().endswith("vbaproject.bin") for name in names)
        )

    return is_one


def _is_archive(head: bytes, upload: Upload) -> bool:
    return bool(_entries(upload))


def _entries(upload: Upload) -> list[str]:
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []
    return names if len(names) <= MOST_ARCHIVE_ENTRIES else []


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OLE = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_JPEG = Kind("image/jpeg", _begins(b"\xff\xd8\xff"), is_picture=True)
_KINDS = {
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind("image/png", _begins(b"\x89PNG\r\n\x1a\n"), is_picture=True),
    "gif": Kind("image/gif", _begins(b"GIF87a", b"GIF89a"), is_picture=True),
    "webp": Kind("image/webp", _begins(b"WEBP", at=8), is_picture=True),
    "pdf": Kind("application/pdf", _begins(b"%PDF-")),
    "docx": Kind(_OPEN_XML + "wordprocessingml.document", _is_office("word/")),
    "xlsx": Kind(_OPEN_XML + "spreadsheetml.sheet", _is_office("xl/")),
    "pptx": Kind(_OPEN_XML + "presentationml.presentation", _is_office("ppt/")),
    "doc": Kind("application/msword", _OLE),
    "xls": Kind("application/vnd.ms-excel", _OLE),
    "zip": Kind("application/zip", _is_archive),
    "txt": Kind("text/plain", _is_text),
    "log": Kind("text/plain", _is_text),
    "csv": Kind("text/csv", _is_text),
    "mp3": Kind("audio/mpeg", _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    "amr": Kind("audio/amr", _begins(b"#!AMR")),
    "wav": Kind("audio/wav", _begins(b"WAVE", at=8)),
    "m4a": Kind("audio/mp4", _begins(b"ftyp", at=4)),
    "webm": Kind("audio/webm", _begins(b"\x1aE\xdf\xa3")),
    "mp4": Kind("video/mp4", _begins(b"ftyp", at=4)),
}
EXTENSIONS = tuple(sorted(_KINDS))
