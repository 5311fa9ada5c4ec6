"""Is the vocabulary read, and are its faults named where they stand?"""

from __future__ import annotations

import pytest

from ligandkb.problems import InputError
from ligandkb.rules.vocabulary import Tag, Veto, Vocabulary, Weight, read_vocabulary

GOOD = """\
weights:
  slight: {log_odds: 0.4, meaning: hardly matters}
  strong:
    log_odds: 1.6
    meaning: decides
    spread_log_odds: 0.8
tags:
  pfas: {meaning: persists for ever, about: person, instead: undecided}
  "no": {meaning: NO stays text, about: note}
vetoes:
  lethal: {meaning: kills, lifted_by: lethal}
  explosive: {meaning: explodes, lifted_by: null}
  forbidden: {meaning: against the law}
"""


def test_vocabulary_is_read(tmp_path):
    path = tmp_path / "vocabulary.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_vocabulary(path) == Vocabulary(
        weights={"slight": Weight(0.4, "hardly matters"), "strong": Weight(1.6, "decides", 0.8)},
        tags={"pfas": Tag("persists for ever", "person", "undecided"), "no": Tag("NO stays text", "note")},
        vetoes={
            "lethal": Veto("kills", "lethal"),
            "explosive": Veto("explodes", None),
            "forbidden": Veto("against the law", None),
        },
    )


def test_parts_can_be_left_out(tmp_path):
    path = tmp_path / "vocabulary.yaml"
    path.write_text("tags:\nweights: {}\n", encoding="utf-8")
    assert read_vocabulary(path) == Vocabulary({}, {}, {})


def test_all_faults_are_listed(tmp_path):
    path = tmp_path / "vocabulary.yaml"
    path.write_text(
        "weights:\n"
        "  none: {log_odds: 0, meaning: x}\n"
        "  much: {log_odds: 7, meaning: x}\n"
        "  word: {log_odds: high, meaning: x}\n"
        "  Bad_Name: {log_odds: 1, meaning: x}\n"
        "tags:\n"
        "  a: {meaning: x, about: nobody}\n"
        "  b: {about: note}\n"
        "  c: a text\n"
        "vetos:\n"
        "  d: {meaning: x}\n"
        "vetoes: [a]\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_vocabulary(path)
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [
        (2, 20),
        (3, 20),
        (4, 20),
        (5, 3),
        (7, 26),
        (8, 6),
        (9, 6),
        (10, 1),
        (12, 9),
    ]
    assert "did you mean 'vetoes'?" in str(caught.value)
    assert all(problem.fix for problem in caught.value.problems)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_vocabulary(tmp_path / "vocabulary.yaml")
