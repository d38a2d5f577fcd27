"""How each op is converted, collected from a file for each family."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.ir import Operation

from tilewright.passes.tile_to_pto import (
    blocks,
    control,
    cube,
    elementwise,
    generation,
    memory,
    rearranging,
    reductions,
    shaping,
)
from tilewright.passes.tile_to_pto.converter import Handler

HANDLERS: Mapping[type[Operation], Handler] = {
    **blocks.HANDLERS,
    **control.HANDLERS,
    **cube.HANDLERS,
    **elementwise.HANDLERS,
    **generation.HANDLERS,
    **memory.HANDLERS,
    **rearranging.HANDLERS,
    **reductions.HANDLERS,
    **shaping.HANDLERS,
}
