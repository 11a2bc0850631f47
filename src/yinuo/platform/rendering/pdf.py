"""`render_pdf`: a template of ours and somebody's data become a PDF."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from logging import getLogger
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from yinuo.platform.errors import YinuoError
from yinuo.platform.rendering import typeface
from yinuo.platform.rendering.text import GETA, Cleaner

_HERE = Path(__file__).parent
SECONDS = 30
# Each child takes about 80 MB; more of them at once would only wait for the processors.
AT_ONCE = BoundedSemaphore(2)
_MOST_MISSING_NAMED = 12
LANGUAGES = {"zh": "zh-hans", "en": "en"}

_log = getLogger("yinuo.rendering")


class RenderingFailed(YinuoError):
    """The document could not be set, or not within its limits of time and memory."""

    code = "document_failed"
    status: ClassVar[int] = 503
    message = gettext_lazy("The document could not be made. Try again in a moment.")


@dataclass(frozen=True, slots=True)
class House:
    """What stands on every page: who sends it, what it is, its number, a remark beside it.

    `language` is `zh` or `en`; the words of the document itself are the caller's, in `data`.
    """

    company: str
    unit: str
    title: str
    number: str
    note: str
    language: str
    made_at: datetime


def render_pdf(
    template: Path,
    data: Mapping[str, Any],
    *,
    house: House,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """The PDF of `data` by a Typst template in the house style.

    `data` is JSON-like and reaches the template as `data`; `pictures` (PNG, JPEG or SVG) by
    `picture(name)`. The same input gives the same bytes. A character the typeface lacks is set
    as 〓 and named at the foot of each page. Raises RenderingFailed.
    """
    cleaner = Cleaner()
    cleaned = cleaner.clean(data)
    order = {
        "source": (_HERE / "house.typ").read_text("utf-8") + template.read_text("utf-8"),
        "fonts": str(typeface.folder()),
        "data": cleaned,
        "house": _letter(house, cleaner),
        "pictures": {name: list(content) for name, content in (pictures or {}).items()},
        "made_at": int(house.made_at.timestamp()),
    }
    with AT_ONCE, TemporaryDirectory(prefix="yinuo-document-") as nothing:
        return made_by("child.py", json.dumps(order).encode(), nothing)


def _letter(house: House, cleaner: Cleaner) -> dict[str, str]:
    letter: dict[str, str] = cleaner.clean(
        {
            "company": house.company,
            "unit": house.unit,
            "title": house.title,
            "number": house.number,
            "note": house.note,
        }
    )
    with override(LANGUAGES[house.language]):
        return letter | {
            "lang": house.language,
            "pages": _("Page {page} of {pages}"),
            "missing": _missing_note(list(cleaner.missing)),
        }


def _missing_note(missing: list[str]) -> str:
    if not missing:
        return ""
    named = ", ".join(f"U+{ord(one):04X}" for one in missing[:_MOST_MISSING_NAMED])
    more = " …" if len(missing) > _MOST_MISSING_NAMED else ""
    _log.warning("the typeface lacks %s%s", named, more)
    return _("%(mark)s stands for a character the typeface lacks: %(codes)s") % {
        "mark": GETA,
        "codes": named + more,
    }


def made_by(script: str, order: bytes, folder: str) -> bytes:
    """What a child of ours makes of an order, in an empty folder. Raises RenderingFailed."""
    command = [sys.executable, "-I", str(_HERE / script)]
    try:
        done = subprocess.run(  # noqa: S603 # our own script, nothing of the user in the command
            command,
            input=order,
            capture_output=True,
            cwd=folder,
            env={"PATH": "", "LANG": "C.UTF-8", "RAYON_NUM_THREADS": "2"},
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        _log.error("a document took more than %s s", SECONDS)
        raise RenderingFailed from error
    except subprocess.CalledProcessError as error:
        _log.error("a document failed (%s): %s", error.returncode, error.stderr[-2_000:])
        raise RenderingFailed from error
    return done.stdout
