"""Which names are still needed: what loops carry and branches hand on is decided by it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Names = frozenset[str]

_NONE: Names = frozenset()


def assigned_names(statements: Iterable[ast.AST]) -> list[str]:
    """The names that the statements bind, in order of first appearance."""
    found: dict[str, None] = {}
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.setdefault(node.id)
            elif isinstance(node, ast.Call):
                # `pl.write(tile, …)` and `pl.assemble(tile, …)` as statements change what `tile` stands for.
                for argument in node.args[:1]:
                    if isinstance(argument, ast.Name) and _called(node) in ("write", "assemble"):
                        found.setdefault(argument.id)
            elif (
                isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
            ):
                found.setdefault(node.value.id)
    return list(found)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


@dataclass
class Liveness:
    """Names that may be read after each compound statement, and at the start of each loop's turn.

    Attributes:
        after: by statement, the names that something after it may read.
        turn: by loop, the names that a turn may read before it has bound them.
    """

    after: dict[ast.stmt, Names] = field(default_factory=dict[ast.stmt, Names])
    turn: dict[ast.stmt, Names] = field(default_factory=dict[ast.stmt, Names])
    _reads: dict[ast.AST, Names] = field(default_factory=dict[ast.AST, Names])

    def reads(self, node: ast.AST) -> Names:
        """The names that a piece of syntax reads; found once, since loops in loops ask again and again."""
        if node not in self._reads:
            self._reads[node] = _reads(node)
        return self._reads[node]


def liveness(body: Sequence[ast.stmt]) -> Liveness:
    """Analyse the body of a function."""
    result = Liveness()
    _block(body, _NONE, result)
    return result


def _block(statements: Sequence[ast.stmt], live: Names, result: Liveness) -> Names:
    for statement in reversed(statements):
        live = _statement(statement, live, result)
    return live


def _statement(statement: ast.stmt, live: Names, result: Liveness) -> Names:
    match statement:
        case ast.For():
            return _loop(statement, _stores(statement.target), result.reads(statement.iter), live, result)
        case ast.While():
            return _loop(statement, _NONE, result.reads(statement.test), live, result)
        case ast.If():
            result.after[statement] = live
            either = _block(statement.body, live, result) | _block(statement.orelse, live, result)
            return either | result.reads(statement.test)
        case ast.With():
            result.after[statement] = live
            inside = _block(statement.body, live, result)
            for item in statement.items:
                if item.optional_vars is not None:
                    inside -= _stores(item.optional_vars)
                inside |= result.reads(item.context_expr)
            return inside
        case ast.Return():
            return result.reads(statement)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return (live - {name}) | result.reads(value)
        case _:
            stores = _NONE if isinstance(statement, ast.AugAssign) else _stores(statement)
            augmented = _augmented(statement)
            return (live - stores) | result.reads(statement) | augmented


def _loop(loop: ast.For | ast.While, targets: Names, header: Names, live: Names, result: Liveness) -> Names:
    result.after[loop] = live
    again = live
    while True:
        turn = _block(loop.body, again | header if isinstance(loop, ast.While) else again, result) - targets
        if turn <= again:
            break
        again |= turn
    result.turn[loop] = turn | (header if isinstance(loop, ast.While) else _NONE)
    return again | header


def _augmented(statement: ast.stmt) -> Names:
    if isinstance(statement, ast.AugAssign) and isinstance(statement.target, ast.Name):
        return frozenset((statement.target.id,))
    return _NONE


def _reads(node: ast.AST) -> Names:
    return frozenset(
        each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    )


def _stores(node: ast.AST) -> Names:
    return frozenset(
        each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    )
