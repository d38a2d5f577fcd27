"""Write a `pto` module as text that one version of ptoas accepts.

With an address on every buffer it is for `--pto-level=level3`, with none for level 2, where ptoas
plans the memory itself.
"""

from __future__ import annotations

from typing import TextIO

from xdsl.context import Context
from xdsl.dialects import cf, func, memref, scf
from xdsl.dialects.builtin import ModuleOp, StringAttr, UnrealizedConversionCastOp
from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail_all
from tilewright.dialects.pto import (
    AllocMultiTileOp,
    MultiTileGetOp,
    Pto,
    TileBufType,
)
from tilewright.dialects.pto.module_rules import module_problems
from tilewright.dialects.upstream import ARITH, SCF, CastOp, ReinterpretCastOp, changes_sign
from tilewright.lowering.kernels import kernels_of
from tilewright.lowering.mlir_text import print_module
from tilewright.lowering.pto_versions import DEFAULT_PTO_VERSION, check_spellings, respell, version_named
from tilewright.lowering.refusals import refuse, refuse_carried

ARCH_ATTRIBUTE = "pto.target_arch"
"""The attribute of a module that tells ptoas the chip."""

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
        *ARITH.operations,
        *SCF.operations,
        *Pto.operations,
        cf.BranchOp,
        cf.ConditionalBranchOp,
        cf.SwitchOp,
        memref.AllocOp,
        memref.AllocaOp,
        memref.DimOp,
        memref.SubviewOp,
        CastOp,
        ReinterpretCastOp,
    )
).difference(_UNKNOWN)


def emit(_ctx: Context, module: ModuleOp, output: TextIO, version: str = DEFAULT_PTO_VERSION) -> None:
    """Write the kernels of a module; one that names no chip is written for this one, and stays as it is.

    Args:
        version: of ptoas, which decides how some operations are spelled.

    Raises:
        DiagnosticError: TW0012 for an unknown version, TW0013 for what it cannot say, TW0330 or TW0331 for an op that
            ptoas does not accept, TW0332, TW0510 or TW0511 for a module that it does not accept; then nothing is
            written.
    """
    spelling = version_named(version)
    module = kernels_of(module)
    for op in module.walk():
        if type(op) not in _KNOWN and type(op) not in spelling.extra and not _is_known_cast(op):
            refuse(op, f"ptoas {version}")
        if isinstance(op, scf.ForOp):
            _check_carried(op)
    fail_all(module_problems(module))
    check_spellings(module, spelling)
    if ARCH_ATTRIBUTE not in module.attributes or spelling.spellings:
        module = module.clone()
        module.attributes.setdefault(ARCH_ATTRIBUTE, StringAttr(spelling.arch))
        respell(module, spelling)
    print_module(module, output)


def _is_known_cast(op: Operation) -> bool:
    return isinstance(op, UnrealizedConversionCastOp) and changes_sign(op)


def _check_carried(loop: scf.ForOp) -> None:
    for argument in loop.body.block.args:
        if isinstance(argument.type, TileBufType):
            refuse_carried(loop, argument)
