"""A compiled kernel as an object: what it is at every level, what it says about itself, how it runs, what is kept."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tilewright
import tilewright.language as pl
from tilewright.language.failures import CompileError
from tilewright.language.fingerprint import files_digest

K, N = 256, 64


@pl.jit
def dual(
    a: pl.Tensor[[16, K], pl.INT8],
    w0: pl.Tensor[[K, N], pl.INT8],
    w1: pl.Tensor[[K, N], pl.INT8],
    y0: pl.Out[pl.Tensor[[16, N], pl.INT32]],
    y1: pl.Out[pl.Tensor[[16, N], pl.INT32]],
):
    with pl.at(level=pl.Level.CORE_GROUP, name_hint="dual"):
        t0, t1 = pl.matmul_dual(a, w0, w1)
        y0[:] = t0
        y1[:] = t1
    return y0, y1


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILEWRIGHT_CACHE", str(tmp_path / "cache"))


def arrays(seed: int = 0) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    inputs = [random.integers(-128, 128, shape, np.int8) for shape in ((16, K), (K, N), (K, N))]
    return [*inputs, np.zeros((16, N), np.int32), np.zeros((16, N), np.int32)]


@pytest.mark.parametrize("engine", [None, "value", "physical"])
def test_it_runs_on_the_engine_that_is_asked_for(engine: str | None) -> None:
    a, w0, w1, y0, y1 = arrays()
    dual(a, w0, w1, y0, y1, engine=engine)
    assert np.array_equal(y0, a.astype(np.int32) @ w0)
    assert np.array_equal(y1, a.astype(np.int32) @ w1)


def test_it_gives_back_the_arrays_that_it_was_given() -> None:
    *inputs, y0, y1 = arrays()
    first, second = dual(*inputs, y0, y1)
    assert first is y0
    assert second is y1


def test_keywords_and_arrays_by_protocol() -> None:
    class Lookalike:
        """What shows itself as an array, as a torch tensor on the CPU does."""

        def __init__(self, array: np.ndarray) -> None:
            self.array = array

        def __array__(self, dtype: object = None, copy: object = None) -> np.ndarray:
            return self.array

    a, w0, w1, y0, y1 = arrays()
    dual(Lookalike(a), w0, w1=Lookalike(w1), y0=Lookalike(y0), y1=y1)
    assert np.array_equal(y0, a.astype(np.int32) @ w0)


def test_a_tensor_that_the_program_makes_is_returned_as_an_array() -> None:
    kernel = pl.parse(
        """
        @pl.jit
        def double(x: pl.Tensor[[16, 64], pl.FP32]):
            y = pl.create_tensor([16, 64], pl.FP32)
            with pl.at(level=pl.Level.CORE_GROUP):
                y[:] = pl.add(x, x)
            return y
        """
    )
    x = np.random.default_rng(1).standard_normal((16, 64)).astype(np.float32)
    assert np.array_equal(kernel(x), x + x)


def test_levels() -> None:
    assert "task.submit @dual_dual" in dual.ir()
    assert "tile.matmul %" in dual.ir("tile")
    assert "acc>" in dual.ir("placed")
    assert "pto.tmatmul" in dual.pto
    assert dual.ir("pto") == dual.pto
    assert "TMATMUL" in dual.cce
    with pytest.raises(CompileError, match="there is no level 'llvm'"):
        dual.ir("llvm")


def test_the_budget_of_each_memory() -> None:
    budget = dual.budget()
    assert budget.used["dual_dual"]["acc"] == 2 * 32 * N * 4  # 16 rows of INT32 are charged as 32
    assert budget.limits["acc"] == 131072
    assert "acc" in str(budget)


def test_the_check_finds_nothing() -> None:
    report = dual.check()
    assert report
    assert str(report) == "@dual_dual: nothing found"


def test_tasks_are_counted_without_a_run() -> None:
    kernel = pl.parse(
        """
        @pl.jit
        def k(x: pl.Tensor[[64, 64], pl.FP32], y: pl.Out[pl.Tensor[[64, 64], pl.FP32]]):
            for i in pl.parallel(0, 64, 16):
                with pl.at(level=pl.Level.CORE_GROUP, name_hint="first"):
                    y[i : i + 16, :] = pl.exp(x[i : i + 16, :])
            with pl.at(level=pl.Level.CORE_GROUP, name_hint="second"):
                y[:] = pl.add(y, 1.0)
        """
    )
    graph = kernel.tasks()
    assert {name: count.value for name, count in graph.per_kernel.items()} == {"k_first": 4, "k_second": 1}
    assert [(edge.before, edge.after) for edge in graph.edges] == [(0, 1)]


def test_save_writes_every_level(tmp_path: Path) -> None:
    paths = dual.save(tmp_path / "out")
    assert {path.name for path in paths} == {"dual.mlir", "dual_dual.pto", "dual_dual.cpp"}
    assert (tmp_path / "out" / "dual_dual.pto").read_text() == dual.pto


def test_save_into_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CompileError, match="TW0005"):
        dual.save(tmp_path / "file")


def test_a_second_compilation_is_the_first() -> None:
    assert dual.compile() is dual.compile()
    assert dual.compile(*arrays()) is dual.compile()


def test_constants_are_part_of_what_is_compiled() -> None:
    text = """
        @pl.jit
        def k(y: pl.Out[pl.Tensor[[16, 64], pl.FP32]], value=1.0):
            with pl.at(level=pl.Level.CORE_GROUP):
                y[:] = pl.full([16, 64], pl.FP32, value)
        """
    kernel = pl.parse(text)
    y = np.zeros((16, 64), np.float32)
    kernel(y)
    assert (y == 1.0).all()
    kernel(y, value=3.0)
    assert (y == 3.0).all()


def test_a_closure_that_changes_is_compiled_anew() -> None:
    def make(scale: float) -> object:
        @pl.jit
        def k(y: pl.Out[pl.Tensor[[16, 64], pl.FP32]]):
            with pl.at(level=pl.Level.CORE_GROUP):
                y[:] = pl.full([16, 64], pl.FP32, scale)

        return k

    y = np.zeros((16, 64), np.float32)
    for scale in (2.0, 5.0):
        make(scale)(y)
        assert (y == scale).all()


def test_texts_are_kept_on_disk_and_a_broken_entry_is_made_again(tmp_path: Path) -> None:
    code = dual.cce
    (entry,) = (tmp_path / "cache").rglob("*.json")
    entry.write_text("{broken")
    assert dual.cce == code
    assert entry.read_text() != "{broken"


def test_a_cache_that_cannot_be_written_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TILEWRIGHT_CACHE", str(tmp_path / "file" / "folder"))
    assert "TMATMUL" in dual.cce


def test_annotations_without_shapes_take_those_of_the_first_call() -> None:
    kernel = pl.parse(
        """
        @pl.jit
        def k(x: pl.Tensor, y: pl.Out[pl.Tensor]):
            rows = x.shape[0]
            with pl.at(level=pl.Level.CORE_GROUP):
                y[:] = pl.mul(x, 2.0)
        """
    )
    with pytest.raises(CompileError, match="its shape is known only from an array"):
        kernel.ir()
    for rows in (8, 16):
        x = np.ones((rows, 64), np.float32)
        y = np.zeros_like(x)
        kernel(x, y)
        assert (y == 2.0).all()


def test_importing_the_language_loads_no_compiler() -> None:
    code = "import sys, tilewright.language; print([m for m in ('xdsl', 'numpy') if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_options_of_the_pipeline_are_part_of_what_is_compiled() -> None:
    text = """
    @pl.jit
    def product(a: pl.Tensor[[16, 512], pl.FP16], b: pl.Tensor[[512, 64], pl.FP16],
                c: pl.Out[pl.Tensor[[16, 64], pl.FP32]]):
        with pl.at(level=pl.Level.CORE_GROUP):
            c[:, :] = pl.matmul(a[:, :], b[:, :])
        return c
    """
    kernel = pl.parse(text)
    plain, small = kernel.compile(), kernel.compile(options="mat-limit=32768")
    assert plain.key != small.key
    assert plain.pto != small.pto
    with pytest.raises(CompileError) as caught:
        _ = kernel.compile(options="no-such-option=1").pto
    assert "no-such-option" in str(caught.value)


def test_another_process_finds_what_was_compiled(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import tilewright.language as pl\n"
        "ROWS = 16\n"
        "@pl.jit\n"
        "def k(x: pl.Tensor[[ROWS, 64], pl.FP32], y: pl.Out[pl.Tensor[[ROWS, 64], pl.FP32]]):\n"
        "    with pl.at(level=pl.Level.CORE_GROUP):\n"
        "        y[:] = pl.add(x, 1.0)\n"
        "compiled = k.compile()\n"
        "print(compiled.key, len(compiled.cce), 'translation' in vars(compiled))\n"
    )
    package = Path(tilewright.__file__).parent
    compiler = files_digest(package)
    runs = [subprocess.run([sys.executable, script], capture_output=True, text=True, check=True) for _ in range(2)]
    if files_digest(package) != compiler:
        pytest.skip("someone changed the compiler between the runs")
    first, second = (run.stdout.split() for run in runs)
    assert first[:2] == second[:2]
    assert (first[2], second[2]) == ("True", "False")


def test_another_compiler_finds_nothing_that_was_made_before(tmp_path: Path) -> None:
    (tmp_path / "passes").mkdir()
    file = tmp_path / "passes" / "one.py"
    file.write_text("a = 1")
    digests = [files_digest(tmp_path), files_digest(tmp_path)]
    file.write_text("a = 12")
    digests.append(files_digest(tmp_path))
    os.utime(file, ns=(0, 0))
    digests.append(files_digest(tmp_path))
    file.rename(tmp_path / "one.py")
    digests.append(files_digest(tmp_path))
    (tmp_path / "passes" / "__pycache__").mkdir()
    (tmp_path / "passes" / "__pycache__" / "one.pyc").write_text("")
    digests.append(files_digest(tmp_path))
    assert [each == before for before, each in itertools.pairwise(digests)] == [True, False, False, False, True]
