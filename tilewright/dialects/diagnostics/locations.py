"""Where a piece of IR comes from in the user's text."""

from __future__ import annotations

from collections.abc import Iterable

from xdsl.dialects.builtin import (
    ArrayAttr,
    CallSiteLoc,
    FileLineColLoc,
    FusedLoc,
    NameLoc,
    UnknownLoc,
)
from xdsl.ir import Attribute, BlockArgument, Operation, OpResult, SSAValue

from tilewright.dialects.diagnostics.model import SourceLocation


def location_of(at: Operation | SSAValue) -> SourceLocation | None:
    """Give the place in the user's text that an operation or a value comes from.

    An operation or a block argument without a location of its own has that of the nearest
    enclosing operation that has one.

    Returns:
        None when nothing around `at` has a location either.
    """
    op: Operation | None
    match at:
        case Operation():
            op = at
        case BlockArgument():
            if (own := _first_place(at.location)) is not None:
                return own
            op = at.owner.parent_op()
        case OpResult():
            op = at.owner
        case _:
            return None
    while op is not None:
        if (found := _first_place(op.location)) is not None:
            return found
        op = op.parent_op()
    return None


def has_location(op: Operation) -> bool:
    """Say whether the operation itself, not what encloses it, has a location."""
    return not isinstance(op.location, UnknownLoc)


def copy_location(source: Operation, targets: Operation | Iterable[Operation]) -> None:
    """Give the location of `source` to those of `targets`, and of what they hold, without one."""
    if not has_location(source):
        return
    for target in (targets,) if isinstance(targets, Operation) else targets:
        for op in target.walk():
            if not has_location(op):
                op.location = source.location


def _first_place(location: Attribute) -> SourceLocation | None:
    """Reduce a location attribute to its first place in a file; a call is placed at its callee."""
    match location:
        case FileLineColLoc():
            return SourceLocation(location.filename.data, location.line.data, location.column.data)
        case NameLoc():
            return _first_place(location.location)
        case CallSiteLoc():
            return _first_place(location.callee) or _first_place(location.caller)
        case FusedLoc(locations=ArrayAttr() as parts):
            return next(filter(None, map(_first_place, parts)), None)
        case _:
            return None
