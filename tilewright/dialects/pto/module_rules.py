"""What ptoas demands of a module as a whole, beyond what it demands of each op."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects import func, memref
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import Diagnostic, location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.pto.core_pipes import InitializePipeOp, ReserveBufferOp
from tilewright.dialects.pto.storage import AllocTileOp
from tilewright.dialects.pto.tile_aliases import TAssignOp

ENTRY_ATTRIBUTES = ("pto.entry", "hacc.entry")
"""The attributes of a function that is launched."""


def module_problems(module: ModuleOp) -> Iterator[Diagnostic]:
    """Why ptoas refuses a module whose ops all verify: entries, recursion, addresses for some buffers, pipes."""
    definitions = definitions_of(module)
    yield from _check_results(definitions)
    yield from _check_recursion(definitions)
    yield from _check_addresses(module)
    yield from _check_slots(module)


def definitions_of(module: ModuleOp) -> list[func.FuncOp]:
    """The functions that have a body."""
    return [op for op in module.walk() if isinstance(op, func.FuncOp) and not op.is_declaration]


def _check_results(definitions: Sequence[func.FuncOp]) -> Iterator[Diagnostic]:
    """An entry is launched: nobody takes a result. A function alone in its module is an entry."""
    for function in definitions:
        entry = len(definitions) == 1 or any(name in function.attributes for name in ENTRY_ATTRIBUTES)
        if entry and function.function_type.outputs.data:
            yield Diagnostic(
                "TW0510",
                f"@{function.sym_name.data} is an entry, and an entry returns nothing",
                location_of(function),
                help=("store the result to global memory",),
            )


def _check_recursion(definitions: Sequence[func.FuncOp]) -> Iterator[Diagnostic]:
    """The cores have no call stack."""
    calls = {
        function.sym_name.data: {op.callee.root_reference.data for op in function.walk() if isinstance(op, func.CallOp)}
        for function in definitions
    }
    for function in definitions:
        name = function.sym_name.data
        reached, pending = set[str](), list(calls[name])
        while pending:
            callee = pending.pop()
            if callee not in reached:
                reached.add(callee)
                pending += calls.get(callee, ())
        if name in reached:
            yield Diagnostic("TW0511", f"@{name} calls itself, directly or through others", location_of(function))


def _check_addresses(module: ModuleOp) -> Iterator[Diagnostic]:
    """Either ptoas plans all buffers (level 2), or it plans none (level 3)."""
    placed = next((op for op in module.walk() if _is_placed(op)), None)
    planned = next((op for op in module.walk() if _needs_plan(op)), None)
    if placed is None or planned is None:
        return
    name, where = value_name(placed.results[0]), location_of(placed)
    yield Diagnostic(
        "TW0332",
        f"{value_name(planned.results[0])} has no address, but {name} has one",
        location_of(planned),
        notes=(f"{name} is made at {where}",) if where else (),
        help=("give every buffer an address, or none: the pass 'plan-memory' does the former",),
    )


def _check_slots(module: ModuleOp) -> Iterator[Diagnostic]:
    """On this chip the tiles of a pipe go through global memory; ptoas asks for it when it lowers the pipe."""
    for op in module.walk():
        if isinstance(op, InitializePipeOp) and op.lacks_slots:
            yield Diagnostic(
                "TW0141",
                f"on a2a3, {op.name} needs gm_slot_buffer: tiles go through global memory",
                location_of(op),
            )


def _is_placed(op: Operation) -> bool:
    """Whether the op says where in its memory something lies, which ptoas reads at level 3 only."""
    match op:
        case AllocTileOp():
            return op.addr is not None
        case ReserveBufferOp():
            return "base" in op.properties
        case _:
            return isinstance(op, TAssignOp)


def _needs_plan(op: Operation) -> bool:
    """Whether the op leaves it to ptoas where its buffer lies, which happens at level 2 only."""
    match op:
        case AllocTileOp():
            return op.addr is None
        case ReserveBufferOp():
            return op.start is None
        case _:
            return isinstance(op, memref.AllocOp) and op.memref.first_use is not None
