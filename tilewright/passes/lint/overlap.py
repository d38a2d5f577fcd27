"""TW0502: an instruction writes over what another buffer holds and something reads later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from xdsl.ir import Operation, SSAValue

from tilewright.dialects.diagnostics import Diagnostic, Severity, location_of
from tilewright.dialects.pto import AllocTileOp
from tilewright.passes.lint.accesses import Access, accesses_of
from tilewright.passes.lint.buffers import LiveBuffer, live_buffers
from tilewright.passes.lint.placements import shared_bytes


def check_overlap(function: Operation) -> Iterator[Diagnostic]:
    """Report each pair of buffers with bytes in common where one loses contents that are read later.

    Two buffers in the same bytes are sound when one is dead before the other is written. A buffer that is read before
    it is written looks at the contents of the other in another shape, and is meant to share its bytes.
    """
    buffers = [buffer for buffer in live_buffers(function) if buffer.placements]
    accesses = accesses_of(function) if buffers else None
    if accesses is None:
        return
    by_buffer: dict[SSAValue, list[int]] = defaultdict(list)
    for position, access in enumerate(accesses):
        by_buffer[access.buffer].append(position)
    for (one, other), shared in shared_bytes([buffer.placements for buffer in buffers]).items():
        first, second = buffers[one], buffers[other]
        ones, others = by_buffer[first.alloc.result], by_buffer[second.alloc.result]
        if not ones or not others or _is_view(first, second, accesses, ones, others):
            continue
        for kept, lost, mine, theirs in ((first, second, ones, others), (second, first, others, ones)):
            found = _loss(accesses, mine, theirs, same=_places(first) == _places(second))
            if found is not None:
                yield _report(kept, lost, shared, *found)
                break


def _places(buffer: LiveBuffer) -> list[tuple[object, int]]:
    """Address and bytes of each place, addresses as numbers where they are constants."""
    starts = ((place, place.start) for place in buffer.placements)
    return [(place.address if start is None else start, place.bytes) for place, start in starts]


def _is_view(
    first: LiveBuffer, second: LiveBuffer, accesses: Sequence[Access], ones: Sequence[int], others: Sequence[int]
) -> bool:
    """Whether one of the two begins with a read of bytes that the other has written, from the same address on."""
    starts = {placement.start for buffer in (first, second) for placement in buffer.placements}
    if len(starts) != 1 or not all(isinstance(buffer.alloc, AllocTileOp) for buffer in (first, second)):
        return False
    written = {id(each): min((p for p in each if accesses[p].writes), default=-1) for each in (ones, others)}
    pairs = ((ones, written[id(others)]), (others, written[id(ones)]))
    return any(accesses[mine[0]].reads and 0 <= since < mine[0] for mine, since in pairs)


def _loss(
    accesses: Sequence[Access], writes: Sequence[int], holds: Sequence[int], *, same: bool
) -> tuple[Access, Access] | None:
    """The first write, of those at `writes`, to contents of the buffer used at `holds`, and what reads these later.

    Two buffers in the same place often are one variable of a loop: what one turn writes to the second, the next turn
    reads from the first. Where they are the `same`, only reads in the same turn count.
    """
    for position in writes:
        write = accesses[position]
        filled = any(accesses[each].writes and not accesses[each].scratch for each in holds if each < position)
        if not write.writes or not filled:
            continue
        renewed: list[Access] = []
        for later in (accesses[each] for each in holds if each > position):
            if later.excludes(write) or later.op is write.op:
                continue
            counts = not same or later.in_turn_of(write)
            if later.reads and counts and not any(each.runs_with(later) for each in renewed):
                return write, later
            if later.whole:
                renewed.append(later)
    return None


def _report(writer: LiveBuffer, holder: LiveBuffer, shared: tuple[int, int], write: Access, read: Access) -> Diagnostic:
    low, high = shared
    return Diagnostic(
        "TW0502",
        f"{write.op.name} writes {writer.name} over {holder.name}, which {read.op.name} reads later: "
        f"both take bytes {low} to {high} of {writer.space}",
        location_of(write.op),
        Severity.WARNING,
        notes=(
            f"{holder.name} is declared at {location_of(holder.alloc)}, and read at {location_of(read.op)}",
            f"{writer.name} is declared at {location_of(writer.alloc)}",
        ),
        help=("give one of them another address, or use pto.treshape for another view of the same tile",),
    )
