"""What is asked of a screen?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from ligandkb.problems import UsageError, did_you_mean

PartFormat = Literal["parquet", "csv"]
_FORMATS: tuple[str, ...] = get_args(PartFormat)


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

    Raises
    ------
    UsageError
        If a number is too small, or there is no such format.
    """

    composition: str = "CsPbBr3"
    columns: tuple[str, ...] | None = None
    allow: tuple[str, ...] = ()
    smiles_column: str = ""
    id_column: str = ""
    cas_column: str = ""
    carry: tuple[str, ...] | None = None
    part_format: PartFormat = "parquet"
    part_lines: int = 20_000
    chunk_lines: int = 500
    line_seconds: float = 0.8

    def __post_init__(self) -> None:
        if self.part_format not in _FORMATS:
            raise UsageError(
                f"parts are written as {' or '.join(_FORMATS)}, not as {self.part_format!r}: "
                f"{did_you_mean(self.part_format, _FORMATS) or 'choose one of these'}"
            )
        for name in ("part_lines", "chunk_lines"):
            if getattr(self, name) < 1:
                raise UsageError(f"{name} is {getattr(self, name)}: give at least 1")
        if not self.line_seconds > 0:
            raise UsageError(f"line_seconds is {self.line_seconds}: give more than 0 s")
