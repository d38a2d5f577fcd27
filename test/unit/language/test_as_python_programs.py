"""Whole programs as text: those of `examples/`, and random ones."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tilewright.language as pl
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.language.as_python import as_python, same_program
from tilewright.language.jit import Kernel

FOLDER = Path(__file__).parents[3] / "examples"


def _kernels() -> list[object]:
    sys.path.insert(0, str(FOLDER))
    try:
        modules = [import_module(path.stem) for path in sorted(FOLDER.glob("*.py")) if path.stem != "common"]
    finally:
        sys.path.remove(str(FOLDER))
    kernels = {case.kernel: module.__name__ for module in modules for case in module.CASES}
    return [pytest.param(kernel, id=f"{name}-{kernel.name}") for kernel, name in kernels.items()]


@pytest.mark.parametrize("kernel", _kernels())
def test_example(kernel: Kernel) -> None:
    compiled = kernel.compile()
    text = compiled.as_python()
    again = pl.parse(text).compile()
    assert again.module.is_structurally_equivalent(compiled.module)
    assert again.as_python() == text


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.mlir")), ids=lambda path: path.stem)
def test_example_in_ir(path: Path) -> None:
    module = parse_module(make_context(), path.read_text(encoding="utf-8"), str(path))
    assert same_program(pl.parse(as_python(module)).compile().module, module)


TILES = st.sampled_from(["a", "b", "c"])
STEPS = st.one_of(
    st.builds("{} = pl.{}({}, {})".format, TILES, st.sampled_from(["add", "sub", "maximum"]), TILES, TILES),
    st.builds("{} = pl.{}({})".format, TILES, st.sampled_from(["exp", "neg", "abs"]), TILES),
    st.builds("{} = pl.mul({}, {})".format, TILES, TILES, st.sampled_from(["s", "0.5", "pl.cast(i, pl.FP32)"])),
    st.builds("{} = pl.row_expand_sub({}, pl.row_max({}))".format, TILES, TILES, TILES),
    st.builds("{} = {}".format, TILES, TILES),
    st.builds("s = s + {}".format, st.sampled_from(["1.0", "s", "pl.cast(i, pl.FP32)", "pl.read(x, [i, 0])"])),
    st.builds("i = i {}".format, st.sampled_from(["+ 1", "* 2", "+ n", "% 7"])),
    st.builds("{} = x[{} : {} + 8, :]".format, TILES, *[st.just("i")] * 2),
    st.builds("y[i : i + 8, :] = {}".format, TILES),
)


def nested(depth: int) -> st.SearchStrategy[list[str]]:
    """Statements, with loops and branches down to a depth."""
    if depth == 0:
        return st.lists(STEPS, min_size=1, max_size=4).map(list)
    inner = nested(depth - 1).map(lambda lines: [f"    {line}" for line in lines])
    heads = st.sampled_from(
        ["for j{} in pl.range(n):", "for j{} in pl.pipeline(4, stage=2):", "if i > n:", "if s < 2.0:"]
    )
    compound = st.builds(lambda head, body: [head.format(depth), *body], heads, inner)
    branch = st.builds(lambda yes, no: ["if i > 3:", *yes, "else:", *no], inner, inner)
    loop = inner.map(lambda body: [f"w{depth} = 0", f"while w{depth} < n:", *body, f"    w{depth} += 1"])
    block = st.one_of(nested(depth - 1), compound, branch, loop)
    return st.lists(block, min_size=1, max_size=3).map(lambda blocks: [line for lines in blocks for line in lines])


def check_round_trip(lines: list[str]) -> None:
    body = "\n".join(f"    {line}" for line in lines)
    compiled = pl.parse(
        "@pl.jit.incore\n"
        "def kernel(x: pl.Tensor[[64, 32], pl.FP32], n: pl.Scalar[pl.INDEX], "
        "y: pl.Out[pl.Tensor[[64, 32], pl.FP32]]):\n"
        "    a, b, c, i, s = x[0:8, :], x[8:16, :], pl.exp(x[16:24, :]), n, 1.0\n"
        f"{body}\n"
        "    y[0:8, :] = pl.add(pl.mul(a, s), pl.sub(b, c))\n"
        "    y[i : i + 8, :] = c\n"
    ).compile()
    again = pl.parse(compiled.as_python()).compile()
    assert same_program(again.module, compiled.module)


@settings(max_examples=25, deadline=None)
@given(nested(2))
def test_random_program(lines: list[str]) -> None:
    check_round_trip(lines)


def test_a_branch_that_hands_on_what_was_there_before() -> None:
    # Without the branch the next condition is `n > n`, which is false.
    check_round_trip(
        [
            "if i > 3:",
            "    a = pl.add(a, a)",
            "else:",
            "    if i > n:",
            "        i = i + 1",
            "        a = pl.add(a, a)",
            "if i > n:",
            "    y[i : i + 8, :] = b",
        ]
    )
