"""Is hostile text refused where it stands, quickly, and without being run?"""

from __future__ import annotations

import builtins
import contextlib
import itertools
import random
import time
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.problems import InputError
from ligandkb.rules.columns import Column
from ligandkb.rules.files.documents import parse_document
from ligandkb.rules.language.parser import parse_condition
from ligandkb.rules.language.templates import parse_template
from ligandkb.rules.rulebook import check_rulebook
from ligandkb.rules.vocabulary import Vocabulary

COLUMNS = {
    column.name: column
    for column in (
        Column("charge", "number", "charge", unit="e"),
        Column("length", "number", "length", minimum=0),
        Column("donor", "text", "donor", allowed=("O", "S", "it's Å")),
        Column("acid", "flag", "acid"),
    )
}
MOST_CPU_SECONDS = 0.1

HOSTILE = [
    # reaching for objects
    "charge.__class__ > 1",
    "().__class__.__bases__[0].__subclasses__()",
    "donor.__class__.__mro__[1] == 'O'",
    "charge.real > 0",
    "__import__('os').system('touch ligandkb-was-here') == 0",
    "__import__",
    "__builtins__",
    "__debug__",
    "getattr(charge, 'real') > 1",
    "eval('1') > charge",
    "exec('import os') or acid",
    "open('/etc/passwd').read() == donor",
    "globals()['x'] > charge",
    "charge[0] > 1",
    "donor['O'] == 'O'",
    "vars() or acid",
    "print(charge) or acid",
    "breakpoint() or acid",
    # statements and other expressions of Python
    "lambda: charge > 1",
    "(lambda x: x)(charge) > 1",
    "(x := charge) > 1",
    "[x for x in donor] == 'O'",
    "charge in [x for x in (1, 2)]",
    "charge > 1 if acid else acid",
    "{charge: 1} == 1",
    "{charge} == {1}",
    "charge in {1, 2}",
    "charge in (1, 2)",
    "acid; charge > 1",
    "import os",
    "charge = 1",
    "await acid",
    "yield acid",
    "*charge > 1",
    "print(*[1])",
    "abs(x=charge) > 1",
    "abs(**charge) > 1",
    "charge @ charge > 1",
    "charge // 2 > 1",
    "charge % 2 == 1",
    "~charge > 1",
    "charge << 2 > 1",
    "charge & 1 > 0",
    "charge <> 1",
    "... == charge",
    "charge > ...",
    "assert acid",
    "del charge",
    "not",
    # texts
    "donor == f'{charge}'",
    "donor == b'O'",
    "donor == r'O'",
    "donor == u'O'",
    "donor == 'O' 'S'",
    "donor == '''O'''",
    'donor == """O"""',
    "donor == '\\x4f'",
    "donor == 'O\\'",
    "donor == 'O",
    "donor == 'O\x00'",
    "donor == 'O\x1b[31m'",
    "donor == '\u202eO'",
    "donor == 'it\\'s Å'",
    # numbers
    "charge > 1_000",
    "charge > 0x10",
    "charge > 0b1",
    "charge > 0o7",
    "charge > 007",
    "charge > 1j",
    "charge > 1e999",
    "charge > -1e999",
    f"charge > {'9' * 1900}",
    "charge > 1e308 * 10",
    "charge > 9 ** 4 ** 4 ** 4",
    "charge ** 99999999 > 1",
    "charge ** charge > 1",
    "charge ** 0.5 > 1",
    "charge ** 0 > 1",
    "10 ** 4 ** 4 ** 4 ** 4 > charge",
    "charge > 1 / 0",
    "charge > sqrt(-1)",
    "charge > log10(0)",
    "charge > nan",
    "charge > inf",
    "charge > 1.2.3",
    "charge > 1.e",
    # nesting and length
    "(" * 500 + "acid" + ")" * 500,
    "(" * 1000,
    "[" * 1000,
    "not " * 490 + "acid",
    "-" * 1900 + "charge > 1",
    "- " * 900 + "charge > 1",
    "abs(" * 300 + "charge" + ")" * 300 + " > 1",
    " or ".join(["acid"] * 1000),
    " + ".join(["charge"] * 400) + " > 1",
    "acid and " * 5000,
    "charge > " + "1" * 100_000,
    "acid" + " " * 100_000 + "or acid",
    "charge in [" + ", ".join(map(str, range(2000))) + "]",
    "((((charge > 1)))",
    "charge > 1)",
    "acid) or (acid",
    "acid) or (acid]",
    "[acid)",
    "(acid]",
    "charge in [1, 2)",
    "charge in [[1]]",
    "charge in [1, [2]]",
    # look-alikes and what isn't ASCII
    "сharge > 1",
    "charge ＞ 1",
    "charge > １",
    "charge ≥ 1",
    "charge − 1 > 0",
    "ａｂｓ(charge) > 1",
    "charge\u00a0> 1",
    "charge\u200b > 1",
    "charge > ²",
    "ﬁ > 1",
    "𝐜harge > 1",
    "charge · 2 > 1",
    # control characters and comments
    "charge > 1 # acid",
    "charge > 1 \\",
    "charge \\\n > 1",
    "charge\t> 1",
    "charge > 1\x00",
    "charge > 1\r or acid",
    "charge\x0c> 1",
    "charge > 1; \x1b[2J",
    "# acid",
    "",
    "   ",
    "\n\n",
    # format strings
    "donor == '{0.__class__}' or charge.x > 1",
    "{charge} > 1",
    "charge > `1`",
    "$charge > 1",
    "charge ? 1 : 2",
    # conditions that say nothing
    "true",
    "false or acid",
    "1",
    "1 < 2",
    "'O' == 'O'",
    "missing",
    "charge is missing is missing",
    "charge is not not missing",
    "charge is None",
    "charge == missing",
    "charge is 3",
    "(charge > 1) > 1",
    "(charge > 1) == (length > 2)",
    "not charge",
    "charge + acid > 1",
    "-donor == 'O'",
    "abs > 1",
    "abs() > 1",
    "abs(charge, charge) > 1",
    "min([charge, 1]) > 1",
    "abs(charge > 1)",
    "charge not > 1",
    "charge < not acid",
]


@pytest.fixture
def nothing_runs(monkeypatch):
    """Make it an error to compile, evaluate or import by name anything while a condition is read."""

    def refuse(*arguments, **options):
        raise AssertionError("something was run")

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "eval", refuse)
        patch.setattr(builtins, "exec", refuse)
        patch.setattr(builtins, "compile", refuse)
        patch.setattr(builtins, "open", refuse)
        yield


def _refused(text: str) -> InputError:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(InputError) as caught:
            parse_condition(text, COLUMNS)
    return caught.value


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:40]))
def test_hostile_condition_is_refused_where_it_stands(text, nothing_runs):
    lines = text.split("\n")
    for problem in _refused(text).problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= max(1, len(lines[problem.line - 1]))
        assert problem.what and problem.fix
        assert str(problem).isprintable()
        assert len(str(problem)) < 700
        assert "can't be read as a condition" not in problem.what, "the screening should have found it"


def test_there_are_enough_of_them():
    assert len(set(HOSTILE)) >= 150


PIECES = (
    *COLUMNS,
    *("(", ")", "[", "]", ",", "+", "-", "*", "/", "**", "<", "<=", ">", ">=", "==", "!="),
    *("and", "or", "not", "in", "is", "missing", "true", "false", "abs", "sqrt", "log10", "min", "max"),
    *("'O'", '"S"', "0", "1", "2.5", "1e3", ".5"),
    *("=", ".", ":", ";", "{", "}", "@", "#", "\\", "'", '"', "&", "|", "!", "%", "^", "~", "`", "$", "?"),
    *("lambda", "if", "else", "for", "await", "__class__", "__import__", "f'x'"),
    *("1e999", "1_0", "0x1", "1j", "Å", "сharge"),
    "\n",
    "\t",
    "\x00",
)


def _random_text(chance: random.Random) -> str:
    if chance.random() < 0.2:
        codes = (chance.choice([chance.randrange(32, 127), chance.randrange(0x250)]) for _ in range(40))
        return "".join(map(chr, codes))
    separator = chance.choice(["", " ", " "])
    return separator.join(chance.choice(PIECES) for _ in range(chance.choice([2, 4, 8, 30, 400])))


def test_ten_thousand_random_texts_are_refused_or_harmless(nothing_runs):
    chance = random.Random(10_000)
    for _ in range(10_000):
        text = _random_text(chance)
        try:
            condition = parse_condition(text, COLUMNS)
        except InputError as error:
            for problem in error.problems:
                assert problem.line >= 1 and problem.column >= 1 and problem.fix
            assert "can't be read as a condition" not in str(error), text
        else:
            assert condition.columns <= set(COLUMNS)


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_is_refused_or_harmless(text):
    try:
        parse_condition(text, COLUMNS)
    except InputError as error:
        assert all(str(problem).isprintable() for problem in error.problems)


@given(st.randoms(use_true_random=False))
@settings(deadline=None)
def test_whatever_passes_the_screening_is_syntax_for_python(condition_writer, chance):
    """Conditions that were valid, with a piece of them exchanged, doubled or left out."""
    pieces = condition_writer(chance).write().text.replace("(", " ( ").replace(")", " ) ").split()
    place = chance.randrange(len(pieces))
    pieces[place : place + 1] = chance.choice([[], [pieces[place]] * 2, [chance.choice(PIECES[:38])]])
    try:
        parse_condition(" ".join(pieces), COLUMNS)
    except InputError as error:
        assert "can't be read as a condition" not in str(error)


BOMB = "- &a [x, x]\n" + "".join(
    f"- &{name} [*{before}, *{before}]\n" for before, name in itertools.pairwise("abcdefghij")
)
HOSTILE_YAML = {
    "billion laughs": BOMB.encode(),
    "python object": b"- !!python/object/apply:os.system ['touch ligandkb-was-here']\n",
    "merge key": b"- &base {id: a}\n- <<: *base\n",
    "recursive alias": b"- &a [*a]\n",
    "deep flow": b"[" * 100_000,
    "deep flow mapping": b"{a: " * 50_000,
    "deep blocks": b"- " * 50_000,
    "many keys": b"".join(b"k%d: 1\n" % number for number in range(20_000)),
    "one key many times": b"- {" + b"id: a, " * 50_000 + b"}\n",
    "long line": b"- id: " + b"a" * 900_000,
    "quotes that don't end": b'- id: "' + b"a" * 100_000,
    "too large": b"#" * (1024 * 1024 + 1),
    "null bytes": b"\x00" * 100,
    "not UTF-8": b"- id: caf\xe9\n",
    "UTF-16": "- id: a\n".encode("utf-16"),
    "UTF-32": "- id: a\n".encode("utf-32"),
    "binary": bytes(range(256)),
    "tab": b"- id:\ta\n",
    "two documents": b"- id: a\n---\n- id: b\n",
    "directive": b"%YAML 1.1\n---\n- id: a\n",
    "tag directive": b"%TAG ! tag:example.com,2000:\n---\n- id: a\n",
    "complex key": b"- ? [a, b]\n  : c\n",
    "set": b"- !!set {a, b}\n",
    "timestamp": b"- 2018-11-21\n",
    "direction mark": "- id: a\u202eb\n".encode(),
    "line separator": "- id: a\u2028b\n".encode(),
    "lone carriage return": b"- id: a\rb: c\n",
    "empty": b"",
    "comment only": b"# nothing\n",
    "null": b"~\n",
    "a text": b"hello\n",
    "unclosed flow": b"- {id: a\n",
    "bad indentation": b"- id: a\n   title: b\n  when: c\n",
    "colon in text": b"- title: a: b\n",
}


@pytest.mark.parametrize("name", HOSTILE_YAML)
def test_hostile_file_is_refused_where_it_stands(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "rules.yaml"
    path.write_bytes(HOSTILE_YAML[name])
    problems = check_rulebook([path], columns=COLUMNS.values(), vocabulary=Vocabulary({}, {}, {}))
    assert problems
    for problem in problems:
        assert problem.what and problem.fix
        assert str(problem).isprintable()
        assert len(str(problem)) < 500 + len(str(path)) * 2
    assert list(tmp_path.iterdir()) == [path]


@given(st.binary(max_size=2000))
@settings(deadline=None)
def test_any_bytes_are_refused_or_read(content):
    problems = []
    document = parse_document("x.yaml", content, problems)
    assert (document is None) <= bool(problems)
    assert all(str(problem).isprintable() for problem in problems)


@given(st.text(alphabet="{}[]()!:.+#_0123456789abcdefgharlno%<>=^ ", max_size=60))
@settings(deadline=None)
def test_any_template_is_refused_or_fills_in_plain_values(text):
    template, errors = parse_template(text, COLUMNS)
    places = sum(not isinstance(part, str) for part in template.parts)
    assert errors or template.fill({}).count("missing") == places


@pytest.mark.slow
def test_no_hostile_text_takes_long():
    chance = random.Random(10_000)
    texts = [*HOSTILE, *(_random_text(chance) for _ in range(10_000))]
    for text in texts:
        start = time.process_time()
        with contextlib.suppress(InputError):
            parse_condition(text, COLUMNS)
        assert time.process_time() - start < MOST_CPU_SECONDS, text[:80]
