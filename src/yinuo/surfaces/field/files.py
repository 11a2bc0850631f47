"""What the app needs to start without network: its shell, texts and built files, with revisions.

All of it is the same for everybody, so that a device keeps no personal data in its caches (R54).
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yinuo.surfaces.assets import manifest
from yinuo.surfaces.field.words import catalogue

# The language of the address, and Django's.
LANGUAGES = {"zh": "zh-hans", "en": "en"}
WORKER = "src/field/sw.ts"


@cache
def shell_text() -> str:
    """The page the app lives in; it says nothing of the person and nothing of the time."""
    with translation.override(LANGUAGES["zh"]):
        return render_to_string("field/shell.html")


@cache
def words_text(language: str) -> str:
    """The texts and rules of the app in a language of LANGUAGES, as JSON."""
    with translation.override(LANGUAGES[language]):
        return json.dumps(catalogue(language), ensure_ascii=False)


@cache
def icon_text() -> str:
    """The sign of the app."""
    return render_to_string("field/icon.svg")


@cache
def manifest_text() -> str:
    """What the phone's home screen shows."""
    with translation.override(LANGUAGES["zh"]):
        name = _("Yinuo field work")
    home = reverse("field:shell")
    sign = {"src": reverse("field:icon"), "type": "image/svg+xml", "sizes": "any"}
    content: dict[str, Any] = {
        "id": home,
        "name": name,
        "short_name": name,
        "lang": "zh-Hans",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#f8f7f4",
        "theme_color": "#1d5870",
        "icons": [{**sign, "purpose": "any"}, {**sign, "purpose": "maskable"}],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


@cache
def worker_text() -> str:
    """The service worker, with the list of what it keeps before it."""
    script = (manifest.DIST / manifest.built_file(WORKER)).read_text(encoding="utf-8")
    return f"self.kept = {json.dumps(_kept(), sort_keys=True)};\n{script}"


def _kept() -> list[dict[str, str | None]]:
    texts = {
        reverse("field:shell"): shell_text(),
        reverse("field:manifest"): manifest_text(),
        reverse("field:icon"): icon_text(),
        **{reverse("field:words", args=[one]): words_text(one) for one in LANGUAGES},
    }
    # The names of built files change with their content.
    parts = manifest.parts("field")
    kept: list[dict[str, str | None]] = [{"url": static(one), "revision": None} for one in parts]
    return kept + [{"url": url, "revision": _revision(text)} for url, text in texts.items()]


def _revision(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
