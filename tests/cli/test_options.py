"""An option given twice could not be meant: of two values one would be lost."""

from __future__ import annotations

import sys

import pytest
from typer.main import get_command

from ligandkb.cli import main
from ligandkb.cli.app import app
from ligandkb.cli.options import OncePerOption


def commands(group, path=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands(get_command(app)))


@pytest.fixture
def run(monkeypatch, capsys):
    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["ligandkb", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        return int(end.value.code or 0), capsys.readouterr().err

    return run


def test_every_command_has_the_one_mechanism() -> None:
    assert all(isinstance(command, OncePerOption) for command in COMMANDS.values())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_an_option_given_twice_is_refused(path) -> None:
    for option in COMMANDS[path].params:
        if option.param_type_name != "option" or option.multiple or option.is_flag:
            continue
        twice = [option.opts[0], "3", option.opts[-1], "3"]
        with pytest.raises(Exception, match="is given 2 times: give it once") as refused:
            COMMANDS[path].make_context(path[-1], twice)
        assert refused.value.exit_code == 2


def test_two_doses_in_one_command_are_refused(run) -> None:
    sample = ("--nc-concentration", "1", "--edge", "9.5", "--volume", "2", "--volume", "20")
    code, said = run("surface", "plan", "oleate", *sample)
    assert code == 2
    assert "--volume is given 2 times: give it once" in said


def test_a_flag_and_its_opposite_are_refused(run) -> None:
    code, said = run("explain", "oleate", "--compute", "--no-compute")
    assert code == 2
    assert "--compute/--no-compute is given 2 times: give it once" in said


def test_what_is_meant_to_be_repeated_may_be(run) -> None:
    assert run("surface", "gain", "-c", "CsPbBr3", "-c", "CsPbI3")[0] == 0


def test_check_refuses_two_folders_to_write_into(run, tmp_path) -> None:
    folders = (tmp_path / "a", tmp_path / "b")
    code, said = run("check", *(word for folder in folders for word in ("--write-columns", str(folder))))
    assert code == 2
    assert "--write-columns is given 2 times: give it once" in said
    assert not any(folder.exists() for folder in folders)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("rank", "--max-molar-mass", "-5"), "--max-molar-mass: -5 g/mol is no molar mass"),
        (("rank", "--min-score", "nan"), "--min-score: nan is no limit"),
        (("next", "--accept", "lethal"), "--accept: 'lethal' is a veto"),
        (("shortlist", "--without", "nonsense"), "--without: 'nonsense' is not in the catalogue"),
        (
            (
                "shortlist",
                "--order-sheet",
                "o.csv",
                "--volume",
                "0",
                "--nc-concentration",
                "1",
                "--edge",
                "9",
            ),
            "--volume: 0 is no volume",
        ),
    ],
)
def test_a_slip_is_said_of_the_option_that_was_typed(run, typed, said) -> None:
    code, err = run(*typed, "--db", "none")
    assert code == 2 and err.startswith(said), err
