"""How the source is cut: sizes, names, where queries begin."""

from __future__ import annotations

import ast

import pytest
from tests.structure.source import (
    DOMAINS,
    PACKAGE,
    functions,
    python_files,
    shown,
    tree,
    uses_of_objects,
)

MOST_LINES_PER_FILE = 500
MOST_LINES_PER_FUNCTION = 40
MOST_PARAMETERS = 7
VAGUE_NAMES = {"utils", "helpers", "common", "manager", "misc"}
# The operator at the console names an account; he has no actor yet.
QUERIED_BY_A_SURFACE = {("src/yinuo/surfaces/cli/token_actions.py", "User")}
# Needs no actor: the names of roles are no secret.
OPEN_LISTS = {"list_roles"}
# Reads of rows nobody's scope limits, or that serve the frame itself, each with its reason.
READ_WITHOUT_ACTOR = {
    ("assets", "Component"): "which visible assets a part's serial belongs to",
    ("assets", "FormerSerial"): "which visible assets a former serial belongs to",
    ("billing", "Charge"): "which rows take back visible ones",
    ("billing", "Quote"): "the one a link is about, for whoever holds it",
    ("billing", "StatementLine"): "of visible charges and statements",
    ("breaches", "Entry"): "of a statement the caller has checked",
    ("checklists", "Checklist"): "of a visible sheet; which of visible ones were taken over",
    ("checklists", "Line"): "of visible checklists",
    ("emergency", "EmergencyPlan"): "whether one runs for a visible request",
    ("checklists", "FollowUp"): "of visible checklists",
    ("customers", "CustomerVisit"): "of a visible customer, or one the caller has checked",
    ("contracts", "PlanVersion"): "inside visible versions: which is a plan's newest",
    ("oncall", "Turn"): "who is on duty, among people the caller knows",
    ("oncall", "Call"): "named by a visible hand-over; counted for a statement that may be seen",
    ("oncall", "PayEntry"): "of a statement that may be seen",
    ("goods", "GoodsLine"): "of visible orders; which of them name an article",
    ("goods", "GoodsRevision"): "of a visible order",
    ("goods", "GoodsShipment"): "of visible orders",
    ("relocations", "RelocationStep"): "of visible relocations",
    (
        "software",
        "SoftwareRelease",
    ): "for an asset the caller has checked; later than a visible one",
    ("software", "SoftwareDelivery"): "of a visible version for visible assets",
    ("routing", "Routing"): "of a visible request",
    ("obligations", "ObligationRow"): "of a subject the caller has checked",
    ("obligations", "FactRow"): "of a subject the caller has checked",
    ("obligations", "SubjectRow"): "of an obligation found among the visible ones",
    ("obligations", "ChangeRow"): "of a subject or visible obligation the caller has checked",
    ("obligations", "EscalationRow"): "of an obligation found among the visible ones",
}


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    sources = [*python_files(), *PACKAGE.rglob("*.html")]
    long = {shown(file): n for file in sources if (n := len(file.read_text().splitlines())) > 500}
    assert not long


def test_no_function_is_longer_than_forty_lines() -> None:
    """Counted without its docstring."""
    long = []
    for file in python_files():
        for function in functions(file):
            assert function.end_lineno is not None
            lines = function.end_lineno - function.lineno + 1
            if ast.get_docstring(function):
                first = function.body[0]
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            if lines > MOST_LINES_PER_FUNCTION:
                long.append(f"{shown(file, function.lineno)} {function.name} {lines}")
    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [shown(file) for file in PACKAGE.rglob("*.py") if file.stem in VAGUE_NAMES]


def test_surfaces_and_config_never_query_a_model() -> None:
    found = [
        f"{shown(file, line)} {model}.objects"
        for file in [*python_files("surfaces"), *python_files("config")]
        for model, line in uses_of_objects(file)
        if (shown(file), model) not in QUERIED_BY_A_SURFACE
    ]
    assert not found


@pytest.mark.req("R01")
@pytest.mark.parametrize("domain", [one for one in DOMAINS if one != "network"])
def test_what_a_domain_reads_begins_in_its_policies(domain: str) -> None:
    """A selector that starts at `Model.objects` has a reason that is listed here."""
    reading = [file for file in python_files("domains", domain) if "selectors" in file.stem]
    found = [
        f"{shown(file, line)} {model}.objects"
        for file in reading
        for model, line in uses_of_objects(file)
        if (domain, model) not in READ_WITHOUT_ACTOR
    ]
    assert reading
    assert not found


@pytest.mark.req("R01")
def test_reads_that_skip_the_policies_are_not_excused_for_nothing() -> None:
    used = {
        (domain, model)
        for domain in DOMAINS
        for file in python_files("domains", domain)
        if "selectors" in file.stem
        for model, _ in uses_of_objects(file)
    }
    assert set(READ_WITHOUT_ACTOR) <= used


@pytest.mark.req("R01")
@pytest.mark.parametrize("domain", DOMAINS)
def test_lists_and_pages_take_the_actor_first(domain: str) -> None:
    """Public `list_…` functions of selectors cannot be called without an actor."""
    lacking = []
    for file in python_files("domains", domain):
        if "selectors" not in file.stem:
            continue
        for node in tree(file).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("list_"):
                first = [*node.args.args, *node.args.kwonlyargs][:1]
                if not first or first[0].arg != "actor":
                    lacking.append(f"{shown(file, node.lineno)} {node.name}")
    assert not [one for one in lacking if one.split()[-1] not in OPEN_LISTS]


def test_the_clock_is_read_only_at_the_edge() -> None:
    """Kernel, plan files and domains get `now`; only surfaces, jobs and processes read a clock."""
    reading = {
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
        *("timezone.now", "time.time"),
    }
    found = [
        shown(file, node.lineno)
        for part in ("kernel", "planfile", "domains")
        for file in python_files(part)
        if file.name != "tasks.py"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in reading
    ]
    assert not found
