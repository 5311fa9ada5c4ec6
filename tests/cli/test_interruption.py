"""Does Ctrl-C end every command, whenever it is pressed?"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")

# What main() does first is done before the signal can come: the interpreter's own start is none of our business.
LISTEN = (
    "import os, signal, sys\nfrom ligandkb.cli import interruption, main\n"
    # A shell's background job, in which tests may run, ignores Ctrl-C, and so would its children.
    "signal.signal(signal.SIGINT, signal.default_int_handler)\ninterruption.listen()\n"
)
READY = LISTEN + "print('ready', file=sys.stderr, flush=True)\nmain()\n"
SWALLOWED = (
    LISTEN + "import time\nimport ligandkb.loading as loading\n"
    "class Native:\n    def __del__(self):\n        os.kill(os.getpid(), signal.SIGINT)\n        time.sleep(0.1)\n"
    "load = loading.load\n"
    "def interrupted(*arguments):\n    kb = load(*arguments)\n    Native()\n    return kb\n"
    "loading.load = interrupted\nmain()\n"
)


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    "arguments",
    [["rank"], ["explain", "benzoate", "--no-compute"], ["check"]],
    ids=" ".join,
)
def test_ctrl_c_that_got_lost_in_compiled_code_still_ends_the_command_without_an_answer(arguments):
    process = start(SWALLOWED, *arguments)
    printed, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert printed == ""
    assert said.strip().endswith("interrupted")
    assert "Traceback" not in said


SEARCHING = (
    LISTEN + "from rdkit import Chem\n"
    "chain, pattern = Chem.MolFromSmiles('C' * 400), Chem.MolFromSmarts('C~C~C~C~C~N')\n"
    "import threading, time\n"
    "threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()\n"
    "try:\n    while True:\n        chain.HasSubstructMatch(pattern)\n"
    "except KeyboardInterrupt:\n    print('stopped', interruption.was_pressed())\n"
)


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="needs signal masks")
def test_rdkit_never_takes_the_signal_and_returns_half_a_search():
    for _ in range(5):
        printed, said = start(SEARCHING).communicate(timeout=60)
        assert printed == "stopped True\n"
        assert "search was interrupted" not in said


def interrupted_at(delay_s, *arguments):
    process = start(READY, *arguments)
    assert process.stderr.readline() == "ready\n"
    time.sleep(delay_s)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    return process.returncode, said


@pytest.mark.slow
def test_ctrl_c_at_any_of_thirty_moments():
    chance, codes = random.Random(30), Counter()
    for arguments in (["rank", "--all-partners"], ["check"], ["explain", "benzoate", "oleate"]):
        process = start(READY, *arguments)
        process.stderr.readline()
        began = time.perf_counter()
        process.communicate(timeout=120)
        duration = time.perf_counter() - began
        for _ in range(10):
            code, said = interrupted_at(chance.uniform(0, duration), *arguments)
            codes[code] += 1
            # One may have ended before its moment came, or be about to.
            assert code in (0, 130, -signal.SIGINT), (code, said)
            assert "Traceback" not in said
    print(dict(codes))
    assert codes[130] >= 20


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_a_reader_that_has_seen_enough_is_no_error():
    table = f"{sys.executable} -m ligandkb rank | head -1; echo ${{PIPESTATUS[0]}}"
    more_than_a_pipe_holds = f"{sys.executable} -m ligandkb rank --format json | head -c 9"
    more_than_a_pipe_holds += "; echo ${PIPESTATUS[0]}"
    done = subprocess.run(["bash", "-c", table], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""
    done = subprocess.run(["bash", "-c", more_than_a_pipe_holds], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("0\n")
    assert done.stderr == ""
