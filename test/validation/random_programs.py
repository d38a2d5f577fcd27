"""Random vector programs with loops and branches: buffers without addresses, pipes without flags."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

POINTERS = 3

_TILE = "!pto.tile_buf<vec, 8x64xf32>"
_VIEW = "!pto.tensor_view<?x?xf32>"
_PART = "!pto.partition_tensor_view<8x64xf32>"


class _Writer:
    """Writes one program as `draw` decides."""

    def __init__(self, draw: st.DrawFn, most_ops: int) -> None:
        self._draw = draw
        self._most_ops = most_ops
        self._count = 0

    def fresh(self, prefix: str) -> str:
        """A name that is not in use."""
        self._count += 1
        return f"%{prefix}{self._count}"

    def body(self, tiles: Sequence[str], depth: int) -> list[str]:
        """Tiles of its own, and statements on these and on those from outside."""
        own = [self.fresh("t") for _ in range(self._draw(st.integers(0 if tiles else 1, 2)))]
        lines = [f"{name} = pto.alloc_tile : {_TILE}" for name in own]
        for _ in range(self._draw(st.integers(1, self._most_ops))):
            lines += self._statement([*tiles, *own], depth)
        return lines

    def _statement(self, tiles: Sequence[str], depth: int) -> list[str]:
        one, two, three = (self._draw(st.sampled_from(tiles)) for _ in range(3))
        window = f"%g{self._draw(st.integers(0, POINTERS - 1))}"
        match self._draw(st.sampled_from(["load", "store", "exp", "add", "add", *["for", "if"] * (depth > 0)])):
            case "load":
                return [f"pto.tload ins({window} : {_PART}) outs({one} : {_TILE})"]
            case "store":
                return [f"pto.tstore ins({one} : {_TILE}) outs({window} : {_PART})"]
            case "exp":
                return [f"pto.texp ins({one} : {_TILE}) outs({two} : {_TILE})"]
            case "add":
                return [f"pto.tadd ins({one}, {two} : {_TILE}, {_TILE}) outs({three} : {_TILE})"]
            case "for":
                return [f"scf.for {self.fresh('i')} = %c0 to %n step %c1 {{", *self.body(tiles, depth - 1), "}"]
            case _:
                otherwise = ["} else {", *self.body(tiles, depth - 1)] if self._draw(st.booleans()) else []
                return ["scf.if %b {", *self.body(tiles, depth - 1), *otherwise, "}"]


@st.composite
def programs(draw: st.DrawFn, most_tiles: int = 5, most_ops: int = 8, depth: int = 2) -> str:
    """A kernel of `POINTERS` pointers, a trip count and a condition."""
    writer = _Writer(draw, most_ops)
    tiles = [writer.fresh("t") for _ in range(draw(st.integers(1, most_tiles)))]
    return kernel(*(f"{name} = pto.alloc_tile : {_TILE}" for name in tiles), *writer.body(tiles, depth))


def texts(count: int) -> list[str]:
    """The same programs each time, few of them alike: of several that a seed gives, the last; the first are simple."""
    return list(dict.fromkeys(_last(number) for number in range(count)))


def _last(number: int) -> str:
    found: list[str] = []

    @seed(number)
    @settings(
        max_examples=4,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(programs(most_tiles=4, most_ops=6))
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found[-1]


def kernel(*lines: str) -> str:
    """A kernel of `POINTERS` pointers with a window of each (`%g0`, ...), a trip count `%n` and a condition `%b`."""
    views = [
        line
        for number in range(POINTERS)
        for line in (
            f"%v{number} = pto.make_tensor_view %p{number}, shape = [%c8, %c64], strides = [%c64, %c1] : {_VIEW}",
            f"%g{number} = pto.partition_view %v{number}, offsets = [%c0, %c0], sizes = [%c8, %c64] "
            f": {_VIEW} -> {_PART}",
        )
    ]
    arguments = ", ".join([f"%p{number}: !pto.ptr<f32>" for number in range(POINTERS)])
    text = [
        f"func.func @kernel({arguments}, %n: index, %b: i1) {{",
        *(f"%c{number} = arith.constant {number} : index" for number in (0, 1, 8, 64)),
        *views,
        *lines,
        "func.return",
        "}",
    ]
    return "\n".join(text)
