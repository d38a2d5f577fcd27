"""Vector instructions as C++: they compile against the library, and its simulator computes what numpy computes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from .oracles import build, emitted, needs_compiler, needs_pto_isa, parse
from .vector_programs import (
    ARITHMETIC,
    FAMILIES,
    REARRANGEMENT,
    REDUCTIONS,
    SELECTION,
    SORT,
    SUMS_OF_THREE,
    Program,
)

pytestmark = [needs_pto_isa, needs_compiler]

_F32 = np.float32


def _numbers(seed: int, *shape: int) -> np.ndarray:
    """Give multiples of a quarter, whose sums are exact."""
    return (np.random.default_rng(seed).integers(-32, 32, shape) / 4).astype(_F32)


def _run(program: Program, folder: Path, *arguments: np.ndarray | int) -> None:
    build(emitted("cce", parse(program.text)), "vector", folder)(*arguments)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_call_compiles(family: str, tmp_path: Path) -> None:
    build(emitted("cce", parse(FAMILIES[family].text)), "vector", tmp_path)


def test_arithmetic(tmp_path: Path) -> None:
    a, b = _numbers(0, 16, 32), _numbers(1, 16, 32)
    total, shifted, power = (np.zeros((16, 32), _F32) for _ in range(3))
    whole = np.zeros((16, 32), np.int32)
    _run(ARITHMETIC, tmp_path, a, b, total, shifted, power, whole, 3)
    np.testing.assert_array_equal(total, a + b)
    np.testing.assert_array_equal(shifted, a + 3)
    np.testing.assert_allclose(power, np.exp(a), rtol=1e-5)
    np.testing.assert_array_equal(whole, np.floor(b))


def test_sums_of_three(tmp_path: Path) -> None:
    a, b, c = (_numbers(seed, 16, 32) for seed in range(3))
    total, difference, result = np.zeros_like(a), np.zeros_like(a), c.copy()
    _run(SUMS_OF_THREE, tmp_path, a, b, result, total, difference)
    np.testing.assert_array_equal(total, a + b + c)
    np.testing.assert_array_equal(difference, a - _F32(0.5) + c)
    np.testing.assert_array_equal(result, a - b + c)


def test_reductions(tmp_path: Path) -> None:
    a = _numbers(0, 16, 32)
    sums, scaled, largest = np.zeros((16, 1), _F32), np.zeros((16, 32), _F32), np.zeros((1, 32), _F32)
    _run(REDUCTIONS, tmp_path, a, sums, scaled, largest)
    np.testing.assert_array_equal(sums, a.sum(axis=1, keepdims=True))
    np.testing.assert_array_equal(scaled, a * sums)
    np.testing.assert_array_equal(largest, a.max(axis=0, keepdims=True))


def test_selection_by_a_mask_of_bits(tmp_path: Path) -> None:
    a, b = _numbers(0, 16, 64), _numbers(1, 16, 64)
    mask, chosen = np.zeros((16, 8), np.uint8), np.zeros((16, 64), _F32)
    _run(SELECTION, tmp_path, a, b, mask, chosen)
    np.testing.assert_array_equal(mask, np.packbits(a > b, axis=1, bitorder="little"))
    np.testing.assert_array_equal(chosen, np.maximum(a, b))


def test_rearrangement(tmp_path: Path) -> None:
    a, part = _numbers(0, 16, 32), _numbers(1, 8, 20)
    places = np.random.default_rng(2).integers(0, 512, (16, 32)).astype(np.int32)
    turned, gathered, padded = np.zeros((32, 16), _F32), np.zeros((16, 32), _F32), np.zeros((16, 32), _F32)
    count = np.zeros((1, 64), np.int32)
    _run(REARRANGEMENT, tmp_path, a, places, part, turned, gathered, padded, count)
    np.testing.assert_array_equal(turned, a.T)
    np.testing.assert_array_equal(gathered, a.reshape(-1)[places])
    expected = np.full((16, 32), np.inf, _F32)
    expected[:8, :20] = part
    np.testing.assert_array_equal(padded, expected)
    np.testing.assert_array_equal(count, 70 - np.arange(64)[None])


def test_sorting(tmp_path: Path) -> None:
    a = np.random.default_rng(0).permutation(128).astype(_F32)[None]
    index = np.arange(128, dtype=np.uint32)[None]
    pairs, merged = np.zeros((1, 256), _F32), np.zeros((1, 256), _F32)
    _run(SORT, tmp_path, a, index, pairs, merged)
    blocks = pairs.reshape(4, 32, 2)
    np.testing.assert_array_equal(blocks[..., 0], -np.sort(-a.reshape(4, 32), axis=1))
    np.testing.assert_array_equal(merged.reshape(128, 2)[:, 0], np.arange(128)[::-1])
    np.testing.assert_array_equal(merged.reshape(128, 2)[:, 1].view(np.uint32), np.argsort(-a[0]))
