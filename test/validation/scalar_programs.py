"""Functions of scalars, emitted as C++ and compiled for the host."""

from __future__ import annotations

import ctypes
from pathlib import Path

from .oracles import emitted, parse, shared_library

# What the emitted text needs of the vendor's library when it holds nothing but arithmetic.
_PRELUDE = """
#define __global__
#define AICORE extern "C"
#define PIPE_ALL 0
#define __gm__
namespace pto {}
inline void pipe_barrier(int) {}
using half = _Float16;

// Not every host compiler computes with this type, nor does the text.
struct bfloat16_t {
  unsigned short bits;
  bfloat16_t() = default;
  explicit bfloat16_t(float value) {
    unsigned word = __builtin_bit_cast(unsigned, value);
    unsigned rounded = (word + 0x7fff + (word >> 16 & 1)) >> 16;
    bits = value == value ? rounded : word >> 16 | 0x40;
  }
  explicit operator float() const { return __builtin_bit_cast(float, (unsigned)bits << 16); }
};
"""


def compiled(functions: str, folder: Path) -> ctypes.CDLL:
    """Compile helper functions; a kernel stands beside them, for it alone could not return."""
    text = f"func.func @kernel() attributes {{pto.entry}} {{ return }}\n{functions}"
    header = folder / "pto" / "pto-inst.hpp"
    header.parent.mkdir()
    header.write_text(_PRELUDE)
    cpp = emitted("cce", parse(text))
    # Undefined overflow traps instead of passing by luck.
    return shared_library(cpp, folder, "-std=c++20", "-O1", "-ftrapv", f"-I{folder}", "-include", "stdint.h")
