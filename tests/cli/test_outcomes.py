from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ligandkb
from ligandkb.assessment.records import evidence_records
from ligandkb.cli import main
from ligandkb.cli.outcomes import outcomes
from ligandkb.evidence.outcomes import CONFOUNDS, REFERENCE_STATES, STRENGTHS, Application, Effect
from ligandkb.problems import InputError, LigandkbError, UsageError
from ligandkb.reports.full_explanation import outcome_line
from ligandkb.storage.recorded import recorded_outcomes, recordings

DATA = Path(__file__).parents[2] / "data"
OLD = Path(__file__).parents[1] / "storage" / "old_databases"


@pytest.fixture
def db(tmp_path):
    return tmp_path / "outcomes.sqlite"


@pytest.fixture
def run(db, monkeypatch, load_once):
    """Run a command in this process; errors that we raise on purpose are raised."""
    monkeypatch.setattr("ligandkb.loading.load", load_once)

    def invoke(command, *arguments):
        options = ["--db", str(db)] + (["--by", "Ada"] if command in ("add", "correct") else [])
        done = CliRunner().invoke(outcomes, [command, *arguments, *options])
        if isinstance(done.exception, LigandkbError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done

    return invoke


EVERYTHING = {
    "--id": "mine",
    "--partner": "OLA+",
    "--composition": "CsPbBr3",
    "--effect": "improved",
    "--plqy-before-pct": "62±3",
    "--plqy-after-pct": "95.5+-2",
    "--relative-change-pct": "54",
    "--route": "in_synthesis",
    "--reference-state": "as_made",
    "--morphology": "nanoplatelets (n = 3)",
    "--concentration-mmol-per-l": "5",
    "--equivalents": "4",
    "--nc-batch": "B7",
    "--nc-concentration-umol-per-l": "0.1",
    "--time-min": "30",
    "--emission-before-nm": "512.5",
    "--emission-after-nm": "511",
    "--strength": "paired",
    "--confound": "mixed_treatment",
    "--doi": "10.1021/jacs.8b11035",
    "--locator": "Table 1",
    "--note": "=cmd()",
}


def options(**changes):
    given = EVERYTHING | {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    return [part for pair in given.items() for part in pair if pair[1] is not None]


def test_every_field_is_recorded(run, db):
    done = run("add", "benzoic acid", *options())
    assert done.stdout == "mine\n"
    (one,) = recordings(str(db))
    outcome = one.outcome
    assert (outcome.binding_form, outcome.binding_form_smiles) == ("benzoate", "O=C([O-])c1ccccc1")
    assert outcome.partner == "oleylammonium"
    assert (outcome.plqy_before, outcome.plqy_before_uncertainty) == (0.62, 0.03)
    assert (outcome.plqy_after, outcome.plqy_after_uncertainty) == (0.955, 0.02)
    assert (outcome.relative_change, outcome.equivalents, outcome.concentration_mmol_per_l) == (0.54, 4, 5)
    assert (outcome.nc_concentration_umol_per_l, outcome.time_min) == (0.1, 30)
    assert (outcome.emission_before_nm, outcome.emission_after_nm) == (512.5, 511)
    assert (outcome.effect, outcome.route) == (Effect.IMPROVED, Application.IN_SYNTHESIS)
    assert (outcome.reference_state, outcome.strength, outcome.confound) == (
        "as_made",
        "paired",
        "mixed_treatment",
    )
    assert str(outcome.source) == "doi 10.1021/jacs.8b11035, Table 1"
    assert (outcome.note, outcome.morphology) == ("=cmd()", "nanoplatelets (n = 3)")
    assert (one.nc_batch, one.recorded_by, one.version) == ("B7", "Ada", 1)


@pytest.mark.parametrize("command", ["add", "correct"])
def test_help_names_every_allowed_word(command):
    words = " ".join(CliRunner().invoke(outcomes, [command, "--help"]).output.split())
    for word in (*Effect, *Application, *REFERENCE_STATES, *STRENGTHS, *CONFOUNDS):
        assert word in words


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["add"], 2, "LIGAND, --partner, --composition must be given"),
        (["add", "benzoate", "-c", "CsPbBr3"], 2, "--partner must be given"),
        (["add", "benzoate", "--from", "x.csv"], 2, "leave out LIGAND"),
        (["add", "--from", "not-there.csv"], 1, "there is no such file"),
        (["add", "benzoat", *options()], 1, "did you mean 'benzoate'"),
        (["add", "OC(=O)C(F", *options()], 1, "not a SMILES"),
        (
            ["add", "benzoate", *options(partner="olylammonium")],
            1,
            "--partner: 'olylammonium' is not a partner: did you",
        ),
        (
            ["add", "benzoate", *options(plqy_after_pct="0.955")],
            1,
            "--plqy-after-pct: '0.955' would be 0.955 %",
        ),
        (["add", "benzoate", *options(effect="improvd")], 1, "--effect: 'improvd'"),
        (["add", "benzoate", *options(composition="CsPbF3")], 1, "--composition:"),
        (["correct", "mine", "--effect", "decreased"], 2, "--reason"),
        (["correct", "mine", "--reason", "x"], 2, "nothing to correct"),
        (["correct", "mine", "--withdraw", "--reason", " "], 2, "--reason is empty"),
        (["correct", "mine", "--withdraw", "--reason", "x"], 1, "no outcome 'mine' is recorded"),
        (["list", "--format", "xml"], 2, "xml"),
        (["forget"], 2, "forget"),
    ],
)
def test_errors_name_the_fix_and_have_their_exit_code(db, monkeypatch, capsys, arguments, code, message):
    monkeypatch.setenv("LIGANDKB_DB", str(db))
    monkeypatch.setattr(sys, "argv", ["ligandkb", "outcomes", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr()
    assert ended.value.code == code, printed.err
    assert message in " ".join(printed.err.split())
    assert printed.out == ""
    assert not db.exists()


def test_all_problems_of_a_command_at_once(run):
    with pytest.raises(LigandkbError) as error:
        run("add", "benzoat", *options(partner="x", effect="y", time_min="1 h", id="Bad Id", doi="z"))
    assert len(error.value.problems) >= 6


def test_a_product_that_binds_in_several_forms_asks_which(run, kb):
    product = next(one for one in kb.ligands if len(one.forms) > 1)
    other = product.forms[1]
    if not any(form.name == product.name for form in product.forms):
        with pytest.raises(LigandkbError, match="name the one that was there"):
            run("add", product.id, *options(partner="none"))
    assert run("add", other.form.smiles, *options(partner="none")).stdout == "mine\n"


def test_a_file_may_name_ligands_by_name_and_leave_identifiers_blank(run, db, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "binding_form;binding_form_smiles;partner;composition;effect;plqy_after_pct;nc_batch\n"
        "benzoic acid;;OLA+;CsPbBr3;improved;95,5;B7\n"
        ";[S-]C#N;[NH4+];CsPbI3;improved;;B8\n",
        encoding="utf-8",
    )
    done = run("add", "--from", str(path))
    first, second = recordings(str(db))
    assert {first.outcome.id, second.outcome.id} == set(done.stdout.split())
    assert {one.outcome.partner for one in (first, second)} == {"oleylammonium", "ammonium"}
    assert {one.outcome.plqy_after for one in (first, second)} == {0.955, None}


def test_a_file_with_the_product_in_place_of_what_binds_is_refused(run, db, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "binding_form_smiles,partner,composition,effect\n[S-]C#N,none,CsPbI3,improved\n"
        "OC(=O)c1ccccc1,none,CsPbI3,improved\n"
    )
    with pytest.raises(LigandkbError) as error:
        run("add", "--from", str(path))
    (problem,) = error.value.problems
    assert (problem.line, problem.column) == (3, 1)
    assert "binds as benzoate" in problem.what
    assert problem.fix == "write O=C([O-])c1ccccc1"
    assert not db.exists(), "all rows or none"


def test_the_shipped_outcomes_go_in_and_come_out_as_they_are(run, kb, db, tmp_path):
    run("add", "--from", str(DATA / "outcomes.csv"))
    shipped = {one.id: one for one in kb.outcomes}
    back = {one.id: one for one in recorded_outcomes(str(db))}
    assert back.keys() == shipped.keys()
    for name, one in back.items():
        same = {"origin": "", "is_shipped": False}
        assert {**vars(one), **same} == {**vars(shipped[name]), **same}


def test_export_then_add_gives_the_same_database(run, db, tmp_path):
    hostile = "=cmd()|' /C calc'!A0 [31m'); DROP TABLE recorded_outcome;--\r\n\u202e,;\""
    run("add", "benzoate", *options(note=hostile, nc_batch=hostile))
    run("add", "thiocyanate", *options(id="other", note="-1", partner="unknown"))
    run("correct", "other", "--plqy-after-pct", "70", "--reason", "typing error")
    first, second, copy = tmp_path / "1.csv", tmp_path / "2.csv", tmp_path / "copy.sqlite"
    run("export", "--output", str(first))
    done = CliRunner().invoke(outcomes, ["add", "--from", str(first), "--db", str(copy), "--by", "Bob"])
    assert done.exit_code == 0, done.output
    CliRunner().invoke(outcomes, ["export", "-o", str(second), "--db", str(copy)])
    assert second.read_bytes() == first.read_bytes()
    assert {vars(one)["note"] for one in recorded_outcomes(str(copy))} == {hostile.strip(), "-1"}
    assert "\n=cmd" not in first.read_text().replace('"', "\n")


@pytest.mark.parametrize("form", ["table", "csv", "json", "md", "html"])
def test_list_shows_what_holds_and_history_every_version(run, form):
    run("add", "benzoate", *options(note="c1cc[nH]c1 \u202e"))
    run("correct", "mine", "--plqy-after-pct", "91", "--reason", "wrong cuvette")
    shown, history = run("list", "-f", form).stdout, run("list", "-f", form, "--history").stdout
    assert "91" in shown
    assert "95.5" not in shown
    assert "91" in history
    assert "95.5" in history
    assert "wrong cuvette" in history
    assert form == "json" or "\u202e" not in history
    if form == "json":
        rows = json.loads(history)["rows"]
        assert [row["plqy_after_pct"] for row in rows] == [95.5, 91.0]
        assert [row["plqy_after_uncertainty_pct"] for row in rows] == [2.0, None]
        assert json.loads(history)["meta"]["history"] is True
    if form == "csv":
        assert [row["version"] for row in csv.DictReader(io.StringIO(history))] == ["1", "2"]


@pytest.mark.parametrize("command", ["list", "export"])
def test_reading_a_database_that_is_not_there_says_so_and_makes_none(run, db, command):
    done = run(command)
    assert f"Nothing is recorded yet: there is no {db}" in done.stderr
    assert not db.exists()
    none = CliRunner().invoke(outcomes, [command, "--db", "none"])
    assert "Nothing is recorded yet: there is no database\n" in none.stderr


def test_a_correction_keeps_the_rest_and_names_who_and_why(run, db):
    run("add", "benzoate", *options())
    done = CliRunner().invoke(
        outcomes,
        [
            "correct",
            "mine",
            "--ligand",
            "thiocyanate",
            "--note",
            "",
            "--reason",
            "wrong vial",
            "--by",
            "Bob",
            "--db",
            str(db),
        ],
    )
    assert done.stdout == "mine\n"
    old, new = recordings(str(db), history=True)
    assert (new.outcome.binding_form, new.outcome.note) == ("thiocyanate", "")
    assert (new.recorded_by, new.reason, new.version) == ("Bob", "wrong vial", 2)
    assert (old.outcome.binding_form, old.recorded_by) == ("benzoate", "Ada")
    assert (new.outcome.plqy_after, new.nc_batch) == (old.outcome.plqy_after, old.nc_batch)


def test_a_correction_that_says_the_same_records_nothing(run, db):
    run("add", "benzoate", *options())
    assert run("correct", "mine", "--time-min", "30.0", "--reason", "x").stdout == "mine\n"
    assert len(recordings(str(db), history=True)) == 1


def test_withdraw_and_reinstate(run, db):
    run("add", "benzoate", *options())
    run("correct", "mine", "--withdraw", "--reason", "wrong flask")
    assert recorded_outcomes(str(db)) == ()
    run("correct", "mine", "--reinstate", "--reason", "right flask after all")
    assert len(recorded_outcomes(str(db))) == 1


def test_a_vetoed_ligand_is_recorded_with_its_veto_said(run):
    assert "VETO, fluoroacetate: lethal" in run("add", "fluoroacetate", *options()).stderr


def test_a_doubtful_outcome_is_recorded_with_a_remark(run):
    assert "look again" in run("add", "benzoate", *options(plqy_before_pct="0.62%")).stderr


def test_two_figures_without_an_effect_are_refused_where_they_are_typed_and_remarked_in_a_file(
    run, db, tmp_path
):
    for effect in (None, " "):
        with pytest.raises(InputError, match=r"--effect: .*add --effect improved"):
            run("add", "benzoate", *options(effect=effect))
    assert not db.exists()
    path = tmp_path / "mine.csv"
    path.write_text(
        "binding_form,binding_form_smiles,partner,composition,effect,plqy_before_pct,plqy_after_pct\n"
        "benzoate,,none,CsPbBr3,,0.62,0.8\n"
    )
    said = run("add", "--from", str(path)).stderr
    assert "effect is blank" in said
    assert "if a fraction was meant" in said


@pytest.mark.parametrize("column", ["note", "nc_batch", "locator", "morphology"])
def test_a_control_character_is_not_typed_by_intent(run, db, column):
    with pytest.raises(InputError, match=f"--{column.replace('_', '-')}: .*control character"):
        run("add", "benzoate", *options(**{column: "red \x1b[31m"}))
    assert not db.exists()


def test_who_and_why_hold_no_control_character(run, db):
    run("add", "benzoate", *options())
    with pytest.raises(UsageError, match=r"--reason: .*control character"):
        run("correct", "mine", "--note", "x", "--reason", "why\x1b[31m")
    done = CliRunner().invoke(outcomes, ["add", "benzoate", *options(), "--db", str(db), "--by", "A\x07"])
    assert isinstance(done.exception, UsageError)
    assert "--by" in str(done.exception)


def test_an_export_of_before_goes_back_in(run, db, tmp_path):
    path = tmp_path / "old.csv"
    path.write_text(
        "binding_form_smiles,partner,composition,effect,note\n[Br-],none,CsPbBr3,improved,a\x1b[31m\n"
    )
    run("add", "--from", str(path))
    assert recorded_outcomes(str(db))[0].note == "a\x1b[31m"


def test_a_crystal_needs_no_capitals_and_an_option_is_given_once(run, db):
    run("add", "benzoate", *options(composition="cspbbr1.5cl1.5"))
    assert str(recorded_outcomes(str(db))[0].composition) == "CsPbBr1.5Cl1.5"
    done = CliRunner().invoke(outcomes, ["add", "benzoate", *options(), "--partner", "caesium"])
    assert done.exit_code == 2
    assert "--partner is given 2 times" in done.output


def test_an_unknown_partner_can_be_added(run):
    with pytest.raises(InputError, match=r"partners\.csv in a folder of your own \(ligandkb init\)"):
        run("add", "benzoate", *options(partner="octylamonium"))


@pytest.mark.parametrize(
    ("figures", "fits"),
    [
        ({"plqy_before_pct": "90", "plqy_after_pct": "40"}, False),
        ({"plqy_before_pct": "90±3", "plqy_after_pct": "88±3"}, True),
        ({"plqy_before_pct": "90", "plqy_after_pct": "90"}, True),
        ({"plqy_before_pct": "40", "plqy_after_pct": "90", "effect": "decreased"}, False),
        ({"plqy_before_pct": "40", "plqy_after_pct": "90", "effect": "not_improved"}, False),
        ({"plqy_before_pct": "60±3", "plqy_after_pct": "61±3", "effect": "not_improved"}, True),
    ],
)
def test_figures_that_deny_their_effect_are_refused(run, db, figures, fits):
    if fits:
        run("add", "benzoate", *options(**figures))
    else:
        with pytest.raises(InputError, match=r"--effect: PLQY goes from .* uncertainty"):
            run("add", "benzoate", *options(**figures))
    assert len(recorded_outcomes(str(db))) == fits


def test_what_an_earlier_version_let_pass_is_read_with_a_warning_and_can_be_withdrawn(run, db):
    run("add", "benzoate", *options())
    with sqlite3.connect(db) as connection:
        connection.execute("DROP TRIGGER recorded_outcome_is_never_changed")
        connection.execute("UPDATE recorded_outcome SET plqy_after = 0.1")
    with pytest.warns(UserWarning, match="correct mine"):
        assert len(recorded_outcomes(str(db))) == 1
    run("correct", "mine", "--withdraw", "--reason", "figures were mixed up")
    assert recorded_outcomes(str(db)) == ()


def test_nothing_recorded_becomes_an_entry_of_table_1(run, db):
    run("add", "benzoate", *options(strength="table_entry", doi="10.1021/jacs.8b11035", locator="Table 1"))
    assert not recorded_outcomes(str(db))[0].is_in_table_1


def test_a_list_says_what_it_was_made_with(run, db):
    run("add", "benzoate", *options())
    listed = json.loads(run("list", "--format", "json").stdout)["meta"]
    assert listed["version"] == ligandkb.__version__
    assert len(listed["content"]) == 12
    assert listed["content"] in run("list").stdout
    assert listed["content"] in run("list", "--format", "md").stdout
    done = run("list", "--format", "csv")
    assert listed["content"] in done.stderr
    assert listed["content"] not in done.stdout


def test_a_lab_s_own_ligands_and_partners_are_known_by_name(run, db, tmp_path):
    folder = tmp_path / "lab"
    folder.mkdir()
    (folder / "ligands.csv").write_text("id,name,smiles\nours,our acid,CCCCC(CC)CC(=O)O\n")
    (folder / "partners.csv").write_text("id,name,smiles,route\nour-ion,our ion,CCC[NH3+],as_bought\n")
    run("add", "our acid", *options(partner="our ion"), "--data", str(folder))
    assert recorded_outcomes(str(db))[0].partner == "our-ion"


def test_the_environment_s_folder_is_read_as_elsewhere(run, db, tmp_path, monkeypatch):
    (tmp_path / "ligands.csv").write_text("id,name,smiles\nours,our acid,CCCCC(CC)CC(=O)O\n")
    monkeypatch.setenv("LIGANDKB_DATA", str(tmp_path))
    run("add", "our acid", *options())
    assert recordings(str(db))[0].outcome.added_as == "our acid"
    monkeypatch.setenv("LIGANDKB_DATA", str(tmp_path / "not-there"))
    with pytest.raises(InputError, match="not-there: there is no such folder"):
        run("add", "benzoate", *options(id="other"))


# --- A11: what was bought


@pytest.mark.parametrize(
    ("ligand", "partner", "bought", "beside"),
    [
        ("DDAB", "oleylammonium", "didodecyldimethylammonium bromide", "didodecyldimethylammonium"),
        ("DDAB", "none", "didodecyldimethylammonium bromide", "didodecyldimethylammonium"),
        ("DDAB", "DDAB", "didodecyldimethylammonium bromide", None),
        ("[Br-].CCCC[P+](C)(CCCC)CCCC", "caesium", None, "CCCC[P+](C)(CCCC)CCCC"),
        ("[Na+].[O-]C(=O)c1ccncc1", "oleylammonium", None, "sodium"),
        ("benzoic acid", "oleylammonium", "benzoic acid", None),
        ("trioctylphosphine", "none", "trioctylphosphine", None),
        ("lead oleate", "none", None, None),
    ],
)
def test_what_was_bought_is_kept_and_what_else_is_in_the_vial_is_said(
    run, db, ligand, partner, bought, beside
):
    said = run("add", ligand, *options(partner=partner)).stderr
    outcome = recordings(str(db))[0].outcome
    assert outcome.added_as
    assert bought in (None, outcome.added_as)
    assert "+" not in outcome.added_as_smiles or "-" in outcome.added_as_smiles, "the whole product, neutral"
    assert ("in the vial: " in said) is (beside is not None)
    if beside:
        assert f"in the vial: {beside}, from {outcome.added_as}, " in said
        assert ("beside " if partner != "none" else "though the partner is 'none'") in said


def test_both_ions_of_ddab_reach_list_explanation_and_file(run, db, tmp_path):
    run("add", "DDAB", *options(partner="oleylammonium"))
    smiles = "CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC.[Br-]"
    (row,) = json.loads(run("list", "-f", "json").stdout)["rows"]
    assert (row["binding_form"], row["partner"]) == ("bromide", "oleylammonium")
    assert (row["added_as"], row["added_as_smiles"]) == ("didodecyldimethylammonium bromide", smiles)
    assert "added as didodecyldimethylammonium bromide" in " ".join(run("list").stdout.split())
    kb = ligandkb.load(db=str(db))
    (kept,) = [one for one in kb.outcomes if one.id == "mine"]
    found = evidence_records(kb.assess("bromide", partners="oleylammonium"))
    (known,) = [one for one in found if one["id"] == "mine"]
    assert known["added_as_smiles"] == kept.added_as_smiles == smiles
    assert known["form"] == known["morphology"]
    assert "added as didodecyldimethylammonium bromide" in outcome_line(known)


def test_what_was_bought_may_be_said_of_what_binds(run, db):
    run("add", "bromide", *options(partner="caesium"))
    assert recordings(str(db))[0].outcome.added_as == ""
    run("correct", "mine", "--added-as", "lead bromide", "--reason", "from the notebook")
    assert recordings(str(db))[0].outcome.added_as_smiles == "[Br-].[Br-].[Pb+2]"
    run("correct", "mine", "--ligand", "benzoic acid", "--reason", "wrong vial")
    assert recordings(str(db))[0].outcome.added_as == "benzoic acid", "and not lead bromide any more"
    run("correct", "mine", "--ligand", "oleate", "--reason", "wrong vial again")
    assert recordings(str(db))[0].outcome.added_as == ""


def test_what_binds_is_not_what_is_bought(run, db):
    for name in ("benzoate", "[Br-]", "no such product"):
        with pytest.raises(InputError, match="--added-as: "):
            run("add", "bromide", *options(added_as=name))
    assert not db.exists()


def test_a_file_that_names_the_product_says_what_was_bought(run, db, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "binding_form,binding_form_smiles,partner,composition,effect,added_as,added_as_smiles\n"
        "DDAB,,oleylammonium,CsPbBr3,improved,,\n"
        "bromide,[Br-],oleylammonium,CsPbI3,improved,our own salt,[K+].[Br-]\n"
    )
    said = run("add", "--from", str(path)).stderr
    kept = {one.outcome.added_as: one.outcome.added_as_smiles for one in recordings(str(db))}
    assert kept == {
        "didodecyldimethylammonium bromide": "CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC.[Br-]",
        "our own salt": "[Br-].[K+]",
    }
    assert said.count("in the vial: ") == 2


def test_a_command_of_before_repeated_finds_what_it_recorded(run, tmp_path, db):
    """0.1.0 kept no product: its identifiers don't depend on it, and its rows are no other outcome."""
    db.write_bytes((OLD / "outcomes-0.1.0.sqlite").read_bytes())
    again = (
        "DDAB --partner DDAB -c CsPbBr1.5Cl1.5 --effect improved --relative-change-pct 20 --form film "
        "--equivalents 4 --concentration-mmol-per-l 5 --nc-concentration-umol-per-l 0.1 --time-min 30 "
        "--emission-before-nm 512.5 --emission-after-nm 511 --confound other_halide --id third"
    )
    done = run("add", *again.split(), "--note", "made up for a test, no measurement")
    assert "1 recorded before, the same: third" in done.stderr
    assert [one.outcome.added_as for one in recordings(str(db))] == ["", "", ""]


def test_another_product_is_another_outcome(run, db):
    run("add", "DDAB", *options(partner="caesium", id=None))
    with pytest.raises(InputError, match="with other values"):
        run("add", "tetrabutylammonium bromide", *options(partner="caesium", id=None))
    assert len(recordings(str(db))) == 1


@pytest.mark.parametrize(
    ("ligand", "form", "partner"),
    [
        ("DDAB", "bromide", "didodecyldimethylammonium"),
        ("caesium acetate", "acetate", "caesium"),
        ("hexylphosphonate + oleylamine", "hexylphosphonate", "oleylammonium"),
    ],
)
def test_a_salt_and_a_pair_say_their_partner(run, db, ligand, form, partner):
    done = run("add", ligand, "--composition", "CsPbBr3", "--effect", "improved")
    assert f"note: --partner {partner}: it comes with {ligand}" in done.output
    (kept,) = recorded_outcomes(str(db))
    assert (kept.binding_form, kept.partner) == (form, partner)


@pytest.mark.parametrize("ligand", ["benzoic acid", "bromide", "oleylamine", "lead bromide", "xyzzy"])
def test_what_brings_no_cation_asks_for_the_partner(run, ligand):
    with pytest.raises(UsageError, match=r"^--partner must be given"):
        run("add", ligand, "--composition", "CsPbBr3", "--effect", "improved")


def test_an_unknown_partner_offers_a_few(run):
    for partner, offered in (("OA", "did you mean 'oleylammonium'"), ("qqqqq", "name e.g. ")):
        with pytest.raises(InputError) as caught:
            run("add", "benzoate", "--partner", partner, "--composition", "CsPbBr3")
        said = str(caught.value).partition("Or add it")[0]
        assert offered in said
        assert said.count(",") < 8
        assert said.count("' or '") < 8
