"""Which block of a task the kernel runs as."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.builder import Builder
from xdsl.dialects import arith
from xdsl.dialects.builtin import IndexType, i64
from xdsl.ir import Operation

from tilewright.dialects.pto.system import BlockQueryOp, GetBlockIdxOp, GetBlockNumOp, GetSubBlockIdxOp
from tilewright.dialects.task import BlockCountOp, BlockIndexOp, SubblockIndexOp
from tilewright.passes.building import rename
from tilewright.passes.tile_to_pto.converter import Converter, Handler

_QUERIES: Mapping[type[Operation], type[BlockQueryOp]] = {
    BlockCountOp: GetBlockNumOp,
    BlockIndexOp: GetBlockIdxOp,
    SubblockIndexOp: GetSubBlockIdxOp,
}


def _query(into: Converter, op: Operation, builder: Builder) -> None:
    number = builder.insert(_QUERIES[type(op)](result_types=[i64])).result
    result = builder.insert(arith.IndexCastOp(number, IndexType())).result
    into.values[op.results[0]] = rename(result, op.results[0].name_hint)


HANDLERS: Mapping[type[Operation], Handler] = dict.fromkeys(_QUERIES, _query)
