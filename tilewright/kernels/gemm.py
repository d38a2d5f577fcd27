"""A hand-tiled matrix product, f16 x f16 -> f32, as the published measurements of 24 cores have it.

Its tiling follows hw-native-sys/pto-isa kernels/manual/a2a3/gemm_performance/README.md: a grid of cores, base tiles,
several steps of K in a load, two buffers in Mat, in Left and in Right, one set of accumulators.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tilewright.dialects.diagnostics import fail
from tilewright.timing.traffic import Reuse, Traffic

_ITEM, _SUM = 2, 4
"""Bytes of an operand's element and of a result's."""

_SLOTS = 2


@dataclass(frozen=True)
class Gemm:
    """`[m, k] x [k, n]`, row by row in memory.

    A block computes its part of the result tile by tile, row by row of tiles; for each tile it goes over all of K.

    Attributes:
        m, n, k: extents.
        grid: cores along m and along n.
        tile: extents of a base tile: rows, columns, and K of one instruction.
        steps: instructions that one load of operands serves.

    Raises:
        DiagnosticError: TW0711, the tiles do not fill the problem.
    """

    m: int
    n: int
    k: int
    grid: tuple[int, int] = (4, 6)
    tile: tuple[int, int, int] = (128, 256, 64)
    steps: int = 4

    def __post_init__(self) -> None:
        units = (self.grid[0] * self.tile[0], self.grid[1] * self.tile[1], _SLOTS * self.chunk)
        for name, extent, unit in zip("mnk", (self.m, self.n, self.k), units, strict=True):
            if extent < unit or extent % unit:
                fail("TW0711", f"{name} is {extent}, which is no multiple of {unit}", help=(f"{name} = {unit}",))

    @property
    def chunk(self) -> int:
        """K of one load."""
        return self.steps * self.tile[2]

    @property
    def blocks(self) -> int:
        """Cores of the grid."""
        return self.grid[0] * self.grid[1]

    @property
    def tiles(self) -> tuple[int, int]:
        """Tiles of a block along m and along n."""
        return self.m // self.grid[0] // self.tile[0], self.n // self.grid[1] // self.tile[1]

    def traffic(self) -> Traffic:
        """What all blocks load, when they keep step: a part that several load at once comes from HBM at most once."""
        rows, columns = self.tiles
        a, b = self.m * self.k * _ITEM, self.k * self.n * _ITEM
        loaded_a, loaded_b = a * columns * self.grid[1], b * rows * self.grid[0]
        # What all blocks move while they compute one tile each.
        a_panel, b_panel = a // rows, b // columns
        tile = a_panel + b_panel + self.blocks * self.tile[0] * self.tile[1] * _SUM
        return Traffic(
            first=a + b,
            together=loaded_a + loaded_b - a * columns - b * rows,
            again=(Reuse(a * (columns - 1), tile), Reuse(b * (rows - 1), tile * columns)),
            stored=self.m * self.n * _SUM,
        )

    def text(self) -> str:
        """The kernel in the `pto` dialect, with addresses and flags: `@gemm` of a, b and the result."""
        return "\n".join([*self._head(), *self._body(), "  func.return", "}", ""])

    def _types(self) -> dict[str, str]:
        m, n, k = self.tile
        box = "blayout=col_major, slayout=row_major"
        return {
            "mat_a": f"!pto.tile_buf<mat, {m}x{self.chunk}xf16, {box}>",
            "mat_b": f"!pto.tile_buf<mat, {self.chunk}x{n}xf16, {box}>",
            "left": f"!pto.tile_buf<left, {m}x{k}xf16, slayout=row_major>",
            "right": f"!pto.tile_buf<right, {k}x{n}xf16, slayout=col_major>",
            "acc": f"!pto.tile_buf<acc, {m}x{n}xf32, {box}, fractal=1024>",
        }

    def _head(self) -> Iterator[str]:
        m, n, k = self.tile
        a_bytes, b_bytes = m * self.chunk * _ITEM, self.chunk * n * _ITEM
        addresses = {"acc": [0]}
        for slot in range(_SLOTS):
            addresses[f"mat_a{slot}"] = [slot * a_bytes]
            addresses[f"mat_b{slot}"] = [_SLOTS * a_bytes + slot * b_bytes]
            addresses[f"left{slot}"] = [slot * m * k * _ITEM]
            addresses[f"right{slot}"] = [slot * k * n * _ITEM]
        (rows, columns), types = self.tiles, self._types()
        numbers = {
            *(0, 1, m, n, self.chunk, _SLOTS * self.chunk, *range(0, self.chunk, k)),
            *(self.m, self.n, self.k, self.grid[1], rows, columns, rows * m, columns * n),
        }
        yield (
            "func.func @gemm(%a: !pto.ptr<f16>, %b: !pto.ptr<f16>, %c: !pto.ptr<f32>) "
            "attributes {pto.kernel_kind = #pto.kernel_kind<cube>} {"
        )
        yield from (f"  %n{number} = arith.constant {number} : index" for number in sorted(numbers))
        for name, (address,) in addresses.items():
            yield f"  %at_{name} = arith.constant {address} : i64"
            yield f"  %{name} = pto.alloc_tile addr = %at_{name} : {types[name.rstrip('01')]}"
        for name, size, element in (
            ("a", (self.m, self.k), "f16"),
            ("b", (self.k, self.n), "f16"),
            ("c", (self.m, self.n), "f32"),
        ):
            yield (
                f"  %{name}_view = pto.make_tensor_view %{name}, shape = [%n{size[0]}, %n{size[1]}], "
                f"strides = [%n{size[1]}, %n1] : !pto.tensor_view<?x?x{element}>"
            )

    def _body(self) -> Iterator[str]:
        (m, n, _), (rows, columns) = self.tile, self.tiles
        yield "  %id = pto.get_block_idx"
        yield "  %block = arith.index_cast %id : i64 to index"
        yield f"  %grid_row = arith.divui %block, %n{self.grid[1]} : index"
        yield f"  %grid_column = arith.remui %block, %n{self.grid[1]} : index"
        yield f"  %first_row = arith.muli %grid_row, %n{rows * m} : index"
        yield f"  %first_column = arith.muli %grid_column, %n{columns * n} : index"
        yield from _both_ways("set")
        yield f"  scf.for %i = %n0 to %n{rows} step %n1 {{"
        yield f"    %tile_row = arith.muli %i, %n{m} : index"
        yield "    %row = arith.addi %first_row, %tile_row : index"
        yield f"    scf.for %j = %n0 to %n{columns} step %n1 {{"
        yield f"      %tile_column = arith.muli %j, %n{n} : index"
        yield "      %column = arith.addi %first_column, %tile_column : index"
        yield "      pto.wait_flag[<PIPE_FIX>, <PIPE_M>, <EVENT_ID0>]"
        yield f"      scf.for %k = %n0 to %n{self.k} step %n{_SLOTS * self.chunk} {{"
        yield "        %is_first = arith.cmpi eq, %k, %n0 : index"
        yield f"        %k0 = arith.addi %k, %n0 : index\n        %k1 = arith.addi %k, %n{self.chunk} : index"
        for slot in range(_SLOTS):
            yield from (f"        {line}" for line in self._chunk(slot))
        yield "      }"
        yield from (f"      {line}" for line in self._store())
        yield "    }\n  }"
        yield from _both_ways("wait")

    def _chunk(self, slot: int) -> Iterator[str]:
        """Load operands into a slot of Mat, and multiply them step by step."""
        (m, n, k), types = self.tile, self._types()
        yield _flag("wait", "MTE1", "MTE2", slot)
        yield from _window(f"a{slot}", "a", ("%row", f"%k{slot}"), (m, self.chunk), "f16")
        yield _do("tload", f"%a{slot}", _part(m, self.chunk, "f16"), f"%mat_a{slot}", types["mat_a"])
        yield from _window(f"b{slot}", "b", (f"%k{slot}", "%column"), (self.chunk, n), "f16")
        yield _do("tload", f"%b{slot}", _part(self.chunk, n, "f16"), f"%mat_b{slot}", types["mat_b"])
        yield _flag("set", "MTE2", "MTE1", slot)
        yield _flag("wait", "MTE2", "MTE1", slot)
        for step in range(self.steps):
            side = step % _SLOTS
            yield _flag("wait", "M", "MTE1", side)
            for source, target, row, column in (("mat_a", "left", 0, step * k), ("mat_b", "right", step * k, 0)):
                operands = f"%{source}{slot}, %n{row}, %n{column}"
                yield _do("textract", operands, f"{types[source]}, index, index", f"%{target}{side}", types[target])
            if step == self.steps - 1:
                yield _flag("set", "MTE1", "MTE2", slot)
            yield _flag("set", "MTE1", "M", side)
            yield _flag("wait", "MTE1", "M", side)
            sources, kinds = f"%left{side}, %right{side}", f"{types['left']}, {types['right']}"
            adding = _do("tmatmul.acc", f"%acc, {sources}", f"{types['acc']}, {kinds}", "%acc", types["acc"])
            if slot == step == 0:
                starting = _do("tmatmul", sources, kinds, "%acc", types["acc"])
                yield from ("scf.if %is_first {", f"  {starting}", "} else {", f"  {adding}", "}")
            else:
                yield adding
            yield _flag("set", "M", "MTE1", side)

    def _store(self) -> Iterator[str]:
        m, n, _ = self.tile
        yield _flag("set", "M", "FIX")
        yield _flag("wait", "M", "FIX")
        yield from _window("out", "c", ("%row", "%column"), (m, n), "f32")
        yield _do("tstore", "%acc", self._types()["acc"], "%out", _part(m, n, "f32"))
        yield _flag("set", "FIX", "M")


def _both_ways(kind: str) -> Iterator[str]:
    """Before all work every slot is free, and after it every one is again."""
    for slot in range(_SLOTS):
        yield "  " + _flag(kind, "MTE1", "MTE2", slot)
        yield "  " + _flag(kind, "M", "MTE1", slot)
    yield "  " + _flag(kind, "FIX", "M")


def _flag(kind: str, source: str, target: str, number: int = 0) -> str:
    return f"pto.{kind}_flag[<PIPE_{source}>, <PIPE_{target}>, <EVENT_ID{number}>]"


def _do(op: str, sources: str, types: str, target: str, type_: str) -> str:
    return f"pto.{op} ins({sources} : {types}) outs({target} : {type_})"


def _part(rows: int, columns: int, element: str) -> str:
    return f"!pto.partition_tensor_view<{rows}x{columns}x{element}>"


def _window(name: str, tensor: str, at: tuple[str, str], size: tuple[int, int], element: str) -> Iterator[str]:
    yield (
        f"%{name} = pto.partition_view %{tensor}_view, offsets = [{at[0]}, {at[1]}], "
        f"sizes = [%n{size[0]}, %n{size[1]}] : !pto.tensor_view<?x?x{element}> -> {_part(*size, element)}"
    )
