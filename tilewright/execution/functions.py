"""Which functions of a module run, and on which cores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import did_you_mean, fail
from tilewright.dialects.pto import KernelKind, KernelKindAttr
from tilewright.dialects.pto.kernels import KERNEL_KIND
from tilewright.dialects.pto.system import SectionCubeOp, SectionVectorOp
from tilewright.dialects.task import is_orchestration


@dataclass(frozen=True)
class Program:
    """What one core of a block runs.

    Attributes:
        function: the kernel.
        kind: of the core, which runs only its own sections; None where the kernel names none.
        subblock, subblocks: which vector core it is, of how many beside one cube core.
    """

    function: func.FuncOp
    kind: KernelKind | None
    subblock: int = 0
    subblocks: int = 1


def find_function(module: ModuleOp, name: str | None) -> func.FuncOp:
    """Find the function to run, by its name or because it is the only one, or the only one that submits tasks.

    Raises:
        DiagnosticError: TW0400 when there is none, or no single one.
    """
    functions = {function.sym_name.data: function for function in _definitions(module)}
    if name is None:
        entries = [function for function in functions.values() if is_orchestration(function)]
        if len(entries) == 1:
            return entries[0]
        if len(functions) != 1:
            fail(
                "TW0400",
                f"the module defines {len(functions)} functions: which one runs?",
                module,
                help=(f"name one of {_listing(functions)}",) if functions else (),
            )
        return next(iter(functions.values()))
    if name not in functions:
        fail(
            "TW0400",
            f"the module does not define @{name}",
            module,
            notes=(f"it defines {_listing(functions)}",),
            help=did_you_mean(name, functions),
        )
    return functions[name]


def _listing(names: Iterable[str]) -> str:
    return ", ".join(f"@{name}" for name in names) or "none"


def find_kernels(module: ModuleOp, name: str | None) -> list[func.FuncOp]:
    """Find what runs: the function of a name, the only one, or the kernels of the cube core and of the vector cores.

    Raises:
        DiagnosticError: TW0400 when there is none, or it is not clear which.
    """
    if name is None:
        functions = _definitions(module)
        kinds = [function.attributes.get(KERNEL_KIND) for function in functions]
        alike = len({function.function_type for function in functions}) == 1
        if alike and len(functions) == len(set(kinds)) and None not in kinds:
            return functions
    return [find_function(module, name)]


def programs_of_block(functions: Sequence[func.FuncOp]) -> Iterator[Program]:
    """What runs on the cores of one block."""
    kinds = [(function, kind) for function in functions for kind in _kinds(function)]
    # A cube core has two vector cores beside it; without one, a vector core is a block of its own.
    chip = load_chip()
    mixed = any(kind is KernelKind.CUBE for _, kind in kinds)
    for function, kind in kinds:
        subblocks = chip.vector_cores // chip.cube_cores if mixed and kind is KernelKind.VECTOR else 1
        for subblock in range(subblocks):
            yield Program(function, kind, subblock, subblocks)


def _definitions(module: ModuleOp) -> list[func.FuncOp]:
    return [op for op in module.ops if isinstance(op, func.FuncOp) and not op.is_declaration]


def _kinds(function: func.FuncOp) -> Sequence[KernelKind | None]:
    """The kinds of cores that a function runs on; None where it does not say."""
    kind = function.attributes.get(KERNEL_KIND)
    if isinstance(kind, KernelKindAttr):
        return [kind.data]
    ops = list(function.walk())
    found = [
        each
        for each, section in ((KernelKind.CUBE, SectionCubeOp), (KernelKind.VECTOR, SectionVectorOp))
        if any(isinstance(op, section) for op in ops)
    ]
    return found or [None]
