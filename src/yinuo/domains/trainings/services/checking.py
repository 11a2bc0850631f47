"""What a training's words and figures must be like."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from yinuo.domains.trainings.types import Teaches, TrainingData
from yinuo.platform.errors import InvalidInput

LONGEST = {"subject": 200, "topics": 4_000, "place": 200}
LONGEST_SKILL, LONGEST_CERTIFICATE, LONGEST_LINE, LONGEST_NAME = 60, 80, 60, 120
MOST_POINTS, MOST_MONTHS, MOST_PARTICIPANTS = 1_000, 120, 200
LONGEST_TRAINING = timedelta(days=31)
LEAST_LEVEL, HIGHEST_LEVEL = 1, 5


def check_data(data: TrainingData) -> None:
    """Raises InvalidInput per field."""
    problems = {
        name: too_long(most) for name, most in LONGEST.items() if len(getattr(data, name)) > most
    }
    if not data.subject.strip():
        problems["subject"] = _("This is needed.")
    if not data.starts_at < data.ends_at <= data.starts_at + LONGEST_TRAINING:
        problems["ends_at"] = _("It ends after it begins, within 31 days.")
    if data.most_points is not None and not 1 <= data.most_points <= MOST_POINTS:
        problems["most_points"] = _("Give 1 to 1,000 points, or none.")
    if problems:
        raise InvalidInput(problems)


def check_teaches(teaches: Teaches) -> None:
    """Raises InvalidInput for a skill without level, a certificate without months, or back."""
    problems: dict[str, str] = {}
    if len(teaches.skill) > LONGEST_SKILL:
        problems["skill"] = too_long(LONGEST_SKILL)
    if len(teaches.certificate) > LONGEST_CERTIFICATE:
        problems["certificate"] = too_long(LONGEST_CERTIFICATE)
    if len(teaches.product_line) > LONGEST_LINE:
        problems["product_line"] = too_long(LONGEST_LINE)
    level, months = teaches.level, teaches.certificate_months
    if not _belongs(teaches.skill, level, LEAST_LEVEL, HIGHEST_LEVEL):
        problems["level"] = _("A skill needs its level from 1 to 5, and no level goes without one.")
    if not _belongs(teaches.certificate, months, 1, MOST_MONTHS):
        problems["certificate_months"] = _(
            "A certificate needs the months it is good for, 1 to 120, and none go without one."
        )
    if problems:
        raise InvalidInput(problems)


def too_long(most: int) -> str:
    """What is said of a text beyond so many characters."""
    return _("Use at most %(most)d characters.") % {"most": most}


def _belongs(word: str, figure: int | None, least: int, most: int) -> bool:
    if not word.strip():
        return figure is None
    return figure is not None and least <= figure <= most
