"""Which sources does an answer rest on?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ligandkb.cells import visible
from ligandkb.evidence.references import Reference, place_in, reference_in
from ligandkb.provenance import address_in, is_doi
from ligandkb.reports.document import made_with

_KEY = 90
"""Longest key in characters."""
_SMALL_WORDS = frozenset(
    {"about", "and", "for", "from", "how", "its", "the", "using", "via", "what", "why", "with"}
)
"""Words of a title that tell no work from another one; those of less than three letters neither do."""


def to_bibtex(
    explanations: Sequence[Mapping[str, Any]], meta: Mapping[str, Any], references: Mapping[str, Reference]
) -> str:
    """BibTeX entries of every source behind explained ligands: rules that spoke, and outcomes.

    Parameters
    ----------
    explanations : sequence of mapping
        Results of :func:`ligandkb.assessment.explanation.explanation_record`.
    meta : mapping
        Version, hash and overlays, said in a line that is no entry, which BibTeX passes over.
    references : mapping of str to Reference
        Authors, title and journal by DOI in lower case or by address, see
        :func:`ligandkb.evidence.references.read_references`. What isn't there is cited by what its locator says.

    Returns
    -------
    str
        One ``@article`` for each work that is known to stand in a journal, else ``@misc``; ``note`` holds what its
        locators say besides.
    """
    locators: dict[str, dict[str, None]] = {}
    printed: dict[str, str] = {}
    for source in _sources(explanations):
        where = source["doi"] or source.get("url") or address_in(source["locator"] or "")
        if where:
            one = where.lower() if is_doi(where) else where  # capitals of a DOI mean nothing
            printed.setdefault(one, where)
            locators.setdefault(one, {})[source["locator"] or ""] = None
    entries, keys = [], set[str]()
    for one, where in sorted(printed.items()):
        notes = [locator for locator in locators[one] if locator]
        found = references.get(one) or next(filter(_has_title, map(reference_in, notes)), Reference())
        key = _key(found, where, keys)
        keys.add(key)
        entries.append(_entry(key, where, found, notes))
    # An @ would begin an entry.
    said = visible(made_with(meta)).replace("@", "(at)")
    return "\n".join([f"% {said}\n", *entries])


def _sources(explanations: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for explained in explanations:
        for rule in explained["rules"]:
            if rule["state"] in ("fired", "unknown"):
                yield from rule["sources"]
        yield from explained["evidence"]


def _has_title(reference: Reference) -> bool:
    return bool(reference.title)


def _key(reference: Reference, where: str, taken: set[str]) -> str:
    """What a work is cited by: author, year and a word of its title, as one remembers it, else its DOI or title."""
    author, title = _surname(reference.authors), _telling(reference.title)
    year = str(reference.year or "")
    if author:
        plain = f"{author}{year}{''.join(title[:1])}"
    elif title and not is_doi(where):
        plain = "_".join(filter(None, (*title[:3], year)))
    else:
        plain = re.sub(r"[^A-Za-z0-9]+", "_", where)
    plain = plain[:_KEY].strip("_")
    key, number = plain, 1
    while key in taken:
        number += 1
        key = f"{plain}_{number}"
    return key


def _surname(authors: str) -> str:
    """Surname of the first author in plain letters; of a council, which has no first name, all its words."""
    first = authors.partition(" and ")[0]
    if _is_body(authors):
        return "".join(_letters(authors))
    last = first.partition(",")[0] if "," in first else first.rpartition(" ")[2]
    return "".join(_letters(last))


def _telling(title: str) -> list[str]:
    return [word for word in _letters(title) if len(word) > 2 and word not in _SMALL_WORDS]


def _letters(text: str) -> list[str]:
    """Words in small letters without accents: what a key may hold."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall("[a-z0-9]+", plain)


def _entry(key: str, where: str, reference: Reference, notes: Sequence[str]) -> str:
    address = f"https://doi.org/{where}" if is_doi(where) else where
    fields = {
        "author": _authors(reference.authors),
        # Braces keep the capitals of formulae.
        "title": f"{{{_plain(reference.title)}}}" if reference.title else "",
        "journal": _plain(reference.journal),
        "year": str(reference.year or ""),
        "volume": _plain(reference.volume),
        "pages": re.sub("-+", "--", _plain(reference.pages)),
        "publisher": _plain(reference.publisher),
        "doi": _bare(where) if is_doi(where) else "",
        "url": _bare(address),
        "note": _plain("; ".join(filter(None, (place_in(one, reference, address) for one in notes)))),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{'article' if reference.is_article else 'misc'}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _authors(authors: str) -> str:
    """Authors; a council, which has no first name, in braces of its own, so that it isn't taken apart."""
    return f"{{{_plain(authors)}}}" if _is_body(authors) else _plain(authors)


def _is_body(authors: str) -> bool:
    return bool(authors) and not {",", "."} & set(authors)


def _plain(text: str) -> str:
    """Text without what means something to TeX; braces, which BibTeX counts even where they are escaped, are round."""
    round_ = visible(text).replace("\\", "/").replace("{", "(").replace("}", ")")
    return re.sub(r"([#$%&_])", r"\\\1", round_)


def _bare(address: str) -> str:
    """An address as it is followed; what can't stand between braces is spelt in its own escapes."""
    return visible(address).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
