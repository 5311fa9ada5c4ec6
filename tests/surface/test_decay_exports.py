"""Texts in the layouts of instruments' programs; numbers are made up here."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ligandkb.problems import InputError
from ligandkb.surface.measurements import DecayHistogram, read_decay

TIME = np.round(np.arange(0.0, 60.0, 0.5), 3)
COUNTS = np.where(TIME < 5, 3, np.round(5000 * np.exp(-(TIME - 5) / 5)) + 3).astype(int)
PICOHARP = (
    "#PicoHarp 300  Histogram Data    27.11.2026 10:00:00\n#channels per curve\n120\n#display curve no.\n0\n"
    "#memory block no.\n0\n#ns/channel\n0.5000\n#counts\n"
)
FLUORACLE = "Labels,Sample 1{more}\nType,Time Scan\nComment,made up\nXAxis,Time(ns)\nYAxis,Counts\nScan Period,100\n\n"


def table(separator: str, *, decimal: str = ".", end: str = "", scale: float = 1.0, more: int = 0) -> str:
    rows = (
        [f"{t * scale:g}".replace(".", decimal), str(n), *(str(n // 2 + k) for k in range(more))]
        for t, n in zip(TIME, COUNTS, strict=True)
    )
    return "".join(separator.join(row) + end + "\n" for row in rows)


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], DecayHistogram]:
    def read(text: str) -> DecayHistogram:
        path = tmp_path / "decay.txt"
        path.write_text(text, encoding="utf-8")
        return read_decay(path, [])

    return read


@pytest.mark.parametrize(
    "text",
    [
        "#time counts\n" + table(" "),
        "#time counts\n" + table("   "),
        "# T (ns)\tdecay\n" + table("\t"),
        "Time [ns]\tDecay [Cnts]\n" + table("\t", end="\t"),
        "Time[ns];Counts\n" + table(";", decimal=","),
        "Zeit [ns]\tIntensity\n" + table("\t", decimal=","),
        "time (ps), counts\n" + table(", ", scale=1000.0),
        "Time (us)\tCounts\n" + table("\t", scale=0.001),
        "% exported by hand\n% Time/ns Counts\n" + table(" "),
        "delay_ns\tcounts\tIRF\n" + table("\t", more=1),
        "Time[ns]\tIRF\tDecay\n"
        + "".join(f"{t}\t{n // 3}\t{n}\n" for t, n in zip(TIME, COUNTS, strict=True)),
        "Time\tCounts\tFit\tResiduals\nns\tcnts\tcnts\t\n" + table("\t", more=2),
        PICOHARP + "".join(f"{n}\n" for n in COUNTS),
        PICOHARP.replace("\n0.5000\n", "\n0.5000\t\n") + "".join(f"{n}\t\n" for n in COUNTS),
        FLUORACLE.format(more="") + table(",", end=","),
        FLUORACLE.format(more="") + "".join(f"{t},{n:.8E},\n" for t, n in zip(TIME, COUNTS, strict=True)),
        FLUORACLE.format(more=",IRF") + table(",", more=1),
        table("\t"),
        "\n\n# a comment below\n" + table(" ") + "# end of file\n",
    ],
)
def test_an_instrument_s_text_is_read(read: Callable[[str], DecayHistogram], text: str) -> None:
    decay = read(text)
    assert decay.counts == pytest.approx(COUNTS)
    assert decay.time_ns == pytest.approx(TIME)
    assert decay.notes


def test_what_was_read_and_what_not_is_said(read: Callable[[str], DecayHistogram]) -> None:
    decay = read("Time[ns]\tDecay\tIRF\n" + table("\t", more=1))
    assert decay.notes == ("Read: times from 'Time[ns]', counts from 'Decay'.", "Not read: 'IRF'.")
    assert "taken as ns" in read("#time counts\n" + table(" ")).notes[-1]
    assert "the first was read as times" in read(table(" ")).notes[0]
    assert "0.5 ns a bin" in read(PICOHARP + "".join(f"{n}\n" for n in COUNTS)).notes[0]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("Time[ns]\tSample A\tSample B\n" + table("\t", more=1), "1:1", "delete all of them but one"),
        (table("\t", more=1), "1:1", "delete all but the times and the counts"),
        (FLUORACLE.format(more=",Sample 2") + table(",", more=1), "7:1", "delete all of them but one"),
        (PICOHARP + "".join(f"{n}\t{n}\n" for n in COUNTS), "11:1", "delete all columns of counts but one"),
        (PICOHARP.replace("0.5000", "?") + "7\n8\n", "9:1", "write it in ns below #ns/channel"),
        (PICOHARP + "7\n8\noverflow\n9\n", "13:1", "delete this line"),
        ("Time,Counts\n" + table(",") + "Sum,81234\n", "122:1", "delete this line"),
        ("Time,Counts\n0,1\n0.5,2\nlost,3\n1.5,4\n", "4:1", "'lost,3' is no row of 2 numbers"),
        ("Time\tIRF\n" + table("\t"), "1:1", "holds counts"),
        ("wavelength,power\n" + table(","), "1:1", "holds times"),
        ("Time\tDecay\tIRF\n" + table("\t", more=1) + "60\t\t9\n", "122:4", "no number"),
        ("nothing here\n", "1:1", "no two columns of numbers"),
        ("Time,Counts\n" + table(",").replace(",3\n", ",3.5\n"), "2:3", "3.5 is the first of"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_line(
    read: Callable[[str], DecayHistogram], text: str, place: str, words: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    first = str(caught.value.problems[0])
    assert f"decay.txt:{place}: " in first
    assert words in first
