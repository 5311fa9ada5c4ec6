"""What an earlier run worked out of structures: taken over where it is sound, and never an answer that is wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ligandkb.chemistry import lasting
from ligandkb.chemistry.forms import binding_forms, form_of
from ligandkb.chemistry.hazards import alerts_of
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.inchi import atoms_formula
from ligandkb.chemistry.neutral import neutral_molecule, without_chain_ends
from ligandkb.chemistry.remembered import forget
from ligandkb.chemistry.species import split
from ligandkb.chemistry.structure import canonical
from ligandkb.storage import structure_answers
from ligandkb.storage.structure_answers import answers_path, kept_answers, read_answers

STRUCTURES = (
    "CCCCCCP(=O)(O)O",
    "OC(=O)CF",
    "[Zn+2].[Br-].[Br-]",
    "NCC(=O)O",
    "[NH3+]CCc1ccccc1.[I-]",
    "[N-]=[N+]=[N-].[Na+]",
)
FUNCTIONS = (
    alerts_of,
    binding_forms,
    form_of,
    head_of,
    atoms_formula,
    neutral_molecule,
    without_chain_ends,
    split,
    canonical,
)


def answers() -> list[object]:
    return [function(smiles) for function in FUNCTIONS for smiles in STRUCTURES]


def start_anew() -> None:
    """As if a process began: nothing is remembered, noted or taken over."""
    forget()
    lasting.take_over({})


@pytest.fixture(scope="module")
def expected() -> list[object]:
    start_anew()
    return answers()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: list[object]) -> Iterator[Path]:
    monkeypatch.setenv("LIGANDKB_CACHE", str(tmp_path / "cache"))
    start_anew()
    yield answers_path()
    start_anew()


@pytest.fixture
def written(cache: Path) -> Path:
    with kept_answers():
        answers()
    start_anew()
    return cache


def worked_out(function: Callable[[], object]) -> int:
    """How many answers nobody had."""
    lasting.note(on=True)
    try:
        function()
    finally:
        lasting.note(on=False)
    return sum(len(one.noted) for one in lasting.LASTING.values())


def test_answers_are_the_same_and_nothing_is_worked_out_again(written: Path, expected: list[object]) -> None:
    read_answers()
    assert worked_out(lambda: None) == 0
    assert answers() == expected
    assert worked_out(answers) == 0
    assert [type(one) for one in answers()] == [type(one) for one in expected]


def test_a_changed_table_asks_for_other_structures(written: Path) -> None:
    read_answers()
    assert "contains_azide" not in alerts_of("CCCCCC(=O)O")
    assert worked_out(lambda: head_of("CCCCCCCC(=O)[O-]")) > 0


def headed(body: bytes) -> bytes:
    """A file whose first line is right, whatever the rest is."""
    return structure_answers._head(body) + b"\n" + body


def other(part: int) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        head, body = content.split(b"\n", 1)
        words = head.split(b" ")
        words[part] = sha256(words[part]).hexdigest().encode()
        return b" ".join(words) + b"\n" + body

    return change


def in_body(change: Callable[[dict[str, dict[str, object]]], object]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        known = json.loads(content.split(b"\n", 1)[1])
        return headed(json.dumps(change(known)).encode())

    return changed


UNUSABLE = {
    "empty": lambda content: b"",
    "truncated": lambda content: content[:-7],
    "first line only": lambda content: content.split(b"\n")[0],
    "a bit turned over": lambda content: content[:900] + bytes([content[900] ^ 1]) + content[901:],
    "an alert taken out": lambda content: content.replace(b"contains_azide", b"contains_nitro", 1),
    "of other code or another version": other(3),
    "with another hash": other(4),
    "no JSON": lambda content: headed(b"\x00\xff not JSON"),
    "half of a character": lambda content: headed(b'{"alerts_of":{"\xc3":[]}}'),
    "a list": lambda content: headed(b"[1, 2]"),
    "lists inside": lambda content: headed(b'{"alerts_of":[1,2]}'),
    "nested without end": lambda content: headed(b"[" * 1_000_000),
    "too large": lambda content: headed(b'{"alerts_of":{"' + b"C" * 8_000_000 + b'":[]}}'),
    "nothing known": in_body(lambda known: {}),
    "functions that aren't there": in_body(lambda known: {"system": {"C": "ls"}, "__import__": {"os": []}}),
    "other types": in_body(
        lambda known: {name: {key: {"a": 1} for key in kept} for name, kept in known.items()}
    ),
    "numbers for texts": in_body(
        lambda known: {name: {key: [[1, 1.5]] for key in kept} for name, kept in known.items()}
    ),
    "nothing for answers": in_body(lambda known: {name: dict.fromkeys(kept) for name, kept in known.items()}),
    "no number": in_body(
        lambda known: {name: dict.fromkeys(kept, float("nan")) for name, kept in known.items()}
    ),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_what_cannot_be_used_is_left_and_put_in_order(
    written: Path, expected: list[object], name: str
) -> None:
    sound = written.read_bytes()
    written.write_bytes(UNUSABLE[name](sound))
    read_answers()
    with kept_answers():
        # A union has null for its first type: "nothing for answers" is an answer for none of the functions.
        assert answers() == expected
    assert json.loads(written.read_bytes().split(b"\n", 1)[1]) == json.loads(sound.split(b"\n", 1)[1])
    start_anew()
    read_answers()
    assert answers() == expected
    assert worked_out(answers) == 0


@pytest.mark.skipif(os.name == "nt", reason="rights of files are another thing there")
@pytest.mark.parametrize("mode", [0o664, 0o646])
def test_what_others_may_have_written_is_neither_read_nor_replaced(
    written: Path, expected: list[object], mode: int
) -> None:
    written.chmod(mode)
    before = written.read_bytes()
    read_answers()
    with kept_answers():
        assert answers() == expected
        assert worked_out(answers) > 0
    assert written.read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_neither_read_nor_replaced(written: Path) -> None:
    os.chown(written, 65534, 65534)
    before = written.stat()
    read_answers()
    with kept_answers():
        assert worked_out(answers) > 0
    assert (written.stat().st_ino, written.stat().st_uid) == (before.st_ino, 65534)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_in_its_place_holds_nobody_up(cache: Path, expected: list[object]) -> None:
    cache.parent.mkdir()
    os.mkfifo(cache)
    done = threading.Thread(target=read_answers, daemon=True)
    done.start()
    done.join(20)
    assert not done.is_alive()
    with kept_answers():
        assert answers() == expected


def test_a_folder_in_its_place(cache: Path, expected: list[object]) -> None:
    cache.mkdir(parents=True)
    read_answers()
    with kept_answers():
        assert answers() == expected
    assert cache.is_dir()


def test_a_folder_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path, expected: list[object]
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("LIGANDKB_CACHE", str(tmp_path / "file" / "cache"))
    read_answers()
    with kept_answers():
        assert answers() == expected
    assert (tmp_path / "file").read_text() == "no folder"


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(cache: Path, expected: list[object]) -> None:
    cache.parent.mkdir()
    cache.parent.chmod(0o555)
    with kept_answers():
        assert answers() == expected
    assert not cache.exists()


def test_an_error_keeps_nothing(cache: Path) -> None:
    with pytest.raises(KeyError), kept_answers():
        answers()
        raise KeyError
    assert not cache.exists()
    assert not lasting.is_noting()


def test_it_stays_small(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure_answers, "MOST_BYTES", written.stat().st_size + 10)
    read_answers()
    with kept_answers():
        canonical("CCCCCCCCCCCCCCCCCCCC")
    assert "CCCCCCCCCCCCCCCCCCCC" in json.loads(written.read_bytes().split(b"\n", 1)[1])["canonical"]
    assert written.stat().st_size < structure_answers.MOST_BYTES
    monkeypatch.setattr(structure_answers, "MOST_BYTES", 10)
    before = written.read_bytes()
    with kept_answers():
        canonical("CCCCCCCCCCCCCCCCCCCCC")
    assert written.read_bytes() == before


def test_what_is_screened_is_not_noted(cache: Path) -> None:
    answers()
    assert not lasting.has_noted()


RANK = [sys.executable, "-m", "ligandkb", "rank", "--format", "json"]
KILLED = """
import os, signal, sys
from ligandkb import export
from ligandkb.cli import main
whole = os.fsync
def killed(descriptor):
    whole(descriptor)
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = killed
sys.argv = ["ligandkb", "rank"]
main()
"""


def test_two_at_once_and_one_killed_while_it_writes(cache: Path) -> None:
    both = [subprocess.Popen(RANK, stdout=subprocess.PIPE) for _ in range(2)]
    first, second = [process.communicate()[0] for process in both]
    assert first == second and json.loads(first)["rows"]
    known = json.loads(cache.read_bytes().split(b"\n", 1)[1])
    assert len(known["alerts_of"]) > 200
    if hasattr(signal, "SIGKILL"):
        cache.unlink()
        killed = subprocess.run([sys.executable, "-c", KILLED], stdout=subprocess.DEVNULL)
        assert killed.returncode == -signal.SIGKILL
        assert not cache.exists() and list(cache.parent.glob(".ligandkb-*.tmp"))
    for _ in range(2):  # without a file, then with one
        assert subprocess.run(RANK, stdout=subprocess.PIPE, check=True).stdout == first
    now = json.loads(cache.read_bytes().split(b"\n", 1)[1])
    # A run may work out what an earlier one was told on the way; nothing is answered otherwise, and nothing goes.
    assert all(known[name].items() <= now[name].items() for name in known)
