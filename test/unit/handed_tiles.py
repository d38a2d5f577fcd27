"""A kernel of a cube core and its vector cores that does little but hand over tiles."""

from __future__ import annotations

ACC = "!pto.tile_buf<acc, 16x16xf32, blayout=col_major, slayout=row_major, fractal=1024>"
VEC = "!pto.tile_buf<vec, 16x16xf32>"
SETTINGS = "{dir_mask = 1, slot_size = 1024}"
ENDS = "(gm_slot_buffer = %g : !pto.ptr<f32>, c2v_consumer_buf = %b : i32, v2c_consumer_buf = %z : i32)"

_LOADED = """    pto.set_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]
    pto.wait_flag[<PIPE_MTE2>, <PIPE_V>, <EVENT_ID0>]
"""
_COMPUTED = """    pto.set_flag[<PIPE_V>, <PIPE_MTE2>, <EVENT_ID0>]
    pto.wait_flag[<PIPE_V>, <PIPE_MTE2>, <EVENT_ID0>]
"""


def _kernel(*, synchronised: bool) -> str:
    """The cube core pushes n tiles through eight slots; each vector core negates them, one after the other."""
    loaded, computed = (_LOADED, _COMPUTED) if synchronised else ("", "")
    return f"""func.func @cube(%g: !pto.ptr<f32>, %n: index) attributes {{pto.kernel_kind = #pto.kernel_kind<cube>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = arith.constant 0 : i64
  %z = arith.constant 0 : i32
  %b = pto.import_reserved_buffer {{name = "room", peer_func = @vector}} -> i32
  pto.aic_initialize_pipe {SETTINGS} {ENDS}
  %t = pto.alloc_tile addr = %a : {ACC}
  scf.for %i = %c0 to %n step %c1 {{
    pto.tpush_to_aiv(%t : {ACC}) {{split = 0}}
  }}
  return
}}
func.func @vector(%g: !pto.ptr<f32>, %n: index) attributes {{pto.kernel_kind = #pto.kernel_kind<vector>}} {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = arith.constant 0 : i32
  %b = pto.reserve_buffer {{name = "room", size = 8192, location = <vec>, auto = false, base = 256}} -> i32
  pto.aiv_initialize_pipe {SETTINGS} {ENDS}
  scf.for %i = %c0 to %n step %c1 {{
    %t = pto.tpop_from_aic {{split = 0}} -> {VEC}
{loaded}    pto.tneg ins(%t : {VEC}) outs(%t : {VEC})
{computed}    pto.tfree_from_aic {{split = 0}}
  }}
  return
}}"""


SYNCED = _kernel(synchronised=True)

PLAIN = _kernel(synchronised=False)
"""The order of instructions is all that is asked of it."""
