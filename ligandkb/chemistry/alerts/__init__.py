"""Which pieces of a structure make a product dangerous?

The structural alerts are a table, one module for each kind. Each entry says in SMARTS what it matches, clause by
clause, and names molecules that must and must not match; the tests run those. Patterns are matched against the
product after it was split into its species, so that a salt may be drawn with ions or with bonds; a few metal
compounds that only exist as molecules (osmium tetroxide) are matched as they were drawn, too.

Drawings must not matter: bond orders and charges are left open wherever tautomers, resonance forms or hypervalent
drawings of one substance differ in them, and derivatives that fall apart with moisture, acid or in the body count as
what they give. Isotopes and atom maps are invisible to these patterns.

What follows from an alert (a veto, a tag) and who says so stands in rules/safety.yaml, for dangers to the sample in
rules/sample.yaml.
"""

from __future__ import annotations

from ligandkb.chemistry.alerts.alert import Alert
from ligandkb.chemistry.alerts.burning import BURNING_ALERTS
from ligandkb.chemistry.alerts.elements import ELEMENT_ALERTS
from ligandkb.chemistry.alerts.explosive import EXPLOSIVE_ALERTS
from ligandkb.chemistry.alerts.lethal import LETHAL_ALERTS
from ligandkb.chemistry.alerts.mixing import MIXING_ALERTS
from ligandkb.chemistry.alerts.nitrogen_rich import NITROGEN_RICH_ALERTS
from ligandkb.chemistry.alerts.sample import SAMPLE_ALERTS
from ligandkb.chemistry.alerts.suspected import SUSPECTED_ALERTS
from ligandkb.chemistry.alerts.volatile import VOLATILE_ALERTS

__all__ = ["ALERTS", "Alert"]

ALERTS: tuple[Alert, ...] = (
    *EXPLOSIVE_ALERTS,
    *NITROGEN_RICH_ALERTS,
    *LETHAL_ALERTS,
    *VOLATILE_ALERTS,
    *BURNING_ALERTS,
    *SUSPECTED_ALERTS,
    *MIXING_ALERTS,
    *ELEMENT_ALERTS,
    *SAMPLE_ALERTS,
)
"""All structural alerts. Names are columns of the rules."""
