"""Tile programs in which branches hand on accumulators; `%n` is a small number that only the launch knows."""

from __future__ import annotations

_X, _W, _S = "!tile.tile<16x32xi8>", "!tile.tile<32x32xi8>", "!tile.tile<16x32xi32>"
_TX, _TW, _TS = "!tile.tensor<16x128xi8>", "!tile.tensor<128x32xi8>", "!tile.tensor<16x32xi32>"
_PRODUCT = f"{_X}, {_W} -> {_S}"
_TWO = f"{_X}, {_W}, {_W} -> {_S}, {_S}"


def _kernel(body: str) -> str:
    return f"""func.func @kernel(%x: {_TX}, %w: {_TW}, %v: {_TW}, %out: {_TS}, %out1: {_TS}, %n: index) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %c32 = arith.constant 32 : index
  %flag = arith.cmpi eq, %n, %c1 : index
  %zero = tile.full 0 : i32 : {_S}
  %x0 = tile.load %x[%c0, %c0] : {_TX} -> {_X}
  %w0 = tile.load %w[%c0, %c0] : {_TW} -> {_W}
  %v0 = tile.load %v[%c0, %c0] : {_TW} -> {_W}
{body}
  func.return
}}
"""


_TURN = f"""
    %at = arith.muli %k, %c32 : index
    %a = tile.load %x[%c0, %at] : {_TX} -> {_X}
    %b = tile.load %w[%at, %c0] : {_TW} -> {_W}
    %c = tile.load %v[%at, %c0] : {_TW} -> {_W}
"""

JOINED_PROGRAMS = {
    # The first turn starts the sum, from other operands than those of the later ones.
    "first-turn": _kernel(
        f"""
  %r = tile.pipeline stages(2) %k = %c0 to %c4 step %c1 iter_args(%s = %zero) -> ({_S}) {{
    {_TURN}
    %first = arith.cmpi eq, %k, %c0 : index
    %t = scf.if %first -> ({_S}) {{
      %u = tile.matmul %a, %c : {_PRODUCT}
      scf.yield %u : {_S}
    }} else {{
      %u = tile.matmul acc(%s) %a, %b : {_PRODUCT}
      scf.yield %u : {_S}
    }}
    tile.yield %t : {_S}
  }}
  tile.store %r, %out[%c0, %c0] : {_S}, {_TS}"""
    ),
    # A sum that has begun is added to, started again, or left as it is; it is stored on the way.
    "nested": _kernel(
        f"""
  %r0 = tile.matmul %x0, %w0 : {_PRODUCT}
  %r = scf.for %k = %c0 to %c4 step %c1 iter_args(%s = %r0) -> ({_S}) {{
    {_TURN}
    %less = arith.cmpi slt, %k, %n : index
    tile.store %s, %out1[%c0, %c0] : {_S}, {_TS}
    %t = scf.if %less -> ({_S}) {{
      %u = tile.matmul acc(%s) %a, %b : {_PRODUCT}
      scf.yield %u : {_S}
    }} else {{
      %u = scf.if %flag -> ({_S}) {{
        %again = tile.matmul %a, %c : {_PRODUCT}
        scf.yield %again : {_S}
      }} else {{
        scf.yield %s : {_S}
      }}
      scf.yield %u : {_S}
    }}
    scf.yield %t : {_S}
  }}
  tile.store %r, %out[%c0, %c0] : {_S}, {_TS}"""
    ),
    # Whether two sums have begun when their loop ends, only the running program knows.
    "carried-flag": _kernel(
        f"""
  %r0, %r1 = scf.for %k = %c0 to %c4 step %c1 iter_args(%s = %zero, %t = %zero) -> ({_S}, {_S}) {{
    {_TURN}
    %less = arith.cmpi slt, %k, %n : index
    %u0, %u1 = scf.if %less -> ({_S}, {_S}) {{
      %y0, %y1 = tile.matmul acc(%s, %t) %a, %b, %c : {_TWO}
      scf.yield %y0, %y1 : {_S}, {_S}
    }} else {{
      scf.yield %s, %t : {_S}, {_S}
    }}
    scf.yield %u0, %u1 : {_S}, {_S}
  }}
  %z0, %z1 = tile.matmul acc(%r0, %r1) %x0, %v0, %w0 : {_TWO}
  tile.store %z0, %out[%c0, %c0] : {_S}, {_TS}
  tile.store %z1, %out1[%c0, %c0] : {_S}, {_TS}"""
    ),
    # A sum over K in each arm.
    "loops-in-arms": _kernel(
        f"""
  %r = scf.if %flag -> ({_S}) {{
    %t = scf.for %k = %c0 to %c4 step %c1 iter_args(%s = %zero) -> ({_S}) {{
      {_TURN}
      %u = tile.matmul acc(%s) %a, %b : {_PRODUCT}
      scf.yield %u : {_S}
    }}
    scf.yield %t : {_S}
  }} else {{
    %one = tile.matmul %x0, %w0 : {_PRODUCT}
    %t = scf.for %k = %c1 to %c2 step %c1 iter_args(%s = %one) -> ({_S}) {{
      {_TURN}
      %u = tile.matmul acc(%s) %a, %c : {_PRODUCT}
      scf.yield %u : {_S}
    }}
    scf.yield %t : {_S}
  }}
  %y = tile.matmul acc(%r) %x0, %v0 : {_PRODUCT}
  tile.store %y, %out[%c0, %c0] : {_S}, {_TS}"""
    ),
}
"""By name; all of them run under `a2a3`."""
