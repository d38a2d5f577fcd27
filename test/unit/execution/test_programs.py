"""Entries and the kernels that they submit, on the engine of one's choice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp

from tilewright.dialects.diagnostics import Diagnostic, location_of
from tilewright.execution.programs import only_kernel, run_program

Parse = Callable[[str], ModuleOp]
Refused = Callable[[Callable[[], object]], Diagnostic]

WHOLE, HALF, FRESH = "!tile.tensor<32x64xf32>", "!tile.tensor<32x32xf32>", "!tile.tensor<16x32xf32>"
SUMS = "!tile.tensor<16x64xf32>"
TILE = "!tile.tile<16x32xf32>"

# The right half of `%y` becomes `%f` times that of `%x`, by two blocks; its first rows are
# added to the right half of `%z`, and returned.
PROGRAM = f"""func.func @scale(%x: {HALF} {{task.direction = "in"}}, %y: {HALF} {{task.direction = "out"}}, %f: f32)
    attributes {{task.kernel}} {{
  %c0 = arith.constant 0 : index
  %c16 = arith.constant 16 : index
  %i = task.block_index : index
  %row = arith.muli %i, %c16 : index
  %a = tile.load %x[%row, %c0] : {HALF} -> {TILE}
  %b = tile.mul %a, %f : {TILE}, f32 -> {TILE}
  tile.store %b, %y[%row, %c0] : {TILE}, {HALF}
  return
}}
func.func @add(%x: {HALF} {{task.direction = "in"}}, %y: {FRESH} {{task.direction = "inout"}},
    %o: {FRESH} {{task.direction = "out"}}) attributes {{task.kernel}} {{
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : {HALF} -> {TILE}
  %b = tile.load %y[%c0, %c0] : {FRESH} -> {TILE}
  %sum = tile.add %a, %b : {TILE}, {TILE} -> {TILE}
  tile.store %sum, %y[%c0, %c0] : {TILE}, {FRESH}
  tile.store %sum, %o[%c0, %c0] : {TILE}, {FRESH}
  return
}}
func.func @main(%x: {WHOLE}, %y: {WHOLE}, %z: {SUMS}, %f: f32) -> {FRESH} attributes {{task.orchestration}} {{
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c32 = arith.constant 32 : index
  %from = tile.view %x[%c0, %c32] : {WHOLE} -> {HALF}
  %to = tile.view %y[%c0, %c32] : {WHOLE} -> {HALF}
  %part = tile.view %z[%c0, %c32] : {SUMS} -> {FRESH}
  %t = task.submit @scale(%from, %to, %f) blocks(%c2) : {HALF}, {HALF}, f32
  %made = tile.alloc_tensor() : {FRESH}
  %s = task.submit @add(%to, %part, %made) after(%t) : {HALF}, {FRESH}, {FRESH}
  return %made : {FRESH}
}}"""


def arrays() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    x = np.arange(32 * 64, dtype=np.float32).reshape(32, 64)
    return x, np.full((32, 64), -1, np.float32), np.ones((16, 64), np.float32)


@pytest.mark.parametrize("engine", [None, "value", "physical"])
def test_kernels_work_on_the_tensors_of_their_entry(parse: Parse, engine: str | None) -> None:
    x, y, z = arrays()
    (made,) = run_program(parse(PROGRAM), "main", [x, y, z, 3.0], engine)
    assert np.array_equal(x, arrays()[0])
    assert np.array_equal(y[:, 32:], 3 * x[:, 32:])
    assert (y[:, :32] == -1).all()
    assert np.array_equal(z[:, 32:], 3 * x[:16, 32:] + 1)
    assert (z[:, :32] == 1).all()
    assert np.array_equal(made, z[:, 32:])


@pytest.mark.parametrize("engine", [None, "value", "physical"])
def test_a_kernel_runs_by_itself(parse: Parse, engine: str | None) -> None:
    x, y, _ = (np.ascontiguousarray(array[:, -32:]) for array in arrays())
    assert run_program(parse(PROGRAM), "scale", [x, y, 2.0], engine) == ()
    assert np.array_equal(y[:16], 2 * x[:16])
    assert (y[16:] == -1).all()


def test_who_gives_kernels_is_asked_by_name(parse: Parse) -> None:
    module, asked = parse(PROGRAM), list[str]()

    def kernel(name: str) -> ModuleOp:
        asked.append(name)
        return only_kernel(module, name)

    x, y, z = arrays()
    run_program(module, "main", [x, y, z, 3.0], "physical", kernel)
    assert asked == ["scale", "add"]
    run_program(module, "scale", [x[:, :32].copy(), y[:, :32].copy(), 3.0], "physical", kernel)
    assert asked == ["scale", "add", "scale"]
    for engine in (None, "value"):
        run_program(module, "main", [x, y, z, 3.0], engine, kernel)
        run_program(module, "scale", [x[:, :32].copy(), y[:, :32].copy(), 3.0], engine, kernel)
    assert asked == ["scale", "add", "scale"]


@pytest.mark.parametrize("engine", ["value", "physical"])
def test_a_program_that_fails_leaves_its_tensors_alone(parse: Parse, refused: Refused, engine: str) -> None:
    x, y, z = arrays()
    module = parse(PROGRAM.replace("%c2 = arith.constant 2", "%c2 = arith.constant 3"))
    assert refused(lambda: run_program(module, "main", [x, y, z, 3.0], engine)).code == "TW0410"
    assert (y == -1).all()


def test_a_kernel_takes_along_what_it_calls(parse: Parse) -> None:
    module = parse("""func.func @kernel() {
  func.call @helper() : () -> ()
  func.call @helper() : () -> ()
  return
}
func.func @other() {
  return
}
func.func @helper() {
  func.call @inner() : () -> ()
  return
}
func.func @inner() {
  return
}""")
    copy = only_kernel(module, "kernel")
    functions = [op for op in copy.ops if isinstance(op, func.FuncOp)]
    assert {function.sym_name.data for function in functions} == {"kernel", "helper", "inner"}
    assert len(functions) == 3
    first = functions[0].body.block.first_op
    assert first is not None
    assert str(location_of(first)) == "test.pto:2:3"
    assert [op.sym_name.data for op in module.ops if isinstance(op, func.FuncOp)][1:] == ["other", "helper", "inner"]
