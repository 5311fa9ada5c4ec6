"""Which computed values are at hand: shipped ones, and those in this machine's cache?"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import platformdirs

from ligandkb.chemistry.neutral import heavy_atoms
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level
from ligandkb.descriptors.quantum.records import AtHand, DescriptorKey, DescriptorRecord
from ligandkb.descriptors.quantum.table import read_table


class ComputedValues:
    """Stored quantum chemical values.

    Looking never makes a file, and loads no database library where there is no cache. What is stored goes to
    the cache first and is found at once.

    Parameters
    ----------
    shipped : Path
        Table of shipped values; they come before cached ones.
    cache : Path
        File of the cache, which may not exist.
    """

    def __init__(self, shipped: Path, cache: Path) -> None:
        self._shipped_path = shipped
        self._cache_path = cache
        self._shipped = dict(read_table(shipped, [DEFAULT_LEVEL]))
        self._is_whole = False
        self._cached: dict[DescriptorKey, DescriptorRecord] | None = None if _may_exist(cache) else {}
        self._atoms: dict[tuple[int, str, Level], frozenset[str]] = {}
        self._species: dict[tuple[int, Level], frozenset[str]] = {}

    def without_cache(self) -> ComputedValues:
        """The shipped values alone: the same on every machine, whatever was computed on this one."""
        alone = copy.copy(self)
        alone._cached, alone._atoms, alone._species = {}, {}, {}
        return alone

    @property
    def lookup(self) -> AtHand:
        """From key to record, None if there is none."""
        return AtHand(self._find, self._may_have, self._has)

    def _find(self, key: DescriptorKey) -> DescriptorRecord | None:
        return self._shipped_at(key.level).get(key) or self._from_cache().get(key)

    def store(self, records: Sequence[DescriptorRecord]) -> None:
        """Keep records: here for now, and in the cache for next time.

        Raises
        ------
        InputError
            If the cache can't be written; the records are at hand all the same.
        """
        from ligandkb.storage.descriptor_cache import store_descriptors  # noqa: PLC0415

        self._from_cache().update((record.key, record) for record in records)
        self._atoms.clear()
        self._species.clear()
        store_descriptors(self._cache_path, records)

    def records(self) -> list[DescriptorRecord]:
        """Everything at hand, in the order of its keys; shipped values come before cached ones."""
        return sorted({**self._from_cache(), **self._all_shipped()}.values(), key=lambda record: record.key)

    def _may_have(self, atoms: str, name: str, level: Level) -> bool:
        """Whether a value of this name and level is kept of a species of these heavy atoms."""
        return any(atoms in self._atoms_among(kept, place, name, level) for place, kept in self._kept(level))

    def _has(self, species: str, level: Level) -> bool:
        """Whether any value at this level is kept of a species."""
        return any(species in self._species_among(kept, place, level) for place, kept in self._kept(level))

    def _kept(self, level: Level) -> Iterator[tuple[int, dict[DescriptorKey, DescriptorRecord]]]:
        """Shipped values, then the cache: it is read only if they lack something."""
        yield 0, self._shipped_at(level)
        yield 1, self._from_cache()

    def _atoms_among(
        self, keys: Iterable[DescriptorKey], place: int, name: str, level: Level
    ) -> frozenset[str]:
        known = place, name, level
        if known not in self._atoms:
            species = {key.species for key in keys if key.name == name and key.level == level}
            self._atoms[known] = frozenset(map(heavy_atoms, species))
        return self._atoms[known]

    def _species_among(self, keys: Iterable[DescriptorKey], place: int, level: Level) -> frozenset[str]:
        if (place, level) not in self._species:
            self._species[place, level] = frozenset(key.species for key in keys if key.level == level)
        return self._species[place, level]

    def _shipped_at(self, level: Level) -> dict[DescriptorKey, DescriptorRecord]:
        return self._shipped if level == DEFAULT_LEVEL else self._all_shipped()

    def _all_shipped(self) -> dict[DescriptorKey, DescriptorRecord]:
        """The whole shipped table; a ranking reads its default level only, which is a fraction of it."""
        if not self._is_whole:
            self._shipped = dict(read_table(self._shipped_path))
            self._is_whole = True
        return self._shipped

    def _from_cache(self) -> dict[DescriptorKey, DescriptorRecord]:
        """What the cache holds, read when something isn't among the shipped values."""
        if self._cached is None:
            from ligandkb.storage.descriptor_cache import stored_descriptors  # noqa: PLC0415 - loads SQL

            self._cached = {record.key: record for record in stored_descriptors(self._cache_path)}
        return self._cached


def _may_exist(cache: Path) -> bool:
    """Whether there is a cache, or one can't be sure for want of the right to look."""
    try:
        return cache.exists()
    except OSError:
        return True


def cache_path() -> Path:
    """File of the cache: in ``LIGANDKB_CACHE``, else in the user's cache directory."""
    folder = os.environ.get("LIGANDKB_CACHE") or platformdirs.user_cache_dir("ligandkb")
    return Path(folder) / "descriptors.sqlite"
