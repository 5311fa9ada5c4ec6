"""Which alerts does this molecule raise?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import Alert
from ligandkb.chemistry.alerts.questions import QUESTIONS, RARE_QUESTIONS
from ligandkb.chemistry.sieve import Sieve
from ligandkb.chemistry.smarts import Pattern, Way, ways


class AlertSearch:
    """Alerts that are searched for together.

    Parameters
    ----------
    alerts : iterable of Alert

    Examples
    --------
    >>> from ligandkb.chemistry.alerts import ALERTS
    >>> sorted(AlertSearch(ALERTS).raised(Chem.MolFromSmiles("OC(=O)CCS")))
    ['contains_acid_proton', 'contains_thiol']
    """

    def __init__(self, alerts: Iterable[Alert]) -> None:
        self._ways: dict[Pattern, tuple[Way, list[Alert]]] = {}
        for alert in alerts:
            for way in ways(alert.smarts):
                self._ways.setdefault(way.pattern, (way, []))[1].append(alert)
        excuses = (one for way, _ in self._ways.values() for one in way.but)
        self._plan = lru_cache(maxsize=8192)(self._make_plan)
        self.sieve = Sieve(dict.fromkeys((*self._ways, *excuses)), QUESTIONS, RARE_QUESTIONS)

    def raised(self, mol: Chem.Mol, formula: str = "") -> list[str]:
        """Names of the alerts that a molecule raises, as each would by itself.

        Parameters
        ----------
        mol : rdkit.Chem.Mol
            A product or a species, sanitised.
        formula : str, optional
            Its sum formula, if that is at hand.
        """
        has = mol.HasSubstructMatch
        known: dict[str, bool] = {}
        for plain, whole, alerts in self._plan(self.sieve.possible(mol, formula)):
            if all(alert.name in known for alert in alerts):
                continue
            if has(plain) and (whole is None or has(whole)):
                for alert in alerts:
                    if alert.name not in known:
                        known[alert.name] = alert.condition is None or alert.condition(mol)
        return [name for name, is_raised in known.items() if is_raised]

    def _make_plan(
        self, possible: tuple[Pattern, ...]
    ) -> tuple[tuple[Chem.Mol, Chem.Mol | None, tuple[Alert, ...]], ...]:
        """What to search for, what then must match as a whole, and what that raises."""
        ways = [self._ways[pattern] for pattern in possible if pattern in self._ways]
        return tuple(
            (
                way.plain.compiled,
                way.pattern.compiled if any(one in possible for one in way.but) else None,
                tuple(alerts),
            )
            for way, alerts in ways
        )
