"""What a company decides about letters of contact (联络函)."""

from __future__ import annotations

from yinuo.config.settings.environment import flag, text

# In principle at most so many for one request; each further one says why (LV-11).
LETTERS_PER_REQUEST = int(text("YINUO_LETTERS_PER_REQUEST", "3"))
# Whether our side is confirmed by somebody else than the writer.
LETTER_NEEDS_SECOND_PERSON = flag("YINUO_LETTER_SECOND_PERSON")
