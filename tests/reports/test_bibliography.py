"""Is every source cited, as what is known of it, in BibTeX that nothing can break?"""

from __future__ import annotations

import re

import pytest

from ligandkb.assessment.records import outcome_record
from ligandkb.evidence.references import Reference, read_references, reference_in, shipped_references
from ligandkb.reports.bibliography import to_bibtex

META = {"version": "0", "content": "abc"}
HEAD = "doi,url,authors,title,journal,year,volume,pages,publisher,read_at\n"
HOSTILE = '}\n@article{x, title={y}}\n% \\input{/etc/passwd} $a_b$ #1 & "x" \x1b[31m \u202e {{{'


def entries(bibtex: str) -> dict[str, dict[str, str]]:
    """Read BibTeX as it is read: by counting braces, escaped or not. Gives fields by key."""
    found: dict[str, dict[str, str]] = {}
    position = 0
    while (begin := bibtex.find("@", position)) >= 0:
        kind, opening = re.compile(r"@(\w+)(\{)").match(bibtex, begin).groups()
        assert opening == "{"
        depth, end = 0, begin
        for end in range(begin, len(bibtex)):
            depth += {"{": 1, "}": -1}.get(bibtex[end], 0)
            if depth == 0 and end > begin + len(kind) + 1:
                break
        assert depth == 0, "braces are not balanced"
        body = bibtex[begin + len(kind) + 2 : end]
        key, _, rest = body.partition(",")
        assert key not in found, f"{key} comes twice"
        assert re.fullmatch(r"\w+", key)
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", rest, re.M))
        assert rest.strip().count("\n") + 1 == len(fields), rest
        found[key] = {"kind": kind, **fields}
        position = end + 1
    return found


def explained(rules=(), evidence=()):
    return {
        "rules": [{"state": "fired", "sources": sources} for sources in rules],
        "evidence": list(evidence),
    }


@pytest.fixture(scope="module")
def every_source(kb):
    rules = [
        [{"doi": one.doi or None, "url": one.url, "locator": one.locator} for one in rule.citations]
        for rule in kb.rulebook.rules
    ]
    return explained(rules, [outcome_record(outcome, "this pair") for outcome in kb.outcomes])


@pytest.fixture(scope="module")
def everything(every_source):
    return entries(to_bibtex([every_source], META, shipped_references()))


def test_every_doi_of_rules_and_outcomes_gets_an_entry(kb, everything):
    cited = {one.doi.lower() for rule in kb.rulebook.rules for one in rule.citations if one.doi}
    cited |= {outcome.doi.lower() for outcome in kb.outcomes if outcome.doi}
    assert cited == {entry["doi"].lower() for entry in everything.values() if "doi" in entry}
    assert len(cited) > 90


def test_every_address_of_an_outcome_gets_an_entry(kb, everything):
    addresses = {entry["url"] for entry in everything.values()}
    for outcome in kb.outcomes:
        if not outcome.doi:
            assert any(address in outcome.locator for address in addresses), outcome.id


def test_what_stands_in_a_journal_is_an_article_with_what_is_known(everything):
    nenon = everything["nenon2018design"]
    assert nenon["kind"] == "article"
    assert nenon["author"].startswith("Nenon, David P. and Pressler, Kimo and ")
    assert nenon["title"].startswith("{Design Principles for Trap-Free CsPbX3 Nanocrystals")
    assert (nenon["year"], nenon["volume"]) == ("2018", "140")
    (book,) = [entry for entry in everything.values() if entry.get("doi") == "10.17226/12654"]
    assert (book["kind"], book["author"]) == ("misc", "{National Research Council}")
    assert all("journal" in entry for entry in everything.values() if entry["kind"] == "article")
    assert sum(entry["kind"] == "article" for entry in everything.values()) >= 30
    assert sum("title" in entry for entry in everything.values()) >= 50


def test_a_locator_that_prints_title_and_journal_is_an_article(everything):
    (vickers,) = [entry for entry in everything.values() if "E. T. Vickers" in entry.get("author", "")]
    assert vickers["kind"] == "article"
    assert vickers["author"] == "E. T. Vickers and others"
    assert (vickers["journal"], vickers["year"], vickers["volume"], vickers["pages"]) == (
        *("ACS Energy Lett.", "2018", "3", "2931--2939"),
    )


def test_a_work_is_cited_by_what_one_remembers_of_it_and_by_no_address(everything):
    for key, entry in everything.items():
        assert ("http" in key) <= ("author" not in entry and "title" not in entry and "doi" not in entry), key
        if "author" in entry:
            assert re.fullmatch(r"[a-z]+(\d{4})?[a-z0-9]*(_\d+)?", key), key
        elif "doi" in entry:
            assert key.startswith("10_")
    assert {"shamsi2018colloidal", "vickers2018improving", "balakrishnanligand"} <= everything.keys()
    assert "modulation_ligand_conjugation_2020" in everything


def test_a_note_says_the_place_alone_where_title_and_authors_have_fields(everything):
    assert everything["shamsi2018colloidal"]["note"] == "text; no DOI printed there"
    assert everything["vickers2018improving"]["note"] == "Abstract; no DOI printed there"
    for entry in everything.values():
        note = entry.get("note", "")
        assert ",," not in note
        assert "title" not in entry or entry["title"].strip("{}") not in note
        assert "title" not in entry or entry["url"] not in note.replace("\\", "")


def test_names_with_accents_and_names_in_no_latin_letters_have_keys():
    def key(authors, doi="10.1000/x"):
        references = {doi: Reference(authors, "The Würzburg Effect", year=2020)}
        source = {"doi": doi, "url": None, "locator": "p. 1"}
        (found,) = entries(to_bibtex([explained([[source]])], META, references))
        return found

    assert key("Müller, Jörg and Smith, A.") == "muller2020wurzburg"
    assert key("J. de Müller and others") == "muller2020wurzburg"
    assert key("National Research Council") == "nationalresearchcouncil2020wurzburg"
    assert key("王, 芳") == "10_1000_x"


def test_titles_that_locators_print_are_whole(kb):
    for outcome in kb.outcomes:
        title = reference_in(outcome.locator).title
        assert not title or f'"{title}"' in outcome.locator
        assert ('"' in outcome.locator) == bool(title)


@pytest.mark.parametrize("where", ["10.1000/x", "10.1000/{x}}", "https://example.org/{a}%20b", None])
def test_hostile_text_stays_inside_its_entry(where):
    doi = where if where and where.startswith("10.") else None
    source = {"doi": doi, "url": None if doi else where, "locator": f'"{HOSTILE}" https://example.org/x'}
    found = entries(to_bibtex([explained([[source]])], META, {}))
    assert len(found) == 1
    (entry,) = found.values()
    assert entry["kind"] == "misc"
    assert not {"\x1b", "\u202e", "\n"} & set("".join(entry.values()))
    assert "\\input" not in "".join(entry.values())


def test_hostile_references_and_overlays_stay_inert(tmp_path):
    path = tmp_path / "references.csv"
    cell = '"' + HOSTILE.replace("\n", " ").replace('"', '""') + '"'
    path.write_text(f"{HEAD}10.1000/x,,{cell},{cell},{cell},2018,{cell},{cell},{cell},{cell}\n")
    references = read_references(path, [])
    source = {"doi": "10.1000/X", "url": None, "locator": "p. 1"}
    text = to_bibtex([explained([[source]])], META | {"overlays": ["@article{x,"]}, references)
    assert len(entries(text)) == 1
    assert "@" not in text.splitlines()[0]


def test_two_addresses_that_look_alike_have_keys_of_their_own():
    sources = [{"doi": None, "url": f"https://example.org/a{mark}b", "locator": "p"} for mark in "-_.~"]
    assert len(entries(to_bibtex([explained([sources])], META, {}))) == 4


def test_each_reference_is_read_somewhere_and_cited(kb, every_source):
    cited = {one["doi"].lower() for rule in every_source["rules"] for one in rule["sources"] if one["doi"]}
    cited |= {one["doi"].lower() for one in every_source["evidence"] if one["doi"]}
    references = shipped_references()
    assert set(references) <= cited
    assert all(reference.read_at and reference.title + reference.journal for reference in references.values())


def test_a_reference_that_names_no_work_or_comes_twice_is_refused(tmp_path):
    path = tmp_path / "references.csv"
    path.write_text(
        f"{HEAD},,,t,,,,,,p\n10.1000/x,,,t,,,,,,p\n10.1000/X,,,t,,,,,,p\n10.1000/y,,,t,,31,,,,\n", "utf-8"
    )
    problems = []
    assert set(read_references(path, problems)) == {"10.1000/x"}
    assert [problem.line for problem in problems] == [2, 4, 5, 5]
