"""Does every argument that takes names take a text or a list, and refuse all else in plain words?

The signatures of the public API are walked, so that an argument that is added later is asked, too.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import ligandkb as lk
from ligandkb.assessment.selection import SelectionWords

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}
NEEDS: dict[str, dict[str, Any]] = {
    "assess": {"what": "benzoate"},
    "assess_all": {"what": "benzoate"},
    "compute": {"species": "CC(=O)[O-]", "levels": "GFN2-xTB"},
    "compute_on_the_spot": {"what": "benzoate"},
    "find": {"what": "benzoate"},
    "next_batch": {"n": 1},
    "plan": {"what": "benzoate", **SAMPLE},
    "rank": {"top": 3},
    "ranked": {"top": 3},
    "screen": {"what": ["OC(=O)CF"], "workers": 0},
    "shortlist": {"n": 3},
}
"""What a call needs besides the argument that is tried."""
SEVERAL: dict[str, Any] = {
    "accept": "toxic",
    "allow": "lethal",
    "carry": "price",
    "columns": "verdict",
    "data": None,
    "donor": "carboxylate",
    "exclude_tag": "pfas",
    "have": "oleylamine",
    "levels": "GFN2-xTB",
    "ligand_class": "X",
    "measured": "improved",
    "must": "hexylphosphonic acid",
    "partners": "oleylammonium",
    "rules": None,
    "species": "CC(=O)[O-]",
    "verdict": "recommended",
    "without": "trioctylphosphine",
}
"""A name for each argument that takes several; None: a folder of the test's own."""
ONE = {
    "cas_column": "cas",
    "composition": "CsPbBr3",
    "db": "nothing-here.sqlite",
    "form": "benzoate",
    "id_column": "id",
    "partner": "oleylammonium",
    "smiles_column": "smiles",
    "what": "benzoate",
}
"""A name for each argument that takes one."""
NOT_ASKED = {"meta", "rule_states", "species_to_compute", "vetoes_of"}
"""Take products and assessments, not names."""


def public_calls() -> Iterator[tuple[str, Callable[..., Any]]]:
    yield "load", lk.load
    for name, method in inspect.getmembers(lk.KnowledgeBase, inspect.isfunction):
        if not name.startswith("_") and name not in NOT_ASKED:
            yield name, method


def arguments() -> Iterator[tuple[str, str, bool]]:
    """Call, argument, and whether it takes several, by its type."""
    for call, function in public_calls():
        hints = {name: str(hint) for name, hint in function.__annotations__.items() if name != "return"}
        if "Unpack[SelectionWords]" in hints.values():
            hints |= {name: hint.__forward_arg__ for name, hint in SelectionWords.__annotations__.items()}
        for name, hint in hints.items():
            if "str" in hint:
                yield call, name, "Several[" in hint


ALL = sorted(arguments())
TAKING_SEVERAL = [(call, name) for call, name, several in ALL if several]
TAKING_ONE = [(call, name) for call, name, several in ALL if not several]


def ask(kb: lk.KnowledgeBase, call: str, **arguments: Any) -> Any:
    function = lk.load if call == "load" else getattr(kb, call)
    return function(**NEEDS.get(call, {}) | arguments)


def told(answer: Any) -> str:
    """What can be compared of an answer, whatever its kind."""
    if isinstance(answer, Iterator):
        return str([frame.to_dict("records") for frame in answer])
    return str(answer.to_dict("records") if isinstance(answer, lk.Ranking) else answer)


RULE = """\
- id: own-rule
  title: The paper's acid
  rationale: To have a rule of one's own.
  citation: {doi: 10.1021/jacs.8b11035, locator: abstract}
  when: |
    ligand_class == "X"
  effect: {tag: not-verified}
  explain: "{donor_group}"
  examples: {fires: [oleate], silent: [oleylamine]}
"""


@pytest.fixture
def folder(tmp_path):
    """A lab's own folder, of data and of rules at once."""
    (tmp_path / "own.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "ligands.csv").write_text("name,smiles\nbutyric acid of ours,CCCC(=O)O\n", encoding="utf-8")
    return str(tmp_path)


def test_no_argument_takes_a_list_of_names_alone():
    lists = ("Sequence[str", "Iterable[str", "Collection[str", "list[str", "tuple[str")
    for call, function in public_calls():
        for name, hint in function.__annotations__.items():
            assert name == "return" or not str(hint).startswith(lists), (call, name)
    assert {name for _, name in TAKING_SEVERAL} <= {*SEVERAL}
    assert {name for _, name in TAKING_ONE} <= {*ONE}


@pytest.mark.parametrize(("call", "name"), TAKING_SEVERAL)
def test_a_text_is_a_list_of_one(kb, folder, call, name):
    value = SEVERAL[name] or folder
    assert told(ask(kb, call, **{name: value})) == told(ask(kb, call, **{name: [value]}))


@pytest.mark.filterwarnings("ignore:partner is called partners now:FutureWarning")
@pytest.mark.parametrize(("call", "name"), TAKING_SEVERAL + TAKING_ONE)
@pytest.mark.parametrize("wrong", [3, [3.5], b"benzoate", {"a": 1}.values()], ids=repr)
def test_what_is_no_name_is_refused_in_plain_words(kb, call, name, wrong):
    with pytest.raises(lk.LigandkbError) as refused:
        ask(kb, call, **{name: wrong})
    said = str(refused.value)
    assert name in said or "path" in said
    assert len(said) < 200
