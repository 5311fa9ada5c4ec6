"""What does this entry of a rule file say, and is it whole?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ligandkb.problems import Problem
from ligandkb.provenance import Source, is_doi
from ligandkb.rules import fields
from ligandkb.rules.columns import Column
from ligandkb.rules.documents import Document, Node, Scalar, Sequence, shown
from ligandkb.rules.documents import Mapping as MappingNode
from ligandkb.rules.expressions import Condition
from ligandkb.rules.fields import FieldReader
from ligandkb.rules.parser import read_condition
from ligandkb.rules.rule import Rule
from ligandkb.rules.templates import Template, parse_template
from ligandkb.rules.tokens import SourceLine
from ligandkb.rules.vocabulary import Vocabulary


class _Effect(NamedTuple):
    """What an effect says, and which of its fields are written (also wrongly)."""

    weight: float | None = None
    weight_name: str | None = None
    tag: str | None = None
    veto: str | None = None
    written: frozenset[str] = frozenset()


class RuleReader(FieldReader):
    """Takes rules out of one file."""

    def __init__(
        self,
        document: Document,
        problems: list[Problem],
        columns: Mapping[str, Column],
        vocabulary: Vocabulary,
        places: dict[str, str],
    ) -> None:
        super().__init__(document.file, problems)
        self._lines, self._columns, self._vocabulary = document.lines, columns, vocabulary
        self._places = places

    def rule(self, node: Node) -> Rule | None:
        """Read a rule; None if anything is wrong with it."""
        before = len(self.problems)
        self.owner = self._owner(node)
        found = self.fields(node, fields.RULE, "the rule") or {}
        rule_id = self._id(found.get("id"))
        texts = {name: self.text(found[name], name) for name in ("title", "rationale") if name in found}
        citations = self._citations(found.get("citation"))
        derived_from = self._derived_from(found.get("derived_from"))
        when = self._when(found.get("when"))
        effect = self._effect(found.get("effect"))
        exclusive = self._exclusive(found.get("exclusive"), effect.written)
        on_unknown = self._on_unknown(found.get("on_unknown"), effect.written)
        explain = self._explain(found.get("explain"))
        fires, silent = self._examples(found.get("examples"))
        self.owner = ""
        if len(self.problems) > before or rule_id is None or when is None or explain is None:
            return None
        return Rule(
            id=rule_id,
            title=texts["title"] or "",
            rationale=texts["rationale"] or "",
            citations=citations,
            derived_from=derived_from,
            when=when,
            weight=effect.weight,
            weight_name=effect.weight_name,
            veto=effect.veto,
            tag=effect.tag,
            exclusive=exclusive,
            on_unknown=on_unknown,
            explain=explain,
            fires=fires,
            silent=silent,
            file=self.file,
            line=node.line,
        )

    def _owner(self, node: Node) -> str:
        """Id of a rule for messages, if it has one that can be shown."""
        for key, value in node.items if isinstance(node, MappingNode) else []:
            if key.text == "id" and isinstance(value, Scalar) and value.text:
                return shown(value.text, quote=False, width=40)
        return ""

    def _id(self, node: Node | None) -> str | None:
        if node is None:
            return None
        rule_id = self.word(
            node, "id", fields.IDENTIFIER, "use lower-case letters, digits and single hyphens"
        )
        if rule_id is not None:
            place = f"{self.file}:{node.line}:{node.column}"
            earlier = self._places.setdefault(rule_id, place)
            if earlier != place:
                self.report(
                    node, f"this id is taken by the rule at {earlier}", "give one of the two another id"
                )
        return rule_id

    def _citations(self, node: Node | None) -> tuple[Source, ...]:
        if node is None or fields.is_reported(node):
            return ()
        entries = node.items if isinstance(node, Sequence) else [node]
        if not entries:
            self.report(node, "citation is empty", "write {doi: ..., locator: ...}")
        sources = []
        for entry in entries:
            found = self.fields(entry, fields.CITATION, "the citation") or {}
            doi = self.text(found["doi"], "doi") if "doi" in found else None
            locator = self.text(found["locator"], "locator") if "locator" in found else None
            if doi is not None and not is_doi(doi):
                mend = "write it as 10.1021/jacs.8b11035, without https://doi.org/"
                self.report(found["doi"], f"{shown(doi)} is not a DOI", mend)
            elif doi is not None and locator is not None:
                sources.append(Source(doi, locator))
        return tuple(sources)

    def _derived_from(self, node: Node | None) -> tuple[str, ...]:
        names = self.texts(node, "derived_from") if node is not None else ()
        if node is not None and names:
            for item in node.items if isinstance(node, Sequence) else []:
                self.word(
                    item, "the outcome", fields.OUTCOME_NAME, "write the id of an outcome, e.g. table-1"
                )
        return names or ()

    def _effect(self, node: Node | None) -> _Effect:
        found = self.fields(node, fields.EFFECT, "the effect") if node is not None else None
        if not found:
            if isinstance(node, MappingNode) and not node.items:
                self.report(node, "the effect is empty", "write a weight, a tag or a veto")
            return _Effect()
        weight, weight_name = self._weight(found.get("weight"))
        tag = self.choice(found["tag"], "tag", dict(self._vocabulary.tags)) if "tag" in found else None
        veto = self.choice(found["veto"], "veto", dict(self._vocabulary.vetoes)) if "veto" in found else None
        return _Effect(weight, weight_name, tag, veto, frozenset(found))

    def _weight(self, node: Node | None) -> tuple[float | None, str | None]:
        text = self.text(node, "weight") if node is not None else None
        if node is None or text is None:
            return None, None
        name = text.removeprefix("-").strip()
        if name[:1].isalpha() or (isinstance(node, Scalar) and node.style):
            declared = self.choice(
                Scalar(name, node.line, node.column, ""), "weight", dict(self._vocabulary.weights)
            )
            if declared is None:
                return None, None
            log_odds = self._vocabulary.weights[declared].log_odds
            return (-log_odds if text.startswith("-") else log_odds), declared
        weight = self.number(node, "weight")
        if weight is None:
            return None, None
        if weight == 0:
            self.report(node, "a weight of 0 has no effect", "write another weight, or a tag instead")
        elif abs(weight) > fields.MAXIMUM_WEIGHT:
            limit = f"{fields.MAXIMUM_WEIGHT:g}"
            self.report(
                node,
                f"the weight {text} is beyond ±{limit}",
                f"weights are log-odds from -{limit} to {limit}",
            )
        return weight, None

    def _exclusive(self, node: Node | None, written: frozenset[str]) -> str | None:
        form = "use lower-case letters, digits and single hyphens"
        group = self.word(node, "exclusive", fields.IDENTIFIER, form) if node is not None else None
        if node is not None and written and "weight" not in written:
            what, mend = "exclusive in a rule whose effect has no weight", "leave it out, or add a weight"
            self.report(node, what, mend)
        return group

    def _on_unknown(self, node: Node | None, written: frozenset[str]) -> str:
        choice = self.choice(node, "value of on_unknown", fields.ON_UNKNOWN) if node is not None else None
        if node is not None and choice == "veto" and "veto" not in written:
            what, mend = "on_unknown: veto in a rule whose effect has no veto", "write widen or ignore"
            self.report(node, what, mend)
        if node is not None and choice == "widen" and written and "weight" not in written:
            what, mend = (
                "on_unknown: widen in a rule whose effect has no weight",
                "leave it out, or write ignore",
            )
            self.report(node, what, mend)
        return choice or ("veto" if "veto" in written and "weight" not in written else "widen")

    def _examples(self, node: Node | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found = (self.fields(node, fields.EXAMPLES, "examples") if node is not None else None) or {}
        fires = (self.texts(found["fires"], "fires") if "fires" in found else None) or ()
        silent = (self.texts(found["silent"], "silent") if "silent" in found else None) or ()
        both = next((name for name in fires if name in silent), None)
        if both is not None and node is not None:
            what = f"{shown(both)} stands under fires and under silent"
            self.report(found["silent"], what, "keep one of the two")
        return fires, silent

    def _explain(self, node: Node | None) -> Template | None:
        text = self.text(node, "explain") if node is not None else None
        if node is None or text is None:
            return None
        template, errors = parse_template(" ".join(text.split()), self._columns)
        assert isinstance(node, Scalar)
        # Where the text stands in the file as it is read, an error has a column of its own.
        start = node.column - 1 + bool(node.style)
        exact = self._lines[node.line - 1][start:].startswith(text)
        for error in errors:
            column = start + 1 + error.offset if exact else node.column
            self.report_at(node.line, column, f"explain: {error.what}", error.mend)
        return None if errors else template

    def _when(self, node: Node | None) -> Condition | None:
        text = self.text(node, "when") if node is not None else None
        if node is None or text is None:
            return None
        assert isinstance(node, Scalar)
        lines = self._condition_lines(node)
        if lines is None:
            mend = "write when: | and the condition in indented lines below it"
            self.report(node, "when is neither a | block nor one plain line", mend)
            return None
        condition, findings = read_condition(lines, self._columns)
        for finding in findings:
            self.report_at(finding.line, finding.column, finding.what, finding.mend)
        return condition

    def _condition_lines(self, node: Scalar) -> list[SourceLine] | None:
        if not node.style:
            same = self._lines[node.line - 1][node.column - 1 :].startswith(node.text)
            return [SourceLine(node.text, node.line, node.column)] if same else None
        header = self._lines[node.line - 1][node.column - 1 :].partition(" #")[0].rstrip()
        if header not in {"|", "|-", "|+"}:
            return None
        first = node.line
        while not self._lines[first].strip(" "):
            first += 1
        indent = len(self._lines[first]) - len(self._lines[first].lstrip(" "))
        texts = node.text.split("\n")
        return [
            SourceLine(text, node.line + 1 + number, indent + 1)
            for number, text in enumerate(texts)
            if text.strip()
        ]
