"""How types are spelled in C++: scalars, tiles, and windows of global memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xdsl.dialects.builtin import DYNAMIC_INDEX, MemRefType
from xdsl.ir import Attribute
from xdsl.utils.hints import isa

from tilewright.arch.chip import load_chip
from tilewright.dialects.diagnostics import Place, fail
from tilewright.dialects.pto import GmLayout, PtrType, TensorViewType, TileBufType
from tilewright.lowering.cce.memref_types import as_tile, is_global
from tilewright.lowering.cce.names import Names

SCALARS: Mapping[str, str] = {
    "i1": "bool",
    "i8": "int8_t",
    "ui8": "uint8_t",
    "i16": "int16_t",
    "ui16": "uint16_t",
    "i32": "int32_t",
    "ui32": "uint32_t",
    "i64": "int64_t",
    "ui64": "uint64_t",
    # Offsets into large tensors pass 32 bits, so an index has 64.
    "index": "int64_t",
    "f16": "half",
    "bf16": "bfloat16_t",
    "f32": "float",
    "f64": "double",
    # Signed in name only; and what the cube unit of A5 multiplies, which ptoas writes for a2a3 as well.
    "si8": "int8_t",
    "si16": "int16_t",
    "si32": "int32_t",
    "si64": "int64_t",
    "f8E4M3FN": "float8_e4m3_t",
    "f8E5M2": "float8_e5m2_t",
    # How far a merge of sorted lists came.
    "vector<4xi16>": "MrgSortExecutedNumList",
}
"""C++ spelling of scalars and elements, by their MLIR name."""

_BLAYOUTS = {"row_major": "RowMajor", "col_major": "ColMajor"}
_SLAYOUTS = {"none_box": "NoneBox", **_BLAYOUTS}
_PADS = ("Null", "Zero", "Max", "Min")
_COMPACTS = ("Null", "Normal", "RowPlusOne")

_GM_DIMENSIONS = 5


def scalar(type_: Attribute, at: Place) -> str:
    """Give the C++ spelling of a variable: a scalar or element, a pointer into global memory, a tile, or a view.

    Raises:
        DiagnosticError: TW0331 for any other type.
    """
    if isinstance(type_, PtrType) or is_global(type_):
        return f"__gm__ {scalar(type_.element_type, at)}*"
    if isinstance(type_, TensorViewType):
        return view_type(type_, at).spelling
    if buffer := buffer_type(type_, at):
        return tile(buffer, at)
    spelling = SCALARS.get(str(type_))
    if spelling is None:
        fail("TW0331", f"a value of type {type_} has no C++ spelling", at)
    return spelling


def variable(type_: Attribute, aliases: Aliases, at: Place) -> str:
    """Give the C++ type of a variable as `scalar` does, with a short name where the type is a long one.

    Raises:
        DiagnosticError: TW0331 for a type without a C++ spelling.
    """
    if isinstance(type_, TensorViewType):
        view = view_type(type_, at)
        return aliases.name(view.spelling, view.alias)
    if buffer := buffer_type(type_, at):
        return aliases.name(tile(buffer, at), tile_alias(buffer))
    return scalar(type_, at)


def buffer_type(type_: Attribute, at: Place) -> TileBufType | None:
    """Give the type of a buffer, also of a memref that stands for one; None for anything else.

    Raises:
        DiagnosticError: TW0337 for a memref that is no tile.
    """
    if isa(type_, MemRefType) and not is_global(type_):
        return as_tile(type_, at)
    return type_ if isinstance(type_, TileBufType) else None


def tile(type_: TileBufType, at: Place) -> str:
    """Give the full C++ type of a tile."""
    rows, columns = type_.extents
    valid = ("-1" if extent == DYNAMIC_INDEX else str(extent) for extent in type_.valid_extents)
    valid_rows, valid_columns = valid
    parameters = [
        f"TileType::{type_.location.capitalize()}",
        scalar(type_.element_type, at),
        str(rows),
        str(columns),
        f"BLayout::{_BLAYOUTS[type_.blayout.data]}",
        valid_rows,
        valid_columns,
        f"SLayout::{_SLAYOUTS[type_.slayout.data]}",
        str(type_.fractal.value.data),
        f"PadValue::{_PADS[type_.pad.value.data]}",
    ]
    if compact := type_.compact.value.data:
        parameters.append(f"CompactMode::{_COMPACTS[compact]}")
    return f"Tile<{', '.join(parameters)}>"


def tile_alias(type_: TileBufType) -> str:
    """Give a short name for a tile type, such as `MatI8_16x128`; equal for types in two layouts."""
    rows, columns = type_.extents
    name = f"{type_.location.capitalize()}{_element_tag(type_.element_type)}_{rows}x{columns}"
    if type_.valid_extents != type_.extents:
        name += "_valid" + "x".join("N" if extent == DYNAMIC_INDEX else str(extent) for extent in type_.valid_extents)
    canonical = load_chip().layouts[type_.location]
    if (type_.blayout.data, type_.slayout.data) != (canonical.blayout, canonical.slayout):
        name += f"_{_layout_tag(type_)}"
    return name


@dataclass(frozen=True)
class WindowType:
    """A window of global memory; None stands for an extent or a stride known at run time.

    Shape and strides are in elements, from the outermost dimension to the innermost, at most five.
    """

    element: str
    tag: str
    shape: tuple[int | None, ...]
    strides: tuple[int | None, ...]
    layout: GmLayout

    @property
    def spelling(self) -> str:
        """The full C++ type, always with five dimensions."""
        shape = _five(self.shape, 1)
        strides = _five(self.strides, self.outer_stride)
        return f"GlobalTensor<{self.element}, pto::Shape<{shape}>, pto::Stride<{strides}>, Layout::{self.layout.name}>"

    @property
    def outer_stride(self) -> int | None:
        """The stride of the dimensions that are put in front: the size of the whole window."""
        extent, stride = self.shape[0], self.strides[0]
        return None if extent is None or stride is None else extent * stride

    @property
    def padding(self) -> int:
        """How many dimensions of extent one are put in front."""
        return _GM_DIMENSIONS - len(self.shape)

    @property
    def alias(self) -> str:
        """A short name, such as `GmI8_16x128_s5120`; equal for some types that differ."""
        name = f"Gm{self.tag}_{'x'.join(map(_or_n, self.shape))}"
        if len(self.shape) > 1:
            name += f"_s{'x'.join(map(_or_n, self.strides[:-1]))}"
        return name if self.layout is GmLayout.ND else f"{name}_{self.layout}"


def window_type(
    element_type: Attribute,
    shape: tuple[int | None, ...],
    strides: tuple[int | None, ...],
    layout: GmLayout,
    at: Place,
) -> WindowType:
    """Describe a window of elements of an MLIR type."""
    tag = _element_tag(element_type)
    return WindowType(scalar(element_type, at), tag, shape, strides, layout)


def view_type(type_: TensorViewType, at: Place) -> WindowType:
    """Describe a variable that holds any view of this type; only a running kernel knows its strides."""
    shape = tuple(None if extent == DYNAMIC_INDEX else extent for extent in type_.extents)
    return window_type(type_.element_type, shape, (None,) * len(shape), GmLayout.ND, at)


@dataclass
class Aliases:
    """The `using` lines of a module: one for each distinct C++ type, in order of first use."""

    names: Names
    _by_spelling: dict[str, str] = field(default_factory=dict[str, str])

    def name(self, spelling: str, proposal: str) -> str:
        """Give the alias of a C++ type; on its first use, this is close to the proposal."""
        if spelling not in self._by_spelling:
            self._by_spelling[spelling] = self.names.fresh(proposal, proposal)
        return self._by_spelling[spelling]

    def lines(self) -> list[str]:
        """Give the declarations."""
        return [f"using {name} =\n    {spelling};" for spelling, name in self._by_spelling.items()]


def _element_tag(type_: Attribute) -> str:
    name = str(type_)
    return name.upper() if name.startswith("ui") else name.capitalize()


def _layout_tag(type_: TileBufType) -> str:
    boxes = {"row_major": "r", "col_major": "c", "none_box": "n"}
    return boxes[type_.blayout.data] + boxes[type_.slayout.data]


def _five(numbers: tuple[int | None, ...], padding: int | None) -> str:
    padded = (padding,) * (_GM_DIMENSIONS - len(numbers)) + numbers
    return ", ".join("-1" if number is None else str(number) for number in padded)


def _or_n(number: int | None) -> str:
    return "N" if number is None else str(number)
