"""Programs that are one change away from those of the repository are taken as they are meant, or refused."""

from __future__ import annotations

from collections import Counter

import pytest

from .near_miss_outcomes import NOT_RUN, SAME, Original, expected, originals, outcome

ORIGINALS = {each.name: each for each in originals()}


@pytest.mark.parametrize("original", ORIGINALS.values(), ids=ORIGINALS)
def test_no_pass_changes_what_it_computes(original: Original) -> None:
    (miss,) = original.near_misses()
    assert outcome(original, miss) == expected()[original.name], f"{miss.what}:\n{miss.text}"


def test_what_is_known_is_of_these_programs() -> None:
    assert expected().keys() == ORIGINALS.keys()


def test_most_are_compared() -> None:
    outcomes = Counter(expected().values())
    assert outcomes[SAME] > 0.7 * outcomes.total()
    assert outcomes[SAME] > 3 * outcomes[NOT_RUN]
