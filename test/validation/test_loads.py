"""What is fused loads each byte of its arguments once: that is what fusing is for, and no result shows it."""

from __future__ import annotations

import numpy as np
import pytest
from xdsl.dialects import func

from tilewright.dialects.pto import TLoadOp
from tilewright.execution.instructions import Window
from tilewright.execution.walker import walk

from .compiled import compiled
from .odd_programs import TILE_PROGRAMS
from .programs import SPECIAL

_ONCE = (
    "loaded-twice",
    "peeled",
    "two-a-turn",
    "straight",
    "two-loops",
    "init",
    "two-matmuls",
    "crossed",
    "counted",
    "resident",
    "three-slots",
    "five-slots",
    "a-outside",
    "widths",
)


def _most_loads(text: str) -> int:
    """How often the element that is loaded most often is loaded."""
    function = next(op for op in compiled(text, "a2a3").ops if isinstance(op, func.FuncOp))
    loads: dict[tuple[int, int], int] = {}
    for instruction in walk(function, [None] * len(function.args)):
        for window in instruction.reads:
            if isinstance(instruction.op, TLoadOp) and isinstance(window, Window):
                steps = np.add.outer(
                    *(np.arange(n) * step for n, step in zip(window.shape[-2:], window.strides[-2:], strict=True))
                )
                for place in (window.offset + steps).ravel().tolist():
                    loads[window.argument, place] = loads.get((window.argument, place), 0) + 1
    return max(loads.values())


@pytest.mark.parametrize("name", _ONCE)
def test_each_byte_is_loaded_once(name: str) -> None:
    assert _most_loads(SPECIAL[name].text) == 1


def test_loops_that_share_an_operand_load_it_once() -> None:
    assert _most_loads(TILE_PROGRAMS["two-projections"]) == 1
