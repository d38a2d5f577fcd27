"""Programs take as many flags, event ids and barriers as before."""

from __future__ import annotations

import pytest

from .sync_counts import counts, expected, programs

PROGRAMS = list(programs())


@pytest.mark.parametrize("name, text, pipeline", PROGRAMS, ids=[name for name, _, _ in PROGRAMS])
def test_what_orders_a_program(name: str, text: str, pipeline: str) -> None:
    assert counts(text, pipeline) == expected()[name]


def test_each_that_is_known_is_still_there() -> None:
    assert expected().keys() == {name for name, _, _ in PROGRAMS}
