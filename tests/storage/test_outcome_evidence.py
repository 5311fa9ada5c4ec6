"""What do recorded outcomes do to a ranking, and what can they never do?"""

from __future__ import annotations

import pandas as pd
import pytest

import ligandkb as lk
from ligandkb.chemistry.structure import canonical
from ligandkb.evidence.outcomes import Application, Effect
from ligandkb.storage.outcome_database import record, record_correction

PREDICTED = ["binding_form", "partner", "verdict", "score", "score_low", "score_high"]


def predictions(kb, **options):
    found = pd.DataFrame(kb.rank("CsPbBr3", all_partners=True, **options)[PREDICTED])
    return found.sort_values(["binding_form", "partner"]).reset_index(drop=True)


def observed(kb, form="benzoate", partner="oleylammonium"):
    ranking = kb.rank("CsPbBr3", all_partners=True)
    row = ranking[(ranking["binding_form"] == form) & (ranking["partner"] == partner)].iloc[0]
    return row["observed"], row["rank"]


@pytest.fixture
def absurd(recording):
    """Benzoate ruins everything, oleate is perfect: the reverse of Table 1."""
    oleate = canonical("CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]")
    return [
        recording("absurd-benzoate", effect=Effect.DECREASED, plqy_before=1.0, plqy_after=0.0),
        recording("absurd-oleate", binding_form="oleate", binding_form_smiles=oleate, plqy_after=1.0),
    ]


def test_a_planted_absurd_outcome_changes_no_prediction_and_shows_as_conflict(kb, file_location, absurd):
    record(file_location, absurd)
    planted = lk.load(db=str(file_location.path))
    assert len(planted.outcomes) == len(kb.outcomes) + 2
    pd.testing.assert_frame_equal(predictions(planted), predictions(kb))
    assert observed(kb)[0] == "improved"
    assert observed(planted)[0] == "conflict"
    assert observed(planted, "oleate")[0] == "conflict"


def test_it_is_gone_when_it_is_withdrawn(kb, file_location, absurd):
    from dataclasses import replace

    record(file_location, absurd)
    for one in absurd:
        record_correction(file_location, replace(one, version=2, reason="made up", withdrawn=True))
    assert observed(lk.load(db=str(file_location.path))) == observed(kb)


def test_a_removal_never_makes_its_pair_look_harmful(kb, file_location, recording):
    removal = recording("removed", route=Application.REMOVAL, effect=Effect.DECREASED, plqy_after=0.1)
    record(file_location, [removal])
    with_removal = lk.load(db=str(file_location.path))
    assert observed(with_removal) == observed(kb)
    pd.testing.assert_frame_equal(predictions(with_removal), predictions(kb))
    evidence = with_removal.assess("benzoate", partners="oleylammonium").evidence
    assert [one.id for one in evidence.removals] == ["removed"]
    assert evidence.observed == kb.assess("benzoate", partners="oleylammonium").evidence.observed


def test_a_veto_holds_whatever_was_recorded(file_location, recording):
    name = canonical("[O-]C(=O)CF")
    record(file_location, [recording(binding_form="fluoroacetate", binding_form_smiles=name, plqy_after=1.0)])
    assert lk.load(db=str(file_location.path)).assess("fluoroacetate").verdict.value == "vetoed"
