"""Ops of the `pto` dialect that move whole tiles between global memory and tile buffers, and between buffers."""

from __future__ import annotations

from abc import ABC
from math import prod

from xdsl.dialects.builtin import DYNAMIC_INDEX, BoolAttr, IndexType, i64
from xdsl.ir import Attribute, SSAValue
from xdsl.irdl import (
    AnyAttr,
    AttrSizedOperandSegments,
    ParsePropInAttrDict,
    irdl_op_definition,
    opt_prop_def,
    prop_def,
    traits_def,
)
from xdsl.traits import MemoryReadEffect, MemoryWriteEffect
from xdsl.utils.exceptions import VerifyException

from tilewright.arch.chip import Pipe, element_bits, load_chip
from tilewright.dialects.fields import typed_opt_operand
from tilewright.dialects.generic_form import SometimesGeneric
from tilewright.dialects.names import value_name
from tilewright.dialects.paths import path_between
from tilewright.dialects.pto import rules
from tilewright.dialects.pto.destination import InstructionOp
from tilewright.dialects.pto.formats import ins_outs
from tilewright.dialects.pto.modes import (
    AccToVecMode,
    AccToVecModeAttr,
    AtomicType,
    AtomicTypeAttr,
    PadModeAttr,
    ReluPreMode,
    ReluPreModeAttr,
    StorePhase,
    StorePhaseAttr,
)
from tilewright.dialects.pto.operands import buffer_operand, memory_of, optional_buffer_operand, window_operand
from tilewright.dialects.pto.types import TileBufType
from tilewright.dialects.shapes import shape_text
from tilewright.dialects.spaces import Space


class MovementOp(InstructionOp, ABC):
    """One source and one destination; the pipe follows from the two memories."""

    traits = traits_def(MemoryReadEffect(), MemoryWriteEffect())

    source = buffer_operand()
    target = buffer_operand()

    @property
    def memories(self) -> tuple[str, str]:
        """Where data comes from and where it goes, `gm` for global memory."""
        return (memory_of(self.source), memory_of(self.target))

    @property
    def pipe(self) -> Pipe:
        # ptoas lets an accumulator go to Vec; the library does not.
        if self.memories == (Space.ACC, Space.VEC):
            return Pipe.FIX
        path = load_chip().move(*self.memories)
        # Only memrefs, which nobody checks, go where there is no path; ptoas puts them on this pipe.
        return Pipe.V if path is None else path.pipe

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.source,)

    @property
    def destinations(self) -> tuple[SSAValue, ...]:
        return (self.target,)


def check_width(op: InstructionOp, source: Attribute, target: Attribute) -> None:
    """A copy keeps the width of its elements."""
    if element_bits(str(source)) != element_bits(str(target)):
        raise VerifyException(f"TW0108: {op.name} keeps the width of elements, got {source} and {target}")


def check_elements(op: InstructionOp, source: Attribute, target: Attribute, pairs: set[tuple[str, str]]) -> None:
    """The elements are converted as one of the pairs says."""
    if (str(source), str(target)) not in pairs:
        raise VerifyException(f"TW0108: {op.name} does not take {source} to {target} here")


class FetchOp(MovementOp, ABC):
    """A movement from global memory into Mat or Vec; pipe MTE2."""

    source = window_operand()

    @property
    def pipe(self) -> Pipe:
        return Pipe.MTE2

    def check(self) -> None:
        path_between(*self.memories)
        rules.not_empty("target")(self)
        check_width(self, self.source.type.element_type, self.target.type.element_type)


@irdl_op_definition
class TLoadOp(FetchOp):
    """Load a window of global memory: `pto.tload ins(%p : P) outs(%t : T)`; into mat or vec.

    Keywords after `outs` say what fills the rest of the tile.
    """

    name = "pto.tload"

    source = window_operand()
    target = buffer_operand()
    pad_mode = opt_prop_def(PadModeAttr)
    pad_value = typed_opt_operand(AnyAttr())
    left_padding = typed_opt_operand(IndexType)
    right_padding = typed_opt_operand(AnyAttr())
    init_out_buffer = opt_prop_def(BoolAttr)
    init_condition = typed_opt_operand(AnyAttr())

    irdl_options = (AttrSizedOperandSegments(as_property=True),)

    assembly_format = (
        "`ins` `(` $source `:` type($source) `)` `outs` `(` $target `:` type($target) `)` attr-dict"
        " (`pad_mode` `=` $pad_mode^)?"
        " (`pad_value` `=` $pad_value^ `:` type($pad_value))?"
        " (`left_padding_num` `=` $left_padding^ `:` type($left_padding))?"
        " (`init_out_buffer` `=` $init_out_buffer^)?"
        " (`right_padding_num` `=` $right_padding^ `:` type($right_padding))?"
        " (`init_condition` `=` $init_condition^ `:` type($init_condition))?"
    )

    def __init__(self, source: SSAValue, target: SSAValue) -> None:
        super().__init__(operands=[source, target, None, None, None, None])

    def check(self) -> None:
        super().check()
        rules.check_elements(self)


@irdl_op_definition
class TPrefetchOp(FetchOp):
    """Fetch a window ahead of its use: `pto.tprefetch ins(%p : P) outs(%t : T)`."""

    name = "pto.tprefetch"

    source = window_operand()
    target = buffer_operand()

    assembly_format = ins_outs("source", target="target")


_PLAIN_STORES = {(a, b) for a in ("i32", "f32") for b in ("i32", "f32", "f16", "bf16")}
"""What ptoas takes from Acc to global memory; the library converts less (see the moves of the chip)."""

_SCALED_STORES = {("i32", "i8"), ("i32", "f16"), ("f32", "i8")}


class StoreOp(MovementOp, ABC):
    """A movement to global memory."""

    target = window_operand()

    @property
    def pipe(self) -> Pipe:
        return Pipe.FIX if memory_of(self.source) == Space.ACC else Pipe.MTE3

    def check_columns(self) -> None:
        """A store from Acc counts columns in a field of limited width."""
        limit = load_chip().store_max_acc_columns
        columns = max(self.source.type.extents[1], self.source.type.valid_extents[1])
        if columns > limit:
            raise VerifyException(f"TW0119: a store from acc takes at most {limit} columns, got {columns}")


@irdl_op_definition
class TStoreOp(StoreOp):
    """Store the valid part of a tile: `pto.tstore ins(%t : T[, %q : i64]) outs(%p : P)`; FIX from acc, else MTE3.

    From acc, `%q` scales while it is stored, `reluPreMode` cuts negative elements.
    """

    name = "pto.tstore"

    source = buffer_operand()
    target = window_operand()
    scale = typed_opt_operand(i64)
    phase = prop_def(StorePhaseAttr, default_value=StorePhaseAttr(StorePhase.UNSPECIFIED), prop_name="stPhase")
    atomic = prop_def(AtomicTypeAttr, default_value=AtomicTypeAttr(AtomicType.NONE), prop_name="atomicType")
    relu = prop_def(ReluPreModeAttr, default_value=ReluPreModeAttr(ReluPreMode.NONE), prop_name="reluPreMode")

    irdl_options = (ParsePropInAttrDict(),)

    assembly_format = (
        "`ins` `(` $source `:` type($source) (`,` $scale^ `:` type($scale))? `)`"
        " `outs` `(` $target `:` type($target) `)` attr-dict"
    )

    def __init__(self, source: SSAValue, target: SSAValue) -> None:
        super().__init__(operands=[source, target, None])

    def check(self) -> None:
        path_between(*self.memories)
        rules.not_empty("source")(self)
        self._check_count()
        tile, view = self.source.type, self.target.type
        if tile.location is Space.ACC:
            pairs = _PLAIN_STORES if self.scale is None else _SCALED_STORES
            check_elements(self, tile.element_type, view.element_type, pairs)
            self.check_columns()
            return
        if self.scale is not None or self.relu.data is not ReluPreMode.NONE:
            raise VerifyException(f"TW0143: elements are scaled and cut on the way out of acc, not of {tile.location}")
        rules.check_elements(self)
        check_width(self, tile.element_type, view.element_type)

    def _check_count(self) -> None:
        window, valid = self.target.type.extents, self.source.type.valid_extents
        if DYNAMIC_INDEX not in (*window, *valid) and prod(window) != prod(valid):
            raise VerifyException(
                f"TW0110: the window has {shape_text(window)} elements, "
                f"the valid part of the tile has {shape_text(valid)}"
            )


@irdl_op_definition
class TMovOp(MovementOp, SometimesGeneric):
    """Move a tile to another memory: `pto.tmov ins(%s : S[, %fp : F]) outs(%d : D)`.

    From acc, `%fp` scales each column, or `%q : i64` the whole tile; ptoas reads the latter in the generic form only.
    """

    name = "pto.tmov"

    source = buffer_operand()
    target = buffer_operand()
    scales = optional_buffer_operand()
    scale = typed_opt_operand(i64)
    split = opt_prop_def(AccToVecModeAttr, prop_name="accToVecMode")
    relu = prop_def(ReluPreModeAttr, default_value=ReluPreModeAttr(ReluPreMode.NONE), prop_name="reluPreMode")

    irdl_options = (AttrSizedOperandSegments(as_property=True), ParsePropInAttrDict())

    assembly_format = (
        "`ins` `(` $source `:` type($source) (`,` $scales^ `:` type($scales))? (`,` $scale^ `:` type($scale))? `)`"
        " `outs` `(` $target `:` type($target) `)` attr-dict"
    )

    def __init__(self, source: SSAValue, target: SSAValue) -> None:
        super().__init__(operands=[source, target, None, None])

    @property
    def needs_generic_form(self) -> bool:
        return self.scale is not None

    @property
    def sources(self) -> tuple[SSAValue, ...]:
        return (self.source,) if self.scales is None else (self.source, self.scales)

    def check(self) -> None:
        source, target = self.source.type, self.target.type
        if source.location is Space.ACC and target.location is Space.ACC:
            raise VerifyException(
                f"TW0109: an accumulator is never copied: {value_name(self.source)} would move from acc to acc "
                f"into {value_name(self.target)}"
            )
        if self.memories != (Space.ACC, Space.VEC):
            path_between(*self.memories)
        if source.shape != target.shape:
            raise VerifyException(f"TW0110: a move keeps the shape, got {source} and {target}")
        self._check_scaling(source)
        if self.memories == (Space.ACC, Space.MAT):
            rules.fractal_bytes("target")(self)

    def _check_scaling(self, source: TileBufType) -> None:
        scaled = self.scales is not None or self.scale is not None
        cut = self.relu.data is not ReluPreMode.NONE
        if self.scales is not None and self.scale is not None:
            raise VerifyException("TW0143: a move scales by a number or by a row of numbers, not by both")
        if (scaled or cut) and source.location is not Space.ACC:
            raise VerifyException(
                f"TW0143: elements are scaled and cut on the way out of acc, not of {source.location}"
            )
        if self.split is not None:
            if self.target.type.location is not Space.VEC or source.location is not Space.ACC:
                raise VerifyException("TW0143: accToVecMode is for moves from acc to vec")
            if scaled and self.split.data in (AccToVecMode.SPLIT_M, AccToVecMode.SPLIT_N):
                raise VerifyException("TW0143: a move that scales goes to one vector core")
        if self.scales is not None:
            rules.in_space("scales", spaces=(Space.SCALING,))(self)
            if str(source.element_type) not in ("f32", "i32", "ui32", "si32"):
                raise VerifyException(f"TW0108: a move scales elements of f32 or i32, not {source.element_type}")
        if self.scales is not None or cut:
            rules.fractal_layout("source")(self)
