"""Which sources does an answer rest on?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.provenance import address_in, is_doi
from ligandkb.reports.document import made_with
from ligandkb.reports.literal import visible


def to_bibtex(explanations: Sequence[Mapping[str, Any]], meta: Mapping[str, Any]) -> str:
    """BibTeX entries of every source behind explained ligands: rules that spoke, and outcomes.

    Authors and titles are not stored; reference managers complete an entry from its DOI.

    Parameters
    ----------
    explanations : sequence of mapping
        Results of :func:`ligandkb.assessment.explanation.explanation_record`.
    meta : mapping
        Version, hash and overlays, said in a line that is no entry, which BibTeX passes over.

    Returns
    -------
    str
        One ``@misc`` entry for each DOI, or address of a source without one, its locators in ``note``.
    """
    locators: dict[str, dict[str, None]] = {}
    for explained in explanations:
        sources = [
            source
            for rule in explained["rules"]
            if rule["state"] in ("fired", "unknown")
            for source in rule["sources"]
        ]
        for source in [*sources, *explained["evidence"]]:
            where = source["doi"] or source.get("url") or address_in(source["locator"] or "")
            if where:
                locators.setdefault(where, {})[source["locator"] or ""] = None
    entries = []
    for where in sorted(locators):
        note = "; ".join(locator for locator in locators[where] if locator)
        key = re.sub(r"[^A-Za-z0-9]+", "_", where)
        found = (
            f"doi = {{{where}}},\n  url = {{https://doi.org/{where}}}"
            if is_doi(where)
            else f"url = {{{where}}}"
        )
        entries.append(f"@misc{{{key},\n  {found},\n  note = {{{_plain(note)}}}\n}}\n")
    # An @ would begin an entry.
    said = visible(made_with(meta)).replace("@", "(at)")
    return "\n".join([f"% {said}\n", *entries])


def _plain(text: str) -> str:
    """Text without the characters that mean something to TeX."""
    return re.sub(r"([#$%&_{}])", r"\\\1", text.replace("\\", "/"))
