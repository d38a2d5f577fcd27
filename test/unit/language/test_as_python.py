"""Programs are printed as text of the language that makes the same program again."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest

import tilewright.language as pl
from tilewright.dialects.diagnostics import DiagnosticError
from tilewright.dialects.parsing import parse_module
from tilewright.dialects.registry import make_context
from tilewright.language.as_python import as_python, same_program
from tilewright.language.jit import Kernel

HEADER = """\
import tilewright.language as pl

@pl.jit.incore
def twice(a: pl.Tensor, b: pl.Out[pl.Tensor], factor: pl.Scalar[pl.INDEX] = 2):
    b[:] = pl.add(a, a)
    return b

@pl.jit
def kernel(
    x: pl.Tensor[[16, 64], pl.FP32],
    h: pl.Tensor[[16, 64], pl.FP16],
    k: pl.Tensor[[16, 64], pl.INT32],
    c: pl.Tensor[[4, 16, 64], pl.FP32],
    v: pl.Tensor[[64], pl.FP32],
    d: pl.Tensor[[pl.dynamic("M"), 64], pl.FP32],
    n: pl.Scalar[pl.INT32],
    f: pl.Scalar[pl.FP32],
    m: pl.Scalar[pl.INDEX],
    y: pl.Out[pl.Tensor[[16, 64], pl.FP32]],
):
"""
SCOPE = 'with pl.at(level=pl.Level.CORE_GROUP, name_hint="work"):\n'


def entry(body: str) -> str:
    """A program around the body of an entry."""
    return HEADER + indent(dedent(body).strip("\n"), "    ") + "\n"


def compute(body: str) -> str:
    """A program around the body of a compute scope; what it calls `r` is what it computes."""
    return entry(SCOPE + indent(dedent(body).strip("\n") + "\ny[:] = r", "    "))


def check(kernel: Kernel) -> str:
    """Print a kernel, read it again, and compare; gives the text."""
    text = kernel.as_python()
    again = pl.parse(text).compile()
    assert same_program(again.module, kernel.compile().module)
    assert again.as_python() == text
    return text


BINARY = ["add", "sub", "mul", "div", "rem", "maximum", "minimum"]
UNARY = ["exp", "log", "sqrt", "rsqrt", "recip", "neg", "abs", "relu"]
ROWS = ["row_sum", "row_max", "row_min", "row_prod"]
COLUMNS = ["col_sum", "col_max", "col_min", "col_prod"]
BITS = ["and_", "or_", "xor", "shl", "shr"]

TILES = {
    **{name: f"r = pl.{name}(x, y)" for name in BINARY},
    **{f"{name}_number": f"r = pl.{name}(x, 2.5)" for name in BINARY},
    **{f"number_{name}": f"r = pl.{name}(f, x)" for name in ("sub", "div")},
    **{name: f"r = pl.{name}(x)" for name in UNARY},
    **{name: f"r = pl.row_expand_sub(x, pl.{name}(x))" for name in ROWS},
    **{name: f"r = pl.col_expand_mul(x, pl.{name}(x))" for name in COLUMNS},
    **{name: f"r = pl.cast(pl.{name}(k, 3), pl.FP32)" for name in BITS},
    "not": "r = pl.cast(pl.not_(k), pl.FP32)",
    "argmax": "r = pl.row_expand_add(x, pl.cast(pl.row_argmax(x), pl.FP32))",
    "cast_modes": 'r = pl.cast(pl.cast(pl.cast(x, pl.INT32, mode="floor"), pl.FP32, mode="rint"), pl.FP32)',
    "half": "r = pl.cast(pl.add(pl.cast(h, pl.BF16), 0.1), pl.FP32)",
    "compare_select": "r = pl.sel(pl.cmp(x, 0.0, 4), x, pl.exp(x))",
    "select_number": "r = pl.sel(pl.cmp(x, y, 2), x, f)",
    "full": "r = pl.add(pl.full([16, 64], pl.FP32, -0.0), x)",
    "extreme": 'r = pl.maximum(pl.full([16, 64], pl.FP32, float("-inf")), x)',
    "splat": "r = pl.full([16, 64], pl.FP32, f)",
    "splat_of_a_constant": "r = pl.full([16, 64], pl.FP32, pl.const(1.5, pl.FP32))",
    "iota": "r = pl.col_expand_add(x, pl.cast(pl.arange(n, [1, 64], descending=True), pl.FP32))",
    "expand": "r = pl.add(pl.row_expand(pl.row_sum(x), 64), pl.col_expand(pl.col_sum(x), 16))",
    "reshape": "r = pl.reshape(pl.exp(pl.reshape(x, [32, 32])), [16, 64])",
    "transpose": "r = pl.transpose(pl.exp(pl.transpose(x)))",
    "concat": "r = pl.concat(x[:, 0:32], pl.neg(x[:, 32:64]))",
    "extract": "t = pl.exp(x)\nr = pl.concat(t[:, 32:64], t[:, 0:32])",
    "insert": "r = pl.assemble(pl.exp(x), pl.neg(x[0:8, :]), [m, 0])",
    "insert_all": "r = pl.assemble(pl.exp(x), pl.neg(x), [m, 0])",
    "valid": "r = pl.fillpad(pl.exp(pl.load(x, [0, 0], [16, 64], valid_shape=[n, 64])), pl.PadValue.min)",
    "valid_constant": "r = pl.fillpad(pl.slice(x, [16, 64], [0, 0], valid_shape=[5, 64]), pl.PadValue.max)",
    "set_valid": "r = pl.fillpad(pl.set_validshape(pl.exp(x), 7, m))",
    "gather": "r = pl.gather(x, index=k)",
    "gather_mask": "g = pl.gather(x, mask_pattern=pl.tile.MaskPattern.P0101)\nr = pl.concat(g, pl.exp(g))",
    "gather_mask_bits": "r = pl.cast(pl.concat(pl.gather(x, mask_pattern=pl.tile.MaskPattern.P0101, "
    "output_dtype=pl.INT32), k[:, 0:32]), pl.FP32)",
    "sort": "i = pl.arange(0, [1, 64], pl.UINT32)\ns = pl.sort32(x[0:1, :], i)\n"
    "r = pl.col_expand_add(x, pl.mrgsort(s[:, 0:64], s[:, 64:128])[:, 0:64])",
    "merge_blocks": "s = pl.mrgsort(pl.reshape(c[0:1, 0:4, :], [1, 256]), block_len=64)\n"
    "r = pl.col_expand_add(x, s[:, 0:64])",
    "matmul": "a = pl.cast(h, pl.BF16)\nr = pl.matmul(a, a, b_trans=True)[0:16, :]\nr = pl.concat(r, x[:, 16:64])",
    "matmul_dual": "w = pl.transpose(h)\np, q = pl.matmul_dual(h, w, w)\n"
    "p, q = pl.matmul_dual_acc((p, q), h, w, w, init_cond=n > 1)\n"
    "r = pl.concat(pl.concat(p, q), x[:, 32:64])",
    "rank_three": "r = pl.exp(c[1, :, :])",
    "rank_three_rows": "r = pl.reshape(c[:, 0:4, :], [16, 64])",
    "rank_one": "r = pl.col_expand_add(x, pl.reshape(v[0:64], [1, 64]))",
    "dynamic": "r = d[m : m + 16, :]",
    "read_write": "pl.write(y, [m, 3], pl.read(x, [3, m]) * 2.0)\nr = pl.add(x, y)",
    "read_half": "r = pl.add(x, pl.read(h, [0, m]))",
    **{
        f"read_unsigned_{bits}": f"i = pl.arange(0, [1, 64], pl.UINT{bits})\n"
        "a = pl.read(i, [0, m])\nr = pl.slice(x, [1, 64], [a, 0])\nr = pl.mul(x, pl.cast(a + n, pl.FP32))"
        for bits in (16, 32)
    },
    "read_tile": "r = pl.mul(x, pl.read(pl.exp(x), [0, 0]))",
    "tensor_reshape": "r = pl.reshape(pl.load(pl.reshape(x, [4, 4, 64]), [0, 0, 0], [4, 4, 64]), [16, 64])",
    "subview": "pl.subview(y, [8, 64], [8, 0])[:] = pl.exp(pl.subview(x, [8, 64], [8, 0]))\nr = pl.add(x, y)",
    "subview_to_the_end": "r = pl.load(pl.subview(d, [None, 64], [m, 0]), [0, 0], [16, 64])",
    "atomic": "pl.store(x, [0, 0], y, atomic=pl.AtomicType.Add)\nr = x",
    "block": "r = pl.mul(x, pl.cast(pl.get_block_idx() + pl.get_block_num() + pl.get_subblock_idx(), pl.FP32))",
    "extent": "r = pl.mul(x, pl.cast(pl.dim(d, 0), pl.FP32))",
    "branch_on_constants": "r = x\nif pl.const(True, pl.BOOL):\n    r = pl.exp(x)",
}

NUMBERS = {
    **{f"index_{name}": f"m {sign} 3" for name, sign in {"add": "+", "sub": "-", "mul": "*", "div": "//"}.items()},
    **{f"integer_{name}": f"n {sign} 5" for name, sign in {"mod": "%", "and": "&", "or": "|", "xor": "^"}.items()},
    **{f"shift_{name}": f"n {sign} 2" for name, sign in {"left": "<<", "right": ">>"}.items()},
    **{f"float_{name}": f"f {sign} 0.1" for name, sign in {"add": "+", "sub": "-", "mul": "*", "div": "/"}.items()},
    **{f"reversed_{sign}": f"7 {sign} m" for sign in ("-", "//")},
    **{f"compare_{number}": f"(n {sign} 4)" for number, sign in enumerate(("==", "!=", "<", "<=", ">", ">="))},
    **{f"compare_float_{number}": f"(f {sign} 4.0)" for number, sign in enumerate(("==", "!=", "<", "<=", ">", ">="))},
    "max": "pl.max(n, 3)",
    "min_float": "pl.min(f, 3.0)",
    "choice": "n if f > 0.5 else pl.const(3, pl.INT32)",
    "choice_of_constants": "3 if n > 0 else 4",
    "choice_of_floats": "0.1 if n > 0 else f",
    "negative": "-f",
    "not": "not n > 2",
    "functions": "pl.exp(f) + pl.log(f) + pl.sqrt(f) + pl.rsqrt(f) + pl.abs(f)",
    "casts": "pl.cast(pl.cast(pl.cast(f, pl.INT32), pl.INT64), pl.INT16)",
    "casts_of_index": "pl.cast(pl.cast(m, pl.FP32), pl.INDEX)",
    "typed_constants": "pl.const(100, pl.INT32) + pl.const(27, pl.INT32) * n",
}

LOOPS = {
    "counted": "r = x\nfor i in pl.range(2, m, 3):\n    r = pl.mul(pl.add(r, x), pl.cast(i, pl.FP32))",
    "nested": "r = x\nfor i in pl.range(4):\n    for j in pl.range(i):\n        r = pl.add(r, pl.exp(r))\n"
    "    r = pl.neg(r)",
    "nothing_carried": "for i in pl.range(4):\n    y[4 * i : 4 * i + 4, :] = pl.exp(x[4 * i : 4 * i + 4, :])\nr = y",
    "swapped": "a, b = pl.exp(x), pl.neg(x)\nfor i in pl.range(m):\n    a, b = b, a\nr = pl.sub(a, b)",
    "start_read_again": "t = pl.exp(x)\na = t\nfor i in pl.range(m):\n    a = pl.add(a, t)\nr = pl.sub(a, t)",
    "numbers": "s = 0.0\ni = 0\nfor j in pl.range(m):\n    s = s + pl.read(x, [0, j])\n    i = i + j\n"
    "r = pl.mul(x, s * pl.cast(i, pl.FP32))",
    "typed_number": "s = n\nfor j in pl.range(m):\n    s = s + s\nr = pl.mul(x, pl.cast(s, pl.FP32))",
    "typed_constant": "s = pl.const(3, pl.INT32)\nfor j in pl.range(m):\n    s = s + n\n"
    "r = pl.mul(x, pl.cast(s, pl.FP32))",
    "truth": "s = n > 2\nfor j in pl.range(m):\n    s = not s\nr = x\nif s:\n    r = pl.exp(x)",
    "pipeline": "r = pl.full([16, 64], pl.FP32, 0.0)\nfor i in pl.pipeline(0, 4, 2, stage=2):\n"
    "    r = pl.add(r, c[i, :, :])",
    "branch": "r = x\nif n > 3:\n    r = pl.exp(x)\nelif n > 1:\n    r = pl.neg(x)",
    "branch_numbers": "if n > 3:\n    s = 1.5\n    i = 3\nelse:\n    s = f\n    i = m\n"
    "r = pl.mul(x, s * pl.cast(i, pl.FP32))",
    "branch_stores": "if n > 3:\n    y[0:8, :] = pl.exp(x[0:8, :])\nr = pl.add(x, y)",
    "branch_stores_twice": "if n > 3:\n    y[0:8, :] = pl.exp(x[0:8, :])\nelse:\n    y[8:16, :] = x[8:16, :]\nr = x",
    "while": "r = x\ni = 0\nwhile (i < n) & (i * 2 != 6):\n    r = pl.add(r, x)\n    i += 1",
    "while_reads": "i = 0\nwhile pl.read(x, [0, i]) < f:\n    i += 1\nr = pl.mul(x, pl.cast(i, pl.FP32))",
    "while_in_a_branch": "r = x\nif n > 0:\n    i = n\n    while i > 0:\n        i = i - 1\n        r = pl.neg(r)",
}

ENTRIES = {
    "parallel": "for i in pl.parallel(0, 16, 4):\n    with pl.at(level=pl.Level.CORE_GROUP):\n"
    "        y[i : i + 4, :] = pl.exp(x[i : i + 4, :])",
    "spmd": 'for i in pl.spmd(4, name_hint="part"):\n    y[4 * i : 4 * i + 4, :] = x[4 * i : 4 * i + 4, :]',
    "spmd_as_scope": "with pl.spmd(4) as task:\n    i = pl.get_block_idx()\n    y[4 * i : 4 * i + 4, :] = "
    "pl.exp(x[4 * i : 4 * i + 4, :])\nwith pl.at(level=pl.Level.CORE_GROUP, deps=[task]):\n    y[:] = pl.exp(y)",
    "spmd_of_any_number": "for i in pl.spmd(m):\n    y[i : i + 1, :] = x[i : i + 1, :]",
    "submit": "t = pl.create_tensor([16, 64], pl.FP32, init_value=1.0)\n_, a = pl.submit(twice, x, t)\n"
    "y, b = pl.submit(twice, t, y, deps=[a])",
    "submit_parts": "pl.submit(twice, x[0:8, :], y[0:8, :])\npl.submit(twice, x[8:16, :], y[8:16, :])",
    "submit_number": "pl.submit(twice, x, y, m)\npl.submit(twice, x, y, pl.const(3, pl.INDEX))",
    "submit_blocks": "_, a = pl.spmd_submit(twice, x, y, core_num=4)\n"
    "pl.spmd_submit(twice, y, y, core_num=m, deps=[a])",
    "dummy": "_, a = pl.submit(twice, x, y)\nb = pl.system.task_dummy(deps=[a])\npl.submit(twice, x, y, deps=[b, a])",
    "arrays": "ids = pl.array.create(4, pl.TASK_ID)\nfor i in pl.range(4):\n    _, a = pl.submit(twice, x, y)\n"
    "    ids[i] = a\npl.submit(twice, x, y, deps=[ids, ids[0]])",
    "manual": "with pl.manual_scope():\n    _, a = pl.submit(twice, x, y)\n    with pl.at(level=pl.Level.CORE_GROUP, "
    "deps=[a]):\n        y[:] = pl.exp(y)",
    "tasks_carried": "_, a = pl.submit(twice, x, y)\nfor i in pl.range(4):\n    _, a = "
    "pl.submit(twice, x, y, deps=[a])\npl.submit(twice, x, y, deps=[a])",
    "branch": "if n > 2:\n    pl.submit(twice, x, y)\nelse:\n"
    "    with pl.at(level=pl.Level.CORE_GROUP):\n        y[:] = x",
    "numbers": "s = pl.read(x, [0, 0])\nfor i in pl.range(pl.dim(d, 0) // 4):\n"
    "    with pl.at(level=pl.Level.CORE_GROUP):\n        y[:] = pl.mul(x, s * pl.cast(i, pl.FP32))",
    "tensors": "t = pl.create_tensor([m, 64], pl.FP32)\nu = pl.reshape(c, [64, 64])\n"
    "with pl.at(level=pl.Level.CORE_GROUP):\n    t[0:16, :] = u[16:32, :]\n"
    "with pl.at(level=pl.Level.CORE_GROUP):\n    y[:] = t[0:16, :]",
    "part_in_a_scope": "part = pl.subview(c, [1, 16, 64], [1, 0, 0])\nwith pl.at(level=pl.Level.CORE_GROUP):\n"
    "    y[:] = pl.add(y, part[0, :, :])",
    "returned": "pl.submit(twice, x, y)\nreturn y",
    "returned_tuple": "t = pl.create_tensor([16, 64], pl.FP32)\npl.submit(twice, x, y)\n"
    "pl.submit(twice, x, t)\nreturn t, y",
    "returned_one": "pl.submit(twice, x, y)\nreturn (y,)",
}


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in (TILES | LOOPS).items()])
def test_compute(body: str) -> None:
    check(pl.parse(compute(body)))


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in NUMBERS.items()])
def test_numbers(body: str) -> None:
    check(pl.parse(compute(f"s = {body}\nr = pl.mul(x, pl.cast(s, pl.FP32))")))


@pytest.mark.parametrize("body", [pytest.param(body, id=name) for name, body in ENTRIES.items()])
def test_entries(body: str) -> None:
    kernel = pl.parse(entry(body))
    text = check(kernel)
    again = pl.parse(text).compile().translation
    translation = kernel.compile().translation
    assert (again.returned, again.as_tuple) == (translation.returned, translation.as_tuple)


KERNEL_TEXT = """
func.func @whole(%x: !tile.tensor<16x64xf32>, %i: index, %h: !tile.tensor<16x64xf16>, %y: !tile.tensor<16x64xf32>) {{
  %c0 = arith.constant 0 : index
  %a = tile.load %x[%c0, %c0] : !tile.tensor<16x64xf32> -> !tile.tile<16x64xf32>
  {operation}
  tile.store %a, %y[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf32>
  func.return
}}
"""


@pytest.mark.parametrize("bits", [8, 16, 32, 64])
def test_elements_without_a_sign(bits: int) -> None:
    kernel = pl.parse(f"""
    @pl.jit
    def k(x: pl.InOut[pl.Tensor[[8, 32], pl.UINT{bits}]], y: pl.Out[pl.Tensor[[8, 64], pl.FP32]]):
        with pl.at(level=pl.Level.CORE_GROUP):
            t = pl.load(x, [0, 0], [8, 32])
            n = pl.read(t, [1, 2]) + pl.read(x, [0, 0])
            pl.write(x, [0, 1], n)
            y[:] = pl.full([8, 64], pl.FP32, pl.cast(n, pl.FP32))
        return x, y
    """)
    text = check(kernel)
    assert text.count("pl.read(") == 2
    assert "pl.INDEX" not in text


def text_of(operation: str) -> str:
    """A kernel in IR that holds an operation on line 5."""
    return as_python(parse_module(make_context(), KERNEL_TEXT.format(operation=operation), "whole.mlir"))


def test_a_kernel_in_ir() -> None:
    assert text_of("") == dedent(
        """\
        import tilewright.language as pl


        @pl.jit.incore
        def whole(
            x: pl.Tensor[[16, 64], pl.FP32],
            i: pl.Scalar[pl.INDEX],
            h: pl.Tensor[[16, 64], pl.FP16],
            y: pl.Out[pl.Tensor[[16, 64], pl.FP32]],
        ):
            a = pl.load(x, [0, 0], [16, 64])
            pl.assemble(y, a, [0, 0])
        """
    )


def test_a_branch_that_hands_on_the_same_on_both_sides() -> None:
    body = "i = m + 1\nj = m\nif n > 3:\n    j = m + 1\n    y[:] = x\nelse:\n    j = m + 1\n"
    compiled = pl.parse(compute(f"{body}r = pl.mul(x, pl.cast(i * j, pl.FP32))")).compile()
    assert same_program(pl.parse(compiled.as_python()).compile().module, compiled.module)


def test_loops_and_branches_name_what_they_hand_on() -> None:
    body = "r = x\nfor i in pl.range(4):\n    if n > 2:\n        r = pl.exp(r)\n    else:\n        r = pl.neg(r)"
    text = check(pl.parse(compute(body)))
    expected = """\
        with pl.at(level=pl.Level.CORE_GROUP, name_hint="work"):
            load = pl.load(x, [0, 0], [16, 64])
            for i, (r,) in pl.range(4, init_values=(load,)):
                cmpi = n > 2
                if cmpi:
                    r_2 = pl.exp(r)
                    r_1 = r_2
                else:
                    r_3 = pl.neg(r)
                    r_1 = r_3
                r_4 = pl.yield_(r_1)
            pl.assemble(y, r_4, [0, 0])
    """
    assert dedent(text).endswith(indent(dedent(expected), "    "))


def refused(operations: str) -> tuple[str, int, tuple[str, ...]]:
    """What is said of a kernel with these lines from line 5 on: the message, its line, its notes."""
    with pytest.raises(DiagnosticError) as caught:
        text_of(operations)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "TW0630"
    assert diagnostic.location is not None
    return diagnostic.message, diagnostic.location.line, tuple(diagnostic.notes)


def test_an_operation_that_the_language_has_not() -> None:
    text = "%u = arith.divui %i, %i : index\n%f = tile.read %x[%u, %i] : !tile.tensor<16x64xf32> -> f32\n"
    text += "tile.write %f, %y[%i, %i] : f32, !tile.tensor<16x64xf32>"
    assert refused(text) == ("the language cannot say arith.divui", 5, ())


def test_a_form_that_the_language_makes_otherwise() -> None:
    text = "%t = tile.empty : !tile.tile<16x64xf32, vec>\n"
    text += "tile.store %t, %y[%c0, %c0] : !tile.tile<16x64xf32, vec>, !tile.tensor<16x64xf32>"
    assert refused(text) == ("the language cannot say this tile.empty", 5, ("its text would become another program",))


def test_a_form_that_the_language_refuses() -> None:
    message, line, notes = refused("tile.store %a, %h[%c0, %c0] : !tile.tile<16x64xf32>, !tile.tensor<16x64xf16>")
    assert (message, line) == ("the language cannot say this tile.store", 5)
    assert notes == ("TW0621: a tile of pl.FP32 is stored to a tensor of pl.FP16",)


def test_several_programs() -> None:
    module = parse_module(
        make_context(), "func.func @a() {\n  func.return\n}\nfunc.func @b() {\n  func.return\n}", "two.mlir"
    )
    with pytest.raises(DiagnosticError, match="a program of 2 functions that nobody submits"):
        as_python(module)
