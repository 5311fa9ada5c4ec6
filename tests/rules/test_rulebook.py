"""Are rules read whole, and are faults across files found?"""

from __future__ import annotations

import re

import pytest

from ligandkb.problems import InputError
from ligandkb.provenance import Source
from ligandkb.rules.rulebook import MAXIMUM_RULES, check_rulebook, read_rulebook, rule_files

GOOD = """\
- id: more-charge
  title: Donor with more charge
  rationale: >
    Why it should
    be so.
  citation: {doi: 10.1021/jacs.8b11035, locator: "Table 1; Figure 5"}
  derived_from: [table-1, figure-5]
  when: |
    donor == "S"
      and charge > 0.2
  effect: {weight: -slight, tag: pfas, veto: lethal}
  on_unknown: ignore
  explain: "charge {charge:.3f} e"
  examples: {fires: [difluoroacetate], silent: [acetate, "2,2-dimethylpropanoic acid"]}

- id: second
  title: "Another: title"
  rationale: Because.
  citation:
    - {doi: 10.1021/jacs.8b11035, locator: Table 1}
    - {doi: 10.1039/c3sc52777h, locator: p. 5}
  when: charge > 0.2   # a comment of YAML's
  effect: {veto: explosive}
  explain: Nothing to say
"""


@pytest.fixture
def read(tmp_path, columns, vocabulary):
    def read(*contents: str):
        paths = [tmp_path / f"{number}.yaml" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_text(content, encoding="utf-8")
        return read_rulebook(paths, columns=columns, vocabulary=vocabulary)

    return read


def test_a_rule_is_read_whole(read, columns, vocabulary):
    rulebook = read(GOOD)
    first, second = rulebook.rules
    assert (first.id, first.title, first.rationale) == (
        "more-charge",
        "Donor with more charge",
        "Why it should be so.",
    )
    assert first.citations == (Source("10.1021/jacs.8b11035", "Table 1; Figure 5"),)
    assert first.derived_from == ("table-1", "figure-5")
    assert first.when.text == 'donor == "S" and charge > 0.2'
    assert (first.weight, first.weight_name, first.tag, first.veto) == (-0.4, "slight", "pfas", "lethal")
    assert first.on_unknown == "ignore"
    assert first.explain.fill({"charge": 0.25}) == "charge 0.250 e"
    assert first.fires == ("difluoroacetate",)
    assert first.silent == ("acetate", "2,2-dimethylpropanoic acid")
    assert (first.file[-6:], first.line) == ("0.yaml", 1)
    assert len(second.citations) == 2
    assert (second.weight, second.weight_name, second.on_unknown) == (None, None, "veto")
    assert second.line == 16
    assert rulebook.columns == columns
    assert rulebook.vocabulary is vocabulary


@pytest.mark.parametrize(
    ("effect", "weight", "name"),
    [
        ("1.5", 1.5, None),
        ("-0.25", -0.25, None),
        ("5", 5.0, None),
        ("strong", 2.0, "strong"),
        ("-strong", -2.0, "strong"),
    ],
)
def test_weights_are_numbers_or_names(make_rulebook, effect, weight, name):
    rule = make_rulebook(("acid", f"{{weight: {effect}}}")).rules[0]
    assert (rule.weight, rule.weight_name, rule.on_unknown) == (weight, name, "widen")


@pytest.mark.parametrize(
    ("effect", "on_unknown"),
    [("{tag: pfas}", "widen"), ("{weight: 1, veto: lethal}", "widen"), ("{veto: lethal, tag: pfas}", "veto")],
)
def test_what_follows_from_unknown_by_default(make_rulebook, effect, on_unknown):
    assert make_rulebook(("acid", effect)).rules[0].on_unknown == on_unknown


@pytest.mark.parametrize(
    ("effect", "on_unknown"), [("{weight: 1}", "veto"), ("{veto: lethal}", "widen"), ("{tag: pfas}", "veto")]
)
def test_an_impossible_consequence_of_unknown_is_refused(make_rulebook, effect, on_unknown):
    with pytest.raises(InputError, match=f"on_unknown: {on_unknown} in a rule"):
        make_rulebook(("acid", effect, on_unknown))


@pytest.mark.parametrize(
    ("effect", "what"),
    [
        ("{weight: 0}", "a weight of 0"),
        ("{weight: 5.01}", "beyond ±5"),
        ('{weight: "1.2"}', "no weight is called"),
        ("{weight: nan}", "no weight is called"),
        ("{weight: .inf}", "is not a number"),
        ("{weight: 1e999}", "too large"),
        ("{weight: --strong}", "is not a number"),
        ("{weight: [1]}", "is not a text"),
        ("{veto: true}", "no veto is called"),
        ("{tag: lethal}", "no tag is called"),
        ("{}", "the effect is empty"),
        ("strong", "the effect is not a mapping"),
        ("{wait: 1}", "the effect has no field 'wait'"),
    ],
)
def test_wrong_effects_are_refused(make_rulebook, effect, what):
    with pytest.raises(InputError) as caught:
        make_rulebook(("acid", effect))
    assert [what in problem.what for problem in caught.value.problems] == [True]


def test_exclusive_groups_run_through_all_files(read):
    one = GOOD.replace("  on_unknown", "  exclusive: hsab-class\n  on_unknown")
    other = one.replace("id: more-charge", "id: less-charge").replace("id: second", "id: third")
    rules = read(one, other).rules
    assert [rule.exclusive for rule in rules] == ["hsab-class", None, "hsab-class", None]


@pytest.mark.parametrize(
    ("rules", "what", "fix"),
    [
        ([("{weight: 1}", "one")], "rule-0: no other rule is in the exclusive group 'one'", "name it in"),
        (
            [("{weight: 1}", "hsab-class"), ("{weight: 1}", "hsab-class"), ("{weight: 1}", "hsab-clas")],
            "rule-2: no other rule is in the exclusive group 'hsab-clas'",
            "did you mean 'hsab-class'?",
        ),
        ([("{tag: pfas}", "one")], "rule-0: exclusive in a rule whose effect has no weight", "add a weight"),
        ([("{weight: 1}", "Hsab Class")], "rule-0: exclusive 'Hsab Class' has a wrong form", "hyphens"),
    ],
)
def test_wrong_exclusive_groups_are_refused(make_rulebook, rules, what, fix):
    with pytest.raises(InputError) as caught:
        make_rulebook(*(("acid", effect, None, group) for effect, group in rules))
    (problem,) = caught.value.problems
    assert problem.what == what
    assert fix in problem.fix
    assert problem.column == len("  exclusive: ") + 1


def test_an_alias_in_every_place_is_refused_and_nothing_else_breaks(tmp_path, columns, vocabulary):
    path = tmp_path / "rules.yaml"
    lines = GOOD.splitlines()
    for number, line in enumerate(lines):
        if ":" in line:
            path.write_text(
                "\n".join([*lines[:number], line.partition(":")[0] + ": *x", *lines[number + 1 :]])
            )
            assert check_rulebook([path], columns=columns, vocabulary=vocabulary)
    for inside in ("fires: *x", "silent: [*x]", "weight: *x", "doi: *x", "locator: *x"):
        name = inside.partition(":")[0]
        changed = [re.sub(rf"{name}: [^,}}]+", inside, line) for line in lines]
        assert changed != lines
        path.write_text("\n".join(changed))
        assert "a YAML alias" in str(check_rulebook([path], columns=columns, vocabulary=vocabulary)[0])


def test_an_id_taken_in_another_file_is_named_with_both_places(read, tmp_path):
    with pytest.raises(InputError) as caught:
        read(GOOD, GOOD.replace("id: second", "id: third"))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(tmp_path / "1.yaml"), 1)
    assert f"{tmp_path / '0.yaml'}:1:7" in problem.what


def test_faults_of_all_files_are_listed_at_once(tmp_path, columns, vocabulary):
    bad = tmp_path / "bad.yaml"
    bad.write_text(GOOD.replace("charge > 0.2", "chrge > 0.2"), encoding="utf-8")
    worse = tmp_path / "worse.yaml"
    worse.write_text("- id: [\n", encoding="utf-8")
    files = [bad, tmp_path / "none.yaml", worse]
    problems = check_rulebook(files, columns=columns, vocabulary=vocabulary)
    assert [(problem.file, problem.line) for problem in problems] == [
        (str(bad), 10),
        (str(bad), 22),
        (str(tmp_path / "none.yaml"), 0),
        (str(worse), 2),
    ]
    with pytest.raises(InputError) as caught:
        read_rulebook(files, columns=columns, vocabulary=vocabulary)
    assert list(caught.value.problems) == problems


@pytest.mark.parametrize("header", ["|", "|-", "|+", "| # why not"])
@pytest.mark.parametrize("indent", [3, 4, 9])
@pytest.mark.parametrize("blank", ["", "\n", "\n   \n"])
def test_places_in_a_block_are_exact(tmp_path, columns, vocabulary, header, indent, blank):
    path = tmp_path / "rules.yaml"
    block = f"{header}\n{blank}" + " " * indent + "acid\n" + " " * (indent + 2) + "and chrge > 1"
    path.write_text(GOOD.replace("charge > 0.2   # a comment of YAML's", block), encoding="utf-8")
    (problem,) = check_rulebook([path], columns=columns, vocabulary=vocabulary)
    source = path.read_text(encoding="utf-8").splitlines()
    assert source[problem.line - 1][problem.column - 1 :].startswith("chrge > 1")


@pytest.mark.parametrize(
    "when",
    [
        '"charge > 1"',
        "'charge > 1'",
        ">\n    charge > 1",
        "|2\n    charge > 1",
        "charge > 1\n    and acid",
        "[acid]",
        "{a: b}",
    ],
)
def test_a_condition_is_a_block_or_one_plain_line(tmp_path, columns, vocabulary, when):
    path = tmp_path / "rules.yaml"
    path.write_text(GOOD.replace("charge > 0.2   # a comment of YAML's", when), encoding="utf-8")
    (problem,) = check_rulebook([path], columns=columns, vocabulary=vocabulary)
    assert problem.line == 22
    assert problem.what.startswith("second: when is n")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("10.1021/jacs.8b11035, locator: Table 1}", "doi:10.1021/x}", "is not a DOI"),
        (
            "{doi: 10.1039/c3sc52777h, locator: p. 5}",
            "{doi: 10.1039/c3sc52777h}",
            "the citation has no locator",
        ),
        (
            "{doi: 10.1039/c3sc52777h, locator: p. 5}",
            "{locator: p. 5}",
            "the citation has neither of doi and url",
        ),
        (
            "{doi: 10.1039/c3sc52777h, locator: p. 5}",
            "{doi: 10.1039/c3sc52777h, url: 'https://a.org/b', locator: p. 5}",
            "the citation has two of doi and url",
        ),
        (
            "{doi: 10.1039/c3sc52777h, locator: p. 5}",
            "{url: 'javascript:alert(1)', locator: p. 5}",
            "url 'javascript:alert(1)' has a wrong form",
        ),
        ("{doi: 10.1039/c3sc52777h, locator: p. 5}", "a paper", "the citation is not a mapping"),
        ("derived_from: [table-1, figure-5]", "derived_from: table-1", "derived_from is not a list"),
        ("derived_from: [table-1, figure-5]", "derived_from: [a b]", "the outcome 'a b' has a wrong form"),
        ("derived_from: [table-1, figure-5]", "derived_from: [a, a]", "derived_from names 'a' twice"),
        ("title: Donor with more charge", "title:", "title is empty"),
        ("title: Donor with more charge", "title: null", "title is empty"),
        ("title: Donor with more charge", 'title: "\\e[31mred"', "title holds an invisible character"),
        ("title: Donor with more charge", "title: [a]", "title is not a text"),
        ("title: Donor with more charge", f"title: {'x' * 5000}", "title is longer than 4000 characters"),
        ("examples: {fires: [difluoroacetate]", "examples: {fires: difluoroacetate", "fires is not a list"),
        ("examples: {fires:", "examples: {fire:", "examples has no field 'fire'"),
        ("id: more-charge", "id: more charge", "id 'more charge' has a wrong form"),
    ],
)
def test_wrong_fields_are_refused(tmp_path, columns, vocabulary, old, new, what):
    path = tmp_path / "rules.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    problems = check_rulebook([path], columns=columns, vocabulary=vocabulary)
    assert any(what in problem.what for problem in problems), problems


def test_too_many_rules_are_refused(tmp_path, columns, vocabulary):
    path = tmp_path / "rules.yaml"
    path.write_text("- {}\n" * (MAXIMUM_RULES + 1), encoding="utf-8")
    (problem,) = check_rulebook([path], columns=columns, vocabulary=vocabulary)
    assert f"more than {MAXIMUM_RULES} rules" in problem.what


def test_a_file_that_is_no_list_is_refused(tmp_path, columns, vocabulary):
    path = tmp_path / "rules.yaml"
    path.write_text("id: a\n", encoding="utf-8")
    (problem,) = check_rulebook([path], columns=columns, vocabulary=vocabulary)
    assert "not a list of rules" in problem.what


def test_rule_files_of_a_folder_are_ordered_and_leave_out_the_vocabulary(tmp_path):
    for name in ("b.yaml", "a.yaml", "vocabulary.yaml", "columns.yaml", "notes.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.name for path in rule_files(tmp_path)] == ["a.yaml", "b.yaml"]
