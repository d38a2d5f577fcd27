"""What the parameters of the language take: by name, for a name means the same in every operation."""

from __future__ import annotations

from collections.abc import Mapping

KINDS: Mapping[str, str] = {
    "Tile | Tensor": "a tile; a tensor, or a slice of one, is loaded where it is used",
    "Operand": "a tile, a tensor, a slice, or a number",
    "Number": "a number: Python's, or one that is known when the kernel runs",
    "Integer": "a whole number, known when the kernel runs or before",
    "Sequence[Integer]": "a list of whole numbers",
    "Sequence[int]": "a list of constants",
    "Sequence[TaskId | TaskIds]": "a list of ids of tasks, and of arrays of them",
}
"""The kinds of values that need a word."""

PARAMETERS: Mapping[str, str] = {
    **dict.fromkeys(("lhs", "rhs", "x"), "Operand"),
    **dict.fromkeys(("a", "b", "b0", "b1", "acc", "bias", "mask", "idx", "others", "source"), "Tile | Tensor"),
    **dict.fromkeys(("target", "tensor", "tile_"), "Tile | Tensor"),
    **dict.fromkeys(("index", "tmp", "tmp_tile"), "Tile | Tensor"),
    "accs": "Sequence[Tile | Tensor]",
    **dict.fromkeys(("value", "start", "stop", "step"), "Number"),
    **dict.fromkeys(("valid_rows", "valid_cols", "core_num", "extent"), "Integer"),
    **dict.fromkeys(("axis", "axis1", "axis2", "dim", "columns", "rows"), "int"),
    "block_len": "int",
    "stage": "int",
    **dict.fromkeys(("offset", "offsets", "indices"), "Sequence[Integer]"),
    "shape": "Sequence[Integer | None]",
    **dict.fromkeys(("shapes", "valid_shape"), "Sequence[Integer]"),
    "drop_dims": "Sequence[int]",
    **dict.fromkeys(("dtype", "output_dtype", "out_dtype"), "DType"),
    "target_type": "DType",
    "target_memory": "MemorySpace",
    "pad_value": "PadValue",
    "mask_pattern": "MaskPattern",
    "atomic": "AtomicType",
    "layout": "TensorLayout",
    **dict.fromkeys(("blayout", "slayout", "transpose", "role", "core_type"), "object"),
    "cmp_type": "int | str",
    "mode": "str",
    "init_cond": "Number",
    "init_value": "Number",
    "init_values": "Sequence[object]",
    "kernel": "Kernel",
    "arguments": "object",
    "deps": "Sequence[TaskId | TaskIds]",
    "level": "Level",
}
"""The type of each parameter whose own annotation does not say it; None beside it where that is the default."""

SEVERAL = ("Arithmetic", "Bits", "Functions", "Conversion")
"""Groups of operations that work on tiles and on numbers alike: what they give depends on what they get."""

RESULTS: Mapping[str, str] = {
    **dict.fromkeys(("max", "min", "read", "const", "dim"), "Scalar"),
    **dict.fromkeys(("get_block_idx", "get_block_num", "get_subblock_idx"), "Scalar"),
    **dict.fromkeys(("create_tensor", "subview", "store"), "Tensor"),
    **dict.fromkeys(("slice", "reshape", "set_validshape", "assemble", "submit", "spmd_submit", "write"), "Any"),
    **dict.fromkeys(("matmul_dual", "matmul_dual_acc"), "tuple[Tile, Tile]"),
    "task_dummy": "TaskId",
    "array_create": "TaskIds",
    "syncall": "None",
}
"""What an operation gives that is not a tile."""
