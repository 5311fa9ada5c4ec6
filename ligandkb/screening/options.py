"""What is asked of a screen, in a form that any process can read?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from ligandkb.problems import UsageError, did_you_mean

PartFormat = Literal["parquet", "csv"]
FORMATS: tuple[str, ...] = get_args(PartFormat)


@dataclass(frozen=True)
class ScreenOptions:
    """What is asked of a screen.

    Attributes
    ----------
    composition : str
        The crystal.
    columns : tuple of str or None
        Columns to write; None for all. What isn't asked for and what no rule reads isn't worked out.
    allow : tuple of str
        Vetoes to lift: ``lethal``.
    data, rules : tuple of str or None
        A lab's own folders; None for what the environment says.
    db : str or None
        Database of recorded outcomes; None for what the environment says, else the user's own.
    smiles_column, id_column, cas_column : str
        Headings in the input; blank for those that are known (``smiles``, ``id``, ``cas``).
    carry : tuple of str or None
        Further columns of the input that are written beside the answer; None for those that say what is on offer, such
        as prices and packs.
    part_format : str
        ``parquet`` or ``csv``.
    part_lines : int
        Lines of input that go into one part.
    chunk_lines : int
        Lines that one worker takes at a time.
    line_seconds : float
        Processor time after which a line is given up and rejected.

    Examples
    --------
    >>> options = ScreenOptions(composition="CsPbI3", carry=("price",))
    >>> ScreenOptions.from_json(options.to_json()) == options
    True
    """

    composition: str = "CsPbBr3"
    columns: tuple[str, ...] | None = None
    allow: tuple[str, ...] = ()
    data: tuple[str, ...] | None = None
    rules: tuple[str, ...] | None = None
    db: str | None = None
    smiles_column: str = ""
    id_column: str = ""
    cas_column: str = ""
    carry: tuple[str, ...] | None = None
    part_format: PartFormat = "parquet"
    part_lines: int = 20_000
    chunk_lines: int = 500
    line_seconds: float = 0.8

    def __post_init__(self) -> None:
        if self.part_format not in FORMATS:
            raise UsageError(
                f"parts are written as {' or '.join(FORMATS)}, not as {self.part_format!r}: "
                f"{did_you_mean(self.part_format, FORMATS) or 'choose one of these'}"
            )
        for name in ("part_lines", "chunk_lines"):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} is {getattr(self, name)}: give at least 1")
        if not self.line_seconds > 0:
            raise UsageError(f"line_seconds is {self.line_seconds}: give more than 0 s")

    def to_json(self) -> str:
        """One line of JSON with every option."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> ScreenOptions:
        """Read what :meth:`to_json` wrote."""
        found: Mapping[str, Any] = json.loads(text)
        return cls(**{field.name: _tuple(found[field.name]) for field in fields(cls) if field.name in found})


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
