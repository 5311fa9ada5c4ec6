"""How large is the page of a 1,000-row ranking, and how long does it take to open? ``python benchmarks/page.py``.

Opens the page in a Chromium (``--chromium`` names it) and prints the median of five: load and first paint, as the
browser's own clock has them. Needs the extra ``[test]``.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import ligandkb
from ligandkb.reports.html import html
from ligandkb.reports.ranking_page import ranking_page

ROWS, TIMES = 1000, 5
TIMED = """() => {
  const [load] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return [load.loadEventEnd, paint ? paint.startTime : NaN];
}"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--chromium", default=shutil.which("chromium"), help="path of the browser")
    arguments.add_argument("--data", action="append", type=Path, help="folder with a lab's own tables")
    options = arguments.parse_args()
    ranked = ligandkb.load(options.data).ranked("CsPbBr3", all_partners=True, top=ROWS)
    page = html(ranking_page(ranked))
    print(f"{len(ranked.assessments)} rows: {len(page.encode()) / 1e6:.2f} MB (at most 3)")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "ranking.html"
        file.write_text(page, "utf-8")
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        times = [opened(browser, file) for _ in range(TIMES)]
        browser.close()
    for name, found in zip(("load", "first paint", "both done"), zip(*times, strict=True), strict=True):
        each = ", ".join(f"{one:.0f}" for one in found)
        print(f"{name}: {statistics.median(found):.0f} ms, median of {TIMES} ({each}; at most 1500)")


def opened(browser: Browser, file: Path) -> tuple[float, float, float]:
    """Milliseconds until the page is loaded, until something is painted, and until both are done."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri(), wait_until="load")
    page.wait_for_function('performance.getEntriesByName("first-contentful-paint").length > 0')
    load, paint = page.evaluate(TIMED)
    page.close()
    if said:
        raise SystemExit(f"the page complains: {said}")
    return load, paint, max(load, paint)


if __name__ == "__main__":
    main()
