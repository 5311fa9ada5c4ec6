import pytest

from ligandkb.problems import UsageError
from ligandkb.tables import Share, read_share


@pytest.mark.parametrize(
    ("text", "value", "sigma"),
    [
        ("62%", 0.62, 0.0),
        ("62 %", 0.62, 0.0),
        ("62", 0.62, 0.0),
        ("0.62", 0.62, 0.0),
        (".62", 0.62, 0.0),
        ("62,5 %", 0.625, 0.0),
        ("62±3 %", 0.62, 0.03),
        ("62 % ± 3 %", 0.62, 0.03),
        ("62%±3", 0.62, 0.03),
        ("62 +/- 3", 0.62, 0.03),
        ("62+-0.5", 0.62, 0.005),
        ("0.62±0.03", 0.62, 0.03),
        ("0.62 %", 0.0062, 0.0),
        ("1 %", 0.01, 0.0),
        ("1 ± 0.2 %", 0.01, 0.002),
        ("100", 1.0, 0.0),
        ("100±2", 1.0, 0.02),
        ("1.6", 0.016, 0.0),
        ("0", 0.0, 0.0),
        ("0±2", 0.0, 0.02),
        ("0±0.02", 0.0, 0.02),
        ("9.9e1", 0.99, 0.0),
    ],
)
def test_percent_and_fraction_are_both_read(text: str, value: float, sigma: float) -> None:
    share = read_share(text)
    assert share.value == pytest.approx(value)
    assert share.sigma == pytest.approx(sigma)
    assert read_share(str(share)).value == pytest.approx(value)  # what is echoed can be typed


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("1", "write 1 % or 100 %"),
        ("1.0±0.02", "write 1.0 % or 100 %"),
        ("1.2", "write 1.2 % if that is meant"),
        ("0.62±3", "write 62 ± 3 %"),
        ("0.62±3 %", "write 62 ± 3 %"),
        ("62±0.03", "write 62 ± 3 % or 62 ± 0.03 %"),
        ("620", "between 0 and 100 %"),
        ("101 %", "between 0 and 100 %"),
        ("-5", "between 0 and 100 %"),
        ("62±70", "is known to 70 % only"),
        ("nan", "write it like 62±3 %"),
        ("62±nan", "write it like 62±3 %"),
        ("", "write it like 62±3 %"),
        ("1/2", "write it like 62±3 %"),
        ("62±3±1", "write it like 62±3 %"),
    ],
)
def test_what_has_two_meanings_or_none_is_refused(text: str, fix: str) -> None:
    with pytest.raises(UsageError, match=fix):
        read_share(text)


def test_where_a_hundredth_cannot_be_meant_one_is_the_whole() -> None:
    assert read_share("1", least=0.05) == Share(1.0)
    assert read_share("1 %", least=0.05).value == 0.01  # said so; whoever asked refuses it
