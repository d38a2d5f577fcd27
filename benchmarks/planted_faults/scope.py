"""What faults are planted in: the rules, all of them stated before a fault is drawn."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FOLDERS = ("tilewright/passes", "tilewright/execution")

_OUTSIDE = (
    # The harness itself, and what makes its inputs.
    "tilewright/execution/races/",
    "tilewright/execution/native/",
    "tilewright/execution/check_sync.py",
    "tilewright/execution/inputs.py",
    "tilewright/execution/overtaking.py",
    "tilewright/execution/pointer_sizes.py",
    "tilewright/execution/separate_buffers.py",
    "tilewright/execution/validation.py",
    # What reads the command line's pipeline and calls the passes; what only copies source locations and names.
    "tilewright/passes/locations.py",
    "tilewright/passes/manager.py",
    "tilewright/passes/mlir.py",
    "tilewright/passes/options.py",
    "tilewright/passes/pipeline_text.py",
    "tilewright/passes/pipelines.py",
    "tilewright/passes/registry.py",
    "tilewright/execution/names.py",
    # Whether an instruction may run at all, and how much work was done: no result depends on it.
    "tilewright/execution/checks.py",
    "tilewright/execution/counts.py",
    "tilewright/passes/check_budget.py",
    "tilewright/passes/verify_pto.py",
    # The graph of tasks, which is for readers and for what models time.
    "tilewright/passes/analysis/task_",
    "tilewright/passes/analysis/tensor_accesses.py",
    # Which of the plans that fit is taken: each is as right.
    "tilewright/passes/analysis/plan_search.py",
    # What advises: warnings, and the help of an error.
    "tilewright/passes/lint/",
    "tilewright/passes/over_budget.py",
    "tilewright/passes/remedies.py",
    "tilewright/passes/analysis/retile.py",
)
"""Files and folders without faults."""

_COSTS = (
    "PlanTime",
    "RankedPlan",
    "SearchResult",
    "_StepCosts",
    "_best_depths",
    "_binding",
    "_freed",
    "_lower_bound",
    "_simulate",
    "_slack",
    "modelled_time",
    "pack",
)
"""Functions and classes that say how good a plan is, or try several: another plan that fits is as right."""

_MESSAGES = ("fail", "fail_all", "fail_internally", "remark", "warn", "Diagnostic")
"""What makes messages."""

_REFUSING = re.compile(r"_?(agree|check|disagree|fail|refuse|require|takes|verify)(_|$)")
"""Functions that do nothing but refuse."""

_SYMMETRIC = (
    *("min", "max", "gcd", "lcm", "minimum", "maximum", "logical_and", "logical_or", "equivalent"),
    *("array_equal", "isdisjoint"),
)
"""Functions whose arguments may change places."""

_UNSEEN = ("setflags", "cache_clear")
"""Methods that guard against errors in our own code, or only save time."""

_NAMES = ("rename",)
"""What names values for readers."""

_COSMETIC = ("location", "name_hint")
"""Attributes that only messages and readers see."""

_FOR_READERS = ("_lines",)
"""Functions that find source lines for messages."""

_TEXT = ("__repr__", "__str__")


def sources() -> list[Path]:
    """The files that faults may be planted in."""
    found = [path for folder in _FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if not path.relative_to(ROOT).as_posix().startswith(_OUTSIDE)]


def mutable_nodes(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.stmt]]:
    """Every node of a module whose change may change what the program does, with the statement that it is in.

    Left out are messages (`fail(...)`, `raise`, `assert`, formatted strings, functions that give text); refusals (the
    conditions of branches that only refuse, functions that check, and what they are called with), which decide which
    error comes but no result; annotations, decorators, bases of classes, imports, names and locations for readers,
    counted work, and the costs of plans.
    """
    for statement in tree.body:
        yield from _nodes(statement, statement)


def _nodes(node: ast.AST, statement: ast.stmt) -> Iterator[tuple[ast.AST, ast.stmt]]:
    if _is_out(node):
        return
    inside = node if isinstance(node, ast.stmt) else statement
    if not (isinstance(node, ast.If) and _refuses(node.body)):
        yield node, inside
    for child in _children(node):
        yield from _nodes(child, inside)


def _is_out(node: ast.AST) -> bool:
    match node:
        case ast.Raise() | ast.Assert() | ast.Import() | ast.ImportFrom() | ast.JoinedStr():
            return True
        case ast.FunctionDef(name=name, returns=returns):
            gives_text = isinstance(returns, ast.Name) and returns.id in ("str", "NoReturn")
            return name in (*_TEXT, *_COSTS, *_FOR_READERS) or gives_text or _REFUSING.match(name) is not None
        case ast.ClassDef(name=name):
            return name in _COSTS
        case ast.Call(func=ast.Name(id=name)):
            return name in _MESSAGES or name in _NAMES or _REFUSING.match(name) is not None
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in _UNSEEN or name in _NAMES or _REFUSING.match(name) is not None or _counts(node.func)
        case ast.AugAssign(target=target, value=value):
            return _counts(target) or isinstance(value, ast.JoinedStr)
        case ast.Assign(targets=[ast.Attribute(attr=name)]):
            return name in _COSMETIC
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name == "__all__"
        case ast.Expr(value=value):
            return isinstance(value, ast.Constant) or _is_out(value)
        case _:
            return False


def _children(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.FunctionDef(args=arguments, body=body):
            yield from (default for default in (*arguments.defaults, *arguments.kw_defaults) if default is not None)
            yield from body
        case ast.ClassDef(body=body):
            yield from body
        case ast.AnnAssign(value=value):
            if value is not None:
                yield value
        case ast.If(body=body, orelse=rest) if _refuses(body):
            # The condition says which error comes.
            yield from rest
        case ast.Call(func=ast.Name(id="isinstance")):
            yield node.args[0]
        case ast.keyword(arg="strict"):
            # Guards against errors in our own code.
            return
        case ast.Subscript(value=value, slice=ast.Constant()):
            # The index changes as a part of this node.
            yield value
        case ast.Call(func=ast.Name(id="cast" | "TypeVar")):
            yield from node.args[1:]
        case _:
            yield from ast.iter_child_nodes(node)


def _refuses(body: list[ast.stmt]) -> bool:
    """Whether statements do nothing but refuse, or end with that."""
    *before, last = body
    return _is_refusal(last) and all(isinstance(each, ast.Assign) or _is_refusal(each) for each in before)


def _is_refusal(statement: ast.stmt) -> bool:
    match statement:
        case ast.Raise():
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name))):
            return name in _MESSAGES or _REFUSING.match(name) is not None
        case ast.If(body=body, orelse=rest) | ast.For(body=body, orelse=rest):
            return _refuses([*body, *rest])
        case _:
            return False


def _counts(node: ast.AST) -> bool:
    """Whether this is a place where work is counted: `counts` or an attribute of it."""
    match node:
        case ast.Attribute(value=value, attr=attr):
            return attr == "counts" or _counts(value)
        case ast.Name(id=name):
            return name == "counts"
        case _:
            return False


def symmetric(function: ast.expr) -> bool:
    """Whether the arguments of a function may change places."""
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _SYMMETRIC
        case _:
            return False
