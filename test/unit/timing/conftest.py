"""Programs of the `pto` dialect whose time is modelled, and what models it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp

from tilewright.arch.chip import load_chip
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.pto import AllocTileOp
from tilewright.dialects.registry import make_context
from tilewright.execution.functions import find_kernels
from tilewright.timing.core import Options, simulate_core
from tilewright.timing.records import Timeline
from tilewright.timing.streams import streams_of_block

_K, _N, _CHUNK = 256, 256, 64
_BYTES = {"f16": 2, "i8": 1}
_SUMS = {"f16": "f32", "i8": "i32"}


class Gemm:
    """Writes `[M, 256] x [256, 256]` in four steps of K; M is 16 for f16 and 32 for i8.

    Args:
        dtype: of the operands.
        slots: 2 loads the next step while the last one is multiplied.
        rights: right operands; each has an accumulator and is stored.
        right_step: bytes between the right tiles in Right; by default they follow each other.
    """

    def __init__(self, dtype: str, slots: int = 1, rights: int = 1, right_step: int | None = None) -> None:
        self.m = 16 if dtype == "f16" else 32
        self.slots, self.rights = slots, rights
        self.item = _BYTES[dtype]
        self.right_step = right_step or _CHUNK * _N * self.item
        self.types = {
            "mat_a": f"!pto.tile_buf<mat, {self.m}x{_CHUNK}x{dtype}, blayout=col_major, slayout=row_major>",
            "mat_b": f"!pto.tile_buf<mat, {_CHUNK}x{_N}x{dtype}, blayout=col_major, slayout=row_major>",
            "left": f"!pto.tile_buf<left, {self.m}x{_CHUNK}x{dtype}, slayout=row_major>",
            "right": f"!pto.tile_buf<right, {_CHUNK}x{_N}x{dtype}, slayout=col_major>",
            "acc": f"!pto.tile_buf<acc, {self.m}x{_N}x{_SUMS[dtype]},"
            " blayout=col_major, slayout=row_major, fractal=1024>",
        }
        self.dtype, self.sum = dtype, _SUMS[dtype]
        self.constants: dict[str, str] = {}
        self.lines: list[str] = []

    def constant(self, value: int, type_: str = "index") -> str:
        name = f"%c{value}_{type_}"
        self.constants[name] = f"{name} = arith.constant {value} : {type_}"
        return name

    def tile(self, name: str, kind: str, address: int) -> None:
        self.lines.append(f"{name} = pto.alloc_tile addr = {self.constant(address, 'i64')} : {self.types[kind]}")

    def window(
        self, name: str, pointer: str, start: tuple[int, int], size: tuple[int, int], width: int, dtype: str
    ) -> str:
        """A window of a matrix of `width` columns; give its type."""
        c, type_ = self.constant, f"!pto.partition_tensor_view<{size[0]}x{size[1]}x{dtype}>"
        rows = start[0] + size[0]
        self.lines.append(
            f"{name}_v = pto.make_tensor_view {pointer}, shape = [{c(rows)}, {c(width)}],"
            f" strides = [{c(width)}, {c(1)}] : !pto.tensor_view<?x?x{dtype}>"
        )
        self.lines.append(
            f"{name} = pto.partition_view {name}_v, offsets = [{c(start[0])}, {c(start[1])}],"
            f" sizes = [{c(size[0])}, {c(size[1])}] : !pto.tensor_view<?x?x{dtype}> -> {type_}"
        )
        return type_

    def flag(self, kind: str, source: str, target: str, number: int = 0) -> None:
        self.lines.append(f"pto.{kind}_flag[<PIPE_{source}>, <PIPE_{target}>, <EVENT_ID{number}>]")

    def do(self, op: str, sources: str, types: str, target: str, type_: str) -> None:
        self.lines.append(f"pto.{op} ins({sources} : {types}) outs({target} : {type_})")

    def text(self) -> str:
        self._tiles()
        for slot in range(self.slots):
            self.flag("set", "MTE1", "MTE2", slot)
            self.flag("set", "M", "MTE1", slot)
        for step in range(_K // _CHUNK):
            self._step(step, step % self.slots)
        for slot in range(self.slots):
            self.flag("wait", "MTE1", "MTE2", slot)
            self.flag("wait", "M", "MTE1", slot)
        self.flag("set", "M", "FIX")
        self.flag("wait", "M", "FIX")
        for right in range(self.rights):
            out = self.window(f"%o{right}", f"%out{right}", (0, 0), (self.m, _N), _N, self.sum)
            self.do("tstore", f"%acc{right}", self.types["acc"], f"%o{right}", out)
        numbers = range(self.rights)
        arguments = ", ".join(
            [f"%a: !pto.ptr<{self.dtype}>"]
            + [f"%b{right}: !pto.ptr<{self.dtype}>" for right in numbers]
            + [f"%out{right}: !pto.ptr<{self.sum}>" for right in numbers]
        )
        head = f"func.func @gemm({arguments}) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{"
        return "\n".join([head, *self.constants.values(), *self.lines, "return }"])

    def _tiles(self) -> None:
        a_bytes, b_bytes = self.m * _CHUNK * self.item, _CHUNK * _N * self.item
        for slot in range(self.slots):
            self.tile(f"%ma{slot}", "mat_a", slot * a_bytes)
            self.tile(f"%left{slot}", "left", slot * a_bytes)
        for number in range(self.rights * self.slots):
            self.tile(f"%mb{number}", "mat_b", self.slots * a_bytes + number * b_bytes)
            self.tile(f"%right{number}", "right", number * self.right_step)
        for right in range(self.rights):
            self.tile(f"%acc{right}", "acc", right * self.m * _N * 4)

    def _step(self, step: int, slot: int) -> None:
        numbers, types = [right * self.slots + slot for right in range(self.rights)], self.types
        self.flag("wait", "MTE1", "MTE2", slot)
        part = self.window(f"%a_{step}", "%a", (0, step * _CHUNK), (self.m, _CHUNK), _K, self.dtype)
        self.do("tload", f"%a_{step}", part, f"%ma{slot}", types["mat_a"])
        for right, number in enumerate(numbers):
            part = self.window(f"%b{right}_{step}", f"%b{right}", (step * _CHUNK, 0), (_CHUNK, _N), _N, self.dtype)
            self.do("tload", f"%b{right}_{step}", part, f"%mb{number}", types["mat_b"])
        self.flag("set", "MTE2", "MTE1", slot)
        self.flag("wait", "MTE2", "MTE1", slot)
        self.flag("wait", "M", "MTE1", slot)
        self.do("tmov", f"%ma{slot}", types["mat_a"], f"%left{slot}", types["left"])
        for number in numbers:
            self.do("tmov", f"%mb{number}", types["mat_b"], f"%right{number}", types["right"])
        self.flag("set", "MTE1", "MTE2", slot)
        self.flag("set", "MTE1", "M", slot)
        self.flag("wait", "MTE1", "M", slot)
        for right, number in enumerate(numbers):
            sources, kinds = f"%left{slot}, %right{number}", f"{types['left']}, {types['right']}"
            if step == 0:
                self.do("tmatmul", sources, kinds, f"%acc{right}", types["acc"])
            else:
                sources, kinds = f"%acc{right}, {sources}", f"{types['acc']}, {kinds}"
                self.do("tmatmul.acc", sources, kinds, f"%acc{right}", types["acc"])
        self.flag("set", "M", "MTE1", slot)


@pytest.fixture(scope="session")
def gemm() -> type[Gemm]:
    return Gemm


def _parse(text: str) -> ModuleOp:
    module = parse_module(make_context(), text, "kernel.pto")
    module.verify()
    return module


@pytest.fixture(scope="session")
def parse() -> Callable[[str], ModuleOp]:
    """Parse and verify a program."""
    return _parse


@pytest.fixture(scope="session")
def simulate() -> Callable[..., Timeline]:
    """Model a program: its text, its scalars (by default none), the profile, and options."""

    def run(
        text: str, arguments: tuple[object, ...] | None = None, profile: str = "isa", options: Options | None = None
    ) -> Timeline:
        module = _parse(text)
        kernels = find_kernels(module, None)
        given = [None] * len(kernels[0].args) if arguments is None else arguments
        chip = load_chip()
        return simulate_core(streams_of_block(kernels, given), chip, chip.costs[profile], options)

    return run


@pytest.fixture(scope="session")
def simulate_published() -> Callable[[str], Timeline]:
    """Model a program as the public cost model does."""

    def run(text: str) -> Timeline:
        module = _parse(text)
        kernels, chip = find_kernels(module, None), load_chip()
        tiles = sum(isinstance(op, AllocTileOp) for op in module.walk())
        streams = streams_of_block(kernels, [None] * len(kernels[0].args))
        return simulate_core(streams, chip, chip.costs["isa"], Options(published=True, tiles=tiles))

    return run
