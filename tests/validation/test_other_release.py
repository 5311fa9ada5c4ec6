"""Is what another release says read as it was said, less the rules written from the outcome's own source?"""

import gzip
import json
from pathlib import Path

import pytest
from other_release import asked_of, explanation_of, score_of

from ligandkb.validation.in_sample import IN_SAMPLE

FROZEN = Path(__file__).parents[1] / "frozen" / "0.1.0" / "explain.json.gz"
TABLE_1 = {IN_SAMPLE: "doi 10.1021/jacs.8b11035"}


@pytest.fixture(scope="module")
def said_by_0_1_0():
    return json.loads(gzip.decompress(FROZEN.read_bytes()))["answer"]


def test_scores_of_0_1_0_are_its_own(said_by_0_1_0):
    for explained in said_by_0_1_0:
        assert score_of(explained, "", TABLE_1) == pytest.approx(explained["score"])


def test_rules_written_from_a_source_are_taken_off(said_by_0_1_0):
    benzoic_acid = said_by_0_1_0[1]
    fired = [rule for rule in benzoic_acid["rules"] if rule["state"] == "fired" and rule["weight"]]
    assert any(IN_SAMPLE in rule["derived_from"] for rule in fired)
    kept = sum(rule["weight"] for rule in fired if IN_SAMPLE not in rule["derived_from"])
    assert score_of(benzoic_acid, TABLE_1[IN_SAMPLE], TABLE_1) == pytest.approx(kept)


def test_nothing_is_taken_off_a_score_that_its_weights_do_not_add_up_to(said_by_0_1_0):
    assert score_of(said_by_0_1_0[1] | {"score": 9.0}, "", TABLE_1) is None


def test_a_partner_that_the_release_does_not_know_is_left_to_it(made_up_outcomes):
    asked = []

    def ask(structure, options):
        asked.append((structure, options))
        return None if "--partner" in options else [{"score": 1.0}]

    assert explanation_of(made_up_outcomes[0], ask) == {"score": 1.0}
    crystal = ["--composition", "CsPbBr3"]
    assert asked == [("[Br-]", [*crystal, "--partner", "didodecyldimethylammonium"]), ("[Br-]", crystal)]
    assert explanation_of(made_up_outcomes[3], lambda *_: None) is None


def test_a_release_is_asked_by_its_command(tmp_path):
    import sys

    script = tmp_path / "release.py"
    script.write_text("import json, sys\nprint(json.dumps(sys.argv[1:]))\nsys.exit(sys.argv[-1] == '[I-]')\n")
    ask = asked_of([sys.executable, str(script)])
    assert ask("[Br-]", ["--partner", "caesium"])[-2:] == ["--", "[Br-]"]
    assert ask("[I-]", []) is None
