"""TW0503, TW0504 and TW0512: buffers that nothing uses, and contents that nothing reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.names import value_name
from tilewright.dialects.pto import AllocMultiTileOp, AllocTileOp
from tilewright.passes.lint.accesses import Access, accesses_of
from tilewright.passes.lint.buffers import AllocOp, placements, users
from tilewright.passes.lint.placements import shared_bytes


def check_dead(function: Operation) -> Iterator[Diagnostic]:
    """Report buffers without users, buffers that are never read, and contents that are replaced before."""
    allocations = [op for op in function.walk() if isinstance(op, AllocTileOp | AllocMultiTileOp)]
    for op in allocations:
        if next(users(op.result), None) is None:
            yield Diagnostic("TW0503", f"nothing uses {value_name(op.result)}", location_of(op), Severity.WARNING)
    accesses = accesses_of(function)
    if accesses is not None:
        for op, mine in _with_shared_bytes(allocations, accesses):
            yield from _check(op, mine)


def _with_shared_bytes(
    allocations: Sequence[AllocOp], accesses: Sequence[Access]
) -> Iterator[tuple[AllocOp, list[Access]]]:
    """Each allocation with the accesses to its bytes, also by way of another allocation at the same address."""
    by_buffer: dict[SSAValue, list[int]] = defaultdict(list)
    for position, access in enumerate(accesses):
        by_buffer[access.buffer].append(position)
    sharing = [[op] for op in allocations]
    for one, other in shared_bytes([list(placements(op)) for op in allocations]):
        sharing[one].append(allocations[other])
        sharing[other].append(allocations[one])
    for op, others in zip(allocations, sharing, strict=True):
        positions = sorted(position for each in others for position in by_buffer[each.result])
        yield op, [accesses[position] for position in positions]


def _check(alloc: AllocOp, accesses: Sequence[Access]) -> Iterator[Diagnostic]:
    name = value_name(alloc.result)
    writes = [(index, each) for index, each in enumerate(accesses) if each.buffer is alloc.result and each.writes]
    kept = [(index, each) for index, each in writes if not each.scratch]
    if not kept:
        return
    if not any(each.reads for each in accesses):
        first = kept[0][1].op
        yield Diagnostic(
            "TW0504",
            f"{name} is written, but nothing reads it",
            location_of(alloc),
            Severity.WARNING,
            notes=(f"it is written by {first.name} at {location_of(first)}",),
        )
        return
    # What an op writes is dead when it is so in every turn of the loops around.
    ends: dict[Operation, list[Operation | None]] = defaultdict(list)
    alive: set[Operation] = set()
    for index, write in kept:
        dead, by = _fate(write, accesses[index + 1 :])
        if dead:
            ends[write.op].append(by)
        else:
            alive.add(write.op)
    for op, found in ends.items():
        if op not in alive:
            yield _dead_store(op, name, found[0])


def _fate(write: Access, later: Sequence[Access]) -> tuple[bool, Operation | None]:
    """Whether nothing reads what was written, and what replaces it."""
    replacing: list[Access] = []
    for access in later:
        if (access.op is write.op and access.path == write.path) or access.excludes(write):
            continue
        if access.reads and not any(each.runs_with(access) for each in replacing):
            return False, None
        if access.whole and access.buffer is write.buffer:
            if access.runs_with(write):
                return True, access.op
            replacing.append(access)
    return True, replacing[0].op if replacing else None


def _dead_store(op: Operation, name: str, by: Operation | None) -> Diagnostic:
    what = f"nothing reads what {op.name} writes to {name}"
    if by is None:
        return Diagnostic("TW0512", f"{what}: no read of it follows", location_of(op), Severity.WARNING)
    if by is op:
        return Diagnostic("TW0512", f"{what}: the next turn writes it anew", location_of(op), Severity.WARNING)
    message = f"{what}: {by.name} writes it anew"
    return Diagnostic(
        "TW0512", message, location_of(op), Severity.WARNING, notes=(f"{by.name} is at {location_of(by)}",)
    )
