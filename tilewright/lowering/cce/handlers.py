"""How every operation is written that C++ has a form for, collected from the files of its families."""

from __future__ import annotations

from tilewright.lowering.cce import (
    arithmetic,
    blocks,
    branches,
    buffers,
    communication,
    core_pipes,
    core_signals,
    cube,
    events,
    float_arithmetic,
    functions,
    loops,
    memrefs,
    movement,
    pointers,
    system,
    vector_elementwise,
    vector_rearrangement,
    vector_reductions,
    vector_sums,
    views,
    wide_arithmetic,
)
from tilewright.lowering.cce.scope import Handlers

HANDLERS: Handlers = {
    **arithmetic.HANDLERS,
    **blocks.HANDLERS,
    **branches.HANDLERS,
    **buffers.HANDLERS,
    **communication.HANDLERS,
    **core_pipes.HANDLERS,
    **core_signals.HANDLERS,
    **cube.HANDLERS,
    **events.HANDLERS,
    **float_arithmetic.HANDLERS,
    **functions.HANDLERS,
    **loops.HANDLERS,
    **memrefs.HANDLERS,
    **movement.HANDLERS,
    **pointers.HANDLERS,
    **system.HANDLERS,
    **vector_elementwise.HANDLERS,
    **vector_rearrangement.HANDLERS,
    **vector_reductions.HANDLERS,
    **vector_sums.HANDLERS,
    **views.HANDLERS,
    **wide_arithmetic.HANDLERS,
}
