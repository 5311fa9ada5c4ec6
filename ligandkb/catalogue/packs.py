"""How much is in the pack that a supplier sells?"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,]\d+)?"
# A text, compiled where a lab has offers: every command reads this module.
_PACK = (
    rf"(?i)(?:(?P<count>\d{{1,4}})\s*[x×*]\s*)?(?P<amount>{_NUMBER})\s*"
    r"(?P<unit>kg|g|mg|µg|μg|ug|l|ml|µl|μl|ul|mol|mmol)\.?"
)
_GRAMS = {"kg": 1e3, "g": 1.0, "mg": 1e-3, "µg": 1e-6}
_MILLILITRES = {"L": 1e3, "mL": 1.0, "µL": 1e-3}
_UNITS = {unit.casefold(): unit for unit in (*_GRAMS, *_MILLILITRES, "mol", "mmol")}
_UNITS |= {"μg": "µg", "ug": "µg", "μl": "µL", "ul": "µL"}


@dataclass(frozen=True)
class Pack:
    """What is sold as one piece.

    Attributes
    ----------
    text : str
        As the supplier writes it; empty where nothing is known.
    amount : float or None
        In ``unit``, all of the pack: 6 x 5 g are 30 g. None where the text isn't an amount with a unit.
    unit : str
        ``kg``, ``g``, ``mg``, ``µg``, ``L``, ``mL``, ``µL``, ``mol`` or ``mmol``; else empty.
    """

    text: str = ""
    amount: float | None = None
    unit: str = ""

    @property
    def mass_g(self) -> float | None:
        """Mass in g; None where the pack isn't given by mass."""
        return self._in(_GRAMS)

    @property
    def volume_ml(self) -> float | None:
        """Volume in mL; None where the pack isn't given by volume."""
        return self._in(_MILLILITRES)

    def _in(self, units: dict[str, float]) -> float | None:
        return self.amount * units[self.unit] if self.amount is not None and self.unit in units else None

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


NO_PACK = Pack()


def read_pack(text: str) -> Pack:
    """Read what a supplier writes of a pack.

    Parameters
    ----------
    text : str
        Such as ``5 g``, ``100ML``, ``2,5 L`` or ``6 x 5 g``; anything else stays a text.

    Returns
    -------
    Pack

    Examples
    --------
    >>> read_pack("100ML"), read_pack("6 x 5 g").mass_g, read_pack("1 pc")
    (Pack(text='100ML', amount=100.0, unit='mL'), 30.0, Pack(text='1 pc', amount=None, unit=''))
    >>> read_pack("2,5 L").volume_ml, read_pack("1,000 g").amount
    (2500.0, None)
    """
    plain = " ".join(text.split())
    found = re.fullmatch(_PACK, plain)
    # "1,000 g" may be one gram or a thousand.
    if found is None or re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", found["amount"]):
        return Pack(plain)
    amount = int(found["count"] or 1) * float(found["amount"].replace(",", "."))
    return Pack(plain, amount, _UNITS[found["unit"].casefold()]) if amount > 0 else Pack(plain)
