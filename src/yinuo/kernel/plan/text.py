"""Bilingual words: every title and sentence a customer may read exists in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; an absent language repeats the other one."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence for a language code such as ``zh-hans`` or ``en``.

        >>> Text("响应", "respond").in_language("zh-hans")
        '响应'
        """
        return self.zh if language.startswith("zh") else self.en

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


EMPTY = Text("", "")
