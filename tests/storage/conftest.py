from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.structure import canonical
from ligandkb.evidence.outcomes import Application, Effect, Outcome
from ligandkb.storage.outcome_location import Location, locate
from ligandkb.storage.outcome_recordings import Recording

OLD = Path(__file__).parent / "old_databases" / "outcomes-0001.sqlite"


def make_recording(name: str = "benzoate-1", **changes) -> Recording:
    """A recording of benzoate that improves; changes go to the outcome or the recording, by name."""
    outcome = {
        "id": name,
        "binding_form": "benzoate",
        "binding_form_smiles": canonical("[O-]C(=O)c1ccccc1"),
        "partner": "oleylammonium",
        "composition": parse_composition("CsPbBr3"),
        "morphology": "nanocrystals",
        "route": Application.POST_SYNTHETIC,
        "reference_state": "as_made",
        "effect": Effect.IMPROVED,
        "plqy_before": 0.62,
        "plqy_after": 0.95,
    }
    recording = {"recorded_by": "Ada", "recorded_at": datetime(2026, 3, 1, 14, 5, tzinfo=UTC)}
    for key, value in changes.items():
        (recording if key in Recording.__dataclass_fields__ else outcome)[key] = value
    return Recording(Outcome(**outcome), **recording)


@pytest.fixture(scope="session")
def recording() -> Callable[..., Recording]:
    return make_recording


@pytest.fixture
def location(tmp_path) -> Location:
    return locate(str(tmp_path / "outcomes.sqlite"))


@pytest.fixture
def old_location(tmp_path) -> Location:
    """A copy of the database that the first release wrote."""
    path = tmp_path / "old.sqlite"
    path.write_bytes(OLD.read_bytes())
    return locate(str(path))
