// RUN: pto-opt %s --split-input-file --verify-diagnostics

func.func @extents(%p: !pto.ptr<i8>, %n: index) {
  // expected-error@+1 {{a view of 2 dimensions has 2 extents and strides, got 1 and 2 [TW0106]}}
  %v = pto.make_tensor_view %p, shape = [%n], strides = [%n, %n] : !pto.tensor_view<?x?xi8>
  func.return
}

// -----

func.func @strides(%p: !pto.ptr<i8>, %n: index) {
  // expected-error@+1 {{a view of 2 dimensions has 2 extents and strides, got 2 and 3 [TW0106]}}
  %v = pto.make_tensor_view %p, shape = [%n, %n], strides = [%n, %n, %n] : !pto.tensor_view<?x?xi8>
  func.return
}

// -----

func.func @view_element(%p: !pto.ptr<i8>, %n: index) {
  // expected-error@+1 {{attribute i8 expected from variable 'E', but got f16 [TW0100]}}
  %v = "pto.make_tensor_view"(%p, %n, %n) <{operandSegmentSizes = array<i32: 1, 1, 1>}>
    : (!pto.ptr<i8>, index, index) -> !pto.tensor_view<?xf16>
  func.return
}

// -----

func.func @window_element(%v: !pto.tensor_view<?xi8>, %n: index) {
  // expected-error@+1 {{attribute i8 expected from variable 'E', but got f16 [TW0001]}}
  %w = pto.partition_view %v, offsets = [%n], sizes = [%n]
    : !pto.tensor_view<?xi8> -> !pto.partition_tensor_view<16xf16>
  func.return
}

// -----

func.func @window_rank(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  // expected-error@+1 {{a window of a view of 2 dimensions has 2 offsets and sizes, got 2 and 2 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %n], sizes = [%n, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16xi8>
  func.return
}

// -----

func.func @offsets(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  // expected-error@+1 {{a window of a view of 2 dimensions has 2 offsets and sizes, got 1 and 2 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n], sizes = [%n, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}

// -----

func.func @sizes(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  // expected-error@+1 {{a window of a view of 2 dimensions has 2 offsets and sizes, got 2 and 3 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %n], sizes = [%n, %n, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}

// -----

func.func @size(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  %c = arith.constant 8 : index
  // expected-error@+1 {{size 8 of dimension 0 is typed as 16 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %n], sizes = [%c, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}

// -----

func.func @beyond(%v: !pto.tensor_view<16x40xi8>, %n: index) {
  %r = arith.constant 16 : index
  %c = arith.constant 32 : index
  // expected-error@+1 {{16 to 48 lies outside of dimension 1, which has 40 [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %r], sizes = [%r, %c]
    : !pto.tensor_view<16x40xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}

// -----

func.func @before(%v: !pto.tensor_view<?x?xi8>, %n: index) {
  %r = arith.constant -1 : index
  // expected-error@+1 {{offset -1 of dimension 1 is negative [TW0106]}}
  %w = pto.partition_view %v, offsets = [%n, %r], sizes = [%n, %n]
    : !pto.tensor_view<?x?xi8> -> !pto.partition_tensor_view<16x32xi8>
  func.return
}
