from __future__ import annotations

import os
from pathlib import Path

import pytest

import ligandkb as lk


@pytest.fixture(scope="session", autouse=True)
def nobody_s_files(tmp_path_factory):
    """Tests neither read nor write the cache, the database and the settings of whoever runs them."""
    inherited = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("LIGANDKB_")}
    own = tmp_path_factory.mktemp("user")
    os.environ["LIGANDKB_CACHE"] = str(own / "cache")
    os.environ["LIGANDKB_DB"] = f"sqlite:///{own / 'outcomes.sqlite'}"
    yield
    del os.environ["LIGANDKB_CACHE"], os.environ["LIGANDKB_DB"]
    os.environ.update(inherited)


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
