// RUN: pto-opt %s | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | pto-opt | filecheck %s
// RUN: pto-opt %s --print-op-generic | filecheck %s --check-prefix=GENERIC

// CHECK-LABEL: func.func @pointers(
// CHECK:         pto.addptr %p, %i {note} : !pto.ptr<f32> -> !pto.ptr<f32>
// CHECK:         pto.addptr %q, %i : !pto.ptr<f32> -> !pto.ptr<f32>
// CHECK:         pto.load_scalar %r[%i] {note} : !pto.ptr<f32> -> f32
// CHECK:         pto.load_scalar %m[%i] : memref<64xf32, #pto.address_space<gm>> -> f32
// CHECK:         pto.store_scalar %s, %p[%i] {note} : !pto.ptr<f32>, f32
// CHECK:         pto.get_tensor_view_dim %v, %i : !pto.tensor_view<?x16xf32> -> index {note}
// GENERIC:       "pto.addptr"(%p, %i)
// GENERIC:       "pto.addptr"(%q, %i)
// GENERIC:       "pto.load_scalar"(%r, %i)
// GENERIC:       "pto.load_scalar"(%m, %i)
// GENERIC:       "pto.store_scalar"(%p, %i, %s)
// GENERIC:       "pto.get_tensor_view_dim"(%v, %i)
func.func @pointers(
    %p: !pto.ptr<f32>, %m: memref<64xf32, #pto.address_space<gm>>, %v: !pto.tensor_view<?x16xf32>, %i: index) {
  %q = pto.addptr %p, %i {note} : !pto.ptr<f32> -> !pto.ptr<f32>
  %r = pto.addptr %q, %i : <f32> -> <f32>
  %s = pto.load_scalar %r[%i] {note} : !pto.ptr<f32> -> f32
  %t = pto.load_scalar %m[%i] : memref<64xf32, #pto.address_space<gm>> -> f32
  pto.store_scalar %s, %p[%i] {note} : !pto.ptr<f32>, f32
  %d = pto.get_tensor_view_dim %v, %i : !pto.tensor_view<?x16xf32> -> index {note}
  func.return
}
