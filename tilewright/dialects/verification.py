"""Check a piece of IR and report every mistake at its own operation.

xDSL's `Operation.verify` stops at the first mistake, dumps the module instead of naming a line,
and does not check dominance. Here each operation is checked on its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Block, ErasedSSAValue, Operation
from xdsl.traits import IsTerminator, NoTerminator, SymbolTable, SymbolUserOpInterface
from xdsl.utils.exceptions import VerifyException

from tilewright.dialects.diagnostics import (
    Diagnostic,
    DiagnosticError,
    fail_all,
    fail_internally,
    location_of,
    split_code,
)
from tilewright.dialects.dominance import verify_dominance

MAX_ERRORS = 20
"""Beyond this many errors the rest adds nothing to what the reader can act on."""


def verify(op: Operation) -> None:
    """Check `op` and everything within: each operation's own rules, blocks, then dominance.

    Raises:
        DiagnosticError: with up to `MAX_ERRORS` errors in order of location; TW0100, the code that
            the message of a verifier begins with (`TWnnnn: `), or TW0101 for dominance; TW0099
            when a verifier itself fails and nothing else is wrong.
    """
    Verifier().verify(op)


class Verifier:
    """Verifies the same IR again and again: an operation that has not changed since is not checked a second time.

    Only operations without regions and symbols are remembered, by everything that their verifiers see: operands and
    results with their types, attributes, successors, and their place as a terminator.
    Dominance is always checked anew.
    """

    def __init__(self) -> None:
        self._good: dict[Operation, tuple[object, ...]] = {}

    def verify(self, op: Operation) -> None:
        """Check `op` and everything within; see `verify`."""
        errors: list[Diagnostic] = []
        crash: tuple[Operation, Exception] | None = None
        broken: set[Operation] = set()
        good: dict[Operation, tuple[object, ...]] = {}
        fail_all(_foreign_target(op))
        # From the inside out, and nothing that holds an error: its verifier may rely on what it holds.
        for inner in op.walk(region_first=True):
            if inner not in broken:
                state = _state_of(inner) if _is_local(type(inner)) and not inner.regions else None
                if state is not None and self._good.get(inner) == state:
                    good[inner] = state
                    continue
                try:
                    found = tuple(_errors_of(inner))
                except Exception as error:
                    # Often the consequence of a mistake that is reported elsewhere.
                    crash = crash or (inner, error)
                    continue
                if not found:
                    if state is not None:
                        good[inner] = state
                    continue
                errors.extend(found)
                if len(errors) >= MAX_ERRORS:
                    break
            if (parent := inner.parent_op()) is not None:
                broken.add(parent)
        self._good = good
        fail_all(errors[:MAX_ERRORS])
        if crash is not None:
            where, error = crash
            fail_internally(f"while verifying '{where.name}'", error, where)
        verify_dominance(op)


@cache
def _is_local(op_type: type[Operation]) -> bool:
    """Whether the verifier of an operation looks at nothing but the operation: a user of a symbol looks elsewhere."""
    return not op_type.has_trait(SymbolUserOpInterface)


def _state_of(op: Operation) -> tuple[object, ...]:
    """All that the verifier of an operation without regions can see.

    Comparing two states compares values by identity, and types and attributes, which are immutable, by content. What
    makes an operand is not in it: a value keeps its owner.
    """
    operands = tuple(op.operands)
    return (
        op.parent,
        op.next_op is None,
        operands,
        [value.type for value in operands],
        [result.type for result in op.results],
        dict(op.properties),
        dict(op.attributes),
        tuple(op.successors),
    )


def _foreign_target(module: Operation) -> Iterator[Diagnostic]:
    """Refuse a program for another chip as a whole: its ops follow other rules."""
    arch = module.attributes.get("pto.target_arch")
    # ptoas takes every other name for a2a3.
    if isinstance(arch, StringAttr) and arch.data.lower() == "a5":
        yield Diagnostic("TW0140", f"the module is for {arch.data}, this compiler is for a2a3", location_of(module))


def _errors_of(op: Operation) -> Iterator[Diagnostic]:
    if (problem := _misplaced(op)) is not None:
        yield Diagnostic("TW0100", f"'{op.name}': {problem}", location_of(op))
        return
    if redefinitions := list(_redefined_symbols(op)):
        yield from redefinitions
        return
    try:
        op.verify_()
    except DiagnosticError as error:
        yield from error.diagnostics
    except VerifyException as error:
        yield _diagnostic(op, error)


def _diagnostic(op: Operation, error: VerifyException) -> Diagnostic:
    text = " ".join(str(error).split())
    code, message = split_code(text, default="TW0100")
    if code == "TW0100" and op.name not in message:
        message = f"'{op.name}': {message}"
    return Diagnostic(code, message, location_of(op))


def _misplaced(op: Operation) -> str | None:
    """Say what is wrong with the operation's place in its block, or with its own blocks."""
    for operand in op.operands:
        if isinstance(operand, ErasedSSAValue):
            return "uses a value whose definition was erased"
    block = op.parent
    if block is not None and block.last_op is op:
        if _needs_terminator(block) and not op.has_trait(IsTerminator):
            return "ends its block but is not a terminator"
    elif op.successors:
        return "has successors but does not end its block"
    for successor in op.successors:
        if block is None or successor.parent is not block.parent:
            return "branches to a block of another region"
    return _empty_block(op) if op.regions else None


def _empty_block(op: Operation) -> str | None:
    for region in op.regions:
        for block in region.blocks:
            if block.first_op is None and _needs_terminator(block):
                return "contains an empty block, which must end in a terminator"
    return None


def _redefined_symbols(table: Operation) -> Iterator[Diagnostic]:
    """Report a symbol that is defined twice where it is defined again, not at its table."""
    if not table.regions or not table.has_trait(SymbolTable):
        return
    first: dict[StringAttr, Operation] = {}
    for block in table.regions[0].blocks:
        for op in block.ops:
            name = op.get_attr_or_prop("sym_name")
            if not isinstance(name, StringAttr) or (earlier := first.setdefault(name, op)) is op:
                continue
            message = f"'{op.name}': the symbol @{name.data} is defined twice"
            note = f"it is defined first at {location_of(earlier)}"
            yield Diagnostic("TW0100", message, location_of(op), notes=(note,))


def _needs_terminator(block: Block) -> bool:
    region = block.parent
    if region is None:
        return False
    if region.first_block is not region.last_block:
        return True
    return region.parent is not None and not region.parent.has_trait(NoTerminator)
