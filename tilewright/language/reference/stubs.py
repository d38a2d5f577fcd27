"""The types of the language for editors and checkers: `__init__.pyi`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tilewright.language import markers, namespaces
from tilewright.language.jit import Kernel
from tilewright.language.objects import Loop, LoopKind, Op, ScopeKind, ScopeMarker
from tilewright.language.ops.parameters import RESULTS, SEVERAL
from tilewright.language.ops.registry import operations
from tilewright.language.reference.signatures import definition, first_line

_PACKAGE = Path(__file__).parents[1]
_PACKAGE_NAME = "tilewright.language."

_VALUES = ("Scalar", "Tensor", "Tile")
_NAMESPACES = ("array", "system", "tensor", "tile")
_SHARED = ("tensor", "tile")
"""The namespaces that have every operation."""

_OPERATORS = (
    *("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "rfloordiv", "mod", "rmod"),
    *("and", "rand", "or", "ror", "xor", "lshift", "rshift", "lt", "le", "gt", "ge"),
)

_HEAD = '''\
"""Written by `python -m tilewright.language.reference`: what `import tilewright.language as pl` offers."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeAlias
'''

_CLASSES = '''
class Tensor(_Value):
    """A tensor in global memory. In annotations: `pl.Tensor[[rows, columns], dtype]`, or bare."""
    def __class_getitem__(cls, parameters: object) -> Any: ...
    def __getitem__(self, key: object) -> Any: ...
    def __setitem__(self, key: object, value: Operand) -> None: ...
    @property
    def shape(self) -> tuple[Any, ...]: ...
    @property
    def dtype(self) -> DType: ...

class Tile(_Value):
    """A tile on the chip: a two-dimensional value of static shape."""
    def __class_getitem__(cls, parameters: object) -> Any: ...
    def __getitem__(self, key: object) -> Any: ...
    def __setitem__(self, key: object, value: Operand) -> None: ...
    @property
    def shape(self) -> tuple[int, int]: ...
    @property
    def dtype(self) -> DType: ...

class Scalar(_Value):
    """One number: `pl.Scalar[pl.FP32]`."""
    def __class_getitem__(cls, parameters: object) -> Any: ...
    def __index__(self) -> int: ...

class TaskId:
    """A task that was submitted."""

class TaskIds:
    """An array of task ids."""
    def __getitem__(self, place: Integer) -> TaskId: ...
    def __setitem__(self, place: Integer, task: TaskId) -> None: ...

class _Spmd(AbstractContextManager[TaskId]):
    def __iter__(self) -> Iterator[Any]: ...
    def __exit__(self, *reason: object) -> None: ...

Number: TypeAlias = Scalar | int | float
Integer: TypeAlias = Scalar | int
Operand: TypeAlias = Tensor | Tile | Scalar | int | float

def yield_(*values: object) -> Any:
    """What a loop with `init_values=` hands to its next turn."""

def cond(condition: Number) -> None:
    """Whether another turn of `pl.while_` follows; stands first in its body."""
'''


def stub() -> str:
    """The text of the stub."""
    return "\n".join((*_head(), *_markers(), *_operations(), *_namespaces()))


def _head() -> Iterator[str]:
    """The imports and assignments of the package, as names of its own, and the classes of values."""
    yield _HEAD
    module = ast.parse((_PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    for *_, line in sorted(_imports(module)):
        if line == f"from {Kernel.__module__} import jit as jit":
            yield f"from {Kernel.__module__} import Kernel"
        yield line
    yield ""
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) != "__all__":
            yield ast.unparse(node)
    yield "\nclass _Value:"
    for name in _OPERATORS:
        yield f"    def __{name}__(self, other: object) -> Any: ..."
    yield "    def __neg__(self) -> Any: ..."
    yield _CLASSES


def _imports(module: ast.Module) -> set[tuple[str, bool, int, str]]:
    """What the package takes from its own modules: module, whether it is no class or constant, place, the line."""
    taken = {*_VALUES, *_NAMESPACES}
    bodies = [module.body, *(node.body for node in module.body if isinstance(node, ast.If))]
    found: dict[str, tuple[str, bool, int, str]] = {}
    for node in (node for body in bodies for node in body if isinstance(node, ast.ImportFrom)):
        source = node.module or ""
        if source in (markers.__name__, namespaces.__name__) or not source.startswith(_PACKAGE_NAME):
            continue
        for alias in node.names:
            name = alias.asname or alias.name
            if name not in taken:
                line = f"from {source} import {alias.name} as {name}"
                found.setdefault(line, (source, name[0].islower(), len(found), line))
    return set(found.values())


def _markers() -> Iterator[str]:
    for marker in vars(markers).values():
        if isinstance(marker, Loop | ScopeMarker):
            head = definition(marker.kind.value, marker.signature, _opened(marker))
            yield f'{head}\n    """{first_line(marker.doc)}"""\n'


def _opened(marker: Loop | ScopeMarker) -> str:
    match marker.kind:
        case LoopKind.SPMD:
            return "_Spmd"
        case ScopeKind.AT:
            return "AbstractContextManager[TaskId]"
        case LoopKind():
            return "Iterator[Any]"
        case _:
            return "AbstractContextManager[None]"


def _operations() -> Iterator[str]:
    for op in operations().values():
        for name in (op.name, *(other for other in op.others if "." not in other)):
            yield _definition(name, op)


def _definition(name: str, op: Op, indent: str = "", static: str = "") -> str:
    usual = "Any" if op.group in SEVERAL else "Tile"
    result = RESULTS.get(op.name, usual)
    head = static + definition(name, op.signature, result, indent)
    return f'{head}\n{indent}    """{first_line(op.doc)}"""\n'


def _namespaces() -> Iterator[str]:
    for space in _NAMESPACES:
        members: dict[str, Op] = {}
        for op in operations().values():
            if space in _SHARED:
                members[op.name] = op
            for other in op.others:
                prefix, dot, rest = other.partition(".")
                if dot and prefix == space:
                    members[rest] = op
                elif not dot and space in _SHARED:
                    members[other] = op
        yield f"class _{space.title()}Namespace:"
        if space == "tile":
            from_enums = "tilewright.language.enums"
            yield f"    from {from_enums} import MaskPattern as MaskPattern"
        for name, op in sorted(members.items()):
            yield _definition(name, op, "    ", "    @staticmethod\n")
    for space in _NAMESPACES:
        yield f"{space}: _{space.title()}Namespace"
    yield ""
