"""`begin-sums`: a sum that starts from zero, and may begin in one branch or another, says where it begins."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.builder import Builder
from xdsl.context import Context
from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i1
from xdsl.ir import Block, BlockArgument, Operation, OpResult, SSAValue
from xdsl.passes import ModulePass
from xdsl.rewriter import InsertPoint, Rewriter

from tilewright.dialects.diagnostics import fail, warn
from tilewright.dialects.names import value_name
from tilewright.dialects.tile import EmptyOp, FullOp, MatmulOp, PipelineOp, YieldOp
from tilewright.passes.analysis.accumulators import Accumulator, accumulator_of
from tilewright.passes.analysis.begun_sums import BegunSums, begin_alike, end_of, overwrites
from tilewright.passes.building import equal, rename, replace_uses

Flag = SSAValue | bool
"""Whether a sum has not begun yet; a value where only the running program knows."""


def _materialize(flag: Flag, before: Operation) -> SSAValue:
    if isinstance(flag, SSAValue):
        return flag
    constant = arith.ConstantOp(IntegerAttr.from_bool(flag))
    return Builder(InsertPoint.before(before)).insert(constant).result


@dataclass
class _Waiting:
    """Says of accumulators, as values of the program, that nothing has been added to them yet.

    Branches and loops that hand on such an accumulator hand on the answer as well, where it is not known before.
    """

    _begun: BegunSums = field(default_factory=BegunSums)
    _places: dict[tuple[Block, int], int | bool] = field(default_factory=dict[tuple[Block, int], int | bool])
    _first: dict[Block, SSAValue] = field(default_factory=dict[Block, SSAValue])

    def flag(self, value: SSAValue, reader: Operation) -> Flag:
        """Whether the sum `value` has not begun where `reader` reads it."""
        if self._begun.has_begun(value, reader):
            return False
        if isinstance(value.owner, FullOp):
            return True
        if isinstance(value, BlockArgument):
            loop = value.block.parent_op()
            assert isinstance(loop, scf.ForOp | PipelineOp)
            return self._in_turn(loop, value.index - 1)
        assert isinstance(value, OpResult)
        if isinstance(value.op, scf.IfOp):
            return self._after_branch(value.op, value.index)
        assert isinstance(value.op, scf.ForOp | PipelineOp)
        return self._after_loop(value.op, value.index)

    def _after_branch(self, branch: scf.IfOp, index: int) -> Flag:
        ends = [end_of(region.block) for region in branch.regions]
        key = (branch.true_region.block, index)
        if key not in self._places:
            for end in ends:
                # What is asked first may make others hand on more, and so be replaced.
                self.flag(end.operands[index], end)
            flags = [self.flag(end.operands[index], end) for end in ends]
            if key not in self._places:
                self._places[key] = self._hand_on(ends, flags)
        place = self._places[key]
        if isinstance(place, bool):
            return place
        current = ends[0].parent_op()
        assert current is not None
        return current.results[place]

    def _hand_on(self, ends: list[Operation], flags: list[Flag]) -> int | bool:
        """Make a branch hand on the flag of each arm; returns at which place, or what both are."""
        if isinstance(flags[0], bool) and flags[0] is flags[1]:
            return flags[0]
        values = [_materialize(flag, end) for flag, end in zip(flags, ends, strict=True)]
        branch = ends[0].parent_op()
        assert isinstance(branch, scf.IfOp)
        place = len(branch.results)
        for end, value in zip(ends, values, strict=True):
            end.operands = [*end.operands, value]
        taken, other = (branch.detach_region(region) for region in list(branch.regions))
        _replace(branch, scf.IfOp(branch.cond, [*branch.result_types, i1], taken, other))
        return place

    def _in_turn(self, loop: scf.ForOp | PipelineOp, index: int) -> Flag:
        """The flag at the start of a turn."""
        body = loop.body.block
        end = end_of(body)
        if self._begun.has_begun(end.operands[index], end):
            return self._first_turn(loop, self.flag(loop.iter_args[index], loop))
        place = self._carried(loop, index)
        return body.args[1 + place]

    def _after_loop(self, loop: scf.ForOp | PipelineOp, index: int) -> Flag:
        body = loop.body.block
        end = end_of(body)
        if self._begun.has_begun(end.operands[index], end) and self._begun.turns.runs(loop):
            return False
        place = self._carried(loop, index)
        around = body.parent_op()
        assert around is not None
        return around.results[place]

    def _first_turn(self, loop: scf.ForOp | PipelineOp, waiting: Flag) -> Flag:
        """Whether this is the first turn, and the sum has not begun before the loop."""
        body = loop.body.block
        if body not in self._first:
            variable = body.args[0]
            first = equal(Builder(InsertPoint.at_start(body)), variable, loop.lb)
            self._first[body] = rename(first, "first")
        first = self._first[body]
        if isinstance(waiting, bool):
            return first if waiting else False
        assert isinstance(first.owner, Operation)
        both = Builder(InsertPoint.after(first.owner)).insert(arith.AndIOp(first, waiting))
        return rename(both.result, "first")

    def _carried(self, loop: scf.ForOp | PipelineOp, index: int) -> int:
        """Make a loop carry the flag of an accumulator; returns at which place among what it carries."""
        body = loop.body.block
        key = (body, index)
        if (known := self._places.get(key)) is not None:
            return known
        start = _materialize(self.flag(loop.iter_args[index], loop), loop)
        place = len(loop.iter_args)
        self._places[key] = place
        rename(body.insert_arg(i1, len(body.args)), "waiting")
        end = end_of(body)
        # Until the flag of a turn is known, for which it has to be carried already, it is handed on as it is.
        end.operands = [*end.operands, body.args[-1]]
        values = [*loop.iter_args, start]
        region = loop.detach_region(loop.body)
        new: scf.ForOp | PipelineOp
        if isinstance(loop, PipelineOp):
            new = PipelineOp(loop.stage_count, loop.lb, loop.ub, loop.step, values, region)
        else:
            new = scf.ForOp(loop.lb, loop.ub, loop.step, values, region)
        _replace(loop, new)
        flag = self.flag(end.operands[index], end)
        end.operands[place] = _materialize(flag, end)
        return place


def _replace(old: Operation, new: Operation) -> None:
    new.attributes |= old.attributes
    new.location = old.location
    Rewriter.insert_op(new, InsertPoint.before(old))
    for before, after in zip(old.results, new.results, strict=False):
        replace_uses(before, after)
    Rewriter.erase_op(old)


def _begin(matmul: MatmulOp, waiting: _Waiting) -> None:
    """Let a matmul overwrite the accumulators of sums that have not begun."""
    if not matmul.acc or overwrites(matmul):
        return
    if all(begin_alike(matmul.acc[0], acc) for acc in matmul.acc[1:]):
        _overwrite(matmul, waiting.flag(matmul.acc[0], matmul))
        return
    for part in range(len(matmul.acc)):
        one = MatmulOp(matmul.lhs, [matmul.rhs[part]], [matmul.result_types[part]], [matmul.acc[part]], matmul.init)
        one.attributes |= matmul.attributes
        one.location = matmul.location
        Rewriter.insert_op(one, InsertPoint.before(matmul))
        replace_uses(matmul.accs_out[part], one.accs_out[0])
        _overwrite(one, waiting.flag(one.acc[0], one))
    Rewriter.erase_op(matmul)


def _overwrite(matmul: MatmulOp, flag: Flag) -> None:
    if flag is False:
        return
    builder = Builder(InsertPoint.before(matmul))
    condition: SSAValue | None = None
    if isinstance(flag, SSAValue):
        condition = flag if matmul.init is None else builder.insert(arith.OrIOp(matmul.init, flag)).result
    accs = matmul.acc if condition is not None else ()
    begun = MatmulOp(matmul.lhs, matmul.rhs, matmul.result_types, accs, condition)
    begun.attributes |= matmul.attributes
    begun.location = matmul.location
    Rewriter.replace_op(matmul, begun)


def _check_readers(accumulator: Accumulator) -> None:
    """Refuse what may read a sum that no branch has begun.

    Raises:
        DiagnosticError: TW0214.
    """
    begun, if_loops_run = BegunSums(), BegunSums(loops_run=True)
    for value in accumulator.values:
        for use in value.uses:
            reader = use.operation
            hands_on = isinstance(reader, MatmulOp | scf.ForOp | PipelineOp | scf.YieldOp | YieldOp)
            if hands_on or begun.has_begun(value, reader):
                continue
            if if_loops_run.has_begun(value, reader):
                warn(
                    "TW0209",
                    "the sum is undefined when the loop around its matmuls does not run: accumulators are not filled "
                    "with zeros, the first matmul overwrites them",
                    reader,
                )
                continue
            fail(
                "TW0214",
                f"{value_name(value)} is read where it may not have begun: it starts from zeros, but accumulators are "
                "not filled with zeros, and there is a way here on which no matmul has overwritten them",
                reader,
                help=("begin the sum with a matmul before the branch, or read it where a matmul has certainly run",),
            )


def _joined_from_zero(root: Operation) -> list[FullOp]:
    """The zeros under `root` that start an accumulator which a branch hands on."""
    found: list[FullOp] = []
    for zero in [op for op in root.walk() if isinstance(op, FullOp) and op.is_zero]:
        accumulator = accumulator_of(zero.result)
        if accumulator is None or not accumulator.matmuls:
            continue
        owners = [value.owner for value in accumulator.values]
        if any(isinstance(owner, scf.IfOp) for owner in owners) and not _meets_a_while(accumulator):
            found.append(zero)
    return found


def _meets_a_while(accumulator: Accumulator) -> bool:
    return any(isinstance(use.operation, scf.WhileOp) for value in accumulator.values for use in value.uses)


def _part_uses(zero: FullOp) -> None:
    """Give each reader of a zero one of its own: equal zeros are one value, and start different sums."""
    for use in list(zero.result.uses)[1:]:
        own = FullOp(zero.value, zero.result.type)
        own.location = zero.location
        Rewriter.insert_op(own, InsertPoint.after(zero))
        rename(own.result, zero.result.name_hint)
        use.operation.operands[use.index] = own.result


@dataclass(frozen=True)
class BeginSumsPass(ModulePass):
    """Make sums from zero that branches hand on start from nothing.

    Requires: nothing.
    Ensures: such a sum starts from `tile.empty`; each matmul that may be its first overwrites the accumulator, under a
    condition (`init`) where only the running program knows. What the running program knows goes along with the
    accumulator, as an `i1`. The condition is left away where the first turn of the loop takes another branch.

    Acc cannot be filled with zeros: what may read a sum that has not begun is refused (TW0214); where only a loop
    without turns leads there, it is a warning (TW0209).
    """

    name = "begin-sums"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for zero in _joined_from_zero(op):
            _part_uses(zero)
        zeros = _joined_from_zero(op)
        matmuls: dict[MatmulOp, None] = {}
        for zero in zeros:
            accumulator = accumulator_of(zero.result)
            assert accumulator is not None
            _check_readers(accumulator)
            matmuls |= dict.fromkeys(accumulator.matmuls)
        waiting = _Waiting()
        for matmul in matmuls:
            _begin(matmul, waiting)
        for zero in zeros:
            if not zero.result.first_use:
                Rewriter.erase_op(zero)
                continue
            Rewriter.replace_op(zero, EmptyOp(zero.result.type))
