"""Small programs in which bytes are touched under several names, in several loops, or by many instructions.

Buffers overlap, are handed on by branches and loops, or are parts of others.
"""

from __future__ import annotations

from .random_programs import kernel

T = "!pto.tile_buf<vec, 8x64xf32>"
_HALF = "!pto.tile_buf<vec, 8x64xf16>"
_WIDE = "!pto.tile_buf<vec, 8x128xf32>"
_PART = "!pto.tile_buf<vec, 8x32xf32>"
_FLAT = "!pto.tile_buf<vec, 4x128xf32>"
_MEMREF = "memref<8x64xf32, #pto.address_space<vec>>"
_WINDOW = "!pto.partition_tensor_view<8x64xf32>"
_ADDS = " {atomicType = #pto<atomic_type atomic_add>}"


def load(window: str, tile: str, type_: str = T) -> str:
    """A load of 8x64 elements."""
    return f"pto.tload ins({window} : {_WINDOW}) outs({tile} : {type_})"


def store(tile: str, window: str, type_: str = T, *, adds: bool = False) -> str:
    """A store of 8x64 elements."""
    return f"pto.tstore ins({tile} : {type_}) outs({window} : {_WINDOW}){_ADDS if adds else ''}"


def do(name: str, *tiles: str, type_: str = T) -> str:
    """A vector instruction: its sources, and what it writes."""
    *sources, target = tiles
    types = ", ".join([type_] * len(sources))
    return f"pto.{name} ins({', '.join(sources)} : {types}) outs({target} : {type_})"


def alloc(*names: str, type_: str = T) -> list[str]:
    """Buffers without addresses."""
    return [f"{name} = pto.alloc_tile : {type_}" for name in names]


def loaded(*names: str) -> list[str]:
    """Buffers without addresses, and a load of each."""
    return [line for name in names for line in (*alloc(name), load("%g0", name))]


def at(name: str, address: int, type_: str = T) -> list[str]:
    """A buffer at an address."""
    return [f"{name}_at = arith.constant {address} : i64", f"{name} = pto.alloc_tile addr = {name}_at : {type_}"]


def number(*values: int) -> list[str]:
    """Constants that `kernel` does not have."""
    return [f"%c{value} = arith.constant {value} : index" for value in values]


def unproven(text: str) -> str:
    """A program that ends with a region of which no proof says how often it runs: then no flag is left out."""
    head, _, end = text.rpartition("return")
    return f"""{head.removesuffix("func.")}
  %late = arith.constant 65536 : i64
  %last = pto.alloc_tile addr = %late : {T}
  scf.execute_region {{
    {do("texp", "%last", "%last")}
    scf.yield
  }}
  func.return{end}"""


def loop(variable: str, low: str, high: str, step: str, *body: str) -> list[str]:
    """A loop."""
    return [f"scf.for {variable} = {low} to {high} step {step} {{", *body, "}"]


_SELF_CONTAINED = ["scf.execute_region {", do("texp", "%t", "%t"), "scf.yield", "}"]
"""A region of which no proof says how often it runs."""


BYTE_PROGRAMS = {
    # Buffers that overlap by half, by a quarter, or as a whole; of the last two, one lies in the other.
    "overlapping": kernel(
        *at("%t", 0),
        *at("%s", 1024),
        *at("%u", 4096),
        *at("%w", 4096 + 1536),
        *at("%h", 4096 + 512, _HALF),
        *at("%x", 8192),
        load("%g0", "%t"),
        load("%g1", "%u"),
        load("%g1", "%s"),
        do("texp", "%u", "%x"),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            load("%g1", "%s"),
            do("tadd", "%s", "%x", "%x"),
            store("%t", "%g2"),
            load("%g0", "%w"),
            f"pto.tcvt ins(%w : {T}) outs(%h : {_HALF})",
            f"pto.tcvt ins(%h : {_HALF}) outs(%x : {T})",
            store("%u", "%g2"),
        ),
        load("%g0", "%s"),
        do("tmul", "%t", "%x", "%x"),
        store("%x", "%g1"),
    ),
    # Two buffers that have nothing to do with each other, and one that shares bytes with both.
    "in-between": kernel(
        *at("%t", 0),
        *at("%s", 1024),
        *at("%u", 2048),
        *at("%x", 8192),
        *at("%y", 16384),
        load("%g0", "%t"),
        do("texp", "%t", "%x"),
        load("%g0", "%u"),
        do("texp", "%u", "%y"),
        store("%x", "%g1"),
        load("%g0", "%s"),
        store("%s", "%g2"),
    ),
    # Each of the neighbours ends where the next begins: none waits for another.
    "side-by-side": kernel(
        *at("%t", 0),
        *at("%s", 2048),
        *at("%u", 4096),
        load("%g0", "%t"),
        load("%g1", "%u"),
        do("texp", "%t", "%s"),
        store("%u", "%g2"),
        *loop("%i", "%c0", "%n", "%c1", load("%g1", "%u"), do("tadd", "%t", "%s", "%s"), store("%u", "%g2")),
        store("%s", "%g0"),
    ),
    # Which of two buffers is meant, only the launch knows; the loop hands them on by turns.
    "handed-on": kernel(
        *loaded("%t", "%s", "%u"),
        f"%x = scf.if %b -> ({T}) {{",
        do("texp", "%t", "%u"),
        f"scf.yield %t : {T}",
        "} else {",
        load("%g1", "%s"),
        f"scf.yield %s : {T}",
        "}",
        do("tadd", "%x", "%u", "%x"),
        f"%y, %z = scf.for %i = %c0 to %n step %c1 iter_args(%one = %x, %other = %u) -> ({T}, {T}) {{",
        load("%g1", "%one"),
        do("tadd", "%one", "%other", "%other"),
        f"scf.yield %other, %one : {T}, {T}",
        "}",
        store("%y", "%g2"),
        f"%w = arith.select %b, %t, %z : {T}",
        do("texp", "%w", "%w"),
        store("%w", "%g2"),
        load("%g0", "%s"),
        store("%s", "%g1"),
    ),
    # Two buffers change places in each turn; another one that is copied meanwhile has nothing to do with them.
    "swapped": kernel(
        *loaded("%t", "%s"),
        *alloc("%u"),
        f"%y, %z = scf.for %i = %c0 to %n step %c1 iter_args(%one = %t, %other = %s) -> ({T}, {T}) {{",
        do("texp", "%one", "%other"),
        load("%g0", "%u"),
        store("%u", "%g2"),
        f"scf.yield %other, %one : {T}, {T}",
        "}",
        store("%y", "%g1"),
    ),
    # A loop hands a buffer on through another loop; a load that nobody needs has nothing to do with it.
    "handed-through": kernel(
        *loaded("%t"),
        *alloc("%u"),
        f"%y = scf.for %i = %c0 to %n step %c1 iter_args(%one = %t) -> ({T}) {{",
        f"%z = scf.for %j = %c0 to %n step %c1 iter_args(%in = %one) -> ({T}) {{",
        do("texp", "%in", "%in"),
        f"scf.yield %in : {T}",
        "}",
        load("%g0", "%u"),
        do("texp", "%z", "%z"),
        f"scf.yield %z : {T}",
        "}",
        store("%y", "%g1"),
    ),
    # The same bytes in another shape, as another type, and parts of them.
    "other-names": kernel(
        *number(32, 4, 2),
        *loaded("%t", "%s"),
        f"%flat = pto.treshape %t : {T} -> {_FLAT}",
        do("texp", "%flat", "%flat", type_=_FLAT),
        f"%left = pto.subset %s[%c0, %c0] sizes [8, 32] : {T}",
        f"%right = pto.subset %s[%c0, %c32] sizes [8, 32] : {T}",
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            do("tadd", "%left", "%right", "%left", type_=_PART),
            store("%s", "%g2"),
            load("%g1", "%t"),
            do("texp", "%flat", "%flat", type_=_FLAT),
            store("%t", "%g1"),
        ),
    ),
    # Buffers as memrefs at addresses, next to one another and above one another.
    "placed-memrefs": kernel(
        *at("%t", 0),
        "%low = arith.constant 2048 : i64",
        "%mid = arith.constant 4096 : i64",
        f"%x = pto.pointer_cast(%low) : {_MEMREF}",
        f"%y = pto.pointer_cast(%mid) : {_MEMREF}",
        f"%z = pto.pointer_cast(%mid) : {_MEMREF}",
        f"pto.tload ins(%g0 : {_WINDOW}) outs(%x : {_MEMREF})",
        load("%g1", "%t"),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            f"pto.tadd ins(%x, %x : {_MEMREF}, {_MEMREF}) outs(%x : {_MEMREF})",
            f"pto.tstore ins(%x : {_MEMREF}) outs(%g2 : {_WINDOW})",
            f"pto.tload ins(%g1 : {_WINDOW}) outs(%y : {_MEMREF})",
            f"pto.tadd ins(%x, %z : {_MEMREF}, {_MEMREF}) outs(%x : {_MEMREF})",
            store("%t", "%g0"),
        ),
    ),
    # A while loop hands buffers on, on both of its sides.
    "while": kernel(
        *loaded("%t", "%s"),
        "%end:2 = scf.while (%i = %c0, %x = %t) : (index, " + T + ") -> (index, " + T + ") {",
        "%more = arith.cmpi slt, %i, %n : index",
        do("texp", "%x", "%x"),
        store("%x", "%g2"),
        f"scf.condition(%more) %i, %x : index, {T}",
        "} do {",
        f"^body(%j: index, %y: {T}):",
        load("%g1", "%s"),
        do("tadd", "%y", "%s", "%y"),
        "%next = arith.addi %j, %c1 : index",
        f"scf.yield %next, %y : index, {T}",
        "}",
        do("texp", "%end#1", "%s"),
        store("%s", "%g0"),
    ),
    # Blocks that jump to one another.
    "blocks": kernel(
        *loaded("%t", "%s"),
        "cf.br ^head(%c0 : index)",
        "^head(%i: index):",
        "%more = arith.cmpi slt, %i, %n : index",
        do("tadd", "%t", "%s", "%t"),
        "cf.cond_br %more, ^body, ^end",
        "^body:",
        load("%g1", "%s"),
        store("%t", "%g2"),
        "%next = arith.addi %i, %c1 : index",
        "cf.br ^head(%next : index)",
        "^end:",
        do("texp", "%t", "%s"),
        store("%s", "%g1"),
    ),
    # A switch whose cases touch different buffers, one of them none.
    "switch": kernel(
        *loaded("%t", "%s", "%u"),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "scf.index_switch %i",
            "case 0 {",
            load("%g1", "%t"),
            "scf.yield",
            "}",
            "case 1 {",
            do("tadd", "%t", "%u", "%s"),
            "scf.yield",
            "}",
            "default {",
            "scf.yield",
            "}",
            store("%s", "%g2"),
            do("texp", "%t", "%u"),
        ),
    ),
    # The arms of a branch use pipes in a different order; what stands around them needs both.
    "unlike-arms": kernel(
        *loaded("%t", "%s", "%u"),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            "scf.if %b {",
            load("%g1", "%t"),
            do("tadd", "%t", "%s", "%u"),
            store("%u", "%g2"),
            "} else {",
            store("%t", "%g2"),
            load("%g1", "%s"),
            "}",
            do("texp", "%s", "%t"),
            "scf.if %b {",
            store("%t", "%g1"),
            "}",
            load("%g0", "%u"),
        ),
    ),
    # A region that no proof looks into: only what needs a flag gets one at once.
    "region": kernel(
        *loaded("%t", "%s", "%u"),
        *_SELF_CONTAINED,
        do("tadd", "%t", "%s", "%u"),
        store("%u", "%g0"),
        load("%g1", "%s"),
        do("texp", "%s", "%t"),
        load("%g1", "%u"),
        do("tmul", "%s", "%u", "%u"),
        store("%t", "%g1"),
        store("%u", "%g2"),
    ),
    # The same in a loop: flags between turns.
    "region-in-turns": kernel(
        *alloc("%t", "%s", "%u"),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            load("%g0", "%t"),
            load("%g0", "%s"),
            do("tadd", "%t", "%s", "%u"),
            store("%u", "%g1"),
            store("%s", "%g2"),
        ),
        *_SELF_CONTAINED,
    ),
    # A loop whose turns need a barrier between them begins with it: none is needed in front of it.
    "barrier-in-a-loop": kernel(
        *loaded("%t"),
        *alloc("%s"),
        do("texp", "%t", "%s"),
        *loop("%i", "%c0", "%n", "%c1", do("texp", "%s", "%s")),
        store("%t", "%g1"),
    ),
    # A pipe overwrites what it has read or loaded itself, which needs no flag; the loop may not run at all.
    "overwritten": kernel(
        *loaded("%t", "%s", "%u"),
        load("%g1", "%s"),
        do("texp", "%t", "%u"),
        do("texp", "%s", "%t"),
        *loop("%i", "%c0", "%n", "%c1", do("tadd", "%t", "%s", "%t"), load("%g1", "%s"), load("%g0", "%s")),
        do("tmul", "%t", "%s", "%s"),
        store("%s", "%g2"),
        do("texp", "%s", "%t"),
        store("%t", "%g0"),
        store("%u", "%g1"),
    ),
    # Behind loops in loops a pipe knows what it has waited for in there.
    "settled-within": kernel(
        *loaded("%t"),
        *alloc("%u", "%w"),
        *loop("%i", "%c0", "%n", "%c1", *loop("%j", "%c0", "%n", "%c1", load("%g0", "%t"), do("texp", "%t", "%u"))),
        do("texp", "%t", "%w"),
        store("%w", "%g2"),
        store("%u", "%g1"),
    ),
    # Behind these loops it does not: it has done something else in there.
    "unsettled-within": kernel(
        *loaded("%t", "%u"),
        *alloc("%w"),
        *loop("%i", "%c0", "%n", "%c1", *loop("%j", "%c0", "%n", "%c1", do("texp", "%u", "%w"), load("%g0", "%t"))),
        do("tadd", "%t", "%u", "%w"),
        store("%w", "%g2"),
    ),
    # Barriers of its author's: one of all pipes orders them, one of a single pipe says nothing of the others.
    "own-barriers": kernel(
        *loaded("%t", "%s"),
        "pto.barrier <PIPE_S>",
        do("texp", "%t", "%t"),
        "pto.barrier <PIPE_V>",
        store("%t", "%g2"),
        "pto.barrier <PIPE_ALL>",
        load("%g1", "%t"),
        *loop(
            "%i",
            "%c0",
            "%n",
            "%c1",
            do("tadd", "%t", "%s", "%s"),
            "pto.barrier <PIPE_S>",
            load("%g1", "%t"),
            "pto.barrier <PIPE_MTE3>",
            store("%s", "%g2"),
        ),
        "pto.barrier <PIPE_S>",
        do("texp", "%t", "%s"),
        store("%s", "%g0"),
    ),
}
"""By name, in the `pto` dialect; all of them run under `pto`."""
