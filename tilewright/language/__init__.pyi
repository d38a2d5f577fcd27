"""Written by `python -m tilewright.language.reference`: what `import tilewright.language as pl` offers."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

from tilewright.language.annotations import Array as Array
from tilewright.language.annotations import InOut as InOut
from tilewright.language.annotations import Out as Out
from tilewright.language.annotations import dynamic as dynamic
from tilewright.language.dtypes import BF16 as BF16
from tilewright.language.dtypes import BOOL as BOOL
from tilewright.language.dtypes import FP4 as FP4
from tilewright.language.dtypes import FP8E4M3FN as FP8E4M3FN
from tilewright.language.dtypes import FP8E5M2 as FP8E5M2
from tilewright.language.dtypes import FP8E8M0 as FP8E8M0
from tilewright.language.dtypes import FP16 as FP16
from tilewright.language.dtypes import FP32 as FP32
from tilewright.language.dtypes import HF4 as HF4
from tilewright.language.dtypes import HF8 as HF8
from tilewright.language.dtypes import INDEX as INDEX
from tilewright.language.dtypes import INT4 as INT4
from tilewright.language.dtypes import INT8 as INT8
from tilewright.language.dtypes import INT16 as INT16
from tilewright.language.dtypes import INT32 as INT32
from tilewright.language.dtypes import INT64 as INT64
from tilewright.language.dtypes import TASK_ID as TASK_ID
from tilewright.language.dtypes import UINT4 as UINT4
from tilewright.language.dtypes import UINT8 as UINT8
from tilewright.language.dtypes import UINT16 as UINT16
from tilewright.language.dtypes import UINT32 as UINT32
from tilewright.language.dtypes import UINT64 as UINT64
from tilewright.language.dtypes import DType as DType
from tilewright.language.enums import AtomicType as AtomicType
from tilewright.language.enums import FunctionType as FunctionType
from tilewright.language.enums import Level as Level
from tilewright.language.enums import MaskPattern as MaskPattern
from tilewright.language.enums import Mem as Mem
from tilewright.language.enums import MemorySpace as MemorySpace
from tilewright.language.enums import PadValue as PadValue
from tilewright.language.enums import SplitMode as SplitMode
from tilewright.language.enums import TensorLayout as TensorLayout
from tilewright.language.failures import CompileError as CompileError
from tilewright.language.jit import Kernel
from tilewright.language.jit import jit as jit
from tilewright.language.jit import parse as parse
from tilewright.language.program_classes import function as function
from tilewright.language.program_classes import program as program

inline = jit.inline

class _Value:
    def __add__(self, other: object) -> Any: ...
    def __radd__(self, other: object) -> Any: ...
    def __sub__(self, other: object) -> Any: ...
    def __rsub__(self, other: object) -> Any: ...
    def __mul__(self, other: object) -> Any: ...
    def __rmul__(self, other: object) -> Any: ...
    def __truediv__(self, other: object) -> Any: ...
    def __rtruediv__(self, other: object) -> Any: ...
    def __floordiv__(self, other: object) -> Any: ...
    def __rfloordiv__(self, other: object) -> Any: ...
    def __mod__(self, other: object) -> Any: ...
    def __rmod__(self, other: object) -> Any: ...
    def __and__(self, other: object) -> Any: ...
    def __rand__(self, other: object) -> Any: ...
    def __or__(self, other: object) -> Any: ...
    def __ror__(self, other: object) -> Any: ...
    def __xor__(self, other: object) -> Any: ...
    def __lshift__(self, other: object) -> Any: ...
    def __rshift__(self, other: object) -> Any: ...
    def __lt__(self, other: object) -> Any: ...
    def __le__(self, other: object) -> Any: ...
    def __gt__(self, other: object) -> Any: ...
    def __ge__(self, other: object) -> Any: ...
    def __neg__(self) -> Any: ...

class Tensor(_Value):
    """A tensor in global memory. In annotations: `pl.Tensor[[rows, columns], dtype]`, or bare."""
    def __class_getitem__(cls, parameters: object) -> Any: ...
    def __getitem__(self, key: object) -> Any: ...
    def __setitem__(self, key: object, value: Operand) -> None: ...
    @property
    def shape(self) -> tuple[Any, ...]: ...
    @property
    def dtype(self) -> DType: ...

class Tile(_Value):
    """A tile on the chip: a two-dimensional value of static shape."""
    def __class_getitem__(cls, parameters: object) -> Any: ...
    def __getitem__(self, key: object) -> Any: ...
    def __setitem__(self, key: object, value: Operand) -> None: ...
    @property
    def shape(self) -> tuple[int, int]: ...
    @property
    def dtype(self) -> DType: ...

class Scalar(_Value):
    """One number: `pl.Scalar[pl.FP32]`."""
    def __class_getitem__(cls, parameters: object) -> Any: ...
    def __index__(self) -> int: ...

class TaskId:
    """A task that was submitted."""

class TaskIds:
    """An array of task ids."""
    def __getitem__(self, place: Integer) -> TaskId: ...
    def __setitem__(self, place: Integer, task: TaskId) -> None: ...

class _Spmd(AbstractContextManager[TaskId]):
    def __iter__(self) -> Iterator[Any]: ...
    def __exit__(self, *reason: object) -> None: ...

Number: TypeAlias = Scalar | int | float
Integer: TypeAlias = Scalar | int
Operand: TypeAlias = Tensor | Tile | Scalar | int | float

def yield_(*values: object) -> Any:
    """What a loop with `init_values=` hands to its next turn."""

def cond(condition: Number) -> None:
    """Whether another turn of `pl.while_` follows; stands first in its body."""

def range(
    start: Number, stop: Number | None = ..., step: Number = ..., *, init_values: Sequence[object] | None = ...
) -> Iterator[Any]:
    """A loop, one turn after the other: `for i in pl.range(n)`. Stands anywhere."""

def parallel(
    start: Number, stop: Number | None = ..., step: Number = ..., *, init_values: Sequence[object] | None = ...
) -> Iterator[Any]:
    """A loop whose turns do not depend on one another. Stands outside of compute scopes."""

def unroll(start: int, stop: int | None = ..., step: int = ...) -> Iterator[Any]:
    """Repeat the body while translating; the loop variable is a constant in each copy."""

def pipeline(
    start: Number,
    stop: Number | None = ...,
    step: Number = ...,
    *,
    stage: int,
    init_values: Sequence[object] | None = ...,
) -> Iterator[Any]:
    """A loop whose loads may run `stage - 1` turns ahead. Stands in a compute scope."""

def while_(*, init_values: Sequence[object]) -> Iterator[Any]:
    """A loop that ends by a condition: `for (a, b) in pl.while_(init_values=(a0, b0))`, `pl.cond(...)` first."""

def spmd(
    core_num: Integer, *, sync_start: bool = ..., name_hint: str = ..., deps: Sequence[TaskId | TaskIds] | None = ...
) -> _Spmd:
    """A compute scope that runs once for each of several blocks: `for i in pl.spmd(n)`, or `with pl.spmd(n)`."""

def at(
    level: Level, role: object = ..., *, name_hint: str = ..., deps: Sequence[TaskId | TaskIds] | None = ...
) -> AbstractContextManager[TaskId]:
    """A compute scope: its body becomes a kernel. `with pl.at(level=pl.Level.CORE_GROUP) as task_id:`."""

def manual_scope() -> AbstractContextManager[None]:
    """Tasks that are submitted inside wait only for what `deps` names."""

def scope(mode: str | None = ...) -> AbstractContextManager[None]:
    """Tasks that belong together; it changes nothing else."""

def abs(x: Operand) -> Any:
    """The absolute value."""

def add(lhs: Operand, rhs: Operand) -> Any:
    """`lhs + rhs`. Tiles have the same shape and element type; `rhs` may be a number."""

def adds(lhs: Operand, rhs: Operand) -> Any:
    """`lhs + rhs`. Tiles have the same shape and element type; `rhs` may be a number."""

def and_(lhs: Operand, rhs: Operand) -> Any:
    """`lhs & rhs` of integers or masks."""

def ands(lhs: Operand, rhs: Operand) -> Any:
    """`lhs & rhs` of integers or masks."""

def arange(start: Number, shape: Sequence[Integer | None], dtype: DType | None = ..., descending: bool = ...) -> Tile:
    """Whole numbers from `start`, along each row."""

def array_create(extent: Integer, dtype: DType = ...) -> TaskIds:
    """An array of task ids: `ids[i] = task_id`; `deps=[ids]` waits for all of them."""

def assemble(
    target: Tile | Tensor,
    source: Tile | Tensor,
    offset: Sequence[Integer],
    atomic: AtomicType = ...,
    shapes: Sequence[Integer] | None = ...,
) -> Any:
    """Write `source` into `target` at `offset`; gives the target."""

def cast(x: Operand, target_type: DType, mode: str = ...) -> Any:
    """Convert to another element type."""

def cmp(lhs: Operand, rhs: Operand, cmp_type: int | str = ...) -> Tile:
    """Compare element by element; gives a mask. `cmp_type`: 0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge, or the name."""

def cmps(lhs: Operand, rhs: Operand, cmp_type: int | str = ...) -> Tile:
    """Compare element by element; gives a mask. `cmp_type`: 0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge, or the name."""

def col_expand(x: Operand, rows: int) -> Tile:
    """Repeat a row [1, N] to [rows, N]."""

def col_expand_add(lhs: Operand, rhs: Operand) -> Tile:
    """`lhs[i, j] + rhs[0, j]`: a number for each column."""

def col_expand_div(lhs: Operand, rhs: Operand) -> Tile:
    """`lhs[i, j] / rhs[0, j]`."""

def col_expand_expdif(lhs: Operand, rhs: Operand) -> Tile:
    """`exp(lhs[i, j] - rhs[0, j])`."""

def col_expand_max(lhs: Operand, rhs: Operand) -> Tile:
    """The larger of `lhs[i, j]` and `rhs[0, j]`."""

def col_expand_min(lhs: Operand, rhs: Operand) -> Tile:
    """The smaller of `lhs[i, j]` and `rhs[0, j]`."""

def col_expand_mul(lhs: Operand, rhs: Operand) -> Tile:
    """`lhs[i, j] * rhs[0, j]`."""

def col_expand_sub(lhs: Operand, rhs: Operand) -> Tile:
    """`lhs[i, j] - rhs[0, j]`."""

def col_max(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The largest number of each column: [M, N] gives [1, N]."""

def col_min(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The smallest number of each column: [M, N] gives [1, N]."""

def col_prod(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The product of each column: [M, N] gives [1, N]."""

def col_sum(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The sum of each column: [M, N] gives [1, N]."""

def concat(a: Tile | Tensor, b: Tile | Tensor) -> Tile:
    """Two tiles side by side."""

def const(value: Number, dtype: DType) -> Scalar:
    """A constant of a certain type: `pl.const(1, pl.INT32)`. A plain number takes the type that its use needs."""

def create_tensor(
    shape: Sequence[Integer | None],
    dtype: DType,
    layout: TensorLayout | None = ...,
    manual_dep: bool = ...,
    init_value: Number | None = ...,
) -> Tensor:
    """A tensor in global memory with undefined contents, or full of `init_value`."""

def create_tile(
    shape: Sequence[Integer | None], dtype: DType, target_memory: MemorySpace = ..., transpose: object = ...
) -> Tile:
    """A tile with undefined contents: the start of an accumulator whose first matmul overwrites it."""

def dim(x: Operand, axis: int) -> Scalar:
    """The extent of a dimension: a constant where that is known, else a number of the kernel."""

def div(lhs: Operand, rhs: Operand, high_precision: bool = ...) -> Any:
    """`lhs / rhs`; integers are rounded towards zero. `high_precision` is what the engines compute anyway."""

def divs(lhs: Operand, rhs: Operand, high_precision: bool = ...) -> Any:
    """`lhs / rhs`; integers are rounded towards zero. `high_precision` is what the engines compute anyway."""

def exp(x: Operand) -> Any:
    """E to the power of `x`."""

def fillpad(x: Operand, pad_value: PadValue = ...) -> Tile:
    """Give what lies outside of the valid part a value: zero, or the smallest or largest number; all is valid then."""

def full(shape: Sequence[Integer | None], dtype: DType, value: Number) -> Tile:
    """A tile whose elements all are `value`."""

def gather(
    x: Operand,
    dim: int = ...,
    index: Tile | Tensor | None = ...,
    mask_pattern: MaskPattern | None = ...,
    output_dtype: DType | None = ...,
) -> Tile:
    """Pick columns of each row: those of a `mask_pattern`, or `x[i, index[i, j]]`."""

def get_block_idx() -> Scalar:
    """The number of this block, from 0."""

def get_block_num() -> Scalar:
    """How many blocks the task has."""

def get_subblock_idx() -> Scalar:
    """Which of the two vector cores of a core group this is."""

def load(
    tensor: Tile | Tensor,
    offsets: Sequence[Integer],
    shapes: Sequence[Integer],
    valid_shape: Sequence[Integer] | None = ...,
    target_memory: MemorySpace = ...,
    clamp: bool = ...,
) -> Tile:
    """Load a window of a tensor into a tile in `target_memory` (Vec or Mat)."""

def log(x: Operand) -> Any:
    """The natural logarithm."""

def matmul(
    lhs: Operand,
    rhs: Operand,
    out_dtype: DType | None = ...,
    a_trans: bool = ...,
    b_trans: bool = ...,
    c_matrix_nz: bool = ...,
) -> Tile:
    """`lhs @ rhs`: [M, K] times [K, N] gives [M, N], INT32 for INT8 operands, FP32 otherwise."""

def matmul_acc(
    acc: Tile | Tensor,
    lhs: Operand,
    rhs: Operand,
    a_trans: bool = ...,
    b_trans: bool = ...,
    init_cond: Number | None = ...,
) -> Tile:
    """`acc + lhs @ rhs`; where `init_cond` holds, `lhs @ rhs` alone."""

def matmul_bias(lhs: Operand, rhs: Operand, bias: Tile | Tensor) -> Tile:
    """`lhs @ rhs + bias`, the bias a row [1, N] of the result's type."""

def matmul_dual(a: Tile | Tensor, b0: Tile | Tensor, b1: Tile | Tensor) -> tuple[Tile, Tile]:
    """Multiply one tile with two: `(a @ b0, a @ b1)`, loading `a` once."""

def matmul_dual_acc(
    accs: Sequence[Tile | Tensor],
    a: Tile | Tensor,
    b0: Tile | Tensor,
    b1: Tile | Tensor,
    init_cond: Number | None = ...,
) -> tuple[Tile, Tile]:
    """`(acc0 + a @ b0, acc1 + a @ b1)` for `accs = (acc0, acc1)`; where `init_cond` holds, the products alone."""

def max(lhs: Operand, rhs: Operand) -> Scalar:
    """The larger of two numbers; tiles have pl.maximum."""

def maximum(lhs: Operand, rhs: Operand) -> Any:
    """The larger of two tiles, element by element; `rhs` may be a number."""

def maximums(lhs: Operand, rhs: Operand) -> Any:
    """The larger of two tiles, element by element; `rhs` may be a number."""

def min(lhs: Operand, rhs: Operand) -> Scalar:
    """The smaller of two numbers; tiles have pl.minimum."""

def minimum(lhs: Operand, rhs: Operand) -> Any:
    """The smaller of two tiles, element by element; `rhs` may be a number."""

def minimums(lhs: Operand, rhs: Operand) -> Any:
    """The smaller of two tiles, element by element; `rhs` may be a number."""

def move(tile_: Tile | Tensor, target_memory: MemorySpace, blayout: object = ..., slayout: object = ...) -> Tile:
    """Move a tile to another memory: Mat to Left or Right, Acc to Mat. Layouts follow from the memory."""

def mrgsort(x: Operand, *others: Tile | Tensor, block_len: int | None = ...) -> Tile:
    """Merge sorted lists of pairs: each four blocks of `block_len` elements of one row, or two to four rows."""

def mul(lhs: Operand, rhs: Operand) -> Any:
    """`lhs * rhs`, element by element."""

def muls(lhs: Operand, rhs: Operand) -> Any:
    """`lhs * rhs`, element by element."""

def neg(x: Operand) -> Any:
    """`-x`."""

def not_(x: Operand) -> Any:
    """Every bit turned over, or a mask."""

def or_(lhs: Operand, rhs: Operand) -> Any:
    """`lhs | rhs` of integers or masks."""

def ors(lhs: Operand, rhs: Operand) -> Any:
    """`lhs | rhs` of integers or masks."""

def read(x: Operand, indices: Sequence[Integer]) -> Scalar:
    """One element of a tensor or tile, as a number; an unsigned one as `pl.INDEX`, below 2**63."""

def recip(x: Operand) -> Any:
    """One divided by `x`."""

def relu(x: Operand) -> Any:
    """The larger of `x` and 0."""

def rem(lhs: Operand, rhs: Operand) -> Any:
    """The remainder of `lhs / rhs`, with the sign of `lhs`."""

def rems(lhs: Operand, rhs: Operand) -> Any:
    """The remainder of `lhs / rhs`, with the sign of `lhs`."""

def fmod(lhs: Operand, rhs: Operand) -> Any:
    """The remainder of `lhs / rhs`, with the sign of `lhs`."""

def fmods(lhs: Operand, rhs: Operand) -> Any:
    """The remainder of `lhs / rhs`, with the sign of `lhs`."""

def reshape(x: Operand, shape: Sequence[Integer | None]) -> Any:
    """The same elements in another shape, row by row."""

def view(x: Operand, shape: Sequence[Integer | None]) -> Any:
    """The same elements in another shape, row by row."""

def row_argmax(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The column of the largest number of each row, INT32: [M, N] gives [M, 1]."""

def row_argmin(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The column of the smallest number of each row, INT32: [M, N] gives [M, 1]."""

def row_expand(x: Operand, columns: int) -> Tile:
    """Repeat a column [M, 1] to [M, columns]."""

def row_expand_add(lhs: Operand, rhs: Operand) -> Tile:
    """`lhs[i, j] + rhs[i, 0]`: a number for each row."""

def row_expand_div(lhs: Operand, rhs: Operand) -> Tile:
    """`lhs[i, j] / rhs[i, 0]`."""

def row_expand_expdif(lhs: Operand, rhs: Operand) -> Tile:
    """`exp(lhs[i, j] - rhs[i, 0])`."""

def row_expand_max(lhs: Operand, rhs: Operand) -> Tile:
    """The larger of `lhs[i, j]` and `rhs[i, 0]`."""

def row_expand_min(lhs: Operand, rhs: Operand) -> Tile:
    """The smaller of `lhs[i, j]` and `rhs[i, 0]`."""

def row_expand_mul(lhs: Operand, rhs: Operand) -> Tile:
    """`lhs[i, j] * rhs[i, 0]`."""

def row_expand_sub(lhs: Operand, rhs: Operand) -> Tile:
    """`lhs[i, j] - rhs[i, 0]`."""

def row_max(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The largest number of each row: [M, N] gives [M, 1]."""

def row_min(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The smallest number of each row: [M, N] gives [M, 1]."""

def row_prod(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The product of each row: [M, N] gives [M, 1]."""

def row_sum(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
    """The sum of each row: [M, N] gives [M, 1]. `tmp_tile` is not needed."""

def rsqrt(x: Operand) -> Any:
    """One divided by the square root."""

def sel(mask: Tile | Tensor, lhs: Operand, rhs: Operand, tmp: Tile | Tensor | None = ...) -> Tile:
    """`lhs` where the mask is set, `rhs` elsewhere. `tmp` is not needed."""

def sels(mask: Tile | Tensor, lhs: Operand, rhs: Operand, tmp: Tile | Tensor | None = ...) -> Tile:
    """`lhs` where the mask is set, `rhs` elsewhere. `tmp` is not needed."""

def set_validshape(x: Operand, valid_rows: Integer, valid_cols: Integer) -> Any:
    """Say how many leading rows and columns hold data; the numbers may be known only when the kernel runs."""

def shl(lhs: Operand, rhs: Operand) -> Any:
    """`lhs << rhs` of integers."""

def shls(lhs: Operand, rhs: Operand) -> Any:
    """`lhs << rhs` of integers."""

def shr(lhs: Operand, rhs: Operand) -> Any:
    """`lhs >> rhs` of integers."""

def shrs(lhs: Operand, rhs: Operand) -> Any:
    """`lhs >> rhs` of integers."""

def slice(
    x: Operand,
    shape: Sequence[Integer | None],
    offset: Sequence[Integer],
    valid_shape: Sequence[Integer] | None = ...,
    drop_dims: Sequence[int] | None = ...,
    pad_value: PadValue | None = ...,
    clamp: bool = ...,
) -> Any:
    """A window of a tensor or tile: sizes first, then offsets; `valid_shape` says how much of it holds data."""

def sort32(x: Operand, idx: Tile | Tensor) -> Tile:
    """Sort each 32 elements of a row, largest first, with their indices: [M, N] gives [M, 2N] pairs (FP32)."""

def spmd_submit(
    kernel: Kernel, *arguments: object, core_num: Integer, deps: Sequence[TaskId | TaskIds] | None = ...
) -> Any:
    """Submit a kernel that runs once for each of `core_num` blocks; gives what `pl.submit` gives."""

def sqrt(x: Operand) -> Any:
    """The square root."""

def store(
    tile_: Tile | Tensor,
    offsets: Sequence[Integer],
    tensor: Tile | Tensor,
    shapes: Sequence[Integer] | None = ...,
    atomic: AtomicType = ...,
) -> Tensor:
    """Store a tile into a tensor at `offsets`; gives the tensor."""

def sub(lhs: Operand, rhs: Operand) -> Any:
    """`lhs - rhs`."""

def subs(lhs: Operand, rhs: Operand) -> Any:
    """`lhs - rhs`."""

def submit(kernel: Kernel, *arguments: object, deps: Sequence[TaskId | TaskIds] | None = ...) -> Any:
    """Submit a kernel; gives what it returns and the id of the task: `out, task = pl.submit(kernel, x, out)`."""

def subview(x: Operand, shape: Sequence[Integer | None], offset: Sequence[Integer]) -> Tensor:
    """A window of a tensor as a tensor of its own: sizes first, None where it reaches to the end."""

def syncall(core_type: object = ...) -> None:
    """All blocks wait here for each other. It stands at the top level of a scope, which it divides into two tasks."""

def task_dummy(deps: Sequence[TaskId | TaskIds] | None = ...) -> TaskId:
    """A task that does nothing: it ends when all of `deps` have ended."""

def transpose(x: Operand, axis1: int = ..., axis2: int = ...) -> Tile:
    """Rows become columns. The axes are the two of a tile, in either order."""

def write(x: Operand, indices: Sequence[Integer], value: Number) -> Any:
    """Change one element of a tensor or tile; gives the tensor or tile."""

def xor(lhs: Operand, rhs: Operand) -> Any:
    """`lhs ^ rhs` of integers."""

def xors(lhs: Operand, rhs: Operand) -> Any:
    """`lhs ^ rhs` of integers."""

class _ArrayNamespace:
    @staticmethod
    def create(extent: Integer, dtype: DType = ...) -> TaskIds:
        """An array of task ids: `ids[i] = task_id`; `deps=[ids]` waits for all of them."""

class _SystemNamespace:
    @staticmethod
    def syncall(core_type: object = ...) -> None:
        """All blocks wait here for each other. It stands at the top level of a scope, which it divides into two tasks."""

    @staticmethod
    def task_dummy(deps: Sequence[TaskId | TaskIds] | None = ...) -> TaskId:
        """A task that does nothing: it ends when all of `deps` have ended."""

class _TensorNamespace:
    @staticmethod
    def abs(x: Operand) -> Any:
        """The absolute value."""

    @staticmethod
    def add(lhs: Operand, rhs: Operand) -> Any:
        """`lhs + rhs`. Tiles have the same shape and element type; `rhs` may be a number."""

    @staticmethod
    def adds(lhs: Operand, rhs: Operand) -> Any:
        """`lhs + rhs`. Tiles have the same shape and element type; `rhs` may be a number."""

    @staticmethod
    def and_(lhs: Operand, rhs: Operand) -> Any:
        """`lhs & rhs` of integers or masks."""

    @staticmethod
    def ands(lhs: Operand, rhs: Operand) -> Any:
        """`lhs & rhs` of integers or masks."""

    @staticmethod
    def arange(
        start: Number, shape: Sequence[Integer | None], dtype: DType | None = ..., descending: bool = ...
    ) -> Tile:
        """Whole numbers from `start`, along each row."""

    @staticmethod
    def array_create(extent: Integer, dtype: DType = ...) -> TaskIds:
        """An array of task ids: `ids[i] = task_id`; `deps=[ids]` waits for all of them."""

    @staticmethod
    def assemble(
        target: Tile | Tensor,
        source: Tile | Tensor,
        offset: Sequence[Integer],
        atomic: AtomicType = ...,
        shapes: Sequence[Integer] | None = ...,
    ) -> Any:
        """Write `source` into `target` at `offset`; gives the target."""

    @staticmethod
    def cast(x: Operand, target_type: DType, mode: str = ...) -> Any:
        """Convert to another element type."""

    @staticmethod
    def cmp(lhs: Operand, rhs: Operand, cmp_type: int | str = ...) -> Tile:
        """Compare element by element; gives a mask. `cmp_type`: 0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge, or the name."""

    @staticmethod
    def cmps(lhs: Operand, rhs: Operand, cmp_type: int | str = ...) -> Tile:
        """Compare element by element; gives a mask. `cmp_type`: 0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge, or the name."""

    @staticmethod
    def col_expand(x: Operand, rows: int) -> Tile:
        """Repeat a row [1, N] to [rows, N]."""

    @staticmethod
    def col_expand_add(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] + rhs[0, j]`: a number for each column."""

    @staticmethod
    def col_expand_div(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] / rhs[0, j]`."""

    @staticmethod
    def col_expand_expdif(lhs: Operand, rhs: Operand) -> Tile:
        """`exp(lhs[i, j] - rhs[0, j])`."""

    @staticmethod
    def col_expand_max(lhs: Operand, rhs: Operand) -> Tile:
        """The larger of `lhs[i, j]` and `rhs[0, j]`."""

    @staticmethod
    def col_expand_min(lhs: Operand, rhs: Operand) -> Tile:
        """The smaller of `lhs[i, j]` and `rhs[0, j]`."""

    @staticmethod
    def col_expand_mul(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] * rhs[0, j]`."""

    @staticmethod
    def col_expand_sub(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] - rhs[0, j]`."""

    @staticmethod
    def col_max(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The largest number of each column: [M, N] gives [1, N]."""

    @staticmethod
    def col_min(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The smallest number of each column: [M, N] gives [1, N]."""

    @staticmethod
    def col_prod(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The product of each column: [M, N] gives [1, N]."""

    @staticmethod
    def col_sum(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The sum of each column: [M, N] gives [1, N]."""

    @staticmethod
    def concat(a: Tile | Tensor, b: Tile | Tensor) -> Tile:
        """Two tiles side by side."""

    @staticmethod
    def const(value: Number, dtype: DType) -> Scalar:
        """A constant of a certain type: `pl.const(1, pl.INT32)`. A plain number takes the type that its use needs."""

    @staticmethod
    def create(
        shape: Sequence[Integer | None],
        dtype: DType,
        layout: TensorLayout | None = ...,
        manual_dep: bool = ...,
        init_value: Number | None = ...,
    ) -> Tensor:
        """A tensor in global memory with undefined contents, or full of `init_value`."""

    @staticmethod
    def create_tensor(
        shape: Sequence[Integer | None],
        dtype: DType,
        layout: TensorLayout | None = ...,
        manual_dep: bool = ...,
        init_value: Number | None = ...,
    ) -> Tensor:
        """A tensor in global memory with undefined contents, or full of `init_value`."""

    @staticmethod
    def create_tile(
        shape: Sequence[Integer | None], dtype: DType, target_memory: MemorySpace = ..., transpose: object = ...
    ) -> Tile:
        """A tile with undefined contents: the start of an accumulator whose first matmul overwrites it."""

    @staticmethod
    def dim(x: Operand, axis: int) -> Scalar:
        """The extent of a dimension: a constant where that is known, else a number of the kernel."""

    @staticmethod
    def div(lhs: Operand, rhs: Operand, high_precision: bool = ...) -> Any:
        """`lhs / rhs`; integers are rounded towards zero. `high_precision` is what the engines compute anyway."""

    @staticmethod
    def divs(lhs: Operand, rhs: Operand, high_precision: bool = ...) -> Any:
        """`lhs / rhs`; integers are rounded towards zero. `high_precision` is what the engines compute anyway."""

    @staticmethod
    def exp(x: Operand) -> Any:
        """E to the power of `x`."""

    @staticmethod
    def fillpad(x: Operand, pad_value: PadValue = ...) -> Tile:
        """Give what lies outside of the valid part a value: zero, or the smallest or largest number; all is valid then."""

    @staticmethod
    def fmod(lhs: Operand, rhs: Operand) -> Any:
        """The remainder of `lhs / rhs`, with the sign of `lhs`."""

    @staticmethod
    def fmods(lhs: Operand, rhs: Operand) -> Any:
        """The remainder of `lhs / rhs`, with the sign of `lhs`."""

    @staticmethod
    def full(shape: Sequence[Integer | None], dtype: DType, value: Number) -> Tile:
        """A tile whose elements all are `value`."""

    @staticmethod
    def gather(
        x: Operand,
        dim: int = ...,
        index: Tile | Tensor | None = ...,
        mask_pattern: MaskPattern | None = ...,
        output_dtype: DType | None = ...,
    ) -> Tile:
        """Pick columns of each row: those of a `mask_pattern`, or `x[i, index[i, j]]`."""

    @staticmethod
    def get_block_idx() -> Scalar:
        """The number of this block, from 0."""

    @staticmethod
    def get_block_num() -> Scalar:
        """How many blocks the task has."""

    @staticmethod
    def get_subblock_idx() -> Scalar:
        """Which of the two vector cores of a core group this is."""

    @staticmethod
    def load(
        tensor: Tile | Tensor,
        offsets: Sequence[Integer],
        shapes: Sequence[Integer],
        valid_shape: Sequence[Integer] | None = ...,
        target_memory: MemorySpace = ...,
        clamp: bool = ...,
    ) -> Tile:
        """Load a window of a tensor into a tile in `target_memory` (Vec or Mat)."""

    @staticmethod
    def log(x: Operand) -> Any:
        """The natural logarithm."""

    @staticmethod
    def matmul(
        lhs: Operand,
        rhs: Operand,
        out_dtype: DType | None = ...,
        a_trans: bool = ...,
        b_trans: bool = ...,
        c_matrix_nz: bool = ...,
    ) -> Tile:
        """`lhs @ rhs`: [M, K] times [K, N] gives [M, N], INT32 for INT8 operands, FP32 otherwise."""

    @staticmethod
    def matmul_acc(
        acc: Tile | Tensor,
        lhs: Operand,
        rhs: Operand,
        a_trans: bool = ...,
        b_trans: bool = ...,
        init_cond: Number | None = ...,
    ) -> Tile:
        """`acc + lhs @ rhs`; where `init_cond` holds, `lhs @ rhs` alone."""

    @staticmethod
    def matmul_bias(lhs: Operand, rhs: Operand, bias: Tile | Tensor) -> Tile:
        """`lhs @ rhs + bias`, the bias a row [1, N] of the result's type."""

    @staticmethod
    def matmul_dual(a: Tile | Tensor, b0: Tile | Tensor, b1: Tile | Tensor) -> tuple[Tile, Tile]:
        """Multiply one tile with two: `(a @ b0, a @ b1)`, loading `a` once."""

    @staticmethod
    def matmul_dual_acc(
        accs: Sequence[Tile | Tensor],
        a: Tile | Tensor,
        b0: Tile | Tensor,
        b1: Tile | Tensor,
        init_cond: Number | None = ...,
    ) -> tuple[Tile, Tile]:
        """`(acc0 + a @ b0, acc1 + a @ b1)` for `accs = (acc0, acc1)`; where `init_cond` holds, the products alone."""

    @staticmethod
    def max(lhs: Operand, rhs: Operand) -> Scalar:
        """The larger of two numbers; tiles have pl.maximum."""

    @staticmethod
    def maximum(lhs: Operand, rhs: Operand) -> Any:
        """The larger of two tiles, element by element; `rhs` may be a number."""

    @staticmethod
    def maximums(lhs: Operand, rhs: Operand) -> Any:
        """The larger of two tiles, element by element; `rhs` may be a number."""

    @staticmethod
    def min(lhs: Operand, rhs: Operand) -> Scalar:
        """The smaller of two numbers; tiles have pl.minimum."""

    @staticmethod
    def minimum(lhs: Operand, rhs: Operand) -> Any:
        """The smaller of two tiles, element by element; `rhs` may be a number."""

    @staticmethod
    def minimums(lhs: Operand, rhs: Operand) -> Any:
        """The smaller of two tiles, element by element; `rhs` may be a number."""

    @staticmethod
    def move(tile_: Tile | Tensor, target_memory: MemorySpace, blayout: object = ..., slayout: object = ...) -> Tile:
        """Move a tile to another memory: Mat to Left or Right, Acc to Mat. Layouts follow from the memory."""

    @staticmethod
    def mrgsort(x: Operand, *others: Tile | Tensor, block_len: int | None = ...) -> Tile:
        """Merge sorted lists of pairs: each four blocks of `block_len` elements of one row, or two to four rows."""

    @staticmethod
    def mul(lhs: Operand, rhs: Operand) -> Any:
        """`lhs * rhs`, element by element."""

    @staticmethod
    def muls(lhs: Operand, rhs: Operand) -> Any:
        """`lhs * rhs`, element by element."""

    @staticmethod
    def neg(x: Operand) -> Any:
        """`-x`."""

    @staticmethod
    def not_(x: Operand) -> Any:
        """Every bit turned over, or a mask."""

    @staticmethod
    def or_(lhs: Operand, rhs: Operand) -> Any:
        """`lhs | rhs` of integers or masks."""

    @staticmethod
    def ors(lhs: Operand, rhs: Operand) -> Any:
        """`lhs | rhs` of integers or masks."""

    @staticmethod
    def read(x: Operand, indices: Sequence[Integer]) -> Scalar:
        """One element of a tensor or tile, as a number; an unsigned one as `pl.INDEX`, below 2**63."""

    @staticmethod
    def recip(x: Operand) -> Any:
        """One divided by `x`."""

    @staticmethod
    def relu(x: Operand) -> Any:
        """The larger of `x` and 0."""

    @staticmethod
    def rem(lhs: Operand, rhs: Operand) -> Any:
        """The remainder of `lhs / rhs`, with the sign of `lhs`."""

    @staticmethod
    def rems(lhs: Operand, rhs: Operand) -> Any:
        """The remainder of `lhs / rhs`, with the sign of `lhs`."""

    @staticmethod
    def reshape(x: Operand, shape: Sequence[Integer | None]) -> Any:
        """The same elements in another shape, row by row."""

    @staticmethod
    def row_argmax(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The column of the largest number of each row, INT32: [M, N] gives [M, 1]."""

    @staticmethod
    def row_argmin(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The column of the smallest number of each row, INT32: [M, N] gives [M, 1]."""

    @staticmethod
    def row_expand(x: Operand, columns: int) -> Tile:
        """Repeat a column [M, 1] to [M, columns]."""

    @staticmethod
    def row_expand_add(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] + rhs[i, 0]`: a number for each row."""

    @staticmethod
    def row_expand_div(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] / rhs[i, 0]`."""

    @staticmethod
    def row_expand_expdif(lhs: Operand, rhs: Operand) -> Tile:
        """`exp(lhs[i, j] - rhs[i, 0])`."""

    @staticmethod
    def row_expand_max(lhs: Operand, rhs: Operand) -> Tile:
        """The larger of `lhs[i, j]` and `rhs[i, 0]`."""

    @staticmethod
    def row_expand_min(lhs: Operand, rhs: Operand) -> Tile:
        """The smaller of `lhs[i, j]` and `rhs[i, 0]`."""

    @staticmethod
    def row_expand_mul(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] * rhs[i, 0]`."""

    @staticmethod
    def row_expand_sub(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] - rhs[i, 0]`."""

    @staticmethod
    def row_max(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The largest number of each row: [M, N] gives [M, 1]."""

    @staticmethod
    def row_min(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The smallest number of each row: [M, N] gives [M, 1]."""

    @staticmethod
    def row_prod(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The product of each row: [M, N] gives [M, 1]."""

    @staticmethod
    def row_sum(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The sum of each row: [M, N] gives [M, 1]. `tmp_tile` is not needed."""

    @staticmethod
    def rsqrt(x: Operand) -> Any:
        """One divided by the square root."""

    @staticmethod
    def sel(mask: Tile | Tensor, lhs: Operand, rhs: Operand, tmp: Tile | Tensor | None = ...) -> Tile:
        """`lhs` where the mask is set, `rhs` elsewhere. `tmp` is not needed."""

    @staticmethod
    def sels(mask: Tile | Tensor, lhs: Operand, rhs: Operand, tmp: Tile | Tensor | None = ...) -> Tile:
        """`lhs` where the mask is set, `rhs` elsewhere. `tmp` is not needed."""

    @staticmethod
    def set_validshape(x: Operand, valid_rows: Integer, valid_cols: Integer) -> Any:
        """Say how many leading rows and columns hold data; the numbers may be known only when the kernel runs."""

    @staticmethod
    def shl(lhs: Operand, rhs: Operand) -> Any:
        """`lhs << rhs` of integers."""

    @staticmethod
    def shls(lhs: Operand, rhs: Operand) -> Any:
        """`lhs << rhs` of integers."""

    @staticmethod
    def shr(lhs: Operand, rhs: Operand) -> Any:
        """`lhs >> rhs` of integers."""

    @staticmethod
    def shrs(lhs: Operand, rhs: Operand) -> Any:
        """`lhs >> rhs` of integers."""

    @staticmethod
    def slice(
        x: Operand,
        shape: Sequence[Integer | None],
        offset: Sequence[Integer],
        valid_shape: Sequence[Integer] | None = ...,
        drop_dims: Sequence[int] | None = ...,
        pad_value: PadValue | None = ...,
        clamp: bool = ...,
    ) -> Any:
        """A window of a tensor or tile: sizes first, then offsets; `valid_shape` says how much of it holds data."""

    @staticmethod
    def sort32(x: Operand, idx: Tile | Tensor) -> Tile:
        """Sort each 32 elements of a row, largest first, with their indices: [M, N] gives [M, 2N] pairs (FP32)."""

    @staticmethod
    def spmd_submit(
        kernel: Kernel, *arguments: object, core_num: Integer, deps: Sequence[TaskId | TaskIds] | None = ...
    ) -> Any:
        """Submit a kernel that runs once for each of `core_num` blocks; gives what `pl.submit` gives."""

    @staticmethod
    def sqrt(x: Operand) -> Any:
        """The square root."""

    @staticmethod
    def store(
        tile_: Tile | Tensor,
        offsets: Sequence[Integer],
        tensor: Tile | Tensor,
        shapes: Sequence[Integer] | None = ...,
        atomic: AtomicType = ...,
    ) -> Tensor:
        """Store a tile into a tensor at `offsets`; gives the tensor."""

    @staticmethod
    def sub(lhs: Operand, rhs: Operand) -> Any:
        """`lhs - rhs`."""

    @staticmethod
    def submit(kernel: Kernel, *arguments: object, deps: Sequence[TaskId | TaskIds] | None = ...) -> Any:
        """Submit a kernel; gives what it returns and the id of the task: `out, task = pl.submit(kernel, x, out)`."""

    @staticmethod
    def subs(lhs: Operand, rhs: Operand) -> Any:
        """`lhs - rhs`."""

    @staticmethod
    def subview(x: Operand, shape: Sequence[Integer | None], offset: Sequence[Integer]) -> Tensor:
        """A window of a tensor as a tensor of its own: sizes first, None where it reaches to the end."""

    @staticmethod
    def syncall(core_type: object = ...) -> None:
        """All blocks wait here for each other. It stands at the top level of a scope, which it divides into two tasks."""

    @staticmethod
    def task_dummy(deps: Sequence[TaskId | TaskIds] | None = ...) -> TaskId:
        """A task that does nothing: it ends when all of `deps` have ended."""

    @staticmethod
    def transpose(x: Operand, axis1: int = ..., axis2: int = ...) -> Tile:
        """Rows become columns. The axes are the two of a tile, in either order."""

    @staticmethod
    def view(x: Operand, shape: Sequence[Integer | None]) -> Any:
        """The same elements in another shape, row by row."""

    @staticmethod
    def write(x: Operand, indices: Sequence[Integer], value: Number) -> Any:
        """Change one element of a tensor or tile; gives the tensor or tile."""

    @staticmethod
    def xor(lhs: Operand, rhs: Operand) -> Any:
        """`lhs ^ rhs` of integers."""

    @staticmethod
    def xors(lhs: Operand, rhs: Operand) -> Any:
        """`lhs ^ rhs` of integers."""

class _TileNamespace:
    from tilewright.language.enums import MaskPattern as MaskPattern
    @staticmethod
    def abs(x: Operand) -> Any:
        """The absolute value."""

    @staticmethod
    def add(lhs: Operand, rhs: Operand) -> Any:
        """`lhs + rhs`. Tiles have the same shape and element type; `rhs` may be a number."""

    @staticmethod
    def adds(lhs: Operand, rhs: Operand) -> Any:
        """`lhs + rhs`. Tiles have the same shape and element type; `rhs` may be a number."""

    @staticmethod
    def and_(lhs: Operand, rhs: Operand) -> Any:
        """`lhs & rhs` of integers or masks."""

    @staticmethod
    def ands(lhs: Operand, rhs: Operand) -> Any:
        """`lhs & rhs` of integers or masks."""

    @staticmethod
    def arange(
        start: Number, shape: Sequence[Integer | None], dtype: DType | None = ..., descending: bool = ...
    ) -> Tile:
        """Whole numbers from `start`, along each row."""

    @staticmethod
    def array_create(extent: Integer, dtype: DType = ...) -> TaskIds:
        """An array of task ids: `ids[i] = task_id`; `deps=[ids]` waits for all of them."""

    @staticmethod
    def assemble(
        target: Tile | Tensor,
        source: Tile | Tensor,
        offset: Sequence[Integer],
        atomic: AtomicType = ...,
        shapes: Sequence[Integer] | None = ...,
    ) -> Any:
        """Write `source` into `target` at `offset`; gives the target."""

    @staticmethod
    def cast(x: Operand, target_type: DType, mode: str = ...) -> Any:
        """Convert to another element type."""

    @staticmethod
    def ci(start: Number, shape: Sequence[Integer | None], dtype: DType | None = ..., descending: bool = ...) -> Tile:
        """Whole numbers from `start`, along each row."""

    @staticmethod
    def cmp(lhs: Operand, rhs: Operand, cmp_type: int | str = ...) -> Tile:
        """Compare element by element; gives a mask. `cmp_type`: 0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge, or the name."""

    @staticmethod
    def cmps(lhs: Operand, rhs: Operand, cmp_type: int | str = ...) -> Tile:
        """Compare element by element; gives a mask. `cmp_type`: 0 eq, 1 ne, 2 lt, 3 le, 4 gt, 5 ge, or the name."""

    @staticmethod
    def col_expand(x: Operand, rows: int) -> Tile:
        """Repeat a row [1, N] to [rows, N]."""

    @staticmethod
    def col_expand_add(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] + rhs[0, j]`: a number for each column."""

    @staticmethod
    def col_expand_div(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] / rhs[0, j]`."""

    @staticmethod
    def col_expand_expdif(lhs: Operand, rhs: Operand) -> Tile:
        """`exp(lhs[i, j] - rhs[0, j])`."""

    @staticmethod
    def col_expand_max(lhs: Operand, rhs: Operand) -> Tile:
        """The larger of `lhs[i, j]` and `rhs[0, j]`."""

    @staticmethod
    def col_expand_min(lhs: Operand, rhs: Operand) -> Tile:
        """The smaller of `lhs[i, j]` and `rhs[0, j]`."""

    @staticmethod
    def col_expand_mul(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] * rhs[0, j]`."""

    @staticmethod
    def col_expand_sub(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] - rhs[0, j]`."""

    @staticmethod
    def col_max(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The largest number of each column: [M, N] gives [1, N]."""

    @staticmethod
    def col_min(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The smallest number of each column: [M, N] gives [1, N]."""

    @staticmethod
    def col_prod(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The product of each column: [M, N] gives [1, N]."""

    @staticmethod
    def col_sum(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The sum of each column: [M, N] gives [1, N]."""

    @staticmethod
    def concat(a: Tile | Tensor, b: Tile | Tensor) -> Tile:
        """Two tiles side by side."""

    @staticmethod
    def const(value: Number, dtype: DType) -> Scalar:
        """A constant of a certain type: `pl.const(1, pl.INT32)`. A plain number takes the type that its use needs."""

    @staticmethod
    def create(
        shape: Sequence[Integer | None], dtype: DType, target_memory: MemorySpace = ..., transpose: object = ...
    ) -> Tile:
        """A tile with undefined contents: the start of an accumulator whose first matmul overwrites it."""

    @staticmethod
    def create_tensor(
        shape: Sequence[Integer | None],
        dtype: DType,
        layout: TensorLayout | None = ...,
        manual_dep: bool = ...,
        init_value: Number | None = ...,
    ) -> Tensor:
        """A tensor in global memory with undefined contents, or full of `init_value`."""

    @staticmethod
    def create_tile(
        shape: Sequence[Integer | None], dtype: DType, target_memory: MemorySpace = ..., transpose: object = ...
    ) -> Tile:
        """A tile with undefined contents: the start of an accumulator whose first matmul overwrites it."""

    @staticmethod
    def dim(x: Operand, axis: int) -> Scalar:
        """The extent of a dimension: a constant where that is known, else a number of the kernel."""

    @staticmethod
    def div(lhs: Operand, rhs: Operand, high_precision: bool = ...) -> Any:
        """`lhs / rhs`; integers are rounded towards zero. `high_precision` is what the engines compute anyway."""

    @staticmethod
    def divs(lhs: Operand, rhs: Operand, high_precision: bool = ...) -> Any:
        """`lhs / rhs`; integers are rounded towards zero. `high_precision` is what the engines compute anyway."""

    @staticmethod
    def exp(x: Operand) -> Any:
        """E to the power of `x`."""

    @staticmethod
    def fillpad(x: Operand, pad_value: PadValue = ...) -> Tile:
        """Give what lies outside of the valid part a value: zero, or the smallest or largest number; all is valid then."""

    @staticmethod
    def fmod(lhs: Operand, rhs: Operand) -> Any:
        """The remainder of `lhs / rhs`, with the sign of `lhs`."""

    @staticmethod
    def fmods(lhs: Operand, rhs: Operand) -> Any:
        """The remainder of `lhs / rhs`, with the sign of `lhs`."""

    @staticmethod
    def full(shape: Sequence[Integer | None], dtype: DType, value: Number) -> Tile:
        """A tile whose elements all are `value`."""

    @staticmethod
    def gather(
        x: Operand,
        dim: int = ...,
        index: Tile | Tensor | None = ...,
        mask_pattern: MaskPattern | None = ...,
        output_dtype: DType | None = ...,
    ) -> Tile:
        """Pick columns of each row: those of a `mask_pattern`, or `x[i, index[i, j]]`."""

    @staticmethod
    def get_block_idx() -> Scalar:
        """The number of this block, from 0."""

    @staticmethod
    def get_block_num() -> Scalar:
        """How many blocks the task has."""

    @staticmethod
    def get_subblock_idx() -> Scalar:
        """Which of the two vector cores of a core group this is."""

    @staticmethod
    def load(
        tensor: Tile | Tensor,
        offsets: Sequence[Integer],
        shapes: Sequence[Integer],
        valid_shape: Sequence[Integer] | None = ...,
        target_memory: MemorySpace = ...,
        clamp: bool = ...,
    ) -> Tile:
        """Load a window of a tensor into a tile in `target_memory` (Vec or Mat)."""

    @staticmethod
    def log(x: Operand) -> Any:
        """The natural logarithm."""

    @staticmethod
    def matmul(
        lhs: Operand,
        rhs: Operand,
        out_dtype: DType | None = ...,
        a_trans: bool = ...,
        b_trans: bool = ...,
        c_matrix_nz: bool = ...,
    ) -> Tile:
        """`lhs @ rhs`: [M, K] times [K, N] gives [M, N], INT32 for INT8 operands, FP32 otherwise."""

    @staticmethod
    def matmul_acc(
        acc: Tile | Tensor,
        lhs: Operand,
        rhs: Operand,
        a_trans: bool = ...,
        b_trans: bool = ...,
        init_cond: Number | None = ...,
    ) -> Tile:
        """`acc + lhs @ rhs`; where `init_cond` holds, `lhs @ rhs` alone."""

    @staticmethod
    def matmul_bias(lhs: Operand, rhs: Operand, bias: Tile | Tensor) -> Tile:
        """`lhs @ rhs + bias`, the bias a row [1, N] of the result's type."""

    @staticmethod
    def matmul_dual(a: Tile | Tensor, b0: Tile | Tensor, b1: Tile | Tensor) -> tuple[Tile, Tile]:
        """Multiply one tile with two: `(a @ b0, a @ b1)`, loading `a` once."""

    @staticmethod
    def matmul_dual_acc(
        accs: Sequence[Tile | Tensor],
        a: Tile | Tensor,
        b0: Tile | Tensor,
        b1: Tile | Tensor,
        init_cond: Number | None = ...,
    ) -> tuple[Tile, Tile]:
        """`(acc0 + a @ b0, acc1 + a @ b1)` for `accs = (acc0, acc1)`; where `init_cond` holds, the products alone."""

    @staticmethod
    def max(lhs: Operand, rhs: Operand) -> Scalar:
        """The larger of two numbers; tiles have pl.maximum."""

    @staticmethod
    def maximum(lhs: Operand, rhs: Operand) -> Any:
        """The larger of two tiles, element by element; `rhs` may be a number."""

    @staticmethod
    def maximums(lhs: Operand, rhs: Operand) -> Any:
        """The larger of two tiles, element by element; `rhs` may be a number."""

    @staticmethod
    def min(lhs: Operand, rhs: Operand) -> Scalar:
        """The smaller of two numbers; tiles have pl.minimum."""

    @staticmethod
    def minimum(lhs: Operand, rhs: Operand) -> Any:
        """The smaller of two tiles, element by element; `rhs` may be a number."""

    @staticmethod
    def minimums(lhs: Operand, rhs: Operand) -> Any:
        """The smaller of two tiles, element by element; `rhs` may be a number."""

    @staticmethod
    def move(tile_: Tile | Tensor, target_memory: MemorySpace, blayout: object = ..., slayout: object = ...) -> Tile:
        """Move a tile to another memory: Mat to Left or Right, Acc to Mat. Layouts follow from the memory."""

    @staticmethod
    def mrgsort(x: Operand, *others: Tile | Tensor, block_len: int | None = ...) -> Tile:
        """Merge sorted lists of pairs: each four blocks of `block_len` elements of one row, or two to four rows."""

    @staticmethod
    def mul(lhs: Operand, rhs: Operand) -> Any:
        """`lhs * rhs`, element by element."""

    @staticmethod
    def muls(lhs: Operand, rhs: Operand) -> Any:
        """`lhs * rhs`, element by element."""

    @staticmethod
    def neg(x: Operand) -> Any:
        """`-x`."""

    @staticmethod
    def not_(x: Operand) -> Any:
        """Every bit turned over, or a mask."""

    @staticmethod
    def or_(lhs: Operand, rhs: Operand) -> Any:
        """`lhs | rhs` of integers or masks."""

    @staticmethod
    def ors(lhs: Operand, rhs: Operand) -> Any:
        """`lhs | rhs` of integers or masks."""

    @staticmethod
    def read(x: Operand, indices: Sequence[Integer]) -> Scalar:
        """One element of a tensor or tile, as a number; an unsigned one as `pl.INDEX`, below 2**63."""

    @staticmethod
    def recip(x: Operand) -> Any:
        """One divided by `x`."""

    @staticmethod
    def relu(x: Operand) -> Any:
        """The larger of `x` and 0."""

    @staticmethod
    def rem(lhs: Operand, rhs: Operand) -> Any:
        """The remainder of `lhs / rhs`, with the sign of `lhs`."""

    @staticmethod
    def rems(lhs: Operand, rhs: Operand) -> Any:
        """The remainder of `lhs / rhs`, with the sign of `lhs`."""

    @staticmethod
    def reshape(x: Operand, shape: Sequence[Integer | None]) -> Any:
        """The same elements in another shape, row by row."""

    @staticmethod
    def row_argmax(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The column of the largest number of each row, INT32: [M, N] gives [M, 1]."""

    @staticmethod
    def row_argmin(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The column of the smallest number of each row, INT32: [M, N] gives [M, 1]."""

    @staticmethod
    def row_expand(x: Operand, columns: int) -> Tile:
        """Repeat a column [M, 1] to [M, columns]."""

    @staticmethod
    def row_expand_add(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] + rhs[i, 0]`: a number for each row."""

    @staticmethod
    def row_expand_div(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] / rhs[i, 0]`."""

    @staticmethod
    def row_expand_expdif(lhs: Operand, rhs: Operand) -> Tile:
        """`exp(lhs[i, j] - rhs[i, 0])`."""

    @staticmethod
    def row_expand_max(lhs: Operand, rhs: Operand) -> Tile:
        """The larger of `lhs[i, j]` and `rhs[i, 0]`."""

    @staticmethod
    def row_expand_min(lhs: Operand, rhs: Operand) -> Tile:
        """The smaller of `lhs[i, j]` and `rhs[i, 0]`."""

    @staticmethod
    def row_expand_mul(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] * rhs[i, 0]`."""

    @staticmethod
    def row_expand_sub(lhs: Operand, rhs: Operand) -> Tile:
        """`lhs[i, j] - rhs[i, 0]`."""

    @staticmethod
    def row_max(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The largest number of each row: [M, N] gives [M, 1]."""

    @staticmethod
    def row_min(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The smallest number of each row: [M, N] gives [M, 1]."""

    @staticmethod
    def row_prod(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The product of each row: [M, N] gives [M, 1]."""

    @staticmethod
    def row_sum(x: Operand, tmp_tile: Tile | Tensor | None = ...) -> Tile:
        """The sum of each row: [M, N] gives [M, 1]. `tmp_tile` is not needed."""

    @staticmethod
    def rsqrt(x: Operand) -> Any:
        """One divided by the square root."""

    @staticmethod
    def sel(mask: Tile | Tensor, lhs: Operand, rhs: Operand, tmp: Tile | Tensor | None = ...) -> Tile:
        """`lhs` where the mask is set, `rhs` elsewhere. `tmp` is not needed."""

    @staticmethod
    def sels(mask: Tile | Tensor, lhs: Operand, rhs: Operand, tmp: Tile | Tensor | None = ...) -> Tile:
        """`lhs` where the mask is set, `rhs` elsewhere. `tmp` is not needed."""

    @staticmethod
    def set_validshape(x: Operand, valid_rows: Integer, valid_cols: Integer) -> Any:
        """Say how many leading rows and columns hold data; the numbers may be known only when the kernel runs."""

    @staticmethod
    def shl(lhs: Operand, rhs: Operand) -> Any:
        """`lhs << rhs` of integers."""

    @staticmethod
    def shls(lhs: Operand, rhs: Operand) -> Any:
        """`lhs << rhs` of integers."""

    @staticmethod
    def shr(lhs: Operand, rhs: Operand) -> Any:
        """`lhs >> rhs` of integers."""

    @staticmethod
    def shrs(lhs: Operand, rhs: Operand) -> Any:
        """`lhs >> rhs` of integers."""

    @staticmethod
    def slice(
        x: Operand,
        shape: Sequence[Integer | None],
        offset: Sequence[Integer],
        valid_shape: Sequence[Integer] | None = ...,
        drop_dims: Sequence[int] | None = ...,
        pad_value: PadValue | None = ...,
        clamp: bool = ...,
    ) -> Any:
        """A window of a tensor or tile: sizes first, then offsets; `valid_shape` says how much of it holds data."""

    @staticmethod
    def sort32(x: Operand, idx: Tile | Tensor) -> Tile:
        """Sort each 32 elements of a row, largest first, with their indices: [M, N] gives [M, 2N] pairs (FP32)."""

    @staticmethod
    def spmd_submit(
        kernel: Kernel, *arguments: object, core_num: Integer, deps: Sequence[TaskId | TaskIds] | None = ...
    ) -> Any:
        """Submit a kernel that runs once for each of `core_num` blocks; gives what `pl.submit` gives."""

    @staticmethod
    def sqrt(x: Operand) -> Any:
        """The square root."""

    @staticmethod
    def store(
        tile_: Tile | Tensor,
        offsets: Sequence[Integer],
        tensor: Tile | Tensor,
        shapes: Sequence[Integer] | None = ...,
        atomic: AtomicType = ...,
    ) -> Tensor:
        """Store a tile into a tensor at `offsets`; gives the tensor."""

    @staticmethod
    def sub(lhs: Operand, rhs: Operand) -> Any:
        """`lhs - rhs`."""

    @staticmethod
    def submit(kernel: Kernel, *arguments: object, deps: Sequence[TaskId | TaskIds] | None = ...) -> Any:
        """Submit a kernel; gives what it returns and the id of the task: `out, task = pl.submit(kernel, x, out)`."""

    @staticmethod
    def subs(lhs: Operand, rhs: Operand) -> Any:
        """`lhs - rhs`."""

    @staticmethod
    def subview(x: Operand, shape: Sequence[Integer | None], offset: Sequence[Integer]) -> Tensor:
        """A window of a tensor as a tensor of its own: sizes first, None where it reaches to the end."""

    @staticmethod
    def syncall(core_type: object = ...) -> None:
        """All blocks wait here for each other. It stands at the top level of a scope, which it divides into two tasks."""

    @staticmethod
    def task_dummy(deps: Sequence[TaskId | TaskIds] | None = ...) -> TaskId:
        """A task that does nothing: it ends when all of `deps` have ended."""

    @staticmethod
    def transpose(x: Operand, axis1: int = ..., axis2: int = ...) -> Tile:
        """Rows become columns. The axes are the two of a tile, in either order."""

    @staticmethod
    def view(x: Operand, shape: Sequence[Integer | None]) -> Any:
        """The same elements in another shape, row by row."""

    @staticmethod
    def write(x: Operand, indices: Sequence[Integer], value: Number) -> Any:
        """Change one element of a tensor or tile; gives the tensor or tile."""

    @staticmethod
    def xor(lhs: Operand, rhs: Operand) -> Any:
        """`lhs ^ rhs` of integers."""

    @staticmethod
    def xors(lhs: Operand, rhs: Operand) -> Any:
        """`lhs ^ rhs` of integers."""

array: _ArrayNamespace
system: _SystemNamespace
tensor: _TensorNamespace
tile: _TileNamespace
