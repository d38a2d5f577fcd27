"""The reference of the language: `docs/language.md`."""

from __future__ import annotations

from collections.abc import Iterator

from tilewright.language import markers
from tilewright.language.dtypes import DTYPES
from tilewright.language.objects import Loop, Op, ScopeMarker
from tilewright.language.ops.parameters import KINDS
from tilewright.language.ops.registry import operations
from tilewright.language.reference.signatures import signature_text, whole_text

_HEAD = """\
# The language

`import tilewright.language as pl`. Written by `python -m tilewright.language.reference` from the tables that the
translator uses.

## Functions

| decorator | what the function is |
|---|---|
| `@pl.jit` | an entry: it makes tensors and submits tasks; its compute scopes become kernels |
| `@pl.jit.incore` | a kernel: all of its body is one compute scope |
| `@pl.jit.inline` | spliced in where it is called |

`pl.parse(text)` makes a kernel of a text. Its body is read, not run; names that it does not define are constants.

## Parameters

| annotation | what is given |
|---|---|
| `pl.Tensor[[rows, columns], dtype]` | an array; `pl.dynamic("M")` is an extent that is known when the kernel runs |
| `pl.Out[...]`, `pl.InOut[...]` | an array that is written; read and written |
| `pl.Scalar[dtype]` | a number |
| anything else | a constant: the program is translated for its value |

## Element types
"""


def page() -> str:
    """The text of the reference."""
    return "\n".join((*_head(), *_markers("Loops", Loop), *_markers("Scopes", ScopeMarker), *_operations()))


def _head() -> Iterator[str]:
    yield _HEAD
    known = [repr(dtype) for dtype in DTYPES if dtype.mlir]
    later = [repr(dtype) for dtype in DTYPES if not dtype.mlir]
    yield f"{_listed(known)}.\n"
    yield f"Known, but not on a2a3: {_listed(later)}.\n"


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _markers(title: str, kind: type[Loop | ScopeMarker]) -> Iterator[str]:
    yield f"## {title}\n"
    for marker in vars(markers).values():
        if isinstance(marker, kind):
            yield f"**`pl.{marker.kind.value}{signature_text(marker.signature)}`**\n\n{whole_text(marker.doc)}\n"
    if kind is Loop:
        yield (
            "A name that the body binds anew goes from turn to turn. `init_values=` says so explicitly:"
            " `for i, (a, b) in pl.range(n, init_values=(a0, b0))`, which ends with `a, b = pl.yield_(a1, b1)`.\n"
        )


def _operations() -> Iterator[str]:
    table = operations()
    yield "## Operations\n"
    yield "| parameters | take |\n|---|---|"
    for kind, words in KINDS.items():
        yield f"| `{kind.replace('|', chr(92) + '|')}` | {words} |"
    yield ""
    for group in sorted({op.group for op in table.values()}):
        yield f"### {group}\n"
        yield from (_operation(op) for op in table.values() if op.group == group)


def _operation(op: Op) -> str:
    others = f" Also {_listed([f'pl.{other}' for other in op.others])}." if op.others else ""
    head = f"**`pl.{op.name}{signature_text(op.signature)}`** stands {op.where.value}.{others}"
    return f"{head}\n\n{whole_text(op.doc)}\n"
