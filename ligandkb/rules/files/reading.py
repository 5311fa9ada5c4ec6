"""What does this entry of a rule file say, and is it whole?"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as SequenceOf
from dataclasses import replace
from typing import Any

from ligandkb.problems import Problem, did_you_mean
from ligandkb.provenance import Source, is_doi
from ligandkb.rules.files.documents import Document, Node, Scalar, Sequence
from ligandkb.rules.files.documents import Mapping as MappingNode
from ligandkb.rules.files.forms import (
    NUMBER,
    TEXT,
    Entry,
    Field,
    Form,
    Notes,
    choice,
    one_or_more,
    read_number,
    texts,
    word,
)
from ligandkb.rules.language.column import Column
from ligandkb.rules.language.parser import read_condition
from ligandkb.rules.language.templates import parse_template
from ligandkb.rules.language.texts import shown
from ligandkb.rules.language.tokens import SourceLine
from ligandkb.rules.rule import Ramp, Rule
from ligandkb.rules.vocabulary import MAXIMUM_WEIGHT, NAME, Vocabulary, Weight

_OUTCOME = word(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "write the id of an outcome, e.g. table-1")


def _read_doi(node: Node, name: str, notes: Notes) -> Any:
    doi = TEXT.read(node, name, notes)
    if doi is None or is_doi(doi):
        return doi
    fix = "write it as 10.1021/jacs.8b11035, without https://doi.org/"
    return notes.report(node, f"{shown(doi)} is not a DOI", fix)


_ADDRESS = word(r"https://[\w.-]+/[\w./~%?=&#:;,+-]{0,300}", "write it with https:// and without blanks")
_CITATION = Entry(
    "the citation",
    {
        "doi": Field(
            "Digital object identifier, without https://doi.org/.",
            Form(_read_doi, TEXT.schema | {"pattern": r"^10\.\d{4,9}/\S+$"}),
        ),
        "url": Field("Address of a source that has no DOI, or none that is printed in it.", _ADDRESS),
        "locator": Field("Where in the source: table, figure, page or section.", TEXT, required=True),
    },
    one_of=("doi", "url"),
)


def _source(citation: Mapping[str, str]) -> Source:
    return Source(citation.get("doi", ""), citation["locator"], citation.get("url", ""))


_EXAMPLES = Entry(
    "examples",
    {
        "fires": Field("Names of ligands on which the rule fires.", texts()),
        "silent": Field("Names of ligands on which it doesn't.", texts()),
    },
)
_EDGE = "Value of the column at which the weight counts "


def _ramp(columns: Mapping[str, Column]) -> Entry:
    column = choice(
        [name for name, column in columns.items() if column.kind == "number"], "column of numbers"
    )
    return Entry(
        "the ramp",
        {
            "by": Field("Column of numbers that the weight follows.", column, required=True),
            "from": Field(_EDGE + "nothing.", NUMBER, required=True),
            "to": Field(_EDGE + "whole; it may be the smaller one.", NUMBER, required=True),
            "low": Field("Column with the lower end of the value's interval.", column),
            "high": Field("Column with its upper end.", column),
            "error": Field("Column with the value's standard error, in place of low and high.", column),
        },
    )


_WHEN = "Condition on the columns; see docs/rules-language.md."


def rule_entry(columns: Mapping[str, Column], vocabulary: Vocabulary) -> Entry:
    """Fields of a rule over some columns, with the names of a vocabulary.

    Parameters
    ----------
    columns : mapping of str to Column
        By name.
    vocabulary : Vocabulary

    Returns
    -------
    Entry
    """
    weight = "Log-odds: a number, or the name of a declared weight, with - in front for its negative."
    effect = {
        "weight": Field(weight, _weighing(vocabulary.weights)),
        "graded": Field(
            "How much of the weight counts, by a value; of several ramps the smallest counts.",
            one_or_more(_ramp(columns)),
        ),
        "tag": Field("Name of a declared tag.", choice(vocabulary.tags, "tag")),
        "veto": Field("Name of a declared veto.", choice(vocabulary.vetoes, "veto")),
    }
    fields = {
        "id": Field("Short name in lower case with hyphens, the same for ever.", NAME, required=True),
        "title": Field("What the rule says, in one line.", TEXT, required=True),
        "rationale": Field("Why it should be so, in the field's words.", TEXT, required=True),
        "citation": Field("Source, or list of sources.", one_or_more(_CITATION), required=True),
        "derived_from": Field(
            "Outcomes that the rule was written from, so that validation can leave them out.",
            texts(_OUTCOME, "the outcome"),
        ),
        "when": Field(_WHEN, _when(columns), required=True),
        "effect": Field(
            "What follows when the rule fires: a weight, a tag, a veto, or several of them.",
            Entry("the effect", effect, "write a weight, a tag or a veto").form,
            required=True,
        ),
        "exclusive": Field(
            "Name of a group of rules of which one can hold at most: one weight of it counts.", NAME
        ),
        "on_unknown": Field(
            "What follows when the condition can't be decided.",
            choice(("widen", "ignore", "veto"), "value of on_unknown"),
        ),
        "explain": Field(
            "Sentence with {column} or {column:.2f} where values go.", _explanation(columns), required=True
        ),
        "examples": Field("Names of ligands on which the rule must fire or stay silent.", _EXAMPLES.form),
    }
    return Entry("the rule", fields)


class RuleReader:
    """Takes rules out of files.

    Parameters
    ----------
    columns : mapping of str to Column
        By name.
    vocabulary : Vocabulary
    problems : list of Problem
        Problems are appended here.
    """

    def __init__(
        self, columns: Mapping[str, Column], vocabulary: Vocabulary, problems: list[Problem]
    ) -> None:
        self._entry, self._problems = rule_entry(columns, vocabulary), problems
        self._places: dict[str, str] = {}
        self._groups: dict[str, list[Problem]] = {}

    def rules(self, document: Document) -> list[Rule]:
        """Read the rules of a file; those with which anything is wrong are left out."""
        notes = Notes(document, self._problems)
        if not isinstance(document.root, Sequence):
            notes.report(document.root, "the file is not a list of rules", "begin each rule with - id:")
            return []
        rules = (self._rule(node, notes) for node in document.root.items)
        return [rule for rule in rules if rule is not None]

    def finish(self) -> None:
        """Note exclusive groups of a single rule, once all files are read."""
        for group, (first, *others) in self._groups.items():
            if not others:
                near = did_you_mean(group, [name for name in self._groups if name != group])
                fix = near or "name it in the rules that can't hold together with this one"
                self._problems.append(replace(first, fix=fix))

    def _rule(self, node: Node, notes: Notes) -> Rule | None:
        before = len(notes.problems)
        notes.owner = _owner(node)
        found = self._entry.found(node, notes) or {}
        values = self._entry.values(found, notes)
        self._note_contradictions(found, values, notes)
        notes.owner = ""
        if len(notes.problems) > before or not self._entry.is_whole(values):
            return None
        effect, examples = values["effect"], values.get("examples") or {}
        weight, weight_name = effect.get("weight") or (None, None)
        as_they_stand = ("id", "title", "rationale", "when", "explain")
        policy = "veto" if "veto" in effect and weight is None else "widen"
        return Rule(
            **{name: values[name] for name in as_they_stand},
            exclusive=values.get("exclusive"),
            citations=tuple(map(_source, filter(None, values["citation"]))),
            derived_from=values.get("derived_from") or (),
            weight=weight,
            weight_name=weight_name,
            graded=tuple(
                Ramp(
                    ramp["by"], ramp["from"], ramp["to"], ramp.get("low"), ramp.get("high"), ramp.get("error")
                )
                for ramp in effect.get("graded") or ()
            ),
            veto=effect.get("veto"),
            tag=effect.get("tag"),
            on_unknown=values.get("on_unknown") or policy,
            fires=examples.get("fires") or (),
            silent=examples.get("silent") or (),
            file=notes.file,
            line=node.line,
        )

    def _note_contradictions(self, found: Mapping[str, Any], values: Mapping[str, Any], notes: Notes) -> None:
        """Note what is wrong between two fields, or between two rules."""
        rule_id, group, policy = values.get("id"), values.get("exclusive"), values.get("on_unknown")
        if rule_id is not None:
            place = f"{notes.file}:{found['id'].line}:{found['id'].column}"
            earlier = self._places.setdefault(rule_id, place)
            if earlier != place:
                what = f"this id is taken by the rule at {earlier}"
                notes.report(found["id"], what, "give one of the two another id")
        effect = found.get("effect")
        written = {key.text for key, _ in effect.items} if isinstance(effect, MappingNode) else set()
        written &= {"weight", "tag", "veto", "graded"}
        if isinstance(effect, MappingNode) and "graded" in written:
            self._note_ramps(effect, written, (values.get("effect") or {}).get("graded") or (), notes)
        if policy == "veto" and "veto" not in written:
            what = "on_unknown: veto in a rule whose effect has no veto"
            notes.report(found["on_unknown"], what, "write widen or ignore")
        if policy == "widen" and written and "weight" not in written:
            what = "on_unknown: widen in a rule whose effect has no weight"
            notes.report(found["on_unknown"], what, "leave it out, or write ignore")
        if group is not None and written and "weight" not in written:
            what = "exclusive in a rule whose effect has no weight"
            notes.report(found["exclusive"], what, "leave it out, or add a weight")
        elif group is not None:
            line, column = found["exclusive"].line, found["exclusive"].column
            what = f"{rule_id}: no other rule is in the exclusive group {shown(group)}"
            self._groups.setdefault(group, []).append(Problem(notes.file, line, column, what))
        examples = values.get("examples") or {}
        silenced = examples.get("silent") or ()
        both = next((name for name in examples.get("fires") or () if name in silenced), None)
        if both is not None:
            what = f"{shown(both)} stands under fires and under silent"
            silent = next(value for key, value in found["examples"].items if key.text == "silent")
            notes.report(silent, what, "keep one of the two")

    @staticmethod
    def _note_ramps(
        effect: MappingNode, written: set[str], ramps: SequenceOf[Mapping[str, Any] | None], notes: Notes
    ) -> None:
        """Note what makes the ramps of an effect meaningless."""
        key, node = next((key, node) for key, node in effect.items if key.text == "graded")
        if "weight" not in written:
            notes.report(key, "graded in an effect that has no weight", "add the weight at the ramp's end")
        for name in sorted(written & {"tag", "veto"}):
            fix = f"write the {name} in a rule of its own: it holds or doesn't"
            notes.report(key, f"graded in an effect that has a {name}", fix)
        for ramp, at in zip(ramps, node.items if isinstance(node, Sequence) else [node], strict=False):
            if ramp is None:
                continue
            if ramp["from"] == ramp["to"]:
                notes.report(at, "the ramp begins where it ends", "write two values, or a condition")
            if ("low" in ramp) != ("high" in ramp):
                notes.report(at, "the ramp has one end of an interval", "give low and high, or neither")
            elif "low" in ramp and "error" in ramp:
                notes.report(at, "the ramp has an interval and an error", "give low and high, or the error")


def _owner(node: Node) -> str:
    """Id of a rule for messages, if it has one that can be shown."""
    for key, value in node.items if isinstance(node, MappingNode) else []:
        if key.text == "id" and isinstance(value, Scalar) and value.text:
            return shown(value.text, quote=False, width=40)
    return ""


def _weighing(weights: Mapping[str, Weight]) -> Form:
    """Weight: a number, or a declared name, with its sign."""
    name_of = choice(weights, "weight")

    def read(node: Node, name: str, notes: Notes) -> Any:
        written = TEXT.read(node, name, notes)
        if written is None or not isinstance(node, Scalar):
            return None
        unsigned = written.removeprefix("-").strip()
        if unsigned[:1].isalpha() or node.style:
            declared = name_of.read(node._replace(text=unsigned, style=""), name, notes)
            log_odds = weights[declared].log_odds if declared else 0.0
            return (-log_odds if written.startswith("-") else log_odds), declared
        weight = read_number(node, name, notes)
        if weight == 0:
            notes.report(node, "a weight of 0 has no effect", "write another weight, or a tag instead")
        elif weight is not None and abs(weight) > MAXIMUM_WEIGHT:
            fix = f"weights are log-odds from -{MAXIMUM_WEIGHT:g} to {MAXIMUM_WEIGHT:g}"
            notes.report(node, f"the weight {written} is beyond ±{MAXIMUM_WEIGHT:g}", fix)
        return weight, None

    number = NUMBER.schema | {"minimum": -MAXIMUM_WEIGHT, "maximum": MAXIMUM_WEIGHT, "not": {"const": 0}}
    names = [sign + name for name in weights for sign in ("", "-")]
    return Form(read, {"type": ["number", "string"], "anyOf": [number, {"enum": names}]})


def _explanation(columns: Mapping[str, Column]) -> Form:
    """Sentence with places for values."""

    def read(node: Node, name: str, notes: Notes) -> Any:
        written = TEXT.read(node, name, notes)
        if written is None or not isinstance(node, Scalar):
            return None
        template, errors = parse_template(" ".join(written.split()), columns)
        # Where the text stands in the file as it is read, an error has a column of its own.
        start = node.column - 1 + bool(node.style)
        exact = notes.lines[node.line - 1][start:].startswith(written)
        for error in errors:
            column = start + 1 + error.offset if exact else node.column
            notes.report_at(node.line, column, f"{name}: {error.what}", error.fix)
        return template

    return Form(read, TEXT.schema)


def _when(columns: Mapping[str, Column]) -> Form:
    """Condition: a block, or one plain line."""

    def read(node: Node, name: str, notes: Notes) -> Any:
        if TEXT.read(node, name, notes) is None or not isinstance(node, Scalar):
            return None
        lines = _condition_lines(node, notes.lines)
        if lines is None:
            fix = "write when: | and the condition in indented lines below it"
            return notes.report(node, f"{name} is neither a | block nor one plain line", fix)
        condition, findings = read_condition(lines, columns)
        for finding in findings:
            notes.report_at(*finding)
        return condition

    listed = "; ".join(f"{column.name}: {_described(column)}" for column in columns.values())
    return Form(read, TEXT.schema | {"description": f"{_WHEN} Columns: {listed}"})


def _described(column: Column) -> str:
    if column.allowed:
        return " | ".join(column.allowed)
    return column.kind + (f" in {column.unit}" if column.unit else "")


def _condition_lines(node: Scalar, source: SequenceOf[str]) -> list[SourceLine] | None:
    if not node.style:
        same = source[node.line - 1][node.column - 1 :].startswith(node.text)
        return [SourceLine(node.text, node.line, node.column)] if same else None
    header = source[node.line - 1][node.column - 1 :].partition(" #")[0].rstrip()
    if header not in {"|", "|-", "|+"}:
        return None
    first = node.line
    while not source[first].strip(" "):
        first += 1
    indent = len(source[first]) - len(source[first].lstrip(" "))
    texts = node.text.split("\n")
    return [
        SourceLine(text, node.line + 1 + number, indent + 1)
        for number, text in enumerate(texts)
        if text.strip()
    ]
