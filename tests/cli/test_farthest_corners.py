"""The first command in places that nobody thought of: it works, or says why not."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
}
COLOUR = re.compile(r"\x1b\[[\d;]*3[0-7]m|\x1b\[[\d;]*9[0-7]m")
PLAIN_ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
NOT_UNICODE = {
    "C": PLAIN_ASCII,
    "Turkish": {"PYTHONIOENCODING": "iso8859-9", "LC_ALL": "tr_TR"},
    "German": {"PYTHONIOENCODING": "iso8859-1", "LC_ALL": "de_DE"},
    "Windows": {"PYTHONIOENCODING": "cp1252"},
}


def command(
    *arguments: str | Path, before: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*before, sys.executable, "-m", "ligandkb", *map(str, arguments)],
        env=ENVIRONMENT | {"COLUMNS": "80"} | environment,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def answer() -> bytes:
    return command("rank", "-f", "json", PYTHONIOENCODING="utf-8").stdout


@pytest.mark.parametrize("place", NOT_UNICODE)
def test_answers_for_programs_are_utf_8_whatever_the_locale(place: str, answer: bytes) -> None:
    assert "µ".encode() in answer
    assert command("rank", "-f", "json", **NOT_UNICODE[place]).stdout == answer


def test_a_terminal_without_unicode_has_its_signs_spelt_out_in_line() -> None:
    said = command("rank", **PLAIN_ASCII).stdout.decode("ascii")
    assert "70 -> 96 %" in said and "\\x" not in said
    wide = (
        command("rank", "--top", "3", **PLAIN_ASCII | {"COLUMNS": "120"}).stdout.decode("ascii").splitlines()
    )
    start = next(row for row in wide if "verdict" in row).index("danger")
    rows = [row for row in wide if re.match(r" +\d+=? ", row)]
    assert rows and {row[start - 2 : start] for row in rows} == {"  "}
    page = command("rank", "-f", "html", **PLAIN_ASCII).stdout.decode("utf-8")
    assert "70 → 96 %" in page


def test_a_home_with_blanks_and_umlauts(tmp_path: Path) -> None:
    home = tmp_path / "Käthe Müller ğı"
    home.mkdir()
    own = {
        "HOME": str(home),
        "LIGANDKB_CACHE": str(home / "Cache Ordner"),
        "LIGANDKB_DB": str(home / "Meine Würfe.sqlite"),
    }
    for locale in ({}, PLAIN_ASCII):
        done = command("rank", "--top", "3", **own, **locale)
        assert (done.returncode, done.stderr) == (0, b"")
    added = command(
        "outcomes",
        "add",
        "benzoate",
        "--partner",
        "oleylammonium",
        "--composition",
        "CsPbBr3",
        "--effect",
        "improved",
        **own,
    )
    assert added.returncode == 0
    assert {path.name for path in home.iterdir()} >= {"Cache Ordner", "Meine Würfe.sqlite"}


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("no folder")  # also root can't write below it
    own = {
        "HOME": str(home),
        "LIGANDKB_CACHE": str(home / "cache"),
        "LIGANDKB_DB": str(home / "outcomes.sqlite"),
    }
    done = command("rank", "--top", "3", **own)
    assert (done.returncode, done.stderr) == (0, b"")
    added = command(
        "outcomes",
        "add",
        "benzoate",
        "--partner",
        "oleylammonium",
        "--composition",
        "CsPbBr3",
        "--effect",
        "improved",
        **own,
    )
    assert added.returncode == 1
    assert b"nothing was recorded" in added.stderr and b"Traceback" not in added.stderr
    assert home.read_text() == "no folder"


def test_without_a_network() -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-n", "true"], capture_output=True).returncode:
        pytest.skip("no network can't be had here")
    for arguments in (("rank", "--top", "3"), ("shortlist", "-n", "3"), ("explain", "benzoate")):
        done = command(*arguments, before=(unshare, "-n"))
        assert done.returncode == 0 and done.stdout


def test_forty_columns(run) -> None:
    said = run("rank", env={"COLUMNS": "40"})
    assert said.code == 0
    # What is longer is one name that can't be broken, with what stands behind it.
    assert all(len(line) <= 40 or "trimethyltetradecylphosphonium" in line for line in said.out.splitlines())
    assert run("--help", env={"COLUMNS": "40"}).code == 0


@pytest.mark.skipif(os.name == "nt", reason="no terminals of this kind")
@pytest.mark.parametrize("no_colour", [True, False])
def test_no_colour_where_none_is_wanted(no_colour: bool) -> None:
    import pty

    main, side = pty.openpty()
    environment = {name: value for name, value in ENVIRONMENT.items() if name != "NO_COLOR"} | {
        "TERM": "xterm"
    }
    environment |= {"NO_COLOR": "1"} if no_colour else {}
    shown = subprocess.Popen(
        [sys.executable, "-m", "ligandkb", "rank"], env=environment, stdout=side, stderr=side
    )
    os.close(side)
    said = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not piece:
            break
        said += piece
    os.close(main)
    assert shown.wait() == 0
    assert b"recommended" in said
    assert bool(COLOUR.search(said.decode())) is not no_colour


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"import os, sys; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); os.execv(sys.executable, [sys.executable, '-m', 'ligandkb', 'rank', '--top', '1', '-f', 'json'])"
    if os.name == "nt":
        pytest.skip("a folder that somebody stands in stays there")
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script], env=ENVIRONMENT | {"PYTHONPATH": root}, capture_output=True
    )
    assert done.returncode == 0 and len(json.loads(done.stdout)["rows"]) == 1
