"""The architecture file and its typed view."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from tilewright.arch import costs
from tilewright.arch.chip import ELEMENT_BITS, Pipe, load_chip
from tilewright.dialects.spaces import Space

RAW: dict[str, Any] = tomllib.loads(files("tilewright.arch").joinpath("a2a3.toml").read_text())
CHIP = load_chip()


def test_capacities_are_those_of_the_chip() -> None:
    sizes = {name: space.bytes for name, space in CHIP.spaces.items()}
    assert sizes == {
        "mat": 524288,
        "left": 65536,
        "right": 65536,
        "acc": 131072,
        "bias": 1024,
        "scaling": 2048,
        "vec": 196608,
    }
    assert CHIP.space("vec").usable_bytes == 188416
    assert (CHIP.cube_cores, CHIP.vector_cores, CHIP.event_ids) == (24, 48, 8)


def test_what_a_pipe_may_turn_around() -> None:
    assert CHIP.overlapping_pipes == {Pipe.V}
    assert CHIP.reordering_store_pipes == {Pipe.MTE3, Pipe.FIX}


def test_every_fact_has_a_source() -> None:
    tables = [RAW["cores"], RAW["events"], RAW["fractal"], RAW["matmul"], RAW["load"], RAW["store"]]
    tables += [RAW["pipes"], RAW["pipes"]["stores"]]
    tables += [*RAW["space"].values(), *RAW["move"], *RAW["layout"].values(), *RAW["cost"].values()]
    assert all(table["source"] for table in tables)
    assert len(tables) > 30


def test_the_spaces_of_the_dialects_are_those_of_the_chip() -> None:
    assert set(CHIP.spaces) == set(CHIP.layouts) == set(Space)


@pytest.mark.parametrize(
    ("source", "target", "pipe"),
    [
        ("gm", "mat", Pipe.MTE2),
        ("gm", "vec", Pipe.MTE2),
        ("mat", "left", Pipe.MTE1),
        ("mat", "right", Pipe.MTE1),
        ("mat", "bias", Pipe.MTE1),
        ("vec", "vec", Pipe.V),
        ("vec", "gm", Pipe.MTE3),
        ("acc", "gm", Pipe.FIX),
        ("acc", "mat", Pipe.FIX),
    ],
)
def test_legal_moves_and_their_pipes(source: str, target: str, pipe: Pipe) -> None:
    move = CHIP.move(source, target)
    assert move is not None
    assert move.pipe is pipe


@pytest.mark.parametrize(
    ("source", "target"),
    [("acc", "acc"), ("acc", "vec"), ("vec", "mat"), ("mat", "vec"), ("mat", "mat"), ("gm", "left"), ("left", "acc")],
)
def test_moves_that_hardware_does_not_have(source: str, target: str) -> None:
    assert CHIP.move(source, target) is None


@pytest.mark.parametrize(
    ("source", "target", "before", "after", "allowed"),
    [
        ("gm", "mat", "i8", "i8", True),
        ("gm", "mat", "i8", "f16", False),
        ("mat", "left", "i32", "i32", False),
        ("acc", "gm", "i32", "i32", True),
        ("acc", "gm", "i32", "f32", False),
        ("acc", "gm", "f32", "bf16", True),
        ("acc", "mat", "f32", "f32", False),
        ("acc", "mat", "f32", "f16", True),
    ],
)
def test_element_types_of_moves(source: str, target: str, before: str, after: str, allowed: bool) -> None:
    move = CHIP.move(source, target)
    assert move is not None
    assert move.allows(before, after) is allowed


@pytest.mark.parametrize(
    ("element_type", "rows", "size"), [("i32", 16, 32768), ("i32", 32, 32768), ("i32", 48, 65536), ("f32", 16, 16384)]
)
def test_int32_accumulators_are_charged_in_steps_of_32_rows(element_type: str, rows: int, size: int) -> None:
    assert CHIP.tile_bytes("acc", element_type, rows, 256) == size


def test_k_is_made_of_32_bytes_on_the_left_and_of_16_rows_on_the_right() -> None:
    assert {name: CHIP.k_fractal(name) for name in ("i8", "f16", "bf16", "f32")} == {
        "i8": 32,
        "f16": 16,
        "bf16": 16,
        "f32": 16,
    }
    assert all(bits in (1, 8, 16, 32, 64) for bits in ELEMENT_BITS.values())


def test_there_is_one_object_per_chip() -> None:
    assert load_chip() is load_chip("a2a3")
    with pytest.raises(FileNotFoundError):
        load_chip("a9")


# The worked examples of the public cost model: cycles of single instructions.
@pytest.mark.parametrize(
    ("cycles", "expected"),
    [
        (costs.load_cycles(CHIP, CHIP.costs["isa"], "f16", 64, 256), 418),
        (costs.move_cycles(CHIP, CHIP.costs["isa"], "left", "f16", 16, 64), 9),
        (costs.move_cycles(CHIP, CHIP.costs["isa"], "right", "f16", 64, 256), 257),
        (costs.store_cycles(CHIP, CHIP.costs["isa"], 16, 256), 202),
        (costs.matmul_cycles(CHIP, CHIP.costs["isa"], "f16", 16, 64, 256), 70),
        (costs.matmul_cycles(CHIP, CHIP.costs["isa"], "i8", 32, 64, 256), 70),
        (costs.matmul_cycles(CHIP, CHIP.costs["isa"], "f32", 16, 64, 128), 134),
    ],
)
def test_instruction_costs_of_the_isa_profile(cycles: int, expected: int) -> None:
    assert cycles == expected
