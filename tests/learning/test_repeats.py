"""Is somebody told where repeats of one pair disagree?"""

from __future__ import annotations

from laboratory import observations

from ligandkb.learning.repeats import unlike_repeats


def test_the_furthest_two_of_a_pair_are_named():
    seen = observations([[1, 0]] * 5, [0.88, 0.1, -0.83, 0.2, 0.3], pair=[0, 0, 0, 1, 1])
    (found,) = unlike_repeats(seen)
    assert (found.low, found.high) == ("o2", "o0")
    assert "o2 lost 83 % of the brightness, o0 closed 88 % of the headroom. " in str(found)


def test_what_lies_within_three_errors_is_no_news():
    assert not unlike_repeats(observations([[1, 0]] * 2, [0.5, 0.8], error=0.08, pair=[0, 0]))
    assert unlike_repeats(observations([[1, 0]] * 2, [0.5, 0.9], error=0.08, pair=[0, 0]))


def test_words_and_published_rows_differ_without_a_word():
    words = observations([[1, 0]] * 2, None, improved=[1, 0], pair=[0, 0])
    published = observations([[1, 0]] * 2, [0.9, -0.9], pair=[0, 0], is_literature=[True, True])
    assert not unlike_repeats(words) and not unlike_repeats(published)
