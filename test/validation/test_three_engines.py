"""Generated programs: the value, the physical and the native engine agree, with numpy where it has a say.

The programs are always the same; `python -m benchmarks.three_engines` runs any number of others.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .oracles import needs_compiler
from .three_engines import check, generated

pytestmark = needs_compiler


@pytest.fixture(autouse=True, scope="module")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILEWRIGHT_CACHE", str(tmp_path_factory.mktemp("compiled")))
        yield


@pytest.mark.parametrize("family, count, engines", [("tile", 18, 3), ("cube", 12, 2), ("vector", 30, 2)])
def test_generated_programs(family: str, count: int, engines: int) -> None:
    outcomes = check(generated(family, count, 7))
    assert not [(outcome.reason, outcome.program.text) for outcome in outcomes if outcome.state != "agree"]
    assert len(outcomes) == count
    assert all(outcome.engines == engines for outcome in outcomes)
    # Numpy has a say on most outputs, not on few.
    assert sum(outcome.told for outcome in outcomes) > 0.8 * sum(len(outcome.program.outputs) for outcome in outcomes)
