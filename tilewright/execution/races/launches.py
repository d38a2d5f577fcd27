"""Which functions of a module run together, and on which cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import load_chip
from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.attributes import KernelKindAttr
from tilewright.dialects.pto.core_sync import CoreSyncOp
from tilewright.dialects.pto.kernels import KERNEL_KIND
from tilewright.dialects.pto.pipe_ends import PipeEndOp
from tilewright.dialects.pto.system import GetSubBlockIdxOp, SectionCubeOp, SectionVectorOp
from tilewright.execution.decode_pipes import pipe_name
from tilewright.execution.walker import Place


@dataclass(frozen=True, slots=True)
class CoreRun:
    """What one core runs: a function, or its sections for one kind of core."""

    function: func.FuncOp
    kind: KernelKind
    section: KernelKind | None
    place: Place
    name: str


@dataclass(frozen=True, slots=True)
class Launch:
    """Cores that run together."""

    cores: tuple[CoreRun, ...]

    @property
    def functions(self) -> tuple[func.FuncOp, ...]:
        """The functions that run, each once."""
        return tuple({core.function: None for core in self.cores})


def launches(module: ModuleOp) -> Iterator[Launch]:
    """Give what can be launched: functions that no other calls, those that talk to each other together.

    A function that only calls kernels of both kinds of core stands for these: each core runs its own.
    """
    functions = [op for op in module.walk() if isinstance(op, func.FuncOp) and not op.is_declaration]
    kernels = {function.sym_name.data for function in functions if _kind(function) is not None}
    starters = [function for function in functions if _kind(function) is None and _calls(function) & kernels]
    called = {name for function in functions if function not in starters for name in _calls(function)}
    roots = [function for function in functions if function not in starters and function.sym_name.data not in called]
    seen: set[func.FuncOp] = set()
    for function in roots:
        if function not in seen:
            group = _group(function, roots)
            seen.update(group)
            yield Launch(tuple(run for member in group for run in _runs(member, alone=len(group) == 1)))


def _kind(function: func.FuncOp) -> KernelKind | None:
    """The core that a function says it runs on."""
    kind = function.attributes.get(KERNEL_KIND)
    return kind.data if isinstance(kind, KernelKindAttr) else None


def _calls(function: func.FuncOp) -> set[str]:
    """The names of the functions that a function calls."""
    return {op.callee.string_value() for op in function.walk() if isinstance(op, func.CallOp)}


def _group(function: func.FuncOp, roots: Sequence[func.FuncOp]) -> list[func.FuncOp]:
    """The functions that a function hands tiles or signals to, itself included, in the order of the module."""
    found = {function}
    while more := [root for root in roots if root not in found and any(_pipes(root) & _pipes(each) for each in found)]:
        found.update(more)
    signals = [root for root in roots if any(isinstance(op, CoreSyncOp) for op in root.walk())]
    if function in signals and sorted(str(_kind(root)) for root in signals) == ["cube", "vector"]:
        found.update(signals)
    return [root for root in roots if root in found]


def _pipes(function: func.FuncOp) -> set[str]:
    """The pipes between cores that a function has an end of."""
    return {pipe_name(op) for op in function.walk() if isinstance(op, PipeEndOp)}


def _runs(function: func.FuncOp, *, alone: bool) -> Iterator[CoreRun]:
    sections = {type(op) for op in function.walk() if isinstance(op, SectionCubeOp | SectionVectorOp)}
    if not sections:
        yield from _cores(function, _kind(function) or KernelKind.CUBE, None, alone=alone)
        return
    for section, kind in ((SectionCubeOp, KernelKind.CUBE), (SectionVectorOp, KernelKind.VECTOR)):
        if section in sections:
            yield from _cores(function, kind, kind, alone=False)


def _cores(function: func.FuncOp, kind: KernelKind, section: KernelKind | None, *, alone: bool) -> Iterator[CoreRun]:
    """One core, or all vector cores beside a cube core where the program tells them apart."""
    chip = load_chip()
    split = not alone and kind is KernelKind.VECTOR and any(isinstance(op, GetSubBlockIdxOp) for op in function.walk())
    count = chip.vector_cores // chip.cube_cores if split else 1
    for number in range(count):
        name = f"{kind} core {number}" if split else f"{kind} core"
        yield CoreRun(function, kind, section, Place(subblock=number, subblocks=count), name)
