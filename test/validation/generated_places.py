"""Instructions that move elements about, for generated programs of the vector core; most results are only stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import strategies as st

from tilewright.execution.dtypes import DTYPES, Array

from .generated_tiles import Play, Tiles

Statement = tuple[list[str], Play]


def rearrangement(tiles: Tiles) -> Statement:
    """Draw one of the statements that the shape and the element types of the program allow."""
    element = tiles.draw(st.sampled_from(list(tiles.elements)))
    whole = tiles.valid == (tiles.rows, tiles.columns)
    size = DTYPES[element].itemsize
    known: list[Callable[[Tiles, str], Statement]] = [_concatenated, _sequence, _multiplied]
    if whole:
        known += [_pattern, _set, _got]
        known += [_gathered, _scattered] * (size == 4)
        known += [_transposed] * (tiles.rows * size % 32 == 0)
        known += [_blocks] * (size == 4 and tiles.columns % 64 == 0)
    else:
        known += [_filled]
    if "f32" in tiles.elements:
        known += [_sorted]
    return tiles.draw(st.sampled_from(known))(tiles, element)


def _one(
    tiles: Tiles, name: str, sources: Sequence[str], target: str, reference: object, more: str = "", given: int = 99
) -> Statement:
    """One instruction; the reference takes the first `given` sources."""
    types = ", ".join(tiles.tiles[each].type for each in sources)
    names = ", ".join(f"%{each}" for each in sources)
    line = f"pto.t{name} ins({names}{more} : {types}) outs(%{target} : {tiles.tiles[target].type})"
    return [line], tiles.computes(reference, sources[:given], target)


def _fresh(tiles: Tiles, element: str, shape: tuple[int, int], valid: tuple[int, int] | None = None) -> str:
    return tiles.add(tiles.fresh("leaf"), element, shape, valid)


def _transposed(tiles: Tiles, element: str) -> Statement:
    target = _fresh(tiles, element, (tiles.columns, tiles.rows))
    return _one(tiles, "trans", [tiles.pick("f", element), tiles.scratch(element)], target, np.transpose, given=1)


def _concatenated(tiles: Tiles, element: str) -> Statement:
    rows, columns = tiles.valid
    target = _fresh(tiles, element, (tiles.rows, 2 * tiles.columns), (rows, 2 * columns))
    sources = [tiles.pick("f", element), tiles.pick("f", element)]
    return _one(tiles, "concat", sources, target, lambda a, b: np.hstack([a, b]))


def _sequence(tiles: Tiles, _: str) -> Statement:
    element = tiles.draw(st.sampled_from(["i32", "i16"]))
    start, down = tiles.draw(st.integers(-50, 50)), tiles.draw(st.booleans())
    target = _fresh(tiles, element, (1, tiles.columns))
    steps = np.arange(tiles.columns).reshape(1, -1) * (-1 if down else 1)
    more = " {descending = true}" if down else ""
    line = f"pto.tci ins(%{tiles.scalar(element, start)}{more} : {element})"
    play = tiles.computes(lambda: (start + steps).astype(DTYPES[element]), [], target)
    return [f"{line} outs(%{target} : {tiles.tiles[target].type})"], play


def _multiplied(tiles: Tiles, element: str) -> Statement:
    """Add a product to what is there; integers have no such instruction."""
    if element not in ("f32", "f16"):
        return _sequence(tiles, element)
    source, target = tiles.tile("f", element, 0), tiles.tile("f", element, 1)
    number = tiles.draw(st.integers(-8, 8)) / 4
    scale = DTYPES[element].type(number)
    line = f"pto.taxpy ins(%{source}, %{tiles.scalar(element, number)} : {tiles.tiles[source].type}, {element})"
    play = tiles.computes(lambda a, total: total + a * scale, [source, target], target)
    return [f"{line} outs(%{target} : {tiles.tiles[target].type})"], play


def _pattern(tiles: Tiles, element: str) -> Statement:
    target = _fresh(tiles, element, (tiles.rows, tiles.columns // 2))
    pattern, first = tiles.draw(st.sampled_from([("P0101", 0), ("P1010", 1)]))
    more = f", {{maskPattern = #pto.mask_pattern<{pattern}>}}"
    return _one(tiles, "gather", [tiles.pick("f", element)], target, lambda a: a[:, first::2], more)


def _set(tiles: Tiles, element: str) -> Statement:
    target = tiles.pick("f", element)
    place, value = tiles.draw(st.integers(0, tiles.rows * tiles.columns - 1)), tiles.draw(st.integers(-9, 9))
    names = f"%{tiles.scalar('index', place)}, %{tiles.scalar(element, value)}"

    def put(values: Array) -> Array:
        result = values.copy()
        result.reshape(-1)[place] = value
        return result

    line = f"pto.tsetval ins({names} : index, {element}) outs(%{target} : {tiles.tiles[target].type})"
    return [line], tiles.computes(put, [target], target)


def _got(tiles: Tiles, element: str) -> Statement:
    """Take one element, and fill a tile with it."""
    source, target = tiles.pick("f", element), tiles.pick("f", element)
    place, name = tiles.draw(st.integers(0, tiles.rows * tiles.columns - 1)), tiles.fresh("g")
    types = f"{tiles.tiles[source].type}, index"
    lines = [
        f"%{name} = pto.tgetval ins(%{source}, %{tiles.scalar('index', place)} : {types}) outs : {element}",
        f"pto.texpands ins(%{name} : {element}) outs(%{target} : {tiles.tiles[target].type})",
    ]
    return lines, tiles.computes(lambda a: np.full_like(a, a.reshape(-1)[place]), [source], target)


def _gathered(tiles: Tiles, element: str) -> Statement:
    shape = (tiles.rows, tiles.columns)
    places = tiles.random.integers(0, tiles.rows * tiles.columns, shape, np.int32)
    index = tiles.add(tiles.fresh("index"), "i32", shape, data=places)
    sources = [tiles.pick("f", element), index, tiles.scratch("i32")]
    target = _fresh(tiles, element, shape)
    return _one(tiles, "gather", sources, target, lambda a, at: a.reshape(-1)[at], given=2)


def _scattered(tiles: Tiles, element: str) -> Statement:
    shape = (tiles.rows, tiles.columns)
    places = tiles.random.permutation(tiles.rows * tiles.columns).astype(np.int32).reshape(shape)
    index = tiles.add(tiles.fresh("index"), "i32", shape, data=places)

    def scattered(values: Array, at: Array) -> Array:
        result = np.empty_like(values)
        result.reshape(-1)[at.reshape(-1)] = values.reshape(-1)
        return result

    return _one(tiles, "scatter", [tiles.pick("f", element), index], _fresh(tiles, element, shape), scattered)


def _blocks(tiles: Tiles, element: str) -> Statement:
    """Gather blocks of 32 bytes, of 8 elements each."""
    count = tiles.rows * tiles.columns // 8
    shape = (tiles.rows, tiles.columns // 8)
    offsets = (32 * tiles.random.integers(0, count, shape)).astype(np.uint32)
    index = tiles.add(tiles.fresh("index"), "ui32", shape, data=offsets)
    target = _fresh(tiles, element, (tiles.rows, tiles.columns))

    def gathered(values: Array, at: Array) -> Array:
        return values.reshape(-1, 8)[at.reshape(-1) // 32].reshape(values.shape)

    return _one(tiles, "gatherb", [tiles.pick("f", element), index], target, gathered)


def _filled(tiles: Tiles, element: str) -> Statement:
    target = tiles.add(tiles.fresh("leaf"), element, (tiles.rows, tiles.columns), layout=", pad=1")

    def filled(values: Array) -> Array:
        result = np.zeros((tiles.rows, tiles.columns), values.dtype)
        result[: tiles.valid[0], : tiles.valid[1]] = values
        return result

    return _one(tiles, "fillpad", [tiles.pick("f", element)], target, filled)


def _sorted(tiles: Tiles, _: str) -> Statement:
    """Sort each 32 numbers with their places, then merge four such lists into one."""
    merges = tiles.draw(st.booleans())
    width = 128 if merges else 32 * tiles.draw(st.integers(1, 4))
    keys = tiles.random.integers(-20, 20, (1, width)).astype(np.float32)
    source = tiles.add(tiles.fresh("keys"), "f32", (1, width), data=keys)
    index = tiles.add(tiles.fresh("index"), "ui32", (1, width), data=np.arange(width, dtype=np.uint32)[None])
    target = _fresh(tiles, "f32", (1, 2 * width))

    def pairs(values: Array, places: Array, length: int = 32) -> Array:
        rows, at = values.reshape(-1, length), places.reshape(-1, length)
        order = np.argsort(-rows, axis=1, kind="stable")
        result = np.empty((*rows.shape, 2), np.float32)
        result[..., 0] = np.take_along_axis(rows, order, axis=1)
        result[..., 1] = np.take_along_axis(at, order, axis=1).view(np.float32)
        return result.reshape(1, -1)

    lines, play = _one(tiles, "sort32", [source, index], target, pairs)
    if not merges:
        return lines, play
    merged = _fresh(tiles, "f32", (1, 2 * width))
    types = f"{tiles.tiles[target].type}, i32"
    lines.append(
        f"pto.tmrgsort ins(%{target}, %{tiles.scalar('i32', 64)} : {types}) "
        f"outs(%{merged} : {tiles.tiles[merged].type})"
    )
    merge = tiles.computes(lambda values, places: pairs(values, places, width), [source, index], merged)
    return lines, lambda state: (play(state), merge(state))[0]
