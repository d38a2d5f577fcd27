"""The faults that can be planted in a source: each changes one node of its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import pairwise
from typing import TypeAlias

from benchmarks.planted_faults.scope import mutable_nodes, symmetric

Enums = Mapping[str, Sequence[str]]
"""The members of each enumeration by its name."""


_Alternative: TypeAlias = tuple[str, ast.AST | None]


@dataclass(frozen=True)
class Fault:
    """One change of one source.

    Attributes:
        path: of the source, relative to the repository.
        kind: what is changed.
        number: which of the changes of this source, in the order of its text.
        line: where.
        statement: the first line of the statement around it.
        at_import: whether that statement runs when its file is imported.
        text: the change in words.
    """

    path: str
    kind: str
    number: int
    line: int
    statement: int
    at_import: bool
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}: {self.text}"


@dataclass(frozen=True)
class _Change:
    """A node, and what takes its place; None removes a statement."""

    kind: str
    node: ast.AST
    statement: ast.stmt
    new: ast.AST | None


def faults(path: str, source: str, enums: Enums) -> list[Fault]:
    """Every fault that can be planted in a source."""
    tree = ast.parse(source)
    later = {
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for each in node.body
        for inner in ast.walk(each)
        if isinstance(inner, ast.stmt)
    }
    return [
        Fault(
            path, change.kind, number, _line(change), line := change.statement.lineno, line not in later, _text(change)
        )
        for number, change in enumerate(_changes(tree, enums))
    ]


def planted(source: str, fault: Fault, enums: Enums) -> ast.Module:
    """The syntax tree of a source with one of its faults."""
    tree = ast.parse(source)
    change = list(_changes(tree, enums))[fault.number]
    done = _Replace(change).visit(tree)
    assert isinstance(done, ast.Module)
    return ast.fix_missing_locations(done)


def enums_of(sources: Iterable[str]) -> Enums:
    """Find the enumerations that sources define."""
    found: dict[str, list[str]] = {}
    for source in sources:
        if "Enum" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef) and any(_is_enum(base) for base in node.bases):
                names = [target for each in node.body if isinstance(each, ast.Assign) for target in each.targets]
                members = [name.id for name in names if isinstance(name, ast.Name)]
                if len(members) > 1:
                    found[node.name] = members
    return found


def _is_enum(base: ast.expr) -> bool:
    return isinstance(base, ast.Name) and base.id.endswith("Enum")


class _Replace(ast.NodeTransformer):
    """Puts the new node in the place of the old one."""

    def __init__(self, change: _Change) -> None:
        self._change = change

    def visit(self, node: ast.AST) -> ast.AST:
        if node is not self._change.node:
            return self.generic_visit(node)
        new = ast.Pass() if self._change.new is None else self._change.new
        return ast.copy_location(new, node)


def _line(change: _Change) -> int:
    return getattr(change.node, "lineno", change.statement.lineno)


def _text(change: _Change) -> str:
    old = _one_line(change.node)
    return f"`{old}` left out" if change.new is None else f"`{old}` is `{_one_line(change.new)}`"


def _one_line(node: ast.AST) -> str:
    text = " ".join(ast.unparse(ast.fix_missing_locations(node)).split())
    return text if len(text) <= 100 else f"{text[:97]}..."


def _changes(tree: ast.Module, enums: Enums) -> Iterator[_Change]:
    for node, statement in mutable_nodes(tree):
        for kind, new in _alternatives(node, enums):
            yield _Change(kind, node, statement, new)


@singledispatch
def _alternatives(node: ast.AST, enums: Enums) -> Iterator[_Alternative]:
    """What may take the place of a node: kinds of faults, and new nodes."""
    yield from ()


@_alternatives.register
def _of_comparison(node: ast.Compare, enums: Enums) -> Iterator[_Alternative]:
    other = _COMPARISONS.get(type(node.ops[0]))
    if other is not None:
        yield "comparison", ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators)


@_alternatives.register
def _of_arithmetic(node: ast.BinOp, enums: Enums) -> Iterator[_Alternative]:
    other = _ARITHMETIC.get(type(node.op))
    if other is not None and not _is_union(node):
        yield "arithmetic", ast.BinOp(node.left, other(), node.right)


@_alternatives.register
def _of_update(node: ast.AugAssign, enums: Enums) -> Iterator[_Alternative]:
    other = _ARITHMETIC.get(type(node.op))
    if other is not None:
        yield "arithmetic", ast.AugAssign(node.target, other(), node.value)
    yield "statement", None


@_alternatives.register
def _of_sign(node: ast.UnaryOp, enums: Enums) -> Iterator[_Alternative]:
    if isinstance(node.op, ast.USub | ast.Not):
        yield ("condition" if isinstance(node.op, ast.Not) else "arithmetic"), node.operand


@_alternatives.register
def _of_constant(node: ast.Constant, enums: Enums) -> Iterator[_Alternative]:
    match node.value:
        case bool(value):
            yield "constant", ast.Constant(not value)
        case int(value):
            yield "constant", ast.Constant(value + 1)
            yield "constant", ast.Constant(value - 1)
        case float(value):
            yield "constant", ast.Constant(value + 1)
        case _:
            pass


@_alternatives.register
def _of_element(node: ast.Subscript, enums: Enums) -> Iterator[_Alternative]:
    """The element before the first is the last: of a sequence of one, the same."""
    if isinstance(node.slice, ast.Constant) and type(node.slice.value) is int:
        for index in {node.slice.value + 1, abs(node.slice.value - 1)}:
            yield "constant", ast.Subscript(node.value, ast.Constant(index), node.ctx)


@_alternatives.register
def _of_branch(node: ast.If, enums: Enums) -> Iterator[_Alternative]:
    yield "condition", ast.If(_negated(node.test), node.body, node.orelse)


@_alternatives.register
def _of_loop(node: ast.While, enums: Enums) -> Iterator[_Alternative]:
    yield "condition", ast.While(_negated(node.test), node.body, node.orelse)


@_alternatives.register
def _of_choice(node: ast.IfExp, enums: Enums) -> Iterator[_Alternative]:
    yield "condition", ast.IfExp(_negated(node.test), node.body, node.orelse)


@_alternatives.register
def _of_comprehension(node: ast.comprehension, enums: Enums) -> Iterator[_Alternative]:
    if node.ifs:
        yield "condition", ast.comprehension(node.target, node.iter, [_negated(node.ifs[0]), *node.ifs[1:]], 0)


@_alternatives.register
def _of_connective(node: ast.BoolOp, enums: Enums) -> Iterator[_Alternative]:
    yield "and, or", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


@_alternatives.register(ast.Continue)
@_alternatives.register(ast.Break)
def _of_jump(node: ast.stmt, enums: Enums) -> Iterator[_Alternative]:
    yield "statement", None


@_alternatives.register
def _of_effect(node: ast.Expr, enums: Enums) -> Iterator[_Alternative]:
    if isinstance(node.value, ast.Call):
        yield "statement", None


@_alternatives.register
def _of_assignment(node: ast.Assign, enums: Enums) -> Iterator[_Alternative]:
    if isinstance(node.targets[0], ast.Attribute | ast.Subscript):
        yield "statement", None


@_alternatives.register
def _of_call(node: ast.Call, enums: Enums) -> Iterator[_Alternative]:
    if isinstance(node.func, ast.Name) and node.func.id == "isinstance":
        return  # a value is no type: noticed whatever the harness does
    if symmetric(node.func):
        return
    for first, (one, two) in enumerate(pairwise(node.args)):
        starred = isinstance(one, ast.Starred) or isinstance(two, ast.Starred)
        if not starred and ast.dump(one) != ast.dump(two):
            swapped = [*node.args[:first], two, one, *node.args[first + 2 :]]
            yield "argument", ast.Call(node.func, swapped, node.keywords)


@_alternatives.register
def _of_name(node: ast.Name, enums: Enums) -> Iterator[_Alternative]:
    if node.id in _OPPOSITES and isinstance(node.ctx, ast.Load):
        yield "min, max", ast.Name(_OPPOSITES[node.id], ast.Load())


@_alternatives.register
def _of_attribute(node: ast.Attribute, enums: Enums) -> Iterator[_Alternative]:
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    members = enums.get(owner, ())
    if node.attr in members:
        other = members[(members.index(node.attr) + 1) % len(members)]
        yield "enumeration", ast.Attribute(node.value, other, ast.Load())
    elif node.attr in _OPPOSITES:
        yield "min, max", ast.Attribute(node.value, _OPPOSITES[node.attr], ast.Load())


@_alternatives.register
def _of_slice(node: ast.Slice, enums: Enums) -> Iterator[_Alternative]:
    if node.lower is not None:
        yield "slice", ast.Slice(ast.BinOp(node.lower, ast.Add(), ast.Constant(1)), node.upper, node.step)
    if node.upper is not None:
        yield "slice", ast.Slice(node.lower, ast.BinOp(node.upper, ast.Sub(), ast.Constant(1)), node.step)


def _negated(test: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test)


def _is_union(node: ast.BinOp) -> bool:
    """Whether this is a type: `A | B` of names with capitals."""
    if not isinstance(node.op, ast.BitOr):
        return False
    sides = (node.left, node.right)
    return any(
        (isinstance(side, ast.BinOp) and _is_union(side)) or (isinstance(side, ast.Name) and side.id[:1].isupper())
        for side in sides
    )


_COMPARISONS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}

_ARITHMETIC: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}

_PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("minimum", "maximum"),
    ("floor", "ceil"),
    ("fmin", "fmax"),
    ("add", "subtract"),
    ("left_shift", "right_shift"),
    ("bitwise_and", "bitwise_or"),
    ("less", "less_equal"),
    ("greater", "greater_equal"),
    ("equal", "not_equal"),
)
"""Functions of Python and numpy that are taken for each other; numpy's stand in tables of what instructions do."""

_OPPOSITES: Mapping[str, str] = {one: two for pair in _PAIRS for one, two in (pair, reversed(pair))}
