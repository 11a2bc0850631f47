"""From a shape and what is written there to a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yinuo.kernel.plan.text import EMPTY, Text
from yinuo.kernel.plan.words import FACT_KINDS
from yinuo.planfile.anchors import FORMS as ANCHORS
from yinuo.planfile.anchors import AnchorShape
from yinuo.planfile.calendars import CalendarsShape, SeasonsShape
from yinuo.planfile.clauses import KINDS, ClauseShape, Sets
from yinuo.planfile.conditions import ConditionShape
from yinuo.planfile.document import value_of
from yinuo.planfile.forms.fields import (
    BOTH,
    CHOICE,
    ITEMS,
    NAMED,
    RECORD,
    TEXT,
    WORD,
    WORDS,
    YAML,
    YES_NO,
    Field,
    Option,
)
from yinuo.planfile.forms.labels import form_label, label_of, word_label
from yinuo.planfile.ladders import STEP, LadderShape
from yinuo.planfile.limits import FORMS as LIMITS
from yinuo.planfile.limits import LimitShape
from yinuo.planfile.plan import TABLES, NamedShape
from yinuo.planfile.shapes import (
    Bilingual,
    Key,
    Known,
    ListOf,
    Number,
    Record,
    Shape,
    String,
    Word,
    YesNo,
)
from yinuo.planfile.source import Node
from yinuo.planfile.splicing import in_lines, in_one_line

Path = tuple[str, ...]
PLAIN = "plain"
MOST_IN_FIELD = 60
# What a person looks for first in a clause; the others follow in the order of the tables.
USUAL = ("id", "number", "title", "text", "promise", "applies_to", "start", "end", "limit")


class Declared:
    """The names a plan declares, by table, as options."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._tables: dict[str, tuple[Option, ...]] = {}

    def of(self, table: str) -> tuple[Option, ...]:
        """The names of a table such as `calendars`, `selector:level`, `clauses`."""
        if table not in self._tables:
            self._tables[table] = tuple(self._found(table))
        return self._tables[table]

    @property
    def selectors(self) -> tuple[str, ...]:
        """Names of the plan's selectors."""
        return tuple(one.code for one in self.of("selectors"))

    def _found(self, table: str) -> Iterable[Option]:
        head, _, name = table.partition(":")
        if head == "selector":
            selectors = self._root.get("selectors")
            selector = selectors.get(name) if selectors else None
            values = selector.get("values") if selector else None
            return [_choice(one) for one in (values.items if values else ())]
        if head == "clauses":
            clauses = self._root.get("clauses")
            ids = [one.get("id") for one in (clauses.items if clauses else ())]
            return [_named(one.text, None) for one in ids if one is not None]
        if head in TABLES:
            words = self._root.get("words")
            node = words.get(head) if words else None
        else:
            node = self._root.get(head)
        return [_named(key.text, value) for key, value in (node.pairs if node else ())]


def _choice(node: Node) -> Option:
    code = node.get("code") if node.kind == "map" else node
    return _named(code.text if code else "", node)


def _named(code: str, node: Node | None) -> Option:
    title = (node.get("title") or node) if node is not None else None
    if title is not None and title.kind == "map":
        zh, en = title.get("zh"), title.get("en")
        if zh or en:
            first, second = zh or en, en or zh
            return Option(code, Text(first.text, second.text) if first and second else EMPTY)
    if title is not None and title.kind == "scalar" and title.text:
        return Option(code, Text(title.text, title.text))
    return Option(code, Text(code, code))


class Maker:
    """Makes fields, knowing the names the plan declares."""

    def __init__(self, declared: Declared) -> None:
        self.declared = declared

    def field(
        self, shape: Shape, node: Node | None, path: Path, name: str, key: Key | None = None
    ) -> Field:
        """The field of one place, written or not."""
        made = Field(
            path="/".join(path),
            name=name,
            way=YAML,
            label=label_of(name),
            about=key.about if key else "",
            required=bool(key and key.required),
            is_written=node is not None,
        )
        self._fill(made, shape, node, path)
        return made

    def fields(
        self, node: Node, path: Path, keys: Mapping[str, Key]
    ) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
        """The fields written or needed in a mapping, and those that may be added."""
        order = {name: place for place, name in enumerate(USUAL)}
        names = sorted(keys, key=lambda name: order.get(name, len(order)))
        every = [
            self.field(keys[name].shape, node.get(name), (*path, name), name, keys[name])
            for name in names
        ]
        # A key nobody knows is shown too, so that it can be taken away.
        strange = [key.text for key, _ in node.pairs if key.text not in keys and not path[2:]]
        every += [
            self.field(String(), node.get(name), (*path, name), name)
            for name in strange
            if path[:1] == ("clauses",)
        ]
        shown = [one for one in every if one.is_written or one.required or one.name in _ALWAYS]
        return tuple(shown), tuple(one for one in every if one not in shown)

    def _fill(self, made: Field, shape: Shape, node: Node | None, path: Path) -> None:
        if isinstance(shape, ClauseShape):
            kind = node.get("kind") if node is not None else None
            self._record(made, KINDS.get(kind.text if kind else "deadline"), node, path)
        elif isinstance(shape, LimitShape | AnchorShape):
            self._choice(made, shape, node, path)
        elif isinstance(shape, LadderShape):
            self._ladder(made, node, path)
        elif isinstance(shape, ConditionShape | Sets):
            self._condition(made, node, path)
        elif isinstance(shape, NamedShape | CalendarsShape | SeasonsShape):
            self._names(made, shape.item, node, path)
        elif isinstance(shape, Record):
            self._record(made, shape, node, path)
        elif isinstance(shape, ListOf):
            self._list(made, shape, node, path)
        else:
            self._single(made, shape, node)

    def _single(self, made: Field, shape: Shape, node: Node | None) -> None:
        """A value that holds no other."""
        if isinstance(shape, Bilingual) and (node is None or node.kind != "list"):
            made.way, made.values = BOTH, _both(node)
        elif node is not None and node.kind != "scalar":
            made.values = (_snippet(node),)
        elif isinstance(shape, YesNo):
            made.way, made.values = YES_NO, (_yes(node),)
        elif (options := self.options(shape)) and _knows(options, node):
            made.way, made.options, made.values = WORD, options, (_text(node),)
        elif isinstance(shape, String | Number | Word | Known) or node is not None:
            made.way, made.values = TEXT, (_text(node),)
        else:
            made.way = TEXT if shape.schema().get("type") != "object" else YAML

    def options(self, shape: Shape) -> tuple[Option, ...]:
        """The words a shape allows, declared ones first."""
        if isinstance(shape, Known):
            also = tuple(Option(one, word_label(one)) for one in shape.also)
            return (*self.declared.of(shape.table), *also)
        if isinstance(shape, Word):
            own = self.declared.of(shape.table) if shape.declarable else ()
            built = (
                Option(one, shape.titles.get(one) or word_label(one)) for one in shape.built_in
            )
            return (*own, *built)
        return ()

    def _record(self, made: Field, record: Record | None, node: Node | None, path: Path) -> None:
        if record is None or (node is not None and node.kind != "map"):
            made.way = TEXT if node is None or node.kind == "scalar" else YAML
            made.values = (_text(node) if made.way == TEXT else _snippet(node),)
            return
        made.way = RECORD
        if node is not None:
            made.inner, made.further = self.fields(node, path, record.keys)

    def _names(self, made: Field, item: Shape, node: Node | None, path: Path) -> None:
        if node is not None and node.kind != "map":
            made.values = (_snippet(node),)
            return
        made.way = NAMED
        inner = []
        for key, value in node.pairs if node is not None else ():
            one = self.field(item, value, (*path, key.text), key.text)
            one.label, one.is_item = Text(key.text, key.text), True
            inner.append(one)
        made.inner = tuple(inner)

    def _list(self, made: Field, shape: ListOf, node: Node | None, path: Path) -> None:
        items = node.items if node is not None and node.kind == "list" else ()
        options = self.options(shape.item)
        simple = isinstance(shape.item, String | Word | Known | Number)
        if node is not None and node.kind == "scalar" and shape.or_one:
            items = (node,)
        elif node is not None and node.kind != "list":
            made.values = (_snippet(node),)
            return
        if simple and all(one.kind == "scalar" for one in items):
            made.way, made.options = WORDS, options
            made.values = tuple(_text(one) for one in items)
            return
        if node is not None and node.kind == "scalar":
            made.way, made.values = TEXT, (_text(node),)
            return
        made.way = ITEMS
        inner = []
        for place, one in enumerate(items):
            field = self.field(shape.item, one, (*path, str(place)), str(place))
            field.label, field.is_item = _item_label(made, place), True
            inner.append(field)
        made.inner = tuple(inner)

    def _choice(self, made: Field, shape: Shape, node: Node | None, path: Path) -> None:
        forms = LIMITS if isinstance(shape, LimitShape) else ANCHORS
        made.way = CHOICE
        made.options = tuple(Option(one, form_label(one)) for one in (PLAIN, *forms))
        named = [name for name in forms if node is not None and node.get(name) is not None]
        leading = [
            one
            for one in named
            if not any(one in forms[other].keys for other in named if other != one)
        ]
        if node is not None and node.kind == "map" and len(leading) == 1:
            made.values = (leading[0],)
            made.inner, made.further = self.fields(node, path, forms[leading[0]].keys)
            return
        made.values = (PLAIN,)
        plain = Field("/".join(path), "", TEXT, label_of(made.name), values=(_text(node),))
        if forms is ANCHORS:
            facts = Word("facts", "a fact kind", FACT_KINDS)
            self._list(plain, ListOf(facts, or_one=True), node, path)
        elif node is not None and node.kind != "scalar":
            plain.way, plain.values = YAML, (_snippet(node),)
        made.inner = (plain,)

    def _ladder(self, made: Field, node: Node | None, path: Path) -> None:
        names = self.declared.of("ladders")
        if node is not None and node.kind == "list":
            self._list(made, ListOf(STEP), node, path)
        elif names and _knows(names, node):
            made.way, made.options, made.values = WORD, names, (_text(node),)
        elif node is None:
            made.way = ITEMS
        else:
            made.way, made.values = TEXT, (_text(node),)

    def _condition(self, made: Field, node: Node | None, path: Path) -> None:
        if node is not None and node.kind != "map":
            made.values = (_snippet(node),)
            return
        made.way = RECORD
        written = {key.text: value for key, value in (node.pairs if node is not None else ())}
        fields = {
            name: self._test(name, written.get(name), (*path, name))
            for name in dict.fromkeys([*written, *self.declared.selectors])
        }
        made.inner = tuple(fields[name] for name in written)
        made.further = tuple(one for name, one in fields.items() if name not in written)

    def _test(self, name: str, node: Node | None, path: Path) -> Field:
        options = self.declared.of(f"selector:{name}")
        title = next((one.title for one in self.declared.of("selectors") if one.code == name), None)
        label = title if title and title.zh != name else label_of(name)
        made = Field("/".join(path), name, YAML, label, is_written=node is not None)
        items = () if node is None else (node,) if node.kind == "scalar" else node.items
        if all(one.kind == "scalar" for one in items) and (node is None or node.kind != "map"):
            made.way, made.options = WORDS, options
            made.values = tuple(_text(one) for one in items)
        else:
            made.values = (_snippet(node),)
        return made


_ALWAYS = ("title", "text", "number", "promise", "applies_to", "limit", "version")


def _item_label(made: Field, place: int) -> Text:
    number = place + 1
    return Text(f"{made.label.zh} {number}", f"{made.label.en} {number}")


def _text(node: Node | None) -> str:
    return "" if node is None or node.kind != "scalar" or node.is_null else node.text


def _yes(node: Node | None) -> str:
    return {"true": "yes", "false": "no"}.get(_text(node).lower(), _text(node).lower())


def _knows(options: tuple[Option, ...], node: Node | None) -> bool:
    """Whether the list can show what is written; a wrong word is shown as a text."""
    return node is None or node.is_null or _text(node) in {one.code for one in options}


def _both(node: Node | None) -> tuple[str, str]:
    if node is None or node.kind == "scalar":
        return (_text(node), _text(node))
    zh, en = (_text(node.get(language)) for language in ("zh", "en"))
    return zh, en


def _snippet(node: Node | None) -> str:
    if node is None:
        return ""
    value = value_of(node)
    line = in_one_line(value)
    return line if len(line) <= MOST_IN_FIELD else in_lines(value, 0).rstrip()
