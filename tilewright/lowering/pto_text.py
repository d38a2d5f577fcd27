"""Write a `pto` module as text that ptoas 0.27 accepts.

With an address on every buffer it is for `--pto-level=level3`, with none for level 2, where ptoas
plans the memory itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from xdsl.context import Context
from xdsl.dialects import arith, cf, func, scf
from xdsl.dialects.builtin import ModuleOp, StringAttr
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail, location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import (
    AllocMultiTileOp,
    AllocTileOp,
    MultiTileGetOp,
    Pto,
    TileBufType,
)
from tilewright.lowering.mlir_text import print_module
from tilewright.lowering.refusals import refuse, refuse_carried

ARCH_ATTRIBUTE = "pto.target_arch"
"""The attribute of a module that tells ptoas the chip."""

_ARCH = "a3"

_UNKNOWN = (
    AllocMultiTileOp,
    MultiTileGetOp,
    scf.ParallelOp,
    scf.ReduceOp,
    scf.ReduceReturnOp,
)
"""What the dialects have, but not ptoas."""

_KNOWN: frozenset[type[Operation]] = frozenset(
    (
        ModuleOp,
        *func.Func.operations,
        *arith.Arith.operations,
        *scf.Scf.operations,
        *Pto.operations,
        cf.BranchOp,
        cf.ConditionalBranchOp,
    )
).difference(_UNKNOWN)


def emit(_ctx: Context, module: ModuleOp, output: TextIO) -> None:
    """Write the module; one that names no chip is written for this one, and stays as it is.

    Raises:
        DiagnosticError: TW0330, TW0331 or TW0333 for what ptoas does not accept; then nothing is
            written.
    """
    for op in module.walk():
        if type(op) not in _KNOWN:
            refuse(op, "ptoas 0.27")
        if isinstance(op, scf.ForOp):
            _check_carried(op)
    _check_addresses(op for op in module.walk() if isinstance(op, AllocTileOp))
    if ARCH_ATTRIBUTE not in module.attributes:
        module = module.clone()
        module.attributes[ARCH_ATTRIBUTE] = StringAttr(_ARCH)
    print_module(module, output)


def _check_carried(loop: scf.ForOp) -> None:
    for argument in loop.body.block.args:
        if isinstance(argument.type, TileBufType):
            refuse_carried(loop, argument)


def _check_addresses(buffers: Iterable[AllocTileOp]) -> None:
    """Either ptoas plans all buffers, or it plans none."""
    first: AllocTileOp | None = None
    for buffer in buffers:
        first = first or buffer
        if (first.addr is None) == (buffer.addr is None):
            continue
        with_, without = (buffer, first) if first.addr is None else (first, buffer)
        place = location_of(with_)
        fail(
            "TW0332",
            f"{value_name(without.result)} has no address, but {value_name(with_.result)} has one",
            without,
            notes=(f"{value_name(with_.result)} is made at {place}",) if place else (),
            help=("give every buffer an address, or none: the pass 'plan-memory' does the former",),
        )
