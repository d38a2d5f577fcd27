"""`roll-peeled`: a first product before a loop becomes the first turn of the loop."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, OpResult, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter
from xdsl.traits import is_side_effect_free

from tilewright.dialects.constants import constant_value
from tilewright.dialects.tile import EmptyOp, LoadOp, MatmulOp, PipelineOp, TileType
from tilewright.passes.analysis.contraction import Loop, induction_of
from tilewright.passes.analysis.equivalence import equivalent
from tilewright.passes.analysis.index_forms import Form, Forms
from tilewright.passes.analysis.tensor_stores import stored_between
from tilewright.passes.building import equal, index_constant, rename


@dataclass
class _FirstTurn:
    """Compares what a loop would compute one turn earlier with what stands before it.

    Attributes:
        loop: the loop.
        products: the matmuls before the loop, each with the one of the body that would do its work.
        loads: the loads before the loop that the products read.
    """

    loop: Loop
    products: dict[MatmulOp, MatmulOp] = field(default_factory=dict[MatmulOp, MatmulOp])
    loads: dict[LoadOp, None] = field(default_factory=dict[LoadOp, None])
    _forms: Forms = field(default_factory=Forms)

    def matches(self) -> bool:
        """Whether the loop, begun one step earlier and afresh, would do all that the products do, and no more."""
        distance = self._forms.of(self.loop.ub).minus(self._forms.of(self.loop.lb)).constant
        step = constant_value(self.loop.step)
        if step is None or step < 1 or distance is None or distance <= -step or not self.loop.iter_args:
            return False
        body, terminator = self.loop.body.block, self.loop.body.block.last_op
        assert terminator is not None
        if not all(_only_computes(op) for op in body.ops if op is not terminator):
            return False
        if not all(map(self._same_sum, terminator.operands, self.loop.iter_args, body.args[1:])):
            return False
        if {op for op in body.ops if isinstance(op, MatmulOp)} != set(self.products.values()):
            return False
        return all(map(self._is_only_here, self.products)) and self._unstored()

    def _same_sum(self, inner: SSAValue, outer: SSAValue, start: SSAValue) -> bool:
        """Whether the body computes as `inner`, from `start`, what stands before the loop as `outer`."""
        if not (isinstance(inner, OpResult) and isinstance(outer, OpResult)) or inner.type != outer.type:
            return False
        matmul, product = inner.op, outer.op
        if not (isinstance(matmul, MatmulOp) and isinstance(product, MatmulOp)) or inner.index != outer.index:
            return False
        if matmul.init is not None or product.init is not None or len(matmul.rhs) != len(product.rhs):
            return False
        if product.parent is not self.loop.parent or not matmul.acc:
            return False
        factors = zip((matmul.lhs, *matmul.rhs), (product.lhs, *product.rhs), strict=True)
        if product not in self.products and not all(self._same_load(*pair) for pair in factors):
            return False
        self.products[product] = matmul
        acc = matmul.acc[inner.index]
        before = product.acc[inner.index] if product.acc else None
        if acc is start:
            return before is None
        return before is not None and self._same_sum(acc, before, start)

    def _same_load(self, inner: SSAValue, outer: SSAValue) -> bool:
        load, peeled = inner.owner, outer.owner
        if not (isinstance(load, LoadOp) and isinstance(peeled, LoadOp)) or inner.type != outer.type:
            return False
        self.loads[peeled] = None
        return (
            peeled.parent is self.loop.parent
            and load.parent is self.loop.body.block
            and load.source is peeled.source
            and load.properties == peeled.properties
            and load.attributes == peeled.attributes
            and load.rows is peeled.rows
            and load.columns is peeled.columns
            and all(map(self._same_offset, load.offsets, peeled.offsets))
        )

    def _same_offset(self, inner: SSAValue, outer: SSAValue) -> bool:
        """Whether an index of the body is, one step before the loop, the index `outer`."""
        variable = induction_of(self.loop)
        step = constant_value(self.loop.step)
        assert step is not None
        before = self._forms.of(self.loop.lb).minus(Form.number(step))
        earlier = self._forms.of(inner).substituted({variable: before})
        return earlier.key == self._forms.of(outer).key or equivalent(inner, outer)

    def _is_only_here(self, product: MatmulOp) -> bool:
        """Whether nothing but the loop and the other products read the results."""
        users = {use.operation for result in product.accs_out for use in result.uses}
        return all(user is self.loop or user in self.products for user in users)

    def _unstored(self) -> bool:
        return not any(stored_between(load, self.loop, load.source) for load in self.loads)


def _only_computes(op: Operation) -> bool:
    return isinstance(op, LoadOp) or (is_side_effect_free(op) and not op.regions)


def _earlier(builder: Builder, loop: Loop) -> SSAValue:
    """Where the loop begins one step earlier."""
    step = constant_value(loop.step)
    assert step is not None
    start = constant_value(loop.lb)
    if start is not None:
        return index_constant(builder, start - step)
    match loop.lb.owner:
        case arith.AddiOp(lhs=base, rhs=shift) if constant_value(shift) == step:
            return base
        case arith.AddiOp(lhs=shift, rhs=base) if constant_value(shift) == step:
            return base
        case _:
            return builder.insert(arith.SubiOp(loop.lb, loop.step)).result


def _roll(first: _FirstTurn) -> None:
    """Begin the loop one step earlier, from nothing."""
    loop, outer = first.loop, Builder(InsertPoint.before(first.loop))
    start = _earlier(outer, loop)
    loop.operands[0] = start
    for position, value in enumerate(loop.iter_args):
        empty = rename(outer.insert(EmptyOp(SSAValue.get(value, type=TileType).type)).result, value.name_hint)
        loop.operands[3 + position] = empty
    body = loop.body.block
    condition: SSAValue | None = None
    for matmul in [op for op in body.ops if isinstance(op, MatmulOp) and op.acc[0] in body.args]:
        if condition is None:
            condition = rename(equal(Builder(InsertPoint.before(matmul)), induction_of(loop), start), "first")
        begun = MatmulOp(matmul.lhs, matmul.rhs, matmul.result_types, matmul.acc, condition)
        begun.attributes |= matmul.attributes
        begun.location = matmul.location
        Rewriter.replace_op(matmul, begun)
    for product in first.products:
        Rewriter.erase_op(product)
    for load in first.loads:
        if not load.result.first_use:
            Rewriter.erase_op(load)


@dataclass(frozen=True)
class RollPeeledPass(ModulePass):
    """Make products that were written before a loop, to start its sums, the first turn of the loop.

    Requires: nothing.
    Ensures: a loop is begun one step earlier, from `tile.empty`, when everything that it carries comes from products
    before it that do just what that turn would do: equal loads, with offsets that are sums of other values and a
    multiple of the loop variable; and when the loop does nothing but load, compute and carry, is known to run then, and
    nothing between stores to what is loaded. Two arguments are taken to be different tensors.

    `acc = matmul(a[0:T], b[0:T]); for k in T..K: acc += …` is one sum over K; in two parts it would be staged twice.
    """

    name = "roll-peeled"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for loop in [inner for inner in op.walk() if isinstance(inner, scf.ForOp | PipelineOp)]:
            first = _FirstTurn(loop)
            if first.matches():
                _roll(first)
