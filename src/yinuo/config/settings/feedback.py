"""What a company decides about its customers' answers."""

from __future__ import annotations

from decimal import Decimal

from yinuo.config.settings.environment import text

# Of several answers about one case that of the first of these sources counts (LV-08).
ANSWER_SOURCES = [
    one.strip()
    for one in text(
        "YINUO_ANSWER_SOURCES",
        "call_back,link,portal,sheet,project_survey,annual_survey",
    ).split(",")
]
# So many days a customer may answer by the link sent to him.
SURVEY_DAYS = int(text("YINUO_SURVEY_DAYS", "14"))
# Roles whose holder answers for the engineers of his unit and those below (BP-13).
SUPERVISING_ROLES = [
    one.strip()
    for one in text("YINUO_SUPERVISING_ROLES", "technical_supervisor,engineering_manager").split(
        ","
    )
]
# A complaint is answered within so many hours, whatever its plan promises (SG-13).
COMPLAINT_HOURS = int(text("YINUO_COMPLAINT_HOURS", "24"))
# Compensation, gifts and free service up to so much yuan need no superior.
COMPLAINT_LIMIT = Decimal(text("YINUO_COMPLAINT_LIMIT", "500.00"))
