"""What the architecture file says about the runtime."""

from __future__ import annotations

from tilewright.arch.chip import load_chip
from tilewright.arch.runtime import load_runtime

RUNTIME = load_runtime()


def test_every_number_has_an_origin_and_lies_in_its_range() -> None:
    for name, fact in RUNTIME.facts.items():
        assert fact.low <= fact.value <= fact.high, name
        assert fact.source, name
        assert fact.certainty in ("published", "derived", "measured", "assumed"), name
    assert len(RUNTIME.facts) == 12


def test_rates_are_per_microsecond() -> None:
    assert RUNTIME.hbm == RUNTIME.facts["gb_per_s.hbm"].value * 1e3 == 1e6
    assert RUNTIME.submit_us == 0.874
    assert (RUNTIME.schedulers, RUNTIME.tasks_per_core, RUNTIME.counter_mhz) == (3, 2, 50)


def test_all_cube_cores_together_are_l2() -> None:
    assert abs(load_chip().cube_cores * RUNTIME.cube - RUNTIME.l2) < 0.01 * RUNTIME.l2
