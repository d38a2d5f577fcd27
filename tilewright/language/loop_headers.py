"""What stands after `in` of a loop: which loop, its bounds, what it carries explicitly."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence
from dataclasses import dataclass

from tilewright.language.objects import Loop, LoopKind
from tilewright.language.operands import sequence, static_int
from tilewright.language.translator import Translator


@dataclass(frozen=True)
class Header:
    """The head of a `for` statement.

    Attributes:
        kind: which loop.
        call: the call after `in`.
        target: what stands before it.
        bounds: one to three numbers, as for Python's range.
        stages: iterations in flight of a pipeline.
        inits: the values of `init_values=`, None without it.
        init_names: the names that these were read from, None for other expressions.
    """

    kind: LoopKind
    call: ast.Call
    target: ast.expr
    bounds: tuple[object, ...]
    stages: int
    inits: Sequence[object] | None
    init_names: tuple[str | None, ...]

    def counter(self, t: Translator) -> ast.expr:
        """The name of the loop variable where the target also names carried values."""
        return self._parts(t)[0]

    def carried_names(self, t: Translator) -> list[str]:
        """What the body calls the carried values."""
        _, carried = self._parts(t)
        parts = carried.elts if isinstance(carried, ast.Tuple | ast.List) else [carried]
        names = [part.id for part in parts if isinstance(part, ast.Name)]
        if len(names) != len(parts):
            t.fail("TW0615", "carried values are named by plain names", carried)
        return names

    def _parts(self, t: Translator) -> tuple[ast.expr, ast.expr]:
        if isinstance(self.target, ast.Tuple) and len(self.target.elts) == 2:
            first, second = self.target.elts
            return first, second
        t.fail("TW0615", "a loop with init_values names its values: `for i, (a, b) in ...`", self.target)


def read_header(t: Translator, node: ast.For) -> Header:
    """Read the head of a loop.

    Raises:
        DiagnosticError: TW0602 when it is no loop of the language, TW0615 for arguments that it does not take.
    """
    call = node.iter
    if not isinstance(call, ast.Call):
        t.fail("TW0602", "a kernel loops over pl.range and its kin", call, ("for i in pl.range(n):",))
    loop = t.expression(call.func)
    if loop is builtins.range:
        kind = LoopKind.RANGE
    elif isinstance(loop, Loop):
        kind = loop.kind
    else:
        t.fail("TW0602", "a kernel loops over pl.range and its kin", call, ("for i in pl.range(n):",))
    if kind in (LoopKind.SPMD, LoopKind.WHILE):
        return Header(kind, call, node.target, (), 1, None, ())
    return _counted_header(t, node, call, kind)


_KEYWORDS = {"init_values", "stage", "start", "stop", "step", "chunk", "unroll", "attrs"}


def _counted_header(t: Translator, node: ast.For, call: ast.Call, kind: LoopKind) -> Header:
    bounds = [t.expression(argument) for argument in call.args]
    keywords = {each.arg: each.value for each in call.keywords if each.arg is not None}
    for name, value in keywords.items():
        if name not in _KEYWORDS or (name == "stage" and kind is not LoopKind.PIPELINE):
            t.fail("TW0615", f"pl.{kind.value} has no argument '{name}'", value)
    if not 1 <= len(bounds) <= 3:
        t.fail("TW0615", f"pl.{kind.value} takes stop, or start, stop and step, got {len(bounds)} numbers", call)
    if len(bounds) == 3 and isinstance(bounds[2], int) and bounds[2] < 1:
        t.fail("TW0615", f"the step of a loop is positive, got {bounds[2]}", call.args[2])
    stages = 1
    if kind is LoopKind.PIPELINE:
        if "stage" not in keywords:
            t.fail("TW0615", "pl.pipeline needs stage=: how many iterations are in flight", call, ("stage=2",))
        stages = static_int(t, t.expression(keywords["stage"]), "stage")
        if stages < 1:
            t.fail("TW0615", f"stage is at least 1, got {stages}", keywords["stage"])
    inits, names = None, ()
    given = keywords.get("init_values")
    if given is not None and not (isinstance(given, ast.Constant) and given.value is None):
        inits = sequence(t, t.expression(given), "init_values")
        parts = given.elts if isinstance(given, ast.Tuple | ast.List) else ()
        names = tuple(part.id if isinstance(part, ast.Name) else None for part in parts) or (None,) * len(inits)
    return Header(kind, call, node.target, tuple(bounds), stages, inits, names)
