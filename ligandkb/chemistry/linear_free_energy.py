"""What do the fitted coefficients say, and where do they stop saying anything?

The models of data/linear_free_energy.json: pKa of acid families on terms of structure, log K1 of lead on pKa. They
are fitted on sourced values by benchmarks/linear_free_energy.py and reviewed like every other shipped fact.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ligandkb.missing import Known, Missing
from ligandkb.resources import data_directory

FILE = "linear_free_energy.json"
CONSTANT = "constant"
_MARGIN = 0.1
"""Share of a term's fitted range by which a structure may lie outside it. Ours."""


@dataclass(frozen=True)
class Estimate:
    """A value with its standard error, both in the value's unit."""

    value: float
    error: float


@dataclass(frozen=True)
class Coefficient:
    """One fitted coefficient and where it was fitted.

    Attributes
    ----------
    value, error : float
        With its standard error.
    lowest, highest : float
        Of the term that it multiplies, over the values of the fit; both 1 for the constant.
    """

    value: float
    error: float
    lowest: float
    highest: float


@dataclass(frozen=True)
class LinearModel:
    """A fitted linear relationship.

    Attributes
    ----------
    name : str
        What it describes.
    n : int
        Values that it was fitted on.
    mean_absolute_error, root_mean_square_error : float
        By leaving out one value after the other.
    of_a_constant : float
        The same mean absolute error where a constant is fitted instead: what has to be beaten.
    coefficients : mapping of str to Coefficient
        By term, the constant first.
    """

    name: str
    n: int
    mean_absolute_error: float
    root_mean_square_error: float
    of_a_constant: float
    coefficients: Mapping[str, Coefficient]

    def predict(self, terms: Mapping[str, float]) -> Known[Estimate]:
        """Value for one structure.

        Parameters
        ----------
        terms : mapping of str to float
            All terms but the constant; others are ignored.

        Returns
        -------
        Estimate or Missing
            Missing where a term lies outside its fitted range by more than a tenth of that range.

        Examples
        --------
        >>> line = {"constant": Coefficient(4.0, 0.1, 1, 1), "halogen": Coefficient(-2.0, 0.1, 0, 1)}
        >>> model = LinearModel("acid", 9, 0.2, 0.3, 0.8, line)
        >>> model.predict({"halogen": 0.5})
        Estimate(value=3.0, error=0.3)
        >>> print(model.predict({"halogen": 3.0}))
        missing (halogen is 3.00 here, 0.00 to 1.00 among the 9 values of the model)
        """
        total = 0.0
        for term, coefficient in self.coefficients.items():
            amount = 1.0 if term == CONSTANT else terms[term]
            lowest, highest = coefficient.lowest, coefficient.highest
            slack = _MARGIN * (highest - lowest)
            if not lowest - slack <= amount <= highest + slack:
                return Missing(
                    f"{term} is {amount:.2f} here, {lowest:.2f} to {highest:.2f} among the {self.n} values of "
                    "the model"
                )
            total += coefficient.value * amount
        return Estimate(total, self.root_mean_square_error)


@dataclass(frozen=True)
class Increment:
    """What a second donor of one kind adds to log K1 of a carboxylate.

    Attributes
    ----------
    value, error : float
        Mean over its ligands, with its standard error.
    n : int
        Ligands.
    """

    value: float
    error: float
    n: int


@dataclass(frozen=True)
class Models:
    """All fitted relationships.

    Attributes
    ----------
    acidity : mapping of str to LinearModel
        By the name of the acid family.
    lead_line : LinearModel
        log K1 of a monocarboxylate less that of acetate, on its pKa less that of acetic acid.
    second_donors : mapping of str to Increment
        By kind of second donor.
    """

    acidity: Mapping[str, LinearModel]
    lead_line: LinearModel
    second_donors: Mapping[str, Increment]


def read_models(path: Path) -> Models:
    """Read the fitted coefficients.

    Parameters
    ----------
    path : Path
        ``linear_free_energy.json``.

    Returns
    -------
    Models

    Raises
    ------
    ValueError, KeyError, TypeError
        If the file isn't one that the command wrote.
    """
    content = json.loads(path.read_text(encoding="utf-8"))

    def model(name: str, entry: dict[str, Any]) -> LinearModel:
        coefficients = {term: Coefficient(**one) for term, one in entry["coefficients"].items()}
        return LinearModel(**{"name": name, **entry, "coefficients": coefficients})

    return Models(
        {name: model(name, entry) for name, entry in content["acidity"].items()},
        model("lead line", content["lead_line"]),
        {kind: Increment(**entry) for kind, entry in content["second_donors"].items()},
    )


@lru_cache(maxsize=1)
def shipped_models() -> Models:
    """The shipped coefficients, read once.

    Examples
    --------
    >>> shipped_models().acidity["carboxylic acid"].n >= 45
    True
    """
    return read_models(data_directory() / FILE)
