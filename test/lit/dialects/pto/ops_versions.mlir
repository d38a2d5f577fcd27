// RUN: pto-opt %s -t pto --pto-version 0.57 | pto-opt -t pto{version=0.57} | filecheck %s --check-prefix=NEW
// RUN: pto-opt %s -t pto --pto-version 0.57 | pto-opt -t pto | filecheck %s --check-prefix=OLD

// Every spelling is read; the version decides which is written.
// NEW:         builtin.module attributes {pto.target_arch = "a2a3"}
// NEW-LABEL:   func.func @part(
// NEW:           %s = pto.subview %t[%c0, %c0] sizes [16, 16] : {{.*}} -> !pto.tile_buf<
// NEW:           pto.tstore.fp ins(%a, %f :
// OLD-LABEL:   func.func @part(
// OLD:           %s = pto.subset %t[%c0, %c0] sizes [16, 16] : !pto.tile_buf<{{[^>]*}}>{{$}}
// OLD:           pto.tstore_fp ins(%a, %f :
func.func @part(
    %t: !pto.tile_buf<vec, 16x32xf32>,
    %a: !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    %f: !pto.tile_buf<scaling, 1x32xui64>, %w: !pto.partition_tensor_view<16x32xi8>) {
  %c0 = arith.constant 0 : index
  %s = pto.subset %t[%c0, %c0] sizes [16, 16] : !pto.tile_buf<vec, 16x32xf32>
  pto.tstore_fp ins(%a, %f : !pto.tile_buf<acc, 16x32xf32, blayout=col_major, slayout=row_major, fractal=1024>,
    !pto.tile_buf<scaling, 1x32xui64>) outs(%w : !pto.partition_tensor_view<16x32xi8>)
  func.return
}

// NEW-LABEL:   func.func @transfer(
// NEW:           %s = pto.comm.build_async_session(%b, %ws :
// NEW:           %e = pto.comm.tput_async(%m, %m, %s :
// NEW:           pto.comm.tget_async(%m, %m, %s :
// NEW:           pto.comm.wait_async_event(%e, %s :
// NEW:           pto.comm.test_async_event(%e, %s :
// OLD-LABEL:   func.func @transfer(
// OLD:           %s = pto.build_async_session(%b, %ws :
// OLD:           %e = pto.tput_async(%m, %m, %s :
// OLD:           pto.tget_async(%m, %m, %s :
// OLD:           pto.wait_async_event(%e, %s :
// OLD:           pto.test_async_event(%e, %s :
func.func @transfer(
    %b: !pto.tile_buf<vec, 1x256xi8>, %ws: !pto.ptr<i8>, %m: memref<128xf32, #pto.address_space<gm>>) {
  %s = pto.build_async_session(%b, %ws : !pto.tile_buf<vec, 1x256xi8>, !pto.ptr<i8>) -> !pto.async_session
  %e = pto.tput_async(%m, %m, %s
    : memref<128xf32, #pto.address_space<gm>>, memref<128xf32, #pto.address_space<gm>>, !pto.async_session)
    -> !pto.async_event
  %g = pto.tget_async(%m, %m, %s
    : memref<128xf32, #pto.address_space<gm>>, memref<128xf32, #pto.address_space<gm>>, !pto.async_session)
    -> !pto.async_event
  %d = pto.wait_async_event(%e, %s : !pto.async_event, !pto.async_session) -> i1
  %u = pto.test_async_event(%e, %s : !pto.async_event, !pto.async_session) -> i1
  func.return
}
