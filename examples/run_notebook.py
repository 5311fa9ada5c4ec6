"""Run screening.ipynb from top to bottom and keep what it shows.

Do so after a change of what it shows: ``python examples/run_notebook.py``. Nothing of the machine is kept: no times, no
version of Python; a path would be a fault of the notebook, which a test looks for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbclient
import nbformat

NOTEBOOK = Path(__file__).with_name("screening.ipynb")


def executed(folder: Path) -> Any:
    """The notebook with the outputs of a run of this checkout in a folder."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    metadata = dict(notebook.metadata)
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(NOTEBOOK.parents[1]), before)))
    try:
        resources = {"metadata": {"path": str(folder)}}
        nbclient.NotebookClient(notebook, timeout=300, resources=resources, record_timing=False).execute()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    notebook.metadata = nbformat.from_dict(metadata)  # without the version of this Python
    return notebook


if __name__ == "__main__":
    nbformat.write(executed(NOTEBOOK.parent), NOTEBOOK)
