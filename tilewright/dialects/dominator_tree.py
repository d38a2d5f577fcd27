"""Which blocks of a region dominate which."""

from __future__ import annotations

from collections.abc import Mapping

from xdsl.ir import Block, Region


def dominator_tree(region: Region) -> Mapping[Block, list[Block]]:
    """Give the blocks that each block of a region immediately dominates.

    Blocks that no path from the entry reaches have no key. The entry is the first block.

    Source: Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001). It needs a
    few passes over the blocks, where sets of dominators need quadratic memory.
    """
    order = _reverse_postorder(region.blocks[0])
    index = {block: i for i, block in enumerate(order)}
    predecessors: list[list[int]] = [[] for _ in order]
    for i, block in enumerate(order):
        for successor in _successors(block):
            predecessors[index[successor]].append(i)

    parent = _immediate_dominators(predecessors)
    children: dict[Block, list[Block]] = {block: [] for block in order}
    for i in range(1, len(order)):
        children[order[parent[i]]].append(order[i])
    return children


def _immediate_dominators(predecessors: list[list[int]]) -> list[int]:
    """Give each block's immediate dominator; blocks are numbered in reverse postorder from 0."""
    unknown = -1
    parent = [0] + [unknown] * (len(predecessors) - 1)
    changed = True
    while changed:
        changed = False
        for block in range(1, len(predecessors)):
            known = [p for p in predecessors[block] if parent[p] != unknown]
            common = known[0]
            for other in known[1:]:
                common = _nearest_common(parent, common, other)
            if parent[block] != common:
                parent[block] = common
                changed = True
    return parent


def _nearest_common(parent: list[int], a: int, b: int) -> int:
    while a != b:
        # The dominator of a block has the smaller number, so the larger one moves up.
        if a < b:
            b = parent[b]
        else:
            a = parent[a]
    return a


def _reverse_postorder(entry: Block) -> list[Block]:
    seen = {entry}
    stack = [(entry, iter(_successors(entry)))]
    postorder: list[Block] = []
    while stack:
        block, successors = stack[-1]
        for successor in successors:
            if successor not in seen:
                seen.add(successor)
                stack.append((successor, iter(_successors(successor))))
                break
        else:
            postorder.append(block)
            stack.pop()
    return postorder[::-1]


def _successors(block: Block) -> tuple[Block, ...]:
    last = block.last_op
    return () if last is None else tuple(last.successors)
