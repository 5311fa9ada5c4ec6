"""Does what is exported come back as it was?"""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.evidence.outcomes import (
    CONFOUNDS,
    OPTIONAL_COLUMNS,
    REFERENCE_STATES,
    REQUIRED_COLUMNS,
    STRENGTHS,
    Application,
    Effect,
    Outcome,
    contradiction,
)
from ligandkb.export import write_atomically
from ligandkb.provenance import Source
from ligandkb.storage.outcome_files import Names, export, recording_from_options, recordings_from_csv
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.outcome_merging import merge
from ligandkb.storage.outcome_reading import stored_recordings
from ligandkb.storage.outcome_recordings import (
    COLUMNS,
    OUTCOME_COLUMNS,
    RECORDING_COLUMNS,
    Recording,
    cells_of,
    content_hash_of,
    content_id,
    remarks,
)
from ligandkb.storage.outcome_versions import export_all

AS_WRITTEN = Names(lambda text: (text, formula_unit(split(text))), lambda text: text)
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def read_back(path: Path, names: Names = AS_WRITTEN):
    problems: list = []
    found, rows = recordings_from_csv(path, names, problems, recorded_by="reader", recorded_at=NOW)
    assert problems == []
    assert len(rows) == len(found)
    return found


def by_version(one: Recording) -> tuple[str, int]:
    return one.outcome.id, one.version


def without_origin(recordings):
    return [replace(one, outcome=replace(one.outcome, origin="")) for one in recordings]


def test_columns_are_those_of_the_shipped_file_and_of_its_reader(recording):
    header = (Path(__file__).parents[2] / "data" / "outcomes.csv").read_text(encoding="utf-8").split("\n")[0]
    assert header.split(",") == list(OUTCOME_COLUMNS)
    assert set(OUTCOME_COLUMNS) == {*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS}
    assert list(cells_of(recording())) == list(COLUMNS)
    assert COLUMNS == (*OUTCOME_COLUMNS, *RECORDING_COLUMNS)


# Everything that a text file can hold, weighted towards what could be mistaken on the way.
texts = st.lists(
    st.one_of(
        st.sampled_from(
            ["=cmd()", "'", "''=", "+1", "-", "@", "\t", "\r", "\n", "\r\n", "\x1b[31m", '"', ",", ";"]
        ),
        st.sampled_from(
            ["#", "#NAME?", "“", "”", "<<<<<<<", "'); DROP TABLE recorded_outcome;--", "\u202e", "\xa0"]
        ),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    ),
    max_size=4,
).map(lambda parts: "".join(parts).strip())
fractions = st.none() | st.integers(0, 10**6).map(lambda millionths: round(millionths / 1e6, 6))
amounts = st.none() | st.floats(0, 1e12, allow_nan=False)
wavelengths = st.none() | st.floats(300, 900, allow_nan=False)
identifiers = st.lists(
    st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8), min_size=1, max_size=4
)
smiles = st.sampled_from(
    [
        "[O-]C(=O)c1ccccc1",
        "[S-]C#N",
        "CCP(CC)CC",
        "[Pb+2].[Br-].[Br-]",
        "C[N+](C)(C)CCCS(=O)(=O)[O-]",
        "c1cc[nH]c1",
    ]
)
outcomes = st.builds(
    Outcome,
    id=identifiers.map("-".join),
    binding_form=texts,
    binding_form_smiles=smiles.map(lambda text: formula_unit(split(text))),
    partner=texts.map(lambda text: text or "none"),
    composition=st.sampled_from(["CsPbBr3", "CsPbX3", "CsPb(Cl/Br)3", "MAPbBr1.5Cl1.5"]).map(
        parse_composition
    ),
    morphology=texts.map(lambda text: text or "film"),
    route=st.sampled_from(Application),
    reference_state=st.sampled_from(REFERENCE_STATES),
    effect=st.none() | st.sampled_from(Effect),
    plqy_before=fractions,
    plqy_before_uncertainty=fractions,
    plqy_after=fractions,
    plqy_after_uncertainty=fractions,
    relative_change=st.none() | st.integers(-(10**6), 10**8).map(lambda n: round(n / 1e6, 6)),
    equivalents=amounts,
    concentration_mmol_per_l=amounts,
    nc_concentration_umol_per_l=amounts,
    time_min=amounts,
    emission_before_nm=wavelengths,
    emission_after_nm=wavelengths,
    strength=st.sampled_from(["", *STRENGTHS]),
    confound=st.sampled_from(["", *CONFOUNDS]),
    source=st.none() | st.builds(Source, st.just("10.1021/jacs.8b11035"), texts),
    note=texts,
).map(lambda one: replace(one, binding_form=one.binding_form or one.binding_form_smiles))
all_recordings = st.builds(
    Recording,
    outcome=outcomes,
    recorded_by=texts.map(lambda text: text or "Ada"),
    recorded_at=st.datetimes(datetime(1990, 1, 1), datetime(2026, 1, 1)).map(
        lambda one: one.replace(tzinfo=UTC)
    ),
    nc_batch=texts,
    tool_version=texts.map(lambda text: text or "0.1.0"),
)
recordings = all_recordings.filter(lambda one: not contradiction(one.outcome))


@st.composite
def histories(draw) -> list[Recording]:
    """Every version of some outcomes: corrected by anybody in anything, withdrawn, reinstated."""
    found = []
    for name in draw(st.lists(identifiers.map("-".join), min_size=1, max_size=3, unique=True)):
        for number, one in enumerate(draw(st.lists(all_recordings, min_size=1, max_size=3)), start=1):
            reason = draw(texts) or ("" if number == 1 else "why")
            own = {"version": number, "reason": reason, "withdrawn": draw(st.booleans())}
            found.append(replace(one, outcome=replace(one.outcome, id=name), **own))
    return found


@given(st.lists(recordings, min_size=1, max_size=4, unique_by=lambda one: one.outcome.id))
@settings(deadline=None, max_examples=150)
def test_export_then_import_is_the_identity(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("export") / "outcomes.csv"
    write_atomically(path, export(found))
    assert without_origin(read_back(path)) == found
    assert path.read_bytes() == export(found).encode()


@given(histories())
@settings(deadline=None, max_examples=100)
def test_all_versions_exported_then_imported_are_the_identity(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("export") / "all.csv"
    write_atomically(path, export_all(found))
    assert without_origin(read_back(path)) == found
    assert path.read_bytes() == export_all(found).encode()


@given(histories())
@settings(deadline=None, max_examples=25)
def test_every_version_goes_from_file_to_server_to_table_and_back(tmp_path_factory, server, found):
    folder = tmp_path_factory.mktemp("there-and-back")
    file, elsewhere = locate(str(folder / "a.sqlite")), locate(server.new_database())
    merge(file, found, "here")
    read = stored_recordings(file, history=True)
    assert sorted(without_origin(read), key=by_version) == sorted(found, key=by_version)
    write_atomically(folder / "all.csv", export_all(read))
    merge(elsewhere, read_back(folder / "all.csv"), "all.csv")
    assert stored_recordings(elsewhere, history=True) == read
    back = locate(str(folder / "b.sqlite"))
    for count in (len(found), 0):
        assert len(merge(back, stored_recordings(elsewhere, history=True), "there").new) == count
    assert stored_recordings(back, history=True) == read
    server.drop(elsewhere.url)


def test_numbers_are_exported_bare_and_formulas_are_not(recording):
    text = export([recording(note="=cmd()|calc", relative_change=-0.5)])
    assert ",-50.0," in text
    assert "'=cmd()|calc" in text


def test_a_blank_identifier_follows_from_the_content(recording):
    one, other = recording("x"), recording("y", recorded_by="Bob", recorded_at=NOW)
    assert content_id(one) == content_id(other)
    assert content_id(one) != content_id(recording("x", nc_batch="B7"))
    assert content_id(one).startswith("benzoate-oleylammonium-")


def test_content_hash_does_not_depend_on_order_or_place(recording):
    one, two = recording("a").outcome, recording("b").outcome
    assert content_hash_of([one, two]) == content_hash_of([two, replace(one, origin="elsewhere")])
    assert content_hash_of([one]) != content_hash_of([two])


@pytest.mark.parametrize(
    ("changes", "remark"),
    [
        ({"effect": None}, "effect is blank"),
        ({"plqy_after": 0.5}, "from 62 % to 50 %, which is not 'improved'"),
        ({"effect": Effect.DECREASED}, "from 62 % to 95 %, which is not 'decreased'"),
        ({"plqy_before": 0.0062}, "PLQY before is 0.62 %"),
        ({}, None),
    ],
)
def test_what_looks_wrong_is_remarked(recording, changes, remark):
    found = remarks(recording(**changes))
    assert not found if remark is None else any(remark in line for line in found)


def write(path: Path, *lines: str) -> Path:
    path.write_text(
        "\n".join(
            ["id,binding_form,binding_form_smiles,partner,composition,effect,recorded_at,locator", *lines]
        )
    )
    return path


def test_all_problems_of_a_file_are_listed_with_their_places(tmp_path):
    path = write(
        tmp_path / "o.csv",
        "Bad Id,,[O-]C=O,none,CsPbBr3,improved,,",
        "a,,C(C,none,CsPbBr3,improved,,",
        "b,,[O-]C=O,none,CsPbF3,improvd,,",
        "c,,[O-]C=O,none,CsPbBr3,improved,2026-03-01 14:05,Table 1",
        "c,,[O-]C=O,none,CsPbBr3,improved,2999-01-01T00:00:00Z,",
    )
    problems: list = []
    found, _ = recordings_from_csv(path, AS_WRITTEN, problems, recorded_by="x", recorded_at=NOW)
    assert found == []
    places = {(problem.line, problem.column) for problem in problems}
    assert places == {(2, 1), (3, 4), (4, 17), (4, 24), (5, 34), (6, 1), (6, 34)}
    assert all(problem.fix for problem in problems if (problem.line, problem.column) != (4, 17))
    assert len(problems) == len({str(problem) for problem in problems}) == 7


def test_an_empty_table_is_a_problem(tmp_path):
    problems: list = []
    recordings_from_csv(write(tmp_path / "o.csv"), AS_WRITTEN, problems, recorded_by="x", recorded_at=NOW)
    assert "no rows" in problems[0].what


@pytest.mark.parametrize(
    ("typed", "before", "uncertainty"),
    [
        ("62±3", 0.62, 0.03),
        ("62 +/- 3 %", 0.62, 0.03),
        ("(62 +- 3)%", 0.62, 0.03),
        ("62", 0.62, None),
        ("0.5%", 0.005, None),
    ],
)
def test_plqy_is_typed_in_percent_with_its_uncertainty(typed, before, uncertainty):
    options = {
        "binding_form": "[S-]C#N",
        "partner": "none",
        "composition": "CsPbBr3",
        "plqy_before_pct": typed,
    }
    problems: list = []
    read = recording_from_options(options, AS_WRITTEN, problems, recorded_by="x", recorded_at=NOW)
    assert problems == []
    assert read is not None
    assert (read.outcome.plqy_before, read.outcome.plqy_before_uncertainty) == (before, uncertainty)


@pytest.mark.parametrize(
    ("column", "typed", "message"),
    [
        ("plqy_after_pct", "0.95", "looks like a fraction"),
        ("plqy_after_pct", "1", "looks like a fraction"),
        ("plqy_after_pct", "195", "above 100"),
        ("plqy_after_pct", "95±-3", "below 0"),
        ("time_min", "1 h", "not a bare number"),
        ("note", "x" * 10_001, "10,001 characters"),
        ("note", "\udcff", "no text file can"),
        ("effect", "better", "not a value"),
    ],
)
def test_what_is_typed_wrong_names_its_option(column, typed, message):
    options = {"binding_form": "[S-]C#N", "partner": "none", "composition": "CsPbBr3", column: typed}
    problems: list = []
    assert recording_from_options(options, AS_WRITTEN, problems, recorded_by="x", recorded_at=NOW) is None
    assert problems[0].file == "--" + column.replace("_", "-")
    assert message in str(problems[0])
