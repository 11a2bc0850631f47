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
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from yinuo.platform.errors import YinuoError
from yinuo.platform.rendering import typeface
from yinuo.platform.rendering.text import GETA, Cleaner
from yinuo.platform.rendering.wording import BUILT_IN, Wording, filled

_HERE = Path(__file__).parent
SECONDS = 30
# Each child takes about 80 MB; more of them at once would only wait for the processors.
AT_ONCE = BoundedSemaphore(2)
_MOST_MISSING_NAMED = 12
LANGUAGES = {"zh": "zh-hans", "en": "en"}
# The name of the company's own picture among those of a document.
LOGO = "house-logo"

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
    `wording` is what the company wrote around them; it may name `customer`.
    """

    company: str
    unit: str
    title: str
    number: str
    note: str
    language: str
    made_at: datetime
    customer: str = ""
    wording: Wording = BUILT_IN


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
        "pictures": pictures_of(house, pictures),
        "made_at": int(house.made_at.timestamp()),
    }
    with AT_ONCE, TemporaryDirectory(prefix="yinuo-document-") as nothing:
        return made_by("child.py", json.dumps(order).encode(), nothing)


def words_of(house: House) -> dict[str, str]:
    """What stands on every page and around the content, the company's own texts filled in."""
    own, at = house.wording, house.made_at.astimezone(ZoneInfo(settings.TIME_ZONE))
    values = {
        "company": house.company,
        "unit": house.unit,
        "number": house.number,
        "date": f"{at:%Y-%m-%d}",
        "customer": house.customer,
    }
    with override(LANGUAGES[house.language]):
        pages = own.words.get("pages") or _("Page {page} of {pages}")
    return {
        "company": house.company,
        "unit": house.unit,
        "title": filled(house.title, values) if own.title else house.title,
        "number": house.number,
        "note": house.note,
        "head": filled(own.head, values),
        "introduction": filled(own.introduction, values),
        "closing": filled(own.closing, values),
        "footer": filled(own.footer, values),
        "lang": house.language,
        "pages": pages,
    }


def pictures_of(house: House, pictures: Mapping[str, bytes] | None) -> dict[str, list[int]]:
    """The document's pictures and the company's own, as the children take them."""
    all_of_them = dict(pictures or {}) | ({LOGO: house.wording.logo} if house.wording.logo else {})
    return {name: list(content) for name, content in all_of_them.items()}


def _letter(house: House, cleaner: Cleaner) -> dict[str, str]:
    letter: dict[str, str] = cleaner.clean(words_of(house))
    with override(LANGUAGES[house.language]):
        return letter | {"missing": _missing_note(list(cleaner.missing))}


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
