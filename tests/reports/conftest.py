from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import numpy as np
import pytest

from ligandkb.assessment.explanation import explanation_record
from ligandkb.catalogue.offers import read_offers
from ligandkb.catalogue.supplier_links import link_products
from ligandkb.catalogue.supplier_table import read_supplier_table
from ligandkb.reports import surface as answers_on_surface
from ligandkb.reports import validation
from ligandkb.reports.bench_sheet import bench_sheet
from ligandkb.reports.comparison import comparison_document
from ligandkb.reports.document import Document, signed
from ligandkb.reports.explanation import explanation_document
from ligandkb.reports.full_explanation import full_explanation_document
from ligandkb.reports.imported import import_document
from ligandkb.reports.learned import learned_document, learned_page
from ligandkb.reports.lifetime import lifetime_answer
from ligandkb.reports.next_batch import next_batch_document
from ligandkb.reports.order_sheet import bench_book, order_document
from ligandkb.reports.outcome_list import outcome_list
from ligandkb.reports.ranking import ranking_document
from ligandkb.reports.ranking_page import ranking_page
from ligandkb.reports.ranking_screen import ranking_screen
from ligandkb.reports.render import render
from ligandkb.reports.rules_on_outcomes import rules_document
from ligandkb.reports.scale import scale_document
from ligandkb.reports.score_on_outcomes import outcomes_document
from ligandkb.reports.shortlist import shortlist_document
from ligandkb.resources import data_directory
from ligandkb.storage.lab_tables import changes
from ligandkb.storage.outcome_recordings import Recording
from ligandkb.surface.dilution import dilution_contrast
from ligandkb.surface.geometry import cube_sites
from ligandkb.surface.lifetimes import fit_lifetime
from ligandkb.surface.nmr import bound_ligands, total_ligands_range
from ligandkb.surface.passivation import passivation_evidence, rates
from ligandkb.surface.traps_fit import fit_traps
from ligandkb.surface.uncertainty import Measured
from ligandkb.surface.xps import halide_vacancies_from_xps
from ligandkb.validation.catalogue import release_counts
from ligandkb.validation.in_sample import sources_of_rules
from ligandkb.validation.judged_outcomes import basis_of, judged_outcomes
from ligandkb.validation.linear_free_energy import fit_all
from ligandkb.validation.rules_on_outcomes import rules_on_outcomes
from ligandkb.validation.scale_on_table1 import scale_on_table1
from ligandkb.validation.score_on_outcomes import predictors, scored_outcomes
from ligandkb.validation.sources import sources_of
from ligandkb.validation.table1 import agreement, null_rules

COMPARED = ("benzoate", "oleate", "DDAB", "hexylphosphonic acid")
SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}


@pytest.fixture(scope="session")
def explained(kb):
    """Record of the explanation of a name."""

    def explained(name):
        first, *others = kb.assess_all(name)
        return explanation_record(kb.judge(), first, others)

    return explained


@pytest.fixture(scope="session")
def lost_dangers():
    """Vetoes, tags, statements and gaps of a record that don't stand in a text; there must be none."""

    def lost_dangers(record, text):
        said = " ".join(text.split())
        safety = record["safety"]
        statements = [
            one
            for product in safety["products"]
            if product["label"]
            for one in product["label"]["statements"]
        ]
        unknown = [tag for product in safety["products"] for tag in product["unknown"]]
        data = [" ".join(one.split()) for product in safety["products"] for one in product["safety_data"]]
        of_the_pair = [line for line in safety["not_assessed"] if line.endswith(": not known for this pair")]
        words = [
            *(f"VETO {kind}" for kind in safety["vetoes"]),
            *(f"veto lifted on your word: {kind}" for kind in safety["lifted"]),
            *(*safety["tags"], *statements, *unknown, *data),
            *(line.partition(":")[0] for line in of_the_pair),
            "No tag is not a clearance: read the safety data sheet of each product before you open it.",
        ]
        return [word for word in words if word not in said]

    return lost_dangers


@pytest.fixture(scope="session")
def as_json():
    """What a program reads of a document."""

    def as_json(document):
        return json.loads(render(document, "json"))

    return as_json


@pytest.fixture(scope="session")
def recordings(kb):
    when = datetime(2026, 3, 1, tzinfo=UTC)
    outcomes = [replace(one, id=f"{one.id}-c81d8da9bf") for one in kb.outcomes]
    return [Recording(one, "Ada", when, reason="wrong cuvette " * 6) for one in outcomes]


@pytest.fixture(scope="session")
def answer(kb, lab, explained, recordings, tmp_path_factory):
    """Every answer that there is, by its name."""
    meta = kb.meta()
    makers = {
        "rank": lambda: ranking_document(kb.ranked("CsPbBr3")),
        "rank page": lambda: ranking_page(kb.ranked("CsPbBr3", top=40)),
        "explain": lambda: explanation_document(explained("fluoroacetic acid"), meta),
        "explain --full": lambda: full_explanation_document(explained("fluoroacetic acid"), meta),
        "compare": lambda: comparison_document([*map(explained, COMPARED)], meta),
        "validate table1": partial(_table1, kb),
        "validate hardness": lambda: validation.hardness_document(kb.hardness_on_table1(), meta),
        "validate catalogue": lambda: validation.coverage_document(kb.coverage(), release_counts(), meta),
        "validate sources": lambda: validation.sources_document(sources_of([data_directory()]), meta),
        "validate scale": partial(_scale, kb),
        "validate rules": partial(_rules_on_outcomes, kb),
        "validate outcomes": partial(_score_on_outcomes, kb),
        "learn": lambda: learned_document(lab.learn(with_literature=True), lab.meta()),
        "learn page": lambda: learned_page(lab.learn(), lab.meta()),
        "rank --learned": lambda: ranking_screen(lab.ranked(learned=True)),
        "rank --learned page": lambda: ranking_page(lab.ranked(learned=True, top=40, plqy_start_pct=62)),
        "rank --learned table": lambda: ranking_document(lab.ranked(learned=True, plqy_start_pct=62)),
        "outcomes list": lambda: outcome_list(recordings, database="mine"),
        "outcomes history": lambda: outcome_list(recordings, database="mine", history=True),
        "plan": lambda: signed(bench_sheet(kb.plan("benzoic acid", **SAMPLE)), meta),
        "shortlist": lambda: shortlist_document(kb.shortlist("CsPbBr3", must="oleylammonium bromide")),
        "next": lambda: next_batch_document(kb.next_batch("CsPbBr3", plqy_start_pct=62)),
        "order sheet": lambda: order_document(_order(kb)),
        "bench sheets": lambda: bench_book(_order(kb)),
        "import": lambda: _import(kb, tmp_path_factory.mktemp("import")),
        **{f"surface {name}": partial(_signed, make, meta) for name, make in _SURFACE.items()},
    }
    made: dict[str, Document] = {}

    def answer(name):
        if name not in made:
            made[name] = makers[name]()
        return made[name]

    answer.names = tuple(makers)
    return answer


def _order(kb):
    """Of a panel of which one pair isn't planned, and some bottles stand in the lab."""
    asked = {"must": "p-toluenesulfonic acid monohydrate", "partners": "none", "have": "trioctylphosphine"}
    return kb.order(kb.shortlist("CsPbBr3", 4, **asked), **SAMPLE)


def _import(kb, folder):
    """Of a table with a vetoed product, a new structure, what is there already, a newer price, and rows set aside."""
    lab, quote = folder / "my-lab", folder / "quote.csv"
    lab.mkdir()
    lab.joinpath("offers.csv").write_text(
        "product_id,price,currency,date,pack\noleic-acid,40,EUR,2025-01-01,5 g\n"
    )
    quote.write_text(
        "name,cas,smiles,pack,price,date,Lot\noleic acid,112-80-1,,5 g,45 EUR,2026-04-03,1\n"
        "fluoroacetic acid,,OC(=O)CF,5 g,9 EUR,,2\ndodecylphosphine,,CCCCCCCCCCCCP,,,,3\nx,112-80-2,,,,,4\n"
    )
    standing = read_offers(lab / "offers.csv", {"oleic-acid"}, [])
    linked = link_products(read_supplier_table(quote), kb.catalogue)
    products = (*linked.known, *linked.new)
    vetoes = dict(zip((one.id for one in products), kb.vetoes_of(products), strict=True))
    done = changes(lab, linked, standing)
    return import_document("quote.csv", linked, vetoes, done, folder="my-lab", written=True, meta=kb.meta())


def _signed(make, meta):
    return signed(make(), meta)


def _scale(kb):
    return scale_document(fit_all(kb.aqueous.pka, kb.aqueous.lead), scale_on_table1(kb.table1()), kb.meta())


def _table1(kb):
    entries = kb.table1_entries()
    return validation.table1_document(
        entries, agreement(entries), null_rules(entries), kb.table1_left_out(), kb.meta()
    )


def _rules_on_outcomes(kb):
    judged = judged_outcomes(kb.catalogue, kb.outcomes, kb.judge())
    found = rules_on_outcomes(kb.rulebook, judged, sources_of_rules(kb.rulebook, kb.outcomes))
    return rules_document(found, basis_of(judged, len(kb.outcomes)), kb.meta())


def _score_on_outcomes(kb):
    judged = judged_outcomes(kb.catalogue, kb.outcomes, kb.judge())
    scored = scored_outcomes(kb.rulebook, judged, sources_of_rules(kb.rulebook, kb.outcomes))
    sound = [one for one in scored if not one.judged.outcome.confound]
    basis = basis_of(judged, len(kb.outcomes))
    return outcomes_document(scored, predictors(scored), predictors(sound), basis, kb.meta())


def _trap_fit():
    fit = fit_traps(
        np.array([1.0, 0.3, 0.1, 0.03, 0.01]),
        np.array([0.95, 0.88, 0.74, 0.60, 0.50]),
        np.full(5, 0.02),
        pairs_per_nanocrystal=1600.0,
        sites_max=Measured(400.0),
        association_constant_per_m=2e4,
    )
    return answers_on_surface.trap_fit_answer(fit, "series.csv", ["a note"])


def _lifetime():
    time = np.arange(0.0, 100.0, 0.25)
    light = np.where(time < 10, 0.0, 8000 * np.exp(-(time - 10) / 6.0)) + 4.0
    fit = fit_lifetime(time, np.random.default_rng(0).poisson(light), background_until_ns=9.0)
    after, before = Measured(6.0, 0.1), Measured(7.0, 0.1)
    return lifetime_answer(
        fit,
        "decay.csv",
        rates=rates(Measured(0.99, 0.01), after),
        evidence=passivation_evidence(before, after, Measured(0.76, 0.01), Measured(0.99, 0.01)),
    )


def _nmr():
    total, free, bound = Measured(6000.0, 300.0), Measured(2.0, 0.2), Measured(290.0, 30.0)
    observed = Measured(10.7, 0.2)
    sample = answers_on_surface.SampleLigands
    return answers_on_surface.nmr_answer(
        [
            sample("whole", bound_ligands(total, observed, free, bound)),
            sample("bare", bound_ligands(Measured(1.0), observed, Measured(0.0), bound), False, False),
            sample("range", total_ligands_range(Measured(180.0, 20.0), observed, bound)),
        ]
    )


def _xps():
    measured = Measured(2.7, 0.1)
    bounds = {
        name: halide_vacancies_from_xps(measured, 0.5831, surface_halides=1593.0, weighting=name)
        for name in ("exponential", "cut")
    }
    return answers_on_surface.xps_answer(bounds, measured, "given")


_SURFACE = {
    "traps-fit": _trap_fit,
    "traps": lambda: answers_on_surface.traps_answer(
        Measured(333.0), [("PLQY", Measured(204.0, 26.0), Measured(0.62, 0.03))], "a note"
    ),
    "nmr": _nmr,
    "geometry": lambda: answers_on_surface.geometry_answer(cube_sites(9.5, 0.5831), "given"),
    "xps": _xps,
    "lifetime": _lifetime,
    "dilution": lambda: answers_on_surface.dilution_answer(
        dilution_contrast(0.1, Measured(0.80, 0.03), 0.01, Measured(0.79, 0.03))
    ),
}
