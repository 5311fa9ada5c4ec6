"""Texts in the layouts of instruments' programs; numbers are made up here.

Horiba's is that of the files of RNA-FRETools/Lifefit (src/lifefit/data), Edinburgh's shorter one that of Kiu4/TCSPC-Fit
(tests/data).
"""

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

HORIBA = "Item name: Decay\n\nReal time: 32.533\nLive time: 0\nTime calibration: 5E-01ns/ch\n\nComment: \n\n\nChan{gap}Data{more}\n"


def channels(*, more: int = 0) -> str:
    return "".join(
        "\t".join([str(at), str(n), *(str(n // 2 + k) for k in range(more))]) + "\n"
        for at, n in enumerate(COUNTS)
    )


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
        HORIBA.format(gap="\t", more="") + channels(),
        HORIBA.format(gap="   ", more="") + channels(),
        HORIBA.format(gap="\t", more="\tFit\tResiduals") + channels(more=2),
        HORIBA.format(gap="\t", more="").replace("5E-01ns", "500 ps") + channels().replace("\n", "\n\n"),
        "Labels Sample_1us \n" + table(" "),
        "Labels Sample_1us \n"
        + "".join(f"{t} {n:.3E} \n".replace("E+0", "E+") for t, n in zip(TIME, 1.0 * COUNTS, strict=True)),
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


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Time[ns]\tSample A\tSample B\n{}", "sample b"),
        ("Time[ns]\tSample A\tSample B\n{}", "B"),
        ("Time[ns]\tSample A\tSample B\n{}", "3"),
        ("{}", "3"),
        (PICOHARP.replace("\n0.5000\n", "\n0.5000\t0.5000\n") + "{}", "2"),
    ],
)
def test_one_of_several_columns_is_named(tmp_path: Path, text: str, column: str) -> None:
    path = tmp_path / "decay.txt"
    rows = "".join(f"{n}\t{n // 2}\n" for n in COUNTS) if text.startswith("#") else table("\t", more=1)
    path.write_text(text.format(rows), encoding="utf-8")
    assert read_decay(path, [], column=column).counts == pytest.approx(COUNTS // 2)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "decay.txt"
    path.write_text("Time[ns]\tSample A\tSample B\n" + table("\t", more=1), encoding="utf-8")
    with pytest.raises(InputError, match="no column 'Sample': take one of 1 'Time\\[ns\\]', 2 'Sample A'"):
        read_decay(path, [], column="Sample")


def test_a_response_is_its_own_file_or_a_column_of_the_decay(tmp_path: Path) -> None:
    both, alone = tmp_path / "both.txt", tmp_path / "irf.txt"
    both.write_text("Time[ns]\tDecay\tIRF\n" + table("\t", more=1), encoding="utf-8")
    alone.write_text("Time[ns]\tIRF\n" + table("\t"), encoding="utf-8")
    assert read_decay(both, [], wanted="response").counts == pytest.approx(COUNTS // 2)
    assert read_decay(alone, [], wanted="response").counts == pytest.approx(COUNTS)
    horiba = tmp_path / "prompt.txt"
    horiba.write_text(HORIBA.format(gap="\t", more="") + channels(), encoding="utf-8")
    assert read_decay(horiba, [], wanted="response").counts == pytest.approx(COUNTS)
