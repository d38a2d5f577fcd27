"""Element types by the names that kernel authors use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DType:
    """An element type.

    Attributes:
        name: the name under `pl`.
        mlir: the spelling in IR, empty where a2a3 cannot hold it in a tile.
        bits: its size; 0 where it has none.
    """

    name: str
    mlir: str
    bits: int

    def __repr__(self) -> str:
        return f"pl.{self.name}"

    @property
    def is_float(self) -> bool:
        """Whether it is a floating-point type that a2a3 computes with."""
        return self.mlir in ("f16", "bf16", "f32")

    @property
    def bytes(self) -> int:
        """Its size in bytes."""
        return self.bits // 8


BOOL = DType("BOOL", "i1", 1)
INT8 = DType("INT8", "i8", 8)
INT16 = DType("INT16", "i16", 16)
INT32 = DType("INT32", "i32", 32)
INT64 = DType("INT64", "i64", 64)
UINT8 = DType("UINT8", "ui8", 8)
UINT16 = DType("UINT16", "ui16", 16)
UINT32 = DType("UINT32", "ui32", 32)
UINT64 = DType("UINT64", "ui64", 64)
FP16 = DType("FP16", "f16", 16)
BF16 = DType("BF16", "bf16", 16)
FP32 = DType("FP32", "f32", 32)
INDEX = DType("INDEX", "index", 64)
TASK_ID = DType("TASK_ID", "!task.id", 0)

# Known names that no tile of a2a3 can have: using one is refused by name, not as an unknown name.
INT4 = DType("INT4", "", 4)
UINT4 = DType("UINT4", "", 4)
FP4 = DType("FP4", "", 4)
FP8E4M3FN = DType("FP8E4M3FN", "", 8)
FP8E5M2 = DType("FP8E5M2", "", 8)
FP8E8M0 = DType("FP8E8M0", "", 8)
HF4 = DType("HF4", "", 4)
HF8 = DType("HF8", "", 8)

DTYPES = (
    *(BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FP16, BF16, FP32, INDEX, TASK_ID),
    *(INT4, UINT4, FP4, FP8E4M3FN, FP8E5M2, FP8E8M0, HF4, HF8),
)
"""Every element type that `pl` names."""

BY_MLIR = {dtype.mlir: dtype for dtype in DTYPES if dtype.mlir}
"""Element types by their spelling in IR."""
