from __future__ import annotations

from pathlib import Path

import pytest

from ligandkb.problems import InputError, UsageError
from ligandkb.storage.outcome_location import locate
from ligandkb.storage.recorded import recorded_outcomes


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("my-lab/o.sqlite", "my-lab/o.sqlite"),
        ("sqlite:///my-lab/o.sqlite", "my-lab/o.sqlite"),
        ("sqlite:////srv/o.sqlite", "/srv/o.sqlite"),
        ("sqlite+pysqlite:////srv/o.sqlite", "/srv/o.sqlite"),
        ("with space & % # ?.sqlite", "with space & % # ?.sqlite"),
    ],
)
def test_a_file_is_named_by_path_or_url(text, path):
    assert locate(text).path == Path(path)


@pytest.mark.parametrize(
    "text",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:o.sqlite?mode=memory&uri=true",
        "sqlite:///o.sqlite?x=1",
        "sqlite+aiosqlite:///o.sqlite",
        "a\0b",
    ],
)
def test_what_would_not_last_is_refused(text):
    with pytest.raises(UsageError):
        locate(text)


def test_option_over_environment_over_default(monkeypatch, tmp_path):
    monkeypatch.setenv("LIGANDKB_DB", "from-environment.sqlite")
    assert locate("from-option.sqlite").path == Path("from-option.sqlite")
    assert locate().path == Path("from-environment.sqlite")
    monkeypatch.delenv("LIGANDKB_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    default = locate()
    assert default.is_default
    assert default.path is not None
    assert default.path.name == "outcomes.sqlite"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:s3cret@db/lab",
        "postgresql+psycopg://ada:s3cret%40x@db:5432/lab",
        "mysql://db/lab?user=ada&password=s3cret",
    ],
)
def test_a_password_is_never_shown(url):
    assert "s3cret" not in str(locate(url))


@pytest.mark.parametrize("slip", ["sqlite+pysqlcipher://:s3cret@/o.sqlite", "Postgresql:ada:s3cret@db/lab"])
def test_what_is_refused_shows_no_password_either(slip):
    with pytest.raises(UsageError) as refused:
        locate(slip)
    assert "s3cret" not in str(refused.value)


def test_a_missing_file_reads_as_empty_and_stays_missing(tmp_path):
    path = tmp_path / "deep" / "o.sqlite"
    assert recorded_outcomes(str(path)) == ()
    assert list(tmp_path.iterdir()) == []
    assert recorded_outcomes("none") == ()


def test_a_home_folder_of_nobody_is_refused_with_its_fix():
    with pytest.raises(UsageError, match=r"^~nobody-of-that-name has no home folder: write the whole path"):
        locate("~nobody-of-that-name/o.sqlite")


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(InputError, match="not an ordinary file"):
        recorded_outcomes(str(tmp_path))


def test_a_name_that_no_disk_takes_is_an_error_with_its_fix(tmp_path):
    with pytest.raises(InputError, match=r"can't be looked at: .*name another file with --db"):
        recorded_outcomes(str(tmp_path / ("o" * 300)))
