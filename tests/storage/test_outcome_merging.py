"""Do two laboratories' notebooks come together without loss, and say where they differ?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ligandkb.export import write_atomically
from ligandkb.problems import InputError
from ligandkb.storage.outcome_database import record, record_correction
from ligandkb.storage.outcome_merging import merge
from ligandkb.storage.outcome_reading import stored_recordings

LATER = datetime(2026, 4, 1, tzinfo=UTC)


def corrected(one, version, reason="why", withdrawn=False, by="Bob", **changes):
    own = {"version": version, "reason": reason, "withdrawn": withdrawn, "recorded_by": by}
    return replace(one, outcome=replace(one.outcome, **changes), **own)


@pytest.fixture
def notebook(recording):
    """Fill a database with two outcomes: one corrected, one withdrawn."""

    def notebook(location, prefix, by):
        one, other = (recording(f"{prefix}-{n}", recorded_by=by, nc_batch="B7") for n in (1, 2))
        record(location, [one, other])
        record_correction(location, corrected(one, 2, by=by, plqy_after=0.9))
        record_correction(location, corrected(other, 2, "wrong flask", withdrawn=True, by="the boss"))
        return stored_recordings(location, history=True)

    return notebook


@pytest.fixture
def other(server, tmp_path, location):
    """A second database: of the other kind than the first."""
    from ligandkb.storage.outcome_location import locate

    return locate(server.new_database() if location.path else str(tmp_path / "other.sqlite"))


def test_two_notebooks_come_together_with_every_version_and_again_adds_nothing(location, other, notebook):
    ours, theirs = notebook(location, "a", "Ada"), notebook(other, "b", "Bob")
    assert len(merge(location, theirs, "there").new) == 4
    both = stored_recordings(location, history=True)
    assert set(both) == {*ours, *theirs}
    assert [one.outcome.id for one in stored_recordings(location)] == ["a-1", "b-1"]
    again = merge(location, theirs, "there")
    assert (again.new, len(again.old), again.others) == ((), 4, ())
    merge(other, both, "here")
    assert stored_recordings(other, history=True) == both, "both ways the same"


def test_later_versions_are_added_and_earlier_ones_are_known(location, other, notebook):
    ours = notebook(location, "a", "Ada")
    merge(other, ours, "there")
    record_correction(other, corrected(ours[1], 3, "typing error", plqy_after=0.8))
    theirs = stored_recordings(other, history=True)
    assert [one.version for one in merge(location, theirs, "there").new] == [3]
    assert merge(location, ours, "an old copy").new == ()
    assert stored_recordings(location, history=True) == theirs


def test_contradictions_are_said_all_at_once_and_nothing_is_merged(location, other, recording):
    mine = [recording("x"), recording("y"), recording("z")]
    record(location, mine)
    record_correction(location, corrected(mine[1], 2, by="Ada", plqy_after=0.9))
    theirs = [recording("x", plqy_after=0.5, recorded_by="Bob"), recording("y"), recording("new")]
    record(other, theirs)
    record_correction(other, corrected(theirs[1], 2, by="Bob", withdrawn=True))
    before = stored_recordings(location, history=True)
    with pytest.raises(InputError) as error:
        merge(location, stored_recordings(other, history=True), "theirs")
    said = [str(problem) for problem in error.value.problems]
    assert len(said) == 2
    assert "theirs: outcome 'x', version 1 was recorded by Ada on 2026-03-01 here, by Bob there" in said[0]
    assert "plqy_after_pct 95 here, 50 there" in said[0]
    assert "plqy_after_pct 90 here, 95 there; withdrawn 'False' here, 'True' there" in said[1]
    assert all("give it another id" in one for one in said)
    assert stored_recordings(location, history=True) == before


def test_a_contradiction_is_settled_by_the_next_number(location, recording):
    """As the message says: nobody's version is lost."""
    one = recording("x")
    record(location, [one])
    record_correction(location, corrected(one, 2, by="Ada", plqy_after=0.9))
    theirs = corrected(one, 2, by="Bob", plqy_after=0.8)
    with pytest.raises(InputError, match="other content"):
        merge(location, [one, theirs], "theirs")
    merge(location, [one, replace(theirs, version=3)], "theirs")
    assert [(v.recorded_by, v.outcome.plqy_after) for v in stored_recordings(location, history=True)] == [
        ("Ada", 0.95),
        ("Ada", 0.9),
        ("Bob", 0.8),
    ]


def test_the_same_recorded_by_two_is_one_outcome_and_is_said(location, recording):
    record(location, [recording("x")])
    merged = merge(location, [recording("x", recorded_by="Bob", recorded_at=LATER)], "theirs")
    assert merged.new == ()
    assert [one.recorded_by for one in merged.others] == ["Bob"]
    assert [one.recorded_by for one in stored_recordings(location)] == ["Ada"]


def test_a_version_that_follows_on_nothing_is_refused(location, recording):
    with pytest.raises(InputError, match="here it has 0 versions"):
        merge(location, [corrected(recording("x"), 2)], "theirs")
    record(location, [recording("x")])
    with pytest.raises(InputError, match="here it has 1 version,"):
        merge(location, [corrected(recording("x"), 3)], "theirs")


def test_a_version_that_can_t_be_read_here_is_said_and_nothing_else_of_it(file_location, recording, execute):
    record(file_location, [recording("x")])
    execute(file_location, "DROP TRIGGER recorded_outcome_is_never_changed")
    execute(file_location, "UPDATE recorded_outcome SET effect = 'absurd'")
    with pytest.raises(InputError) as error:
        merge(file_location, [recording("x")], "theirs")
    (problem,) = error.value.problems
    assert "outcome x, version 1" in str(problem) and "'absurd'" in str(problem)


def test_the_commands_carry_a_whole_notebook_there_and_back(run, location, other, notebook, named, tmp_path):
    ours = notebook(location, "a", "Ada")
    done = run("outcomes", "merge", named(location), "--db", named(other))
    assert (done.code, done.out) == (0, "a-1\na-2\n")
    assert "4 versions of 2 outcomes added" in done.err
    assert stored_recordings(other, history=True) == ours
    again = run("outcomes", "merge", named(location), "--db", named(other))
    assert (again.code, again.out) == (0, "")
    assert "4 versions stood there already" in again.err
    first, second, third = (tmp_path / name for name in ("1.csv", "2.csv", "third.sqlite"))
    assert run("outcomes", "export", "--all", "-o", first, "--db", named(other)).code == 0
    done = run("outcomes", "add", "--from", first, "--db", third, "--by", "somebody else")
    assert (done.code, done.out) == (0, "a-1\na-2\n")
    assert run("outcomes", "export", "--all", "-o", second, "--db", third).code == 0
    assert second.read_bytes() == first.read_bytes()
    assert "the boss" in second.read_text()


def test_a_veto_is_said_of_what_is_merged(run, file_location, tmp_path, recording):
    lethal = recording("x", binding_form="fluoroacetate", binding_form_smiles="O=C([O-])CF")
    record(file_location, [lethal])
    done = run("outcomes", "merge", file_location.path, "--db", tmp_path / "target.sqlite")
    assert "VETO, fluoroacetate" in done.err


def test_a_partner_that_only_the_other_laboratory_has_is_named(run, file_location, tmp_path, recording):
    outcomes = [recording("x", partner="our-ion"), recording("y", partner="CCC[NH3+]"), recording("z")]
    record(file_location, outcomes)
    done = run("outcomes", "merge", file_location.path, "--db", tmp_path / "target.sqlite")
    assert [line for line in done.err.splitlines() if "look again" in line] == [
        "look again: partner 'our-ion' is unknown here: put it into partners.csv, meaning the same as there"
    ]


def test_a_database_of_the_first_release_is_merged_and_only_read(location, old_file):
    before = old_file.path.read_bytes()
    theirs = stored_recordings(old_file, history=True)
    assert len(merge(location, theirs, "theirs").new) == 4
    assert stored_recordings(location, history=True) == theirs
    assert old_file.path.read_bytes() == before


def test_what_can_t_be_merged_is_said(run, tmp_path, file_location):
    done = run("outcomes", "merge", tmp_path / "nowhere.sqlite", "--db", file_location.path)
    assert done.code == 2
    assert "there is no database" in done.err
    none = run("outcomes", "merge", "none", "--db", file_location.path)
    assert none.code == 2
    assert "none is no database: name the file or the URL to merge" in none.err
    assert not file_location.path.exists()


ROWS = (
    "id,binding_form_smiles,partner,composition,effect,version,reason,withdrawn,recorded_by\n"
    "a,[Br-],none,CsPbBr3,improved,1,,,Ada\n"
)


@pytest.mark.parametrize(
    ("row", "place", "message"),
    [
        ("a,[Br-],none,CsPbBr3,improved,2,,,Ada", 3, "a correction has no reason"),
        (",[Br-],none,CsPbBr3,improved,2,why,,Ada", 3, "a correction has no id"),
        ("a,[Br-],none,CsPbBr3,improved,1.5,why,,Ada", 3, "no whole number"),
        ("a,[Br-],none,CsPbBr3,improved,2,why,maybe,Ada", 3, "neither yes nor no"),
        ("a,[Br-],none,CsPbBr3,decreased,1,,,Bob", 3, "effect 'improved' here, 'decreased' there"),
        ("a,[Br-],none,CsPbBr3,decreased,7,why,,Bob", 3, "here it has 1 version,"),
    ],
)
def test_a_file_of_versions_is_checked_like_any_other(run, tmp_path, file_location, row, place, message):
    path = tmp_path / "all.csv"
    write_atomically(path, ROWS + row + "\n")
    done = run("outcomes", "add", "--from", path, "--db", file_location.path)
    assert done.code == 1
    assert message in " ".join(done.err.split())
    assert f"all.csv:{place}:" in done.err
    assert not file_location.path.exists() or stored_recordings(file_location) == ()
