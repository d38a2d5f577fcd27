"""TW0505 to TW0507: flags that cannot match up, and programs without any.

Static, so it sees what holds for every run: the dynamic check of the order itself needs an execution.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.dialects import scf
from xdsl.ir import Block, Operation, SSAValue

from tilewright.arch.chip import Pipe
from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.pto import (
    AllocTileOp,
    BarrierOp,
    FlagOp,
    InstructionOp,
    SetFlagDynOp,
    SetFlagOp,
    StaticFlagOp,
)

Key = tuple[Pipe, Pipe, str]
"""Source pipe, destination pipe, and the event id; `any` for pairs of pipes with computed ids."""


@dataclass
class _Net:
    """How often each flag is raised less how often it is awaited."""

    count: Counter[Key]
    first: dict[Key, FlagOp]


def check_flags(function: Operation) -> Iterator[Diagnostic]:
    """Report flags that are raised more or less often than they are awaited, in a loop body or in the function."""
    flags = [op for op in function.walk() if isinstance(op, FlagOp)]
    if not flags:
        yield from _check_unsynchronised(function)
        return
    computed = {(op.src_pipe.data, op.dst_pipe.data) for op in flags if not isinstance(op, StaticFlagOp)}
    for region in function.regions:
        for block in region.blocks:
            yield from _check_block(block, computed, function, in_loop=False)


def _check_block(
    block: Block, computed: set[tuple[Pipe, Pipe]], owner: Operation, *, in_loop: bool
) -> Iterator[Diagnostic]:
    net = _net(block, computed)
    for op in block.ops:
        for region in op.regions:
            for inner in region.blocks:
                if isinstance(op, scf.ForOp | scf.WhileOp):
                    yield from _check_block(inner, computed, op, in_loop=True)
    for key, count in net.count.items():
        if count:
            source, target, event = key
            more, less = ("raised", "awaited") if count > 0 else ("awaited", "raised")
            where = "in each iteration" if in_loop else f"in {owner.name}"
            which = "flags" if event == "any" else event
            times = "once" if abs(count) == 1 else f"{abs(count)} times"
            yield Diagnostic(
                "TW0505" if count < 0 else "TW0506",
                f"{which} from {source} to {target}: {more} {times} more often than {less} {where}",
                location_of(net.first[key]),
                Severity.ERROR if count < 0 else Severity.WARNING,
                help=("every pto.wait_flag needs its own pto.set_flag, in the same loop or around it",),
            )


def _net(block: Block, computed: set[tuple[Pipe, Pipe]]) -> _Net:
    """The balance of one run of a block. Inner loops are balanced, or reported on their own; branches count once."""
    net = _Net(Counter(), {})
    for op in block.ops:
        if isinstance(op, FlagOp):
            pipes = (op.src_pipe.data, op.dst_pipe.data)
            static = isinstance(op, StaticFlagOp) and pipes not in computed
            event = op.event_id.data.value if static and isinstance(op, StaticFlagOp) else "any"
            key = (*pipes, event)
            net.count[key] += 1 if isinstance(op, SetFlagOp | SetFlagDynOp) else -1
            net.first.setdefault(key, op)
        elif isinstance(op, scf.IfOp):
            for region in op.regions[:1]:
                for inner in region.blocks:
                    part = _net(inner, computed)
                    net.count.update(part.count)
                    net.first = part.first | net.first
    return net


def _check_unsynchronised(function: Operation) -> Iterator[Diagnostic]:
    """Report a program at level 3 whose pipes depend on each other, without a single flag or barrier."""
    placed = any(isinstance(op, AllocTileOp) and op.addr is not None for op in function.walk())
    if not placed or any(isinstance(op, BarrierOp) for op in function.walk()):
        return
    instructions = [op for op in function.walk() if isinstance(op, InstructionOp)]
    written: dict[SSAValue, InstructionOp] = {}
    for reader in instructions:
        for value in reader.sources:
            writer = written.get(value)
            if writer is not None and writer.pipe is not reader.pipe:
                yield Diagnostic(
                    "TW0507",
                    f"{reader.pipe} reads what {writer.pipe} writes, and there is no flag in the function",
                    location_of(reader),
                    Severity.WARNING,
                    help=("let ptoas synchronise (--enable-insert-sync), or run pto-opt -p insert-sync",),
                )
                return
        written |= dict.fromkeys(reader.destinations, reader)
