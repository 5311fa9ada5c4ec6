"""Does each fault of a rule file get its own message, in the right place, with a way to fix it?

``faults.yaml`` has one fault in each rule. ``faults.txt`` holds what is to be said, read through by eye.
After a change on purpose, write it anew: ``LIGANDKB_WRITE_FAULTS=1 pytest tests/rules/test_rulebook_faults.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from ligandkb.rules.columns import Column
from ligandkb.rules.files import documents
from ligandkb.rules.rulebook import check_rulebook
from ligandkb.rules.vocabulary import Tag, Veto, Vocabulary, Weight

HERE = Path(__file__).parent
FAULTS, MESSAGES = Path("faults.yaml"), HERE / "faults.txt"
COLUMNS = (
    Column("donor_element", "text", "element", allowed=("O", "S", "Se", "N", "P"), nullable=False),
    Column("donor_group", "text", "group", allowed=("carboxylate", "thiolate", "phosphonate")),
    Column("donor_charge_e", "number", "charge", unit="e"),
    Column("donor_lead_distance_nm", "number", "distance", unit="nm", minimum=0),
    Column("carbon_count", "number", "carbon atoms", minimum=0),
    Column("is_fluorinated", "flag", "has fluorine"),
)
VOCABULARY = Vocabulary(
    {"strong": Weight(2, "strong")}, {"pfas": Tag("persists", "person")}, {"lethal": Veto("kills", "lethal")}
)


@pytest.fixture
def messages(monkeypatch):
    monkeypatch.chdir(HERE)
    return [str(problem) for problem in check_rulebook([FAULTS], columns=COLUMNS, vocabulary=VOCABULARY)]


def test_every_fault_has_its_message(messages):
    if os.environ.get("LIGANDKB_WRITE_FAULTS"):
        MESSAGES.write_text("".join(f"{message}\n" for message in messages), encoding="utf-8")
    assert messages == MESSAGES.read_text(encoding="utf-8").splitlines()


def test_there_is_one_message_for_each_rule_and_it_points_into_it(messages):
    source = (HERE / FAULTS).read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(source, 1) if line.startswith("- id: ")]
    assert len(starts) >= 30
    places = [tuple(map(int, message.split(":")[1:3])) for message in messages]
    assert len(places) == len(starts)
    for (line, column), start, end in zip(places, starts, [*starts[1:], len(source) + 1], strict=True):
        assert start <= line < end
        assert 1 <= column <= len(source[line - 1])


def test_python_s_own_parser_of_yaml_says_the_same(monkeypatch, messages):
    monkeypatch.setattr(documents, "_LOADER", yaml.SafeLoader)
    again = [str(problem) for problem in check_rulebook([FAULTS], columns=COLUMNS, vocabulary=VOCABULARY)]
    assert again == messages
