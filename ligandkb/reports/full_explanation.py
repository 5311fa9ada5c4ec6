"""What is all that there is to say of one ligand?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ligandkb.assessment.columns import DEFINITIONS
from ligandkb.assessment.dangers import NO_CLEARANCE, STATEMENT, is_statement
from ligandkb.evidence.outcomes import RECORDED
from ligandkb.reports.document import Block, Document, Facts, Item, Items, Section, Span, items, signed
from ligandkb.reports.evidence import closed_text, dose_texts, plqy_text
from ligandkb.reports.figures.structures import structure
from ligandkb.reports.measured import measured_of
from ligandkb.reports.ranking import bought_text

_SHOWN_TIERS = ("topological", "quantum", "measured")


def full_explanation_document(explained: Mapping[str, Any], meta: Mapping[str, Any]) -> Document:
    """Fill a document with one assessed pair, nothing left out: safety first, then verdict, rules and evidence.

    Parameters
    ----------
    explained : mapping
        As from :func:`ligandkb.assessment.explanation.explanation_record`.
    meta : mapping
        Version, hash and overlays.

    Returns
    -------
    Document
    """
    evidence = [outcome_line(outcome) for outcome in explained["evidence"]]
    others = [
        f"{other['binding_form']} ({other['partner']}), {other['ligand_class']}: "
        f"{other['verdict']}, {other['score']:+.1f}"
        for other in explained["other_pairs"]
    ]
    blocks: tuple[Block, ...] = (
        *read_as(explained),
        Section("Safety", (safety_items(explained["safety"]),), alarming=True),
        Section("Verdict", (items(*_verdict(explained)),)),
        Section("What it is", (Items(tuple(_identity(explained))),)),
        *_rules(explained["rules"], explained["safety"]["products"]),
        Section("Measured", (items(*evidence or ["nothing on this or a near pair"]),)),
        Section("Descriptors", _descriptors(explained["descriptors"], explained["to_compute"])),
        *([Section("Other pairs of the same ligand", (items(*others),))] if others else []),
    )
    return signed(Document(f"{named(explained)} on {explained['composition']}", blocks, explained), meta)


def read_as(explained: Mapping[str, Any]) -> tuple[Items, ...]:
    """How the name that was typed was read, before all else: what follows is on that chemical and no other."""
    return (items(explained["read_as"]),) if explained["read_as"] else ()


def named(explained: Mapping[str, Any]) -> str:
    """Name the pair as ``benzoate (oleylammonium)``."""
    return f"{explained['binding_form']} ({explained['partner']})"


def safety_items(safety: Mapping[str, Any]) -> Items:
    """Safety in words, worst first, each danger with the product that bears it; silence is no clearance.

    A veto stands out.
    """
    lines = [f"VETO: {kind}" for kind in safety["vetoes"]]
    lines += [f"veto lifted on your word: {kind}" for kind in safety["lifted"]]
    of_the_pair = [tag for tag in safety["of_the_pair"] if tag not in safety["vetoes"]]
    if of_the_pair:
        lines.append(f"tags of the pair: {', '.join(of_the_pair)}")
    elif not safety["tags"]:
        lines.append("tags: none fired")
    for product in safety["products"]:
        lines += [f"{product['name']}: {product['text']}"] if product["text"] else []
        lines += [f"{product['name']}: {'; '.join(product['safety_data'])}"] if product["safety_data"] else []
    lines += [f"not assessed: {what}" for what in safety["not_assessed"]]
    found = (Item((Span(line, tone="bad" if line.startswith("VETO") else ""),)) for line in lines)
    return items(*found, NO_CLEARANCE)


def outcome_line(outcome: Mapping[str, Any]) -> str:
    """One outcome in a line: effect, figures, against what, how applied, relation and source.

    Where nothing was published it says who recorded it, or in which file it stands.
    """
    parts = [str(outcome["effect"] or "no comparison printed").replace("_", " ")]
    before, after = outcome["plqy_before"], outcome["plqy_after"]
    if before is not None or after is not None:
        left = plqy_text(before, outcome["plqy_before_uncertainty"]) or "not printed"
        right = plqy_text(after, outcome["plqy_after_uncertainty"])
        parts.append(f"PLQY {left} → {f'{right} %' if right else 'not printed'}")
    if outcome["headroom_closed"] is not None:
        parts.append(closed_text(outcome))
    if outcome["relative_change"] is not None:
        parts.append(f"relative change {outcome['relative_change']:+.0%}, baseline not printed")
    parts.append(f"{named(outcome)} on {outcome['composition']} {outcome['morphology']}")
    reference = outcome["reference_state"].replace("_", " ")
    parts.append(f"{outcome['route'].replace('_', ' ')}, reference state {reference}")
    if outcome["added_as"] and outcome["added_as"] != outcome["binding_form"]:
        parts.append(f"added as {outcome['added_as']}")
    parts += dose_texts(outcome)
    if outcome["confound"]:
        parts.append(f"CONFOUNDED: {outcome['confound'].replace('_', ' ')}")
    where = list(filter(None, (f"doi {outcome['doi']}" if outcome["doi"] else "", outcome["locator"])))
    if not where or outcome["origin"].startswith(RECORDED):
        where.append(outcome["origin"])
    return f"[{outcome['relation']}] {'; '.join(parts)} ({', '.join(where)})"


def _verdict(explained: Mapping[str, Any]) -> list[str]:
    fired = [rule for rule in explained["rules"] if rule["state"] == "fired"]
    terms = [f"{rule['added']:+.2f}" for rule in fired if rule["added"]]
    low, high = explained["score_low"], explained["score_high"]
    sum_of = f" = {' '.join(terms)}" if len(terms) > 1 else ""
    score = f"score {explained['score']:+.2f}{sum_of} (log-odds)"
    score += f", {low:+.2f} to {high:+.2f} by what isn't known exactly" if low != high else ""
    measured = measured_of(explained).text
    return [
        f"{explained['verdict']}: {explained['verdict_reason']}",
        score + ("" if terms else ", no rule moves it"),
        f"measured: {'nothing' if measured == '-' else measured}",
        explained["plqy_headroom_sentence"],
    ]


def _identity(explained: Mapping[str, Any]) -> list[Item]:
    cas = "CAS not verified"
    if explained["cas"]:
        cas = f"CAS {explained['cas']} ({explained['cas_source'] or 'not verified'})"
    found = explained["binding_modes"]
    modes = [f"{mode['class']} through {mode['element']}: {mode['group']}" for mode in found]
    modes += [f"can chelate: {explained['chelate']}"] if explained["chelate"] else []
    form_count, partner_count = explained["pair_counts"]
    form, partner = explained["binding_form"], explained["partner"]
    neutral = [f"neutral pair: {form_count} {form} to {partner_count} {partner}"] if partner_count else []
    bought = [
        f"buy: {bought_text([products], explained['safety']['tags'])}" for products in explained["products"]
    ]
    bought += [f"note on {name}: {note}" for name, note in explained["notes"].items()]
    binds = (f"binds as {explained['ligand_class']}:", Span(explained["binding_form_smiles"], code=True))
    return [
        Item((explained["ligand_name"], structure(explained["smiles"]), cas)),
        Item(binds, items(*modes).items),
        Item(("head for descriptors:", Span(explained["head"], code=True))),
        *items(*neutral, *bought).items,
    ]


def _rules(rules: Sequence[Mapping[str, Any]], products: Sequence[Mapping[str, Any]]) -> list[Section]:
    fired = [_rule(rule, _bearers(rule, products)) for rule in rules if rule["state"] == "fired"]
    unknown = [rule for rule in rules if rule["state"] == "unknown"]
    unread = [rule for rule in unknown if rule["missing"] and all(map(is_statement, rule["missing"]))]
    unknown_items = [_rule(rule) for rule in unknown if rule not in unread]
    if unread:
        effects = ", ".join(effect_text(rule) for rule in unread)
        reasons = dict.fromkeys(reason for rule in unread for reason in rule["missing"].values())
        said = f"{len(unread)} rules on hazard statements ({effects}): {'; '.join(reasons)}"
        unknown_items.append(Item((said,)))
    states = Counter(rule["state"] for rule in rules)
    counts = (
        f"{states['silent']} silent, {states['not applicable']} not applicable (their names: --format json)"
    )
    return [
        Section("Rules that fired", (items(*(fired or ("none",))),)),
        Section("Rules whose condition is unknown", (items(*(unknown_items or ("none",))),)),
        Section("Silent rules", (items(counts),)),
    ]


def _bearers(rule: Mapping[str, Any], products: Sequence[Mapping[str, Any]]) -> list[str]:
    """Names of the products on whose labels stand the statements that a rule reads."""
    columns = {name for clause in rule["clauses"] for name in clause["values"]}
    return [
        product["name"]
        for product in products
        if any(STATEMENT + code.lower() in columns for code in product["tags"].get(rule["tag"], ()))
    ]


def _rule(rule: Mapping[str, Any], bearers: Sequence[str] = ()) -> Item:
    said, shown = [], set()
    if rule["state"] == "fired":
        said.append(rule["text"] + (f": {', '.join(bearers)}" if bearers else ""))
    for clause in rule["clauses"]:
        shown.update(clause["values"])
        values = ", ".join(f"{name} = {number_text(value)}" for name, value in clause["values"].items())
        said.append(f"{clause['truth']}: {clause['text']} ({values})")
    said += [f"{name}: {reason}" for name, reason in rule["missing"].items() if name not in shown]
    if rule["displaced_by"]:
        others = ", ".join(rule["displaced_by"])
        said.append(f"its weight isn't counted beside {others}: one rule of {rule['exclusive']} counts")
    sources = "; ".join(
        f"{'doi ' + source['doi'] if source['doi'] else source['url']}, {source['locator']}"
        for source in rule["sources"]
    )
    said.append(f"source: {sources}")
    if rule["derived_from"]:
        said.append(f"in-sample, written from: {', '.join(rule['derived_from'])}")
    return Item((titled(rule),), items(*said).items)


def titled(rule: Mapping[str, Any]) -> str:
    """Title of a rule, its identifier and its effect."""
    return f"{rule['title']} [{rule['id']}: {effect_text(rule)}]"


def effect_text(rule: Mapping[str, Any]) -> str:
    """Effect of a rule in words: its weight, its veto, its tag."""
    weight = [f"{rule['weight']:+.2f}"] if rule["weight"] else []
    if rule["grade"] is not None:
        weight = [f"{rule['added']:+.2f}, {rule['grade']:.0%} of {rule['weight']:+.2f}"]
    return ", ".join([*weight, *(f"{kind} {rule[kind]}" for kind in ("veto", "tag") if rule[kind])])


def _descriptors(descriptors: Mapping[str, Mapping[str, Any]], to_compute: str | None) -> tuple[Facts, Items]:
    tiers = {definition.name: definition.tier for definition in DEFINITIONS}
    facts: list[tuple[str, str]] = []
    absent: dict[str, list[str]] = {}
    for name, entry in descriptors.items():
        if tiers[name] not in _SHOWN_TIERS or is_statement(name):
            continue
        if entry["value"] is None:
            absent.setdefault(entry["state"], []).append(name)
        else:
            facts.append((name, f"{number_text(entry['value'])} {entry['unit']}".rstrip()))
    reasons = [f"{reason}: {', '.join(names)}" for reason, names in absent.items()]
    return Facts(tuple(facts)), items(*reasons, *([to_compute] if to_compute else []))


def number_text(value: object) -> str:
    """A value with four digits where it is a number, in words where it is a flag."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
