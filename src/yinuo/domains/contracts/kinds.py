"""The kind of a contract in the words of its plan: what clauses ask for by `contract_kind`."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yinuo.kernel.plan.plan import Choice, Plan
from yinuo.platform.errors import InvalidInput


def kind_title(plan: Plan, code: str) -> str:
    """The plan's name of a kind in the reader's language; the code itself where it has none."""
    known = {one.code: _named(one) for one in plan.contract_kinds}
    return known.get(code, code)


def kind_code(plan: Plan, given: str, held: str | None = None) -> str:
    """The plan's code of a kind given by its code or by its name in either language.

    A clause for one kind never applies to a contract whose kind the plan does not know, so such
    a one is refused: raises InvalidInput. Left as given are no kind, a plan that treats all
    contracts alike, and the kind `held` so far (of an earlier version of the plan).
    """
    given = given.strip()
    kinds = plan.contract_kinds
    if not given or not kinds or given == held:
        return given
    for one in kinds:
        if given.casefold() in {text.casefold() for text in (one.code, one.title.zh, one.title.en)}:
            return one.code
    names = " · ".join(_named(one) for one in kinds)
    raise InvalidInput(
        {"kind": _("The plan knows no such kind. It knows: %(names)s") % {"names": names}}
    )


def _named(one: Choice) -> str:
    return one.title.in_language(get_language() or "") or one.code
