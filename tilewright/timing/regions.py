"""Which tasks of a run wait for which because of the memory that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from xdsl.ir import Operation

from tilewright.dialects.task import PARALLEL
from tilewright.execution.dtypes import Array, is_array

Window: TypeAlias = tuple[tuple[int, int], ...] | None
"""For each dimension the first element and the one behind the last; None is all of the array."""

Iterations: TypeAlias = tuple[tuple[Operation, object], ...]
"""The loops around a submission from the outside in, each with the value of its variable."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A task reads or writes a window of an array."""

    task: int
    window: Window
    writes: bool
    iterations: Iterations


@dataclass
class SharedArrays:
    """What earlier tasks of a run did to each array, as far as a later one may have to wait for it."""

    _touches: dict[int, list[Touch]] = field(default_factory=dict[int, list[Touch]])
    # As long as an array is kept, no other has its identity.
    _kept: dict[int, Array] = field(default_factory=dict[int, Array])

    def touch(self, root: Array, touch: Touch, *, waits: bool) -> list[int]:
        """A task touches an array; gives the earlier tasks that it waits for.

        Args:
            root: the array that owns the memory.
            touch: where, and how.
            waits: whether the task waits for memory at all.
        """
        self._kept[id(root)] = root
        earlier = self._touches.setdefault(id(root), [])
        awaited: list[int] = []
        kept: list[Touch] = []
        for other in earlier:
            meets = waits and other.task != touch.task and (touch.writes or other.writes)
            if meets and _overlap(other.window, touch.window) and not _independent(other, touch):
                awaited.append(other.task)
                if touch.writes and _within(other.window, touch.window):
                    continue  # whoever would wait for it waits for this task
            kept.append(other)
        kept.append(touch)
        self._touches[id(root)] = kept
        return awaited


def place(array: Array) -> tuple[Array, tuple[int, ...] | None]:
    """The array that owns the memory of `array`, and where that begins in it; None where it has another shape."""
    root = array
    while is_array(root.base):
        root = root.base
    if root is array:
        return root, (0,) * array.ndim
    if array.strides != root.strides or not root.flags.c_contiguous or 0 in array.strides:
        return root, None
    distance = _address(array) - _address(root)
    offsets: list[int] = []
    for stride in root.strides:
        offset, distance = divmod(distance, stride)
        offsets.append(offset)
    return root, tuple(offsets)


def _address(array: Array) -> int:
    interface: Mapping[str, tuple[int, bool]] = array.__array_interface__
    return interface["data"][0]


def window_in(offsets: tuple[int, ...] | None, shape: Sequence[int], part: Window) -> Window:
    """A window of an array as a window of the array that owns its memory.

    Args:
        offsets: where the array begins there.
        shape: of the array.
        part: the window; elements outside of the array do not count.
    """
    if offsets is None:
        return None
    sides = part or tuple((0, extent) for extent in shape)
    return tuple(
        (offset + max(0, low), offset + min(high, extent))
        for offset, (low, high), extent in zip(offsets, sides, shape, strict=True)
    )


def _overlap(one: Window, other: Window) -> bool:
    if one is None or other is None:
        return True
    return all(low < end and start < high for (low, high), (start, end) in zip(one, other, strict=True))


def _within(inner: Window, outer: Window) -> bool:
    if inner is None or outer is None:
        return outer is None
    return all(start <= low and high <= end for (low, high), (start, end) in zip(inner, outer, strict=True))


def _independent(one: Touch, other: Touch) -> bool:
    """Whether both belong to different iterations of a loop whose iterations do not wait for each other."""
    for (loop, value), (other_loop, other_value) in zip(one.iterations, other.iterations, strict=False):
        if loop is not other_loop:
            return False
        if value != other_value:
            return PARALLEL in loop.attributes
    return False
