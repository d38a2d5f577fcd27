"""Which functions of a module run together, and on which cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.traits import SymbolTable

from tilewright.arch.chip import load_chip
from tilewright.dialects.pto import KernelKind
from tilewright.dialects.pto.attributes import KernelKindAttr
from tilewright.dialects.pto.core_sync import CoreSyncOp
from tilewright.dialects.pto.kernels import KERNEL_KIND
from tilewright.dialects.pto.pipe_ends import PipeEndOp, PipeUserOp
from tilewright.dialects.pto.system import GetBlockIdxOp, GetSubBlockIdxOp, SectionCubeOp, SectionVectorOp
from tilewright.execution.decode_pipes import pipe_name
from tilewright.execution.races.mail import Core
from tilewright.execution.walker import Place

BLOCKS = 2
"""How many blocks run a kernel that asks for its block number, when nobody says how many: two already may collide."""


@dataclass(frozen=True, slots=True)
class CoreRun:
    """What one core runs.

    Attributes:
        function: its program.
        section: the kind of core whose sections of the function it runs; None for all of it.
        place: which block it works on, and which vector core beside its cube core it is.
        core: what others see of it.
        name: for reports, with its article.
    """

    function: func.FuncOp
    section: KernelKind | None
    place: Place
    core: Core
    name: str


@dataclass(frozen=True, slots=True)
class Launch:
    """Cores that run together."""

    cores: tuple[CoreRun, ...]

    @property
    def functions(self) -> tuple[func.FuncOp, ...]:
        """The functions that run, each once."""
        return tuple({core.function: None for core in self.cores})


def launches(module: ModuleOp, blocks: int | None = None) -> Iterator[Launch]:
    """Give what can be launched: functions that no other calls, those that talk to each other together.

    A function that only calls kernels of both kinds of core stands for these: each core runs its own.

    Args:
        module: what is launched.
        blocks: how many blocks run each launch; None for `BLOCKS` where a kernel asks for its block number, else one.
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
            asks = any(isinstance(op, GetBlockIdxOp) for member in group for op in _reached(member))
            count = blocks or (BLOCKS if asks else 1)
            places = [Place(block, count) for block in range(count)]
            alone = len(group) == 1
            yield Launch(tuple(run for at in places for member in group for run in _runs(member, at, alone=alone)))


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


def _reached(function: func.FuncOp) -> Iterator[Operation]:
    """The operations of a function and of all that it calls."""
    pending, seen = [function], {function}
    while pending:
        for op in pending.pop().walk():
            yield op
            callee = SymbolTable.lookup_symbol(op, op.callee) if isinstance(op, func.CallOp) else None
            if isinstance(callee, func.FuncOp) and callee not in seen:
                seen.add(callee)
                pending.append(callee)


def _runs(function: func.FuncOp, place: Place, *, alone: bool) -> Iterator[CoreRun]:
    sections = {type(op) for op in function.walk() if isinstance(op, SectionCubeOp | SectionVectorOp)}
    if not sections:
        yield from _cores(function, _kind(function) or KernelKind.CUBE, None, place, alone=alone)
        return
    for section, kind in ((SectionCubeOp, KernelKind.CUBE), (SectionVectorOp, KernelKind.VECTOR)):
        if section in sections:
            yield from _cores(function, kind, kind, place, alone=alone and len(sections) == 1)


def _cores(
    function: func.FuncOp, kind: KernelKind, section: KernelKind | None, place: Place, *, alone: bool
) -> Iterator[CoreRun]:
    """One core, or all vector cores beside a cube core.

    All of them always run all of the program: on a2a3 the cube core waits for both vector cores, also where tiles are
    not split, so that both store the same (hw-native-sys/pto-isa#83 and its test tpushpop_cv_nosplit), and what must
    happen once is for the program to see to (hw-native-sys/pypto#2351): with its sub-block index, or with empty tiles
    on the second core (hw-native-sys/pypto#1240). All cores of a block have its number (hw-native-sys/pto-isa#182).
    """
    chip = load_chip()
    count = chip.vector_cores // chip.cube_cores if kind is KernelKind.VECTOR and not alone else 1
    program = None if any(map(_tells_apart, _reached(function))) else function
    of_block = f" of block {place.block}" if place.blocks > 1 else ""
    for number in range(count):
        name = f"{kind} core {number}" if count > 1 else f"the {kind} core"
        here = Place(place.block, place.blocks, number, count)
        yield CoreRun(function, section, here, Core(kind, place.block, number, program), name + of_block)


def _tells_apart(op: Operation) -> bool:
    """Whether an operation gives the vector cores of a block something different."""
    return isinstance(op, GetSubBlockIdxOp) or (isinstance(op, PipeUserOp) and bool(op.split.value.data))
