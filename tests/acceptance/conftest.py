from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Lab = Callable[..., Path]


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    """Write a lab's own folder: one table by the name of each argument."""

    def write(folder: str = "my-lab", **tables: str | bytes) -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        for name, content in tables.items():
            text = content.encode() if isinstance(content, str) else content
            (path / f"{name}.csv").write_bytes(text)
        return path

    return write
