"""The state of one translation, from the syntax tree of a kernel to IR, and what every part of it needs."""

from __future__ import annotations

import ast
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar, cast

from xdsl.dialects import arith, func
from xdsl.dialects.builtin import (
    BFloat16Type,
    FileLineColLoc,
    Float16Type,
    Float32Type,
    FloatAttr,
    IndexType,
    IntAttr,
    IntegerAttr,
    IntegerType,
    StringAttr,
)
from xdsl.ir import Attribute, Block, Operation, SSAValue
from xdsl.rewriter import InsertPoint

from tilewright.dialects.constants import index_attr
from tilewright.dialects.diagnostics import SourceLocation, did_you_mean, fail
from tilewright.language.attempts import Attempts
from tilewright.language.bindings import Bindings, Unreadable
from tilewright.language.liveness import Liveness, liveness
from tilewright.language.signs import Signs
from tilewright.language.source import Source
from tilewright.language.values import TileRef, WindowRef

_Op = TypeVar("_Op", bound=Operation)

ExpressionHandler = Callable[["Translator", ast.expr], object]
StatementHandler = Callable[["Translator", ast.stmt], None]


@dataclass
class Handlers:
    """How each kind of syntax is translated."""

    expressions: Mapping[type[ast.expr], ExpressionHandler]
    statements: Mapping[type[ast.stmt], StatementHandler]


@dataclass
class Scope:
    """A compute scope that is being translated: its body becomes one kernel.

    Attributes:
        name: what the kernel is called.
        body: its block.
        operation: the `task.scope` around it once that exists; None for a function that is a kernel as a whole.
        blocks: whether it runs once for each of several blocks.
    """

    name: str
    body: Block
    operation: Operation | None = None
    blocks: bool = False


@dataclass
class Program:
    """What the translations of one program share.

    Attributes:
        functions: the functions that it has so far, but for the entry.
        kernels: by what was translated for which arguments, a function and which parameters it returns.
        names: the names of all its functions.
    """

    functions: dict[str, func.FuncOp] = field(default_factory=dict[str, func.FuncOp])
    kernels: dict[object, tuple[str, object]] = field(default_factory=dict[object, tuple[str, object]])
    names: set[str] = field(default_factory=set[str])

    def unique(self, name: str) -> str:
        """A name for a function that no other has."""
        candidate, count = name, 1
        while candidate in self.names:
            candidate, count = f"{name}_{count}", count + 1
        self.names.add(candidate)
        return candidate


class Translator:
    """Translates one function.

    Attributes:
        source: the text that is translated.
        handlers: how each kind of syntax is translated.
        names: what its names stand for.
        scopes: the compute scopes around the current point, outermost first.
        program: what is shared with other functions of the program.
        manual: whether tasks wait only for what they name.
        signs: which numbers are never negative.
        attempts: what is known about loops whose bodies are translated more than once.
        loads: the slices that were loaded, each with its tile and the scope that it was loaded in.
        returned: the value of the `return` statement that was reached.
        inlined: the functions whose bodies are being translated, outermost first.
    """

    def __init__(self, source: Source, handlers: Handlers, program: Program, block: Block) -> None:
        self.source = source
        self.handlers = handlers
        self.program = program
        self.names = Bindings()
        self.live: Liveness = liveness(source.node.body)
        self.block = block
        self.blocks: list[Block] = [block]
        self.scopes: list[Scope] = []
        self.manual = False
        self.loads: dict[int, tuple[WindowRef, TileRef, Scope]] = {}
        self.signs = Signs()
        self.attempts = Attempts()
        self.returned: object = None
        self.has_returned: bool = False
        self.inlined: list[Source] = [source]
        self.outputs: frozenset[str] = frozenset()
        self._node: ast.AST = source.node

    # Text ---------------------------------------------------------------------------------------

    @property
    def node(self) -> ast.AST:
        """The syntax that is being translated."""
        return self._node

    @property
    def place(self) -> SourceLocation:
        """Where it stands."""
        return self.source.locate(self._node)

    def fail(self, code: str, message: str, node: ast.AST | None = None, help: Sequence[str] = ()) -> NoReturn:
        """Refuse the program at a node, the current one by default."""
        at = node or self._node
        fail(code, message, self.source.locate(at), span=self.source.span(at), help=tuple(help))

    @contextmanager
    def at(self, node: ast.AST) -> Generator[None]:
        """Translate `node` meanwhile: new operations have its location."""
        previous, self._node = self._node, node
        try:
            yield
        finally:
            self._node = previous

    # Syntax -------------------------------------------------------------------------------------

    def expression(self, node: ast.expr) -> object:
        """The value of an expression."""
        handler = self.handlers.expressions.get(type(node))
        if handler is None:
            self.fail("TW0602", f"{_syntax_name(node)} cannot be used in a kernel", node)
        with self.at(node):
            return handler(self, node)

    def statements(self, nodes: Sequence[ast.stmt]) -> None:
        """Translate statements in order, up to a `return`."""
        for node in nodes:
            if self.has_returned:
                self.fail("TW0602", "nothing can follow a return statement", node)
            handler = self.handlers.statements.get(type(node))
            if handler is None:
                self.fail("TW0602", f"{_syntax_name(node)} cannot be used in a kernel", node)
            with self.at(node):
                handler(self, node)

    # Names --------------------------------------------------------------------------------------

    def read(self, node: ast.Name) -> object:
        """What a name stands for.

        Raises:
            DiagnosticError: TW0603 for a name that is unknown, TW0604 and others for one that cannot be read here.
        """
        name = node.id
        if name in self.names:
            value = self.names.get(name)
            if isinstance(value, Unreadable):
                self.fail(value.code, value.message.format(name=name), node, value.help)
            return value
        if name in self.source.names:
            return self.source.names[name]
        if any(
            isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Store)
            for each in ast.walk(self.source.node)
        ):
            self.fail("TW0604", f"'{name}' is read before anything is assigned to it", node)
        known = [*self.names, *self.source.names]
        self.fail("TW0603", f"'{name}' is not defined", node, did_you_mean(name, known))

    # IR -----------------------------------------------------------------------------------------

    @property
    def in_scope(self) -> bool:
        """Whether the current point is in a compute scope."""
        return bool(self.scopes)

    def emit(self, op: _Op, name: str | None = None) -> _Op:
        """Append an operation at the current point; `name` is for its first result."""
        op.location = self.location()
        self.block.add_op(op)
        if name is not None and op.results:
            op.results[0].name_hint = name
        return op

    def emit_at(self, op: _Op, point: InsertPoint) -> _Op:
        """Insert an operation elsewhere."""
        op.location = self.location()
        if point.insert_before is None:
            point.block.add_op(op)
        else:
            point.block.insert_op_before(op, point.insert_before)
        return op

    def location(self) -> FileLineColLoc:
        """The current place as IR has it."""
        place = self.place
        return FileLineColLoc(StringAttr(place.file), IntAttr(place.line), IntAttr(place.column))

    def is_visible(self, value: SSAValue) -> bool:
        """Whether a value can be used at the current point."""
        owner = value.owner
        block = owner if isinstance(owner, Block) else owner.parent
        return any(block is each for each in self.blocks)

    @contextmanager
    def inlining(self, source: Source, names: Mapping[str, object]) -> Generator[None]:
        """Translate the body of another function meanwhile, with names of its own."""
        state = self.source, self.names, self.live, self.returned, self.has_returned, self._node, self.outputs
        self.source, self.names, self.live = source, Bindings(names), liveness(source.node.body)
        self.returned, self.has_returned, self._node, self.outputs = None, False, source.node, frozenset()
        self.inlined.append(source)
        try:
            yield
        finally:
            self.inlined.pop()
            self.source, self.names, self.live, self.returned, self.has_returned, self._node, self.outputs = state

    @contextmanager
    def inside(self, block: Block) -> Generator[Block]:
        """Append to another block meanwhile."""
        previous, self.block = self.block, block
        self.blocks.append(block)
        try:
            yield block
        finally:
            self.block = previous
            self.blocks.pop()

    def index(self, value: int) -> SSAValue:
        """A constant of type index."""
        op = self.emit(arith.ConstantOp(index_attr(value)), f"c{value}" if value >= 0 else None)
        return op.result

    def constant(self, value: int | float, type_: Attribute) -> SSAValue:
        """A constant of a number type."""
        if isinstance(type_, BFloat16Type | Float16Type | Float32Type):
            return self.emit(arith.ConstantOp(FloatAttr(float(value), type_))).result
        whole = type_ if isinstance(type_, IndexType) else IntegerType(cast("IntegerType", type_).width.data)
        return self.emit(arith.ConstantOp(IntegerAttr(int(value), whole))).result


def _syntax_name(node: ast.AST) -> str:
    known: Mapping[type[ast.AST], str] = {
        ast.Lambda: "a lambda",
        ast.ListComp: "a comprehension",
        ast.DictComp: "a comprehension",
        ast.SetComp: "a comprehension",
        ast.GeneratorExp: "a generator",
        ast.Try: "try",
        ast.ClassDef: "a class",
        ast.FunctionDef: "a nested function",
        ast.Dict: "a dictionary",
        ast.Await: "await",
        ast.Yield: "yield (write pl.yield_)",
        ast.Global: "global",
        ast.Nonlocal: "nonlocal",
        ast.Delete: "del",
        ast.Raise: "raise",
        ast.Break: "break",
        ast.Continue: "continue",
        ast.NamedExpr: "an assignment in an expression",
        ast.Import: "import",
        ast.ImportFrom: "import",
        ast.Match: "match",
    }
    return known.get(type(node), f"Python syntax '{type(node).__name__}'")
