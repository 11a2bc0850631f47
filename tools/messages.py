"""The texts of the product in two languages: collect them from the sources, compile catalogues.

    python tools/messages.py collect   add new texts to the .po files, drop unused ones
    python tools/messages.py compile   write the .mo files, if older than their .po

Plain Python instead of GNU gettext, so that it runs on any machine. The sources are English; a new
English entry is its own text, a new Chinese entry stays empty until somebody writes it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "yinuo"
LOCALE = SOURCES / "locale"
LANGUAGES = ("zh_Hans", "en")

SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}


@dataclass(frozen=True, order=True)
class Message:
    """One text of the sources: English, its plural or "", its context or ""."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass
class Found:
    """Where each message stands."""

    places: dict[Message, set[str]] = field(default_factory=dict)

    def add(self, message: Message, place: str) -> None:
        """Note one more place."""
        self.places.setdefault(message, set()).add(place)


def python_messages(source: str) -> Iterator[Message]:
    """The messages of a Python source: literal arguments of gettext's functions."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        words = [a.value for a in node.args if isinstance(a, ast.Constant)]
        texts = [word for word in words if isinstance(word, str)]
        if name in SINGULAR and texts:
            yield Message(texts[0])
        elif name in PLURAL and len(texts) > 1:
            yield Message(texts[0], plural=texts[1])
        elif name in IN_CONTEXT and len(texts) > 1:
            yield Message(texts[1], context=texts[0])


# What Django's templatize writes for the tags of a template.
CALL = re.compile(
    r"(?<![\w.])(?:_|gettext|ngettext|pgettext)\((?:u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*,?\s*)+"
    r"(?:\s*count\s*)?\)"
)


def template_messages(source: str, origin: str) -> Iterator[Message]:
    """The messages of a template's translate and blocktranslate tags."""
    for call in CALL.finditer(templatize(source, origin=origin)):
        yield from python_messages(call.group())


def collect() -> Found:
    """All messages of the package with the files they stand in."""
    found = Found()
    for file in sorted(SOURCES.rglob("*.py")):
        for message in python_messages(file.read_text()):
            found.add(message, str(file.relative_to(ROOT)))
    for file in sorted(SOURCES.rglob("templates/**/*.html")):
        for message in template_messages(file.read_text(), str(file)):
            found.add(message, str(file.relative_to(ROOT)))
    return found


def catalogue_path(language: str) -> Path:
    """The .po file of a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read_catalogue(language: str) -> polib.POFile:
    """The catalogue of a language; a new one when there is none yet."""
    path = catalogue_path(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    forms = "nplurals=1; plural=0;" if language == "zh_Hans" else "nplurals=2; plural=(n != 1);"
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": forms,
    }
    return catalogue


def key(entry: polib.POEntry) -> Message:
    """The message an entry translates."""
    return Message(entry.msgid, entry.msgid_plural or "", entry.msgctxt or "")


def merged(language: str, found: Found) -> polib.POFile:
    """The catalogue with exactly the messages found, translations kept."""
    known = {key(entry): entry for entry in read_catalogue(language)}
    catalogue = read_catalogue(language)
    catalogue.clear()
    for message in sorted(found.places, key=lambda m: (min(found.places[m]), m)):
        entry = known.get(message) or new_entry(message, language)
        entry.occurrences = [(place, "") for place in sorted(found.places[message])]
        catalogue.append(entry)
    return catalogue


def new_entry(message: Message, language: str) -> polib.POEntry:
    """An entry without translation; in English the text translates itself."""
    english = language == "en"
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if message.plural:
        entry.msgid_plural = message.plural
        forms = [message.text, message.plural] if english else [""]
        entry.msgstr_plural = dict(enumerate(forms))
    elif english:
        entry.msgstr = message.text
    return entry


def write_catalogues() -> None:
    """Bring both .po files in line with the sources."""
    found = collect()
    for language in LANGUAGES:
        catalogue = merged(language, found)
        path = catalogue_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        print(f"{language}: {len(catalogue)} texts, {len(catalogue.untranslated_entries())} open")


def compile_catalogues() -> None:
    """Write each .mo file that is older than its .po file."""
    for language in LANGUAGES:
        path = catalogue_path(language)
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
            read_catalogue(language).save_as_mofile(str(compiled))
            print(f"texts: compiled {language}")


def main(arguments: list[str]) -> int:
    """Exit status 0, or 2 for an unknown command."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    commands = {"collect": write_catalogues, "compile": compile_catalogues}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    commands[arguments[0]]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
