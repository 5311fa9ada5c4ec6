"""A few made-up outcomes and rules, small enough to count by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ligandkb.chemistry.composition import parse_composition
from ligandkb.evidence.outcomes import Application, Effect, Outcome
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.provenance import Source
from ligandkb.rules.rulebook import Rulebook, read_rulebook

RULE = """\
- id: {name}
  title: A rule on {name}
  rationale: Made up.
  citation: {{doi: 10.1000/{cited}, locator: "{locator}"}}
  derived_from: [{derived_from}]
  when: |
    {when}
  effect: {effect}
  explain: A sentence
"""
FORMS = {
    "bromide": "[Br-]",
    "chloride": "[Cl-]",
    "benzoate": "[O-]C(=O)c1ccccc1",
    "butyrate": "CCCC(=O)[O-]",
    "acetate": "CC(=O)[O-]",
    "thiocyanate": "[S-]C#N",
}


@pytest.fixture(scope="session")
def made_up_rules(kb, tmp_path_factory) -> Callable[..., Rulebook]:
    """Make a rulebook of (name, condition, effect) tuples, with what else a rule says by name."""

    def make(*rules: tuple[str, str, str], **said: dict[str, str]) -> Rulebook:
        path = tmp_path_factory.mktemp("rules") / "rules.yaml"
        plain = {"cited": "cited", "locator": "Table 1", "derived_from": ""}
        path.write_text(
            "".join(
                RULE.format(
                    name=name, when=when, effect=effect, **plain | said.get(name.replace("-", "_"), {})
                )
                for name, when, effect in rules
            ),
            encoding="utf-8",
        )
        return read_rulebook([path], columns=kb.rulebook.columns, vocabulary=kb.rulebook.vocabulary)

    return make


def outcome(name, form, effect, source="a", partner="oleylammonium", composition="CsPbBr3", **more):
    return Outcome(
        id=name,
        binding_form=form,
        binding_form_smiles=FORMS[form],
        partner=partner,
        composition=parse_composition(composition),
        morphology="nanocrystals",
        **{"route": Application.POST_SYNTHETIC, "reference_state": "as_made"} | more,
        effect=Effect(effect) if effect else None,
        source=Source(f"10.1000/{source}", "abstract"),
    )


@pytest.fixture(scope="session")
def made_up_outcomes() -> tuple[Outcome, ...]:
    return (
        outcome("bromide-1", "bromide", "improved", "a", "didodecyldimethylammonium"),
        outcome("bromide-2", "bromide", "improved", "b", "tetrabutylammonium"),
        outcome("bromide-3", "bromide", "decreased", "c", "oleylammonium"),
        outcome("chloride-1", "chloride", "improved", "b", "unknown", composition="CsPbCl3"),
        outcome("chloride-2", "chloride", "improved", "d", "unknown", confound="other_halide"),
        outcome("benzoate-1", "benzoate", "improved", "a"),
        outcome("butyrate-1", "butyrate", "not_improved", "a"),
        outcome("acetate-1", "acetate", "decreased", "d"),
        outcome("thiocyanate-1", "thiocyanate", "", "e"),
        outcome("thiocyanate-2", "thiocyanate", "decreased", "e", route=Application.REMOVAL),
    )


@pytest.fixture(scope="session")
def made_up(kb, made_up_rules, made_up_outcomes) -> KnowledgeBase:
    """The catalogue with four rules and ten outcomes that nobody wrote."""
    rulebook = made_up_rules(
        ("a-halide", 'donor_group == "halide"', "{weight: moderate}"),
        ("a-quaternary-partner", 'partner_kind == "quaternary ammonium"', "{weight: -weak}"),
        ("long-chains", 'donor_group == "carboxylate"', _GRADED),
        ("rings", "aromatic_ring_count > 0", "{tag: may-quench}"),
        a_halide={"derived_from": "bromide-1"},
        a_quaternary_partner={"locator": "abstract (contradicts)"},
    )
    return replace(kb, rulebook=rulebook, outcomes=made_up_outcomes)


_GRADED = "{weight: -moderate, graded: {by: chain_length_carbons, from: 2, to: 6}}"
