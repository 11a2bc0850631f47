"""The Chinese of every sentence and phrase of the check; keys are the English templates."""

from __future__ import annotations

from yinuo.planfile.chinese_phrases import CALENDARS, PHRASES
from yinuo.planfile.chinese_sentences import SENTENCES

__all__ = ["CALENDARS", "PHRASES", "SENTENCES"]
