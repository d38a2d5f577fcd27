"""Which ends belong to one pipe, and what its two ends have to agree on.

The room for slots, reserved in one function and imported by another, says which ends belong together. What one end
leaves open is settled for both, so that the two kernels signal each other with the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from xdsl.ir import Operation

from tilewright.dialects.diagnostics import fail, location_of
from tilewright.dialects.pto.kernels import function_of
from tilewright.dialects.pto.pipe_ends import Direction, PipeEndOp, PipeUserOp, RoomOp

_Key = tuple[str, str, Direction]
"""The function that reserves room for slots, the name of the room, and the direction that uses it."""


def check_ends(end: PipeEndOp) -> None:
    """Check that the ends of a pipe agree, as far as the one end shows it.

    Raises:
        DiagnosticError: TW0156 where an end contradicts itself or an end before it, TW0157 where the other end is
            missing.
    """
    same_pipe = peers(end)
    if any(each.lacks_slots for each in same_pipe):
        return  # ptoas asks for these before it compares ends; the rules of a module do so here
    earlier = tuple(takewhile(lambda other: other is not end, same_pipe))
    _check_one_usage(end)
    for other in earlier:
        _check_given(end, other)
    for other in earlier:
        _check_usage(end, other)
    _check_given_usage(end, same_pipe)
    _check_pairs(end)


def peers(end: PipeEndOp) -> tuple[PipeEndOp, ...]:
    """All ends of the pipe, this one included, in program order."""
    every = {other: frozenset(_keys(other)) for other in _all_ends(end)}
    found = {end}
    keys = set(every[end])
    while more := [other for other, own in every.items() if other not in found and own & keys]:
        found.update(more)
        keys.update(*(every[other] for other in more))
    return tuple(other for other in every if other in found)


def settled_nosplit(end: PipeEndOp) -> bool:
    """Whether the pipe takes whole tiles: as an end says, or else as the instructions use it.

    The program verifies.
    """
    same_pipe = peers(end)
    given = [other.nosplit.value.data != 0 for other in same_pipe if other.nosplit is not None]
    used = [usage for other in same_pipe if (usage := _usage(other)) is not None]
    return next(iter((*given, *used)), False)


def settled_flag(end: PipeEndOp) -> int:
    """The first signal that the pipe uses: as an end says, else 0. The program verifies."""
    if end.given_flag is not None:
        return end.given_flag
    return next((flag for other in peers(end) if (flag := other.given_flag) is not None), 0)


def _all_ends(op: Operation) -> Iterator[PipeEndOp]:
    """Every end in the module of `op`."""
    root = op
    while (parent := root.parent_op()) is not None:
        root = parent
    return (inner for inner in root.walk() if isinstance(inner, PipeEndOp))


def _keys(end: PipeEndOp) -> Iterator[_Key]:
    for direction, address in end.rooms:
        if isinstance(address.owner, RoomOp):
            yield (*address.owner.room, direction)


def _usage(end: PipeEndOp) -> bool | None:
    """Whether the instructions on the end take whole tiles; None when there are none, or both kinds."""
    whole = {user.split.value.data == 0 for user in end.users}
    return whole.pop() if len(whole) == 1 else None


def _user(end: PipeEndOp, *, whole: bool) -> PipeUserOp | None:
    return next((user for user in end.users if (user.split.value.data == 0) is whole), None)


def _check_one_usage(end: PipeEndOp) -> None:
    whole, split = _user(end, whole=True), _user(end, whole=False)
    if whole is not None and split is not None:
        fail(
            "TW0156",
            "tiles go through a pipe either whole or split",
            end,
            notes=(_use(whole), _use(split)),
        )


def _check_given(end: PipeEndOp, other: PipeEndOp) -> None:
    if end.nosplit is not None and other.nosplit is not None and end.nosplit != other.nosplit:
        fail(
            "TW0156",
            f"{_nosplit(end)} here, {_nosplit(other)} at the other end of the pipe",
            end,
            notes=(_place_of(other),),
        )


def _check_usage(end: PipeEndOp, other: PipeEndOp) -> None:
    mine, theirs = _usage(end), _usage(other)
    if mine is None or theirs is None or mine is theirs:
        return
    users = (_user(end, whole=mine), _user(other, whole=theirs))
    fail(
        "TW0156",
        f"tiles are {_kind(whole=mine)} at this end of the pipe, {_kind(whole=theirs)} at the other",
        end,
        notes=[_use(user) for user in users if user is not None],
    )


def _check_given_usage(end: PipeEndOp, same_pipe: Sequence[PipeEndOp]) -> None:
    """What an end says about splitting is what the instructions on all ends do."""
    if end.nosplit is None:
        return
    says = end.nosplit.value.data != 0
    if (user := next((u for other in same_pipe if (u := _user(other, whole=not says))), None)) is not None:
        fail(
            "TW0156",
            f"{_nosplit(end)}, but tiles go through the pipe with split = {user.split.value.data}",
            end,
            notes=(_use(user),),
        )


def _check_pairs(end: PipeEndOp) -> None:
    keys = tuple(_keys(end))
    if not keys and end.given_flag is None:
        fail(
            "TW0157",
            "nothing says which signals this pipe uses: its local address names no reserved room",
            end,
            help=(
                "take the address from pto.reserve_buffer or pto.import_reserved_buffer",
                "or give flag_base, the same number at both ends",
            ),
        )
    for key in keys:
        ends = [other for other in _all_ends(end) if key in _keys(other)]
        earlier = takewhile(lambda other: other is not end, ends)
        if ends[0] is end:
            _check_pair(end, key, ends)
        for other in earlier:
            _check_flag(end, other)


def _check_pair(end: PipeEndOp, key: _Key, ends: Sequence[PipeEndOp]) -> None:
    owner, name, _ = key
    functions = {_function(other) for other in ends}
    if len(ends) == 2 and len(functions) == 2 and owner in functions:
        return
    fail(
        "TW0157",
        f'room "{name}" of @{owner} has {len(ends)} {"end" if len(ends) == 1 else "ends"} of a pipe, '
        f"it needs two: one in @{owner}, one in a function that imports it",
        end,
        notes=[_place_of(other) for other in ends if other is not end],
    )


def _check_flag(end: PipeEndOp, other: PipeEndOp) -> None:
    mine, theirs = end.given_flag, other.given_flag
    if mine is not None and theirs is not None and mine != theirs:
        fail(
            "TW0156",
            f"flag_base = {mine} here, {theirs} at the other end of the pipe",
            end,
            notes=(_place_of(other),),
        )


def _function(op: Operation) -> str:
    function = function_of(op)
    return "" if function is None else function.sym_name.data


def _nosplit(end: PipeEndOp) -> str:
    return f"nosplit = {'true' if end.nosplit is not None and end.nosplit.value.data else 'false'}"


def _kind(*, whole: bool) -> str:
    return "whole (split = 0)" if whole else "split (split = 1 or 2)"


def _use(user: PipeUserOp) -> str:
    return f"{user.name} has split = {user.split.value.data} at {location_of(user)}"


def _place_of(end: PipeEndOp) -> str:
    return f"the other end is in @{_function(end)} at {location_of(end)}"
