"""Is the price of quantum chemistry told first, and are the best rows those of the values?"""

from __future__ import annotations

import ctypes
import dataclasses
import os
import time
from functools import partial

import pytest
from distributed import LocalCluster

from ligandkb.descriptors.quantum.compute import Limits, plan, run_task
from ligandkb.descriptors.quantum.definitions import GLOBAL, key
from ligandkb.descriptors.quantum.geometry import atom_count
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.missing import Failed
from ligandkb.screening import compute
from ligandkb.screening.best import best
from ligandkb.screening.chunk import screen_with, screener_from
from ligandkb.screening.compute import Price, compute_best
from ligandkb.screening.heads_on_dask import in_a_program, run_on
from ligandkb.screening.on_dask import connected
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line
from ligandkb.storage.computed_values import ComputedValues

OPTIONS = ScreenOptions(carry=("price",))
SMILES = ("OC(=O)CCC#N", "OC(=O)C=CC#N", "OC(=O)c1ccncc1Cl", "CCCCN", "OC(=O)CC#N")


@pytest.fixture
def own_kb(kb, tmp_path):
    """A knowledge base with an empty cache of its own."""
    shipped = kb.computed._shipped_path
    return dataclasses.replace(kb, computed=ComputedValues(shipped, tmp_path / "descriptors.sqlite"))


@pytest.fixture
def found(own_kb):
    lines = [
        Line(number, one, f"id {number}", "", ("9.50",)) for number, one in enumerate((*SMILES, SMILES[0]), 1)
    ]
    rows = screen_with(screener_from(own_kb, OPTIONS), lines).rows
    return best(lambda columns: [rows.select(columns)], 4, rows.column_names, ["price"])


def made_up(function, arguments, *, workers=1, seconds=600.0):
    """Values of all species at once: hardness by the number of atoms, as one worker would send them."""
    for task in arguments:
        values = {one.name: 1.0 + atom_count(task.species) for one in GLOBAL} | {
            "hardness_scale": "X radical"
        }
        records = [
            DescriptorRecord(key(name, task.species, "", DEFAULT_LEVEL), value, "made up")
            for name, value in values.items()
        ]
        timed = function.func is compute._timed
        yield task, compute._Timed(records, 2.0) if timed else records


def test_rows_are_made_anew_with_the_values_and_keep_their_offers(own_kb, found):
    prices = []
    again, summary = compute_best(own_kb, OPTIONS, found, run=made_up, told=prices.append, workers=2)
    assert {row.cells["id"] for row in again.rows} == {row.cells["id"] for row in found.rows}
    assert any(row.cells["hardness_ev"] is None for row in found.rows)
    assert all(row.cells["hardness_ev"] is not None for row in again.rows)
    assert [row.band for row in again.rows] == sorted(row.band for row in again.rows)
    twice = next(row for row in again.rows if row.cells["id"] == "id 1")
    assert (
        twice.lines == 2
        and [offer["line"] for offer in twice.offered] == [1, 6]
        and twice.cells["price"] == "9.50"
    )
    assert sum(again.band_sizes.values()) == sum(row.lines for row in found.rows)
    assert summary.computed == prices[0].species and summary.stored_before == prices[0].there
    # What is there already costs nothing.
    compute_best(own_kb, OPTIONS, again, run=made_up, told=prices.append)
    assert prices[1] == Price(0, prices[0].there + prices[0].species, 0.0, 1)


def test_the_price_grows_with_the_cube_of_the_atoms_and_is_told_before_the_work(own_kb, found):
    done = []

    def counting(function, arguments, **options):
        done.extend(arguments)
        return made_up(function, arguments, **options)

    class EnoughError(Exception):
        pass

    def told(price):
        sizes = sorted(atom_count(task.species) for task in tasks)
        middle = atom_count(done[0].species)
        assert len(done) == 1 and price.species == len(sizes)
        assert price.seconds == pytest.approx(sum(2.0 * (size / middle) ** 3 for size in sizes))
        raise EnoughError

    species = compute._species(own_kb, OPTIONS, compute._lines(OPTIONS, found), found)
    tasks, _ = plan(species, (DEFAULT_LEVEL,), own_kb.computed.lookup)
    with pytest.raises(EnoughError):
        compute_best(own_kb, OPTIONS, found, run=counting, told=told)
    assert len(done) == 1


def test_where_the_first_fails_the_dearest_is_told(own_kb, found):
    def failing(function, arguments, **options):
        return ((task, Failed("took longer than 5 s")) for task in arguments)

    prices = []
    _, summary = compute_best(
        own_kb, OPTIONS, found, run=failing, limits=Limits(seconds=5), told=prices.append
    )
    assert prices[0].seconds == 5 * prices[0].species
    assert len(summary.failures["took longer than 5 s"]) == prices[0].species


def test_what_is_too_large_isn_t_priced(own_kb, found):
    prices = []
    limits = Limits(atoms=3)
    compute_best(own_kb, OPTIONS, found, run=made_up, limits=limits, told=prices.append)
    assert prices[0].seconds == 0 and str(prices[0]).startswith(f"{prices[0].species} heads")


def test_prices_read_well():
    assert str(Price(1, 0, 10.0, 1)) == "1 head or molecule by GFN2-xTB, about a minute or less with 1 worker"
    assert str(Price(0, 7, 0.0, 1)) == "nothing to compute: all 7 heads and molecules are there already"


def test_a_program_that_hangs_or_crashes_is_a_reason():
    assert in_a_program(time.sleep, 100, 0.5) == Failed("took longer than 0.5 s")
    assert in_a_program(os._exit, 3, 60) == Failed("the worker died with exit code 3")
    assert in_a_program(ctypes.string_at, 0, 60) == Failed("the worker died with exit code -11")
    assert in_a_program(print, "noise", 60) is None


def test_on_dask_each_task_comes_back_with_its_values_or_its_reason(own_kb):
    (task,), _ = plan(["CN"], (DEFAULT_LEVEL,), lambda _: None)
    large, _ = plan(["CCCCCCCCCCN"], (DEFAULT_LEVEL,), lambda _: None)
    cluster = LocalCluster(n_workers=1, processes=False, dashboard_address=":0")
    with cluster, connected(cluster.scheduler_address) as client:
        run = run_on(client)
        outcomes = dict(run(partial(run_task, Limits(atoms=20)), [task, *large], seconds=60))
        slept = dict(run(time.sleep, [0.1, 100], seconds=2))
    assert {record.key.name for record in outcomes[task]} >= {"hardness_ev", "donor_charge_mulliken_e"}
    assert outcomes[large[0]][0].value == Failed("more than 20 atoms")
    assert slept == {0.1: None, 100: Failed("took longer than 2 s")}


def test_a_number_by_which_the_list_calls_a_product_of_the_catalogue_is_asked_again(own_kb):
    line = Line(1, "CCCCCCCC(=O)O", "a", "71-43-2", ("9.50",))  # benzene's
    rows = screen_with(screener_from(own_kb, OPTIONS), [line]).rows
    found = best(lambda columns: [rows.select(columns)], 1, rows.column_names, ["price"])
    assert compute._lines(OPTIONS, found) == [line]
