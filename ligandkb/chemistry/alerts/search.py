"""Which alerts does this molecule raise?"""

from __future__ import annotations

from collections.abc import Iterable

from rdkit import Chem

from ligandkb.chemistry.alerts.alert import Alert
from ligandkb.chemistry.alerts.questions import QUESTIONS
from ligandkb.chemistry.sieve import Sieve
from ligandkb.chemistry.smarts import Pattern, ways


class AlertSearch:
    """Alerts that are searched for together.

    Parameters
    ----------
    alerts : iterable of Alert

    Examples
    --------
    >>> from ligandkb.chemistry.alerts import ALERTS
    >>> [alert.name for alert in AlertSearch(ALERTS).raised(Chem.MolFromSmiles("OC(=O)CCS"))]
    ['contains_acid_proton', 'contains_thiol']
    """

    def __init__(self, alerts: Iterable[Alert]) -> None:
        self._alerts_of: dict[Pattern, list[Alert]] = {}
        for alert in alerts:
            for way in ways(alert.smarts):
                self._alerts_of.setdefault(way, []).append(alert)
        self._sieve = Sieve(self._alerts_of, QUESTIONS)

    def raised(self, mol: Chem.Mol) -> list[Alert]:
        """The alerts that a molecule raises, as each would by itself.

        Parameters
        ----------
        mol : rdkit.Chem.Mol
            A product or a species, sanitised.
        """
        found: dict[str, bool] = {}
        raised = []
        for way in self._sieve.possible(mol):
            alerts = [alert for alert in self._alerts_of[way] if alert.name not in found]
            if alerts and mol.HasSubstructMatch(way.compiled):
                for alert in alerts:
                    found[alert.name] = alert.condition is None or alert.condition(mol)
                    raised += [alert] if found[alert.name] else []
        return raised
