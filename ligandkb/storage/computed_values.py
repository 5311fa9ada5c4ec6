"""Which computed values are at hand: shipped ones, and those in this machine's cache?"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from ligandkb.descriptors.quantum.definitions import DescriptorKey, DescriptorRecord
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
        self.cache = cache
        self._values: dict[DescriptorKey, DescriptorRecord] = {}
        if cache.is_file():
            from ligandkb.storage.descriptor_cache import DescriptorCache  # noqa: PLC0415 - loads SQL

            with DescriptorCache(cache) as stored:
                self._values.update((record.key, record) for record in stored.records())
        self._values.update(read_table(shipped))

    def lookup(self, key: DescriptorKey) -> DescriptorRecord | None:
        """Record of a key, None if there is none."""
        return self._values.get(key)

    def store(self, records: Sequence[DescriptorRecord]) -> None:
        """Keep records: in the cache for next time, and here for now."""
        from ligandkb.storage.descriptor_cache import DescriptorCache  # noqa: PLC0415

        with DescriptorCache(self.cache) as stored:
            stored.store(records)
        self._values.update((record.key, record) for record in records)

    def records(self) -> list[DescriptorRecord]:
        """Everything at hand, in the order of its keys."""
        return sorted(self._values.values(), key=lambda record: record.key)


def cache_path() -> Path:
    """File of the cache: in ``LIGANDKB_CACHE``, else in the user's cache directory."""
    folder = os.environ.get("LIGANDKB_CACHE") or platformdirs.user_cache_dir("ligandkb")
    return Path(folder) / "descriptors.sqlite"
