from __future__ import annotations

import gzip
import json

import pytest

from ligandkb.changes import stored
from ligandkb.changes.stored import read_stored
from ligandkb.problems import InputError

ROW = {
    "ligand": "a",
    "binding_form": "benzoate",
    "binding_form_smiles": "O=C([O-])c1ccccc1",
    "partner": "none",
    "verdict": "recommended",
    "score": 1,
    "score_low": 1.0,
    "score_high": 1.0,
    "reasons": ["Chelating ligand (+0.6)", "Carboxylate (fall-back) (-1.2)", "Bears H300 (veto: lethal)"],
    "safety": {"tags": ["pfas"], "vetoes": [], "lifted": ["lethal"]},
}


def written(tmp_path, content, name="ranking.json"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def ranking(*rows, **meta):
    return {"meta": {"version": "0.1.0", "composition": "CsPbBr3"} | meta, "rows": list(rows)}


def test_a_ranking_of_0_1_0(tmp_path):
    found = read_stored(written(tmp_path, ranking(ROW, pairs=2)))
    assert (found.version, found.composition, found.schema_version, found.is_whole) == (
        "0.1.0",
        "CsPbBr3",
        1,
        False,
    )
    (pair,) = found.pairs
    assert pair.reasons == {
        "Chelating ligand": 0.6,
        "Carboxylate (fall-back)": -1.2,
        "Bears H300 (veto: lethal)": None,
    }
    assert (pair.name, pair.vetoes, pair.unknown, pair.observed) == ("benzoate", ("lethal",), frozenset(), "")


def test_packed_and_with_the_command_that_gave_it(tmp_path):
    packed = gzip.compress(json.dumps({"command": ["rank"], "answer": ranking(ROW)}).encode())
    assert len(read_stored(written(tmp_path, packed, "ranking.json.gz")).pairs) == 1


def without(name):
    return {key: value for key, value in ROW.items() if key != name}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"meta": {},\n "rows" 1}', "ranking.json:2:9: this is no JSON"),
        (b"[" * 100_000, "no JSON that can be read"),
        (b"\xff\xfe", "no UTF-8"),
        (b"[]", "no 'meta'"),
        ({"meta": {}}, "no 'rows'"),
        (ranking(without("verdict")), "row 1 is none of a ranking: it lacks 'verdict'"),
        (ranking(ROW, without("safety"), {"safety": {}}), "row 3"),
        (ranking(ROW | {"score": float("nan")}), "of another kind"),
        (ranking(ROW | {"score": "1"}), "of another kind"),
        (ranking(ROW | {"reasons": [1]}), "of another kind"),
        (ranking(ROW | {"safety": []}), "of another kind"),
        (ranking(7), "of another kind"),
        (ranking(ROW, ROW), "row 2: benzoate of a stands there twice"),
        (ranking(ROW, pairs="many"), "'meta' holds a value of another kind"),
        ({"meta": {"version": "0.1.0"}, "rows": []}, "'meta' lacks 'composition'"),
        (ranking(ROW, view=["all"]), "'meta' holds a value of another kind"),
        (ranking(ROW, allow=7), "'meta' holds a value of another kind"),
    ],
)
def test_what_is_no_ranking_is_refused_with_the_place_and_the_fix(tmp_path, content, said):
    with pytest.raises(InputError, match="store one with: ligandkb rank --format json") as refused:
        read_stored(written(tmp_path, content))
    assert said in str(refused.value)


def test_what_can_not_be_read(tmp_path, monkeypatch):
    with pytest.raises(InputError, match="No such file"):
        read_stored(tmp_path / "none.json")
    packed = gzip.compress(json.dumps(ranking(ROW)).encode())
    for damaged in (packed[:-9], packed[:30] + b"x" + packed[31:], b"no gzip"):
        with pytest.raises(InputError, match="can't be read"):
            read_stored(written(tmp_path, damaged, "ranking.json.gz"))
    monkeypatch.setattr(stored, "MOST_BYTES", 100_000)
    with pytest.raises(InputError, match="larger than"):  # a small file that unpacks into a large one
        read_stored(written(tmp_path, gzip.compress(b" " * 1_000_000), "ranking.json.gz"))


def test_nothing_reaches_the_screen_that_controls_it(tmp_path):
    evil = "\x1b]0;x\x07=cmd"
    row = ROW | {"ligand": evil, "binding_form": evil, "reasons": [evil], "verdict": evil, "observed": evil}
    (pair,) = read_stored(written(tmp_path, ranking(row))).pairs
    assert all(
        "\x1b" not in text for text in (pair.ligand, pair.name, pair.verdict, pair.observed, *pair.reasons)
    )
