"""Is this the name of a chemical with a typo, or the name of another chemical?

Near in spelling is not near in chemistry: malic and maleic acid, hexane and hexene, nitrate and citrate differ by a
letter. A name is offered only where a letter is missing, added or swapped with its neighbour and carries no meaning;
a missing hint costs less than a wrong one. Of 450,000 names in the table of the `chemicals` package, those of
chemicals outside the catalogue that get an offer can be counted on one hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ligandkb.catalogue.names import spelling
from ligandkb.problems import edit_distance

_LEAST_LETTERS = 5
"""Shorter texts are abbreviations."""

_MOST_WRITINGS = 6
_LOCANT = re.compile(r"(?<![a-z\d])(?:\d+(?:,\d+)*|[omp]|ortho|meta|para)-")

_STEMS = (
    frozenset({"malic", "maleic"}),
    frozenset({"malate", "maleate"}),
    frozenset({"capric", "caproic"}),
    frozenset({"caprate", "caproate"}),
)
"""Trivial names of different acids that a missing letter turns into each other."""


def near_name(text: str, name: str) -> bool:
    """Whether a text is most likely a name with a typo.

    Parameters
    ----------
    text, name : str
        What was typed, and the name of a chemical.

    Returns
    -------
    bool

    Examples
    --------
    >>> [near_name(*pair) for pair in (("oleylamonium", "oleylammonium"), ("oelic acid", "oleic acid"))]
    [True, True]
    >>> other = [("citric acid", "lactic acid"), ("malic acid", "maleic acid"), ("hexene", "hexane")]
    >>> [near_name(*pair) for pair in other]
    [False, False, False]
    """
    if re.search("[A-Z]{2}", name):
        return False  # an abbreviation, of which every one is a letter from another
    one, other = spelling(text), spelling(name)
    if min(len(one), len(other)) < _LEAST_LETTERS or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    if re.findall(r"\d+", one) != re.findall(r"\d+", other) or edit_distance(one, other) != 1:
        return False
    if len(one) == len(other):
        # A letter in the place of another makes another chemical, but for the i of a y.
        return sorted(one) == sorted(other) or one.replace("y", "i") == other.replace("y", "i")
    longer, shorter = sorted((one, other), key=len, reverse=True)
    start = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    # ethyl and methyl inside a name (triethylamine, trimethylamine); phenylacetate and phenyl acetate
    if longer.startswith("meth", start) or not longer[start].isalpha():
        return False
    return {_word_at(one, start), _word_at(other, start)} not in _STEMS


def likely_names(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names that a text most likely is with a typo; at most three.

    Examples
    --------
    >>> likely_names("benzoat", ["benzoate", "benzoic acid"]), likely_names("ascorbic acid", ["sorbic acid"])
    (('benzoate',), ())
    """
    return tuple(dict.fromkeys(name for name in known if near_name(text, name)))[:3]


def other_writings(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Names that a text is in German or with a blank too many, else isomers where it doesn't say which; at most six.

    A blank before an ester's acid makes another chemical: phenyl acetate is no phenylacetate.

    Parameters
    ----------
    text : str
    known : iterable of str

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> names = ["oleylammonium bromide", "oleylamine", "2-fluorobenzoic acid", "4-fluorobenzoic acid", "phenylacetate"]
    >>> other_writings("Oleylammoniumbromid", names), other_writings("oleyl amin", names)
    (('oleylammonium bromide',), ('oleylamine',))
    >>> other_writings("fluorobenzoic acid", names), other_writings("phenyl acetate", names)
    (('2-fluorobenzoic acid', '4-fluorobenzoic acid'), ())
    """
    every = [name for name in dict.fromkeys(known) if not re.search("[A-Z]{2}", name)]
    typed = spelling(text)
    if len(typed) < _LEAST_LETTERS:
        return ()
    found = [name for name in every if _written_together(name) == _written_together(text)]
    if not found and not _LOCANT.search(typed):
        found = [name for name in every if _LOCANT.sub("", spelling(name)) == typed]
    return tuple(found[:_MOST_WRITINGS])


def _written_together(name: str) -> str:
    """A name without blanks and without the e that ends an English word; an ester keeps its blanks."""
    text = re.sub(r"e\b", "", spelling(name))
    return text if text.endswith("at") else text.replace(" ", "")


def _word_at(text: str, position: int) -> str:
    words = (found for found in re.finditer(r"[a-z]+", text) if found.start() <= position <= found.end())
    return next((found[0] for found in words), "")
