"""The language page is true: its examples check, name every key, and its reference is up to date."""

import json
import re

import jsonschema
import pytest
from tests.kernel.written import ROOT

from yinuo.planfile import check_text, load_plan, read_document, write_document
from yinuo.planfile.catalogue import records
from yinuo.planfile.heading import HEADING
from yinuo.planfile.reference import reference_markdown
from yinuo.planfile.schema import plan_schema

PAGE = (ROOT / "docs" / "plan-language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml( clauses)?\n(.*?)```", PAGE, re.DOTALL)
WHOLE = [text for kind, text in BLOCKS if not kind]
HEAD = WHOLE[0][: WHOLE[0].index("clauses:\n") + len("clauses:\n")]
CLAUSES = [text for kind, text in BLOCKS if kind]
MARK = "<!-- reference: made by `yinuo plan reference`; do not edit below -->\n\n"


def indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.splitlines())


@pytest.mark.parametrize("number", range(len(CLAUSES)))
def test_each_example_publishes_without_a_warning(number):
    checked = check_text(HEAD + indented(CLAUSES[number]) + fillers(CLAUSES[number]))
    assert [str(one) for one in checked.problems if one.severity != "note"] == []


def fillers(text: str) -> str:
    """Clauses of the page that an example names and that stand in another example."""
    wanted = set(re.findall(r"(?:of|clause): ([a-z_.]+)", text)) - set(
        re.findall(r"id: ([a-z_.]+)", text)
    )
    made = ""
    if "respond" in wanted:
        made += (
            "  - {id: respond, promise: respond, start: reported, end: responded, limit: 1 hour}\n"
        )
    if "limit.table" in wanted:
        made += "  - {id: limit.table, promise: restore, start: reported, end: restored, limit: 1 hour}\n"
    return made


@pytest.mark.parametrize("number", range(len(WHOLE)))
def test_each_whole_plan_publishes(number):
    assert check_text(WHOLE[number]).problems == ()


def test_every_key_of_the_language_has_an_example():
    examples = "\n".join(text for _, text in BLOCKS)
    keys = {name for record in records().values() for name in record.keys} | set(HEADING)
    missing = {name for name in keys if not re.search(rf"(?<![a-z_]){re.escape(name)}:", examples)}
    assert missing == set()


def test_the_reference_is_up_to_date():
    assert PAGE.partition(MARK)[2] == reference_markdown()


def test_the_published_schema_is_up_to_date():
    published = json.loads((ROOT / "docs" / "plan.schema.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(plan_schema()))


def texts() -> list[str]:
    shipped = sorted((ROOT / "plans").glob("*.yaml"))
    return [
        *WHOLE,
        *(path.read_text(encoding="utf-8") for path in shipped),
        *(HEAD + indented(text) + fillers(text) for text in CLAUSES),
    ]


def documents():
    return [read_document(text) for text in texts()]


@pytest.mark.parametrize("number", range(len(texts())))
def test_a_plan_read_and_written_back_has_the_same_meaning(number):
    text = texts()[number]
    assert load_plan(write_document(read_document(text))).hash == load_plan(text).hash


def test_the_schema_accepts_every_example_and_shipped_plan():
    schema = plan_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for document in documents():
        assert [error.message for error in validator.iter_errors(document)] == []


def test_the_schema_refuses_a_misspelled_key():
    validator = jsonschema.Draft202012Validator(plan_schema())
    document = documents()[0]
    document["clauses"][0]["limt"] = "1 hour"
    assert list(validator.iter_errors(document))
