"""Tile programs with inputs and expected outputs, one for each odd case that a pass knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .projection_programs import chain
from .sums import Program, Sum, times


def _loop(body: str, *, bounds: str = "%c0 to %c512 step %c128") -> str:
    """`body` in `kind %k` over 512 elements of K, which makes `%r` from the zero accumulator `%s`."""
    return f"""
  %sum = scf.for %k = {bounds} iter_args(%s = %zero) -> ({C}) {{
    {body}
    scf.yield %r : {C}
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
"""


TA, TB, TC = "!tile.tensor<16x512xi8>", "!tile.tensor<512x64xi8>", "!tile.tensor<16x64xi32>"
A, B, C = "!tile.tile<16x128xi8>", "!tile.tile<128x64xi8>", "!tile.tile<16x64xi32>"
AM, BM = "!tile.tile<16x128xi8, mat>", "!tile.tile<128x64xi8, mat>"

_LOADS = f"""%a = tile.load %act[%c0, %k] : {TA} -> {A}
    %b = tile.load %w[%k, %c0] : {TB} -> {B}"""
_MATMUL = f"%r = tile.matmul acc(%s) %a, %b : {A}, {B} -> {C}"

_NUMBERS = (0, 1, 2, 3, 16, 32, 64, 128, 192, 256, 384, 512)


def _function(arguments: str, body: str) -> str:
    constants = "\n".join(f"  %c{number} = arith.constant {number} : index" for number in _NUMBERS)
    return f"""func.func @kernel({arguments}) {{
{constants}
  %zero = tile.full 0 : i32 : {C}
{body}
  func.return
}}
"""


_ONE = f"%act: {TA}, %w: {TB}, %out: {TC}"
_TWO = f"%act: {TA}, %w: {TB}, %w1: {TB}, %out: {TC}, %out1: {TC}"
_INPUT, _WEIGHT, _OUTPUT = ((16, 512), "i8"), ((512, 64), "i8"), ((16, 64), "i32")


def _one(body: str, expected: Callable[..., Sequence[Sum]] = lambda a, b: [times(a, b)], **more: Any) -> Program:
    scalars = "".join(f", %n{number}: index" for number in range(len(more.get("scalars", ()))))
    return Program(_function(_ONE + scalars, body), [_INPUT, _WEIGHT], [_OUTPUT], expected, **more)


def _two(body: str, **more: Any) -> Program:
    return Program(
        _function(_TWO, body),
        [_INPUT, _WEIGHT, _WEIGHT],
        [_OUTPUT, _OUTPUT],
        lambda a, b, c: [times(a, b), times(a, c)],
        **more,
    )


def _two_sums(matmuls: str, loop: str = "scf.for", end: str = "scf.yield", kinds: str = f"{C}, {C}") -> str:
    return f"""
  %sum, %sum1 = {loop} %k = %c0 to %c512 step %c128 iter_args(%s = %zero, %s1 = %zero) -> ({kinds}) {{
    {matmuls}
    {end} %r, %r1 : {kinds}
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
  tile.store %sum1, %out1[%c0, %c0] : {C}, {TC}
"""


def _planned(plan: str) -> str:
    """Two right operands under a plan written by hand."""
    return _two_sums(
        f"""%a = tile.load %act[%c0, %k] : {TA} -> {A}
    %b = tile.load %w[%k, %c0] : {TB} -> {B}
    %b1 = tile.load %w1[%k, %c0] : {TB} -> {B}
    %r, %r1 = tile.matmul acc(%s, %s1) %a, %b, %b1 {{plan = {{{plan}}}}} : {A}, {B}, {B} -> {C}, {C}"""
    )


def _plan(**numbers: object) -> str:
    return ", ".join(
        f"{key} = {str(value).lower() if isinstance(value, bool) else f'{value} : i64'}"
        for key, value in numbers.items()
    )


def _pinned(stages: int, bounds: str = "%c0 to %c512 step %c128") -> str:
    """Loads in Mat."""
    return f"""
  %sum = tile.pipeline stages({stages}) %k = {bounds} iter_args(%s = %zero) -> ({C}) {{
    %a = tile.load %act[%c0, %k] : {TA} -> {AM}
    %b = tile.load %w[%k, %c0] : {TB} -> {BM}
    %r = tile.matmul acc(%s) %a, %b : {AM}, {BM} -> {C}
    tile.yield %r : {C}
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
"""


_TALL_A, _TALL_B = "!tile.tile<16x512xi8>", "!tile.tile<512x64xi8>"

_WIDE_TB, _WIDE_TC = "!tile.tensor<512x256xi8>", "!tile.tensor<16x256xi32>"
_WIDE_C = "!tile.tile<16x256xi32>"

_BLOCKED = f"""
  scf.for %n = %c0 to %c256 step %c64 {{
    %sum = scf.for %k = %c0 to %c512 step %c128 iter_args(%s = %zero) -> ({C}) {{
      %a = tile.load %act[%c0, %k] : {TA} -> {A}
      %b = tile.load %w[%k, %n] : {_WIDE_TB} -> {B}
      {_MATMUL}
      scf.yield %r : {C}
    }}
    tile.store %sum, %out[%c0, %n] : {C}, {_WIDE_TC}
  }}
"""

_A_OUTSIDE = f"""
  %a = tile.load %act[%c0, %c0] : {TA} -> {_TALL_A}
  scf.for %n = %c0 to %c256 step %c64 {{
    %b = tile.load %w[%c0, %n] : {_WIDE_TB} -> {_TALL_B}
    %r = tile.matmul %a, %b : {_TALL_A}, {_TALL_B} -> {C}
    tile.store %r, %out[%c0, %n] : {C}, {_WIDE_TC}
  }}
"""


def _wide(body: str) -> Program:
    return Program(
        _function(f"%act: {TA}, %w: {_WIDE_TB}, %out: {_WIDE_TC}", body),
        [_INPUT, ((512, 256), "i8")],
        [((16, 256), "i32")],
        lambda a, b: [times(a, b)],
    )


def _many_loops(count: int) -> Program:
    """Independent sums, one after the other, each with rings of its own."""
    tb, tc = "!tile.tensor<512x64xi8>", f"!tile.tensor<{16 * count}x64xi32>"
    lines = [f"  %row{i} = arith.constant {16 * i} : index" for i in range(count)]
    for i in range(count):
        lines.append(f"""
  %sum{i} = scf.for %k = %c0 to %c512 step %c128 iter_args(%s = %zero) -> ({C}) {{
    %a = tile.load %act[%row{i}, %k] : !tile.tensor<{16 * count}x512xi8> -> {A}
    %b = tile.load %w[%k, %c0] : {tb} -> {B}
    {_MATMUL}
    scf.yield %r : {C}
  }}
  tile.store %sum{i}, %out[%row{i}, %c0] : {C}, {tc}""")
    return Program(
        _function(f"%act: !tile.tensor<{16 * count}x512xi8>, %w: {tb}, %out: {tc}", "\n".join(lines)),
        [((16 * count, 512), "i8"), _WEIGHT],
        [((16 * count, 64), "i32")],
        lambda a, b: [times(a, b)],
    )


def _many_stores(count: int) -> Program:
    """Independent small products, one after the other, without any loop."""
    ta, tb, tc = f"!tile.tensor<{16 * count}x64xi8>", "!tile.tensor<64x64xi8>", f"!tile.tensor<{16 * count}x64xi32>"
    a, b = "!tile.tile<16x64xi8, mat>", "!tile.tile<64x64xi8, mat>"
    lines = [f"  %row{i} = arith.constant {16 * i} : index" for i in range(count)]
    for i in range(count):
        lines.append(f"""
  %a{i} = tile.load %act[%row{i}, %c0] : {ta} -> {a}
  %b{i} = tile.load %w[%c0, %c0] : {tb} -> {b}
  %r{i} = tile.matmul %a{i}, %b{i} : {a}, {b} -> {C}
  tile.store %r{i}, %out[%row{i}, %c0] : {C}, {tc}""")
    return Program(
        _function(f"%act: {ta}, %w: {tb}, %out: {tc}", "\n".join(lines)),
        [((16 * count, 64), "i8"), ((64, 64), "i8")],
        [((16 * count, 64), "i32")],
        lambda a, b: [times(a, b)],
    )


def _widths() -> Program:
    """One matmul with right operands of two widths."""
    b1, c1 = "!tile.tile<128x32xi8>", "!tile.tile<16x32xi32>"
    tb1, tc1 = "!tile.tensor<512x32xi8>", "!tile.tensor<16x32xi32>"
    text = _function(
        f"%act: {TA}, %w: {TB}, %w1: {tb1}, %out: {TC}, %out1: {tc1}",
        f"""
  %zero1 = tile.full 0 : i32 : {c1}
  %sum, %sum1 = scf.for %k = %c0 to %c512 step %c128 iter_args(%s = %zero, %s1 = %zero1) -> ({C}, {c1}) {{
    %a = tile.load %act[%c0, %k] : {TA} -> {A}
    %b = tile.load %w[%k, %c0] : {TB} -> {B}
    %b1 = tile.load %w1[%k, %c0] : {tb1} -> {b1}
    %r, %r1 = tile.matmul acc(%s, %s1) %a, %b, %b1 : {A}, {B}, {b1} -> {C}, {c1}
    scf.yield %r, %r1 : {C}, {c1}
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
  tile.store %sum1, %out1[%c0, %c0] : {c1}, {tc1}
""",
    )
    return Program(
        text,
        [_INPUT, _WEIGHT, ((512, 32), "i8")],
        [_OUTPUT, ((16, 32), "i32")],
        lambda a, b, c: [times(a, b), times(a, c)],
    )


def _ragged() -> Program:
    """Loads in Mat of 5 rows and of 40 columns."""
    ta, tb, tc = "!tile.tensor<5x512xi8>", "!tile.tensor<512x40xi8>", "!tile.tensor<5x40xi32>"
    a, b, c = "!tile.tile<5x128xi8, mat>", "!tile.tile<128x40xi8, mat>", "!tile.tile<5x40xi32>"
    body = f"""
  %none = tile.full 0 : i32 : {c}
  %sum = tile.pipeline stages(2) %k = %c0 to %c512 step %c128 iter_args(%s = %none) -> ({c}) {{
    %a = tile.load %act[%c0, %k] : {ta} -> {a}
    %b = tile.load %w[%k, %c0] : {tb} -> {b}
    %r = tile.matmul acc(%s) %a, %b : {a}, {b} -> {c}
    tile.yield %r : {c}
  }}
  tile.store %sum, %out[%c0, %c0] : {c}, {tc}
"""
    return Program(
        _function(f"%act: {ta}, %w: {tb}, %out: {tc}", body),
        [((5, 512), "i8"), ((512, 40), "i8")],
        [((5, 40), "i32")],
        lambda a, b: [times(a, b)],
    )


def _matrices() -> Program:
    """A sum over K of the columns of two matrices of 8 rows, one below the other."""
    ta, a = "!tile.tensor<2x8x512xi8>", "!tile.tile<16x128xi8>"
    body = f"""
  %sum = scf.for %k = %c0 to %c512 step %c128 iter_args(%s = %zero) -> ({C}) {{
    %a = tile.load %act[%c0, %c0, %k] sizes [2, 8, 128] : {ta} -> {a}
    %b = tile.load %w[%k, %c0] : {TB} -> {B}
    %r = tile.matmul acc(%s) %a, %b : {a}, {B} -> {C}
    scf.yield %r : {C}
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
"""
    return Program(
        _function(f"%act: {ta}, %w: {TB}, %out: {TC}", body),
        [((2, 8, 512), "i8"), _WEIGHT],
        [_OUTPUT],
        lambda a, b: [times(a.reshape(16, 512), b)],
    )


SPECIAL: dict[str, Program] = {
    # Two loads of A by equal expressions.
    "loaded-twice": _two(
        _two_sums(
            f"""%at = arith.addi %k, %c0 : index
    %a = tile.load %act[%c0, %at] : {TA} -> {A}
    %b = tile.load %w[%k, %c0] : {TB} -> {B}
    {_MATMUL}
    %at1 = arith.addi %k, %c0 : index
    %a1 = tile.load %act[%c0, %at1] : {TA} -> {A}
    %b1 = tile.load %w1[%k, %c0] : {TB} -> {B}
    %r1 = tile.matmul acc(%s1) %a1, %b1 : {A}, {B} -> {C}"""
        )
    ),
    # The first step stands before the loop.
    "peeled": _one(
        f"""
  %a0 = tile.load %act[%c0, %c0] : {TA} -> {A}
  %b0 = tile.load %w[%c0, %c0] : {TB} -> {B}
  %r0 = tile.matmul %a0, %b0 : {A}, {B} -> {C}
  %sum = scf.for %k = %c128 to %c512 step %c128 iter_args(%s = %r0) -> ({C}) {{
    {_LOADS}
    {_MATMUL}
    scf.yield %r : {C}
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
"""
    ),
    # A body that adds to one accumulator twice.
    "two-a-turn": _one(
        f"""
  %sum = scf.for %k = %c0 to %c512 step %c256 iter_args(%s = %zero) -> ({C}) {{
    {_LOADS}
    {_MATMUL}
    %l = arith.addi %k, %c128 : index
    %a2 = tile.load %act[%c0, %l] : {TA} -> {A}
    %b2 = tile.load %w[%l, %c0] : {TB} -> {B}
    %r2 = tile.matmul acc(%r) %a2, %b2 : {A}, {B} -> {C}
    scf.yield %r2 : {C}
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
"""
    ),
    # No loop at all.
    "straight": _one(
        f"""
  %a = tile.load %act[%c0, %c0] : {TA} -> {_TALL_A}
  %b = tile.load %w[%c0, %c0] : {TB} -> {_TALL_B}
  %r = tile.matmul %a, %b : {_TALL_A}, {_TALL_B} -> {C}
  tile.store %r, %out[%c0, %c0] : {C}, {TC}
"""
    ),
    # One sum over two loops.
    "two-loops": _one(
        f"""
  %half = scf.for %k = %c0 to %c256 step %c128 iter_args(%s = %zero) -> ({C}) {{
    {_LOADS}
    {_MATMUL}
    scf.yield %r : {C}
  }}
  %sum = scf.for %k = %c256 to %c512 step %c128 iter_args(%s = %half) -> ({C}) {{
    {_LOADS}
    {_MATMUL}
    scf.yield %r : {C}
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
"""
    ),
    # More loops than there are event ids for: ids have to be used again.
    "many-loops": _many_loops(6),
    "many-stores": _many_stores(12),
    "init": _one(
        _loop(
            f"""{_LOADS}
    %first = arith.cmpi eq, %k, %c0 : index
    %r = tile.matmul acc(%s) init(%first) %a, %b : {A}, {B} -> {C}"""
        )
    ),
    # The sum starts afresh in the third iteration: nothing may assume that init means the first.
    "late-init": _one(
        _loop(
            f"""{_LOADS}
    %third = arith.cmpi eq, %k, %c256 : index
    %r = tile.matmul acc(%s) init(%third) %a, %b : {A}, {B} -> {C}"""
        ),
        lambda a, b: [times(a[:, 256:], b[256:])],
    ),
    # Loads in Mat: the user has fixed chunk and stages.
    "pinned-1": _one(_pinned(1)),
    "pinned-3": _one(_pinned(3)),
    # Placed by the user, but not in whole fractals.
    "pinned-ragged": _ragged(),
    "pinned-start": _one(_pinned(3, "%c128 to %c512 step %c128"), lambda a, b: [times(a[:, 128:], b[128:])]),
    "pinned-sparse": _one(
        _pinned(2, "%c0 to %c512 step %c256"),
        lambda a, b: [times(a[:, :128], b[:128]) + times(a[:, 256:384], b[256:384])],
    ),
    "pinned-tail": _one(
        _pinned(2, "%c128 to %c384 step %c192"),
        lambda a, b: [times(a[:, 128:256], b[128:256]) + times(a[:, 320:448], b[320:448])],
    ),
    "pinned-dynamic": _one(
        _pinned(3, "%n0 to %n1 step %c64"),
        lambda a, b: [
            times(
                np.hstack([a[:, at : at + 128] for at in range(64, 384, 64)]),
                np.vstack([b[at : at + 128] for at in range(64, 384, 64)]),
            )
        ],
        scalars=(64, 384),
        levels=(3,),
    ),
    "pinned-dynamic-step": _one(
        _pinned(2, "%n0 to %n1 step %n2"),
        lambda a, b: [
            times(
                np.hstack([a[:, at : at + 128] for at in range(0, 300, 96)]),
                np.vstack([b[at : at + 128] for at in range(0, 300, 96)]),
            )
        ],
        scalars=(0, 300, 96),
        levels=(3,),
    ),
    # Loops that cannot be rebuilt.
    "dynamic-end": _one(
        _loop(f"{_LOADS}\n    {_MATMUL}", bounds="%c0 to %n0 step %c128"),
        lambda a, b: [times(a[:, :384], b[:384])],
        scalars=(384,),
    ),
    "sparse": _one(
        _loop(f"{_LOADS}\n    {_MATMUL}", bounds="%c0 to %c512 step %c256"),
        lambda a, b: [times(a[:, :128], b[:128]) + times(a[:, 256:384], b[256:384])],
    ),
    "two-matmuls": Program(
        _function(
            f"%act: {TA}, %act1: {TA}, %w: {TB}, %w1: {TB}, %out: {TC}, %out1: {TC}",
            _two_sums(
                f"""{_LOADS}
    {_MATMUL}
    %a1 = tile.load %act1[%c0, %k] : {TA} -> {A}
    %b1 = tile.load %w1[%k, %c0] : {TB} -> {B}
    %r1 = tile.matmul acc(%s1) %a1, %b1 : {A}, {B} -> {C}"""
            ),
        ),
        [_INPUT, _INPUT, _WEIGHT, _WEIGHT],
        [_OUTPUT, _OUTPUT],
        lambda a, a1, b, c: [times(a, b), times(a1, c)],
    ),
    # Carried in the other order than they are computed in.
    "crossed": _two(
        _two_sums(
            f"""%a = tile.load %act[%c0, %k] : {TA} -> {A}
    %b = tile.load %w[%k, %c0] : {TB} -> {B}
    %b1 = tile.load %w1[%k, %c0] : {TB} -> {B}
    %r1, %r = tile.matmul acc(%s1, %s) %a, %b1, %b : {A}, {B}, {B} -> {C}, {C}"""
        )
    ),
    # Offsets that are computed in the body.
    "shifted": _one(
        _loop(
            f"""%at = arith.addi %k, %c128 : index
    %a = tile.load %act[%c0, %at] : {TA} -> {A}
    %b = tile.load %w[%at, %c0] : {TB} -> {B}
    {_MATMUL}""",
            bounds="%c0 to %c384 step %c128",
        ),
        lambda a, b: [times(a[:, 128:], b[128:])],
    ),
    "counted": _one(
        _loop(
            f"""%at = arith.muli %k, %c128 : index
    %a = tile.load %act[%c0, %at] : {TA} -> {A}
    %b = tile.load %w[%at, %c0] : {TB} -> {B}
    {_MATMUL}""",
            bounds="%c0 to %c3 step %c1",
        ),
        lambda a, b: [times(a[:, :384], b[:384])],
    ),
    # A that does not move along K.
    "standing": _one(
        _loop(
            f"""%a = tile.load %act[%c0, %c64] : {TA} -> {A}
    %b = tile.load %w[%k, %c0] : {TB} -> {B}
    {_MATMUL}"""
        ),
        lambda a, b: [times(np.hstack([a[:, 64:192]] * 4), b)],
    ),
    "index-carried": _one(
        f"""
  %sum, %end = scf.for %k = %c0 to %c512 step %c128 iter_args(%s = %zero, %at = %c0) -> ({C}, index) {{
    %a = tile.load %act[%c0, %at] : {TA} -> {A}
    %b = tile.load %w[%at, %c0] : {TB} -> {B}
    {_MATMUL}
    %next = arith.addi %at, %c128 : index
    scf.yield %r, %next : {C}, index
  }}
  tile.store %sum, %out[%c0, %c0] : {C}, {TC}
"""
    ),
    "not-carried": _one(
        f"""
  scf.for %k = %c0 to %c512 step %c128 {{
    {_LOADS}
    %r = tile.matmul acc(%zero) %a, %b : {A}, {B} -> {C}
    tile.store %r, %out[%c0, %c0] : {C}, {TC}
  }}
""",
        lambda a, b: [times(a[:, 384:], b[384:])],
    ),
    # Plans by hand.
    "resident": _two(
        _planned(_plan(k_chunk=128, a_resident=True, a_slots=1, b_slots=4, l0_k=128, left_slots=2, right_slots=2))
    ),
    "resident-steps": _two(
        _planned(_plan(k_chunk=128, a_resident=True, a_slots=1, b_slots=2, l0_k=64, left_slots=2, right_slots=4))
    ),
    "three-slots": _two(
        _planned(_plan(k_chunk=64, a_resident=False, a_slots=2, b_slots=3, l0_k=64, left_slots=2, right_slots=3)),
    ),
    "five-slots": _two(
        _planned(_plan(k_chunk=32, a_resident=False, a_slots=3, b_slots=5, l0_k=32, left_slots=1, right_slots=2)),
    ),
    # Placed by the user without a loop: 136 KiB of Mat, which is more than Left has.
    "pinned-straight": _wide(
        f"""
  %wide = tile.full 0 : i32 : {_WIDE_C}
  %a = tile.load %act[%c0, %c0] : {TA} -> !tile.tile<16x512xi8, mat>
  %b = tile.load %w[%c0, %c0] : {_WIDE_TB} -> !tile.tile<512x256xi8, mat>
  %r = tile.matmul acc(%wide) %a, %b : !tile.tile<16x512xi8, mat>, !tile.tile<512x256xi8, mat> -> {_WIDE_C}
  tile.store %r, %out[%c0, %c0] : {_WIDE_C}, {_WIDE_TC}
"""
    ),
    # The rows of each operand are rows of two matrices in memory: it cannot be cut along K.
    "two-matrices": _matrices(),
    # Loops around loops.
    "blocked": _wide(_BLOCKED),
    "a-outside": _wide(_A_OUTSIDE),
    "chain": chain(),
    "widths": _widths(),
}
