"""The Chinese of every sentence and phrase of the check; keys are the English templates."""

from __future__ import annotations

from yinuo.planfile import chinese_checklists, chinese_prices
from yinuo.planfile.chinese_phrases import CALENDARS
from yinuo.planfile.chinese_phrases import PHRASES as _PHRASES
from yinuo.planfile.chinese_sentences import SENTENCES as _SENTENCES

PHRASES = {**_PHRASES, **chinese_prices.PHRASES, **chinese_checklists.PHRASES}
SENTENCES = {**_SENTENCES, **chinese_prices.SENTENCES, **chinese_checklists.SENTENCES}
__all__ = ["CALENDARS", "PHRASES", "SENTENCES"]
