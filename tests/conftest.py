from __future__ import annotations

from pathlib import Path

import pytest

import ligandkb as lk


@pytest.fixture(scope="session")
def kb():
    return lk.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Material beside the checkout that tests may read; they skip cleanly without it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder
