// The cube unit: products of matrices. 8-bit integers sum up in wrapping int32; floats in float, in the order of K.
#pragma once

#include "tile.hpp"

namespace pto {
namespace host {

template <typename X> void check_cube_layout(const char *name, BLayout boxes, SLayout inner, int fractal) {
  if (X::BL != boxes || X::SL != inner || X::Fractal != fractal)
    fail("TW0414", place.instruction, " uses a tile in ", name, " whose layout is not that of the cube unit");
}

template <typename C, typename A, typename B> Grid<typename C::Element> product(const A &left, const B &right) {
  using Sum = std::conditional_t<is_float<typename A::Element>, float, uint32_t>;
  static_assert(A::Type == TileType::Left && B::Type == TileType::Right && C::Type == TileType::Acc, "left x right -> acc");
  check_cube_layout<A>("Left", BLayout::RowMajor, SLayout::RowMajor, 512);
  check_cube_layout<B>("Right", BLayout::RowMajor, SLayout::ColMajor, 512);
  check_cube_layout<C>("Acc", BLayout::ColMajor, SLayout::RowMajor, 1024);
  if (left.valid_cols != right.valid_rows)
    fail("TW0411", place.instruction, ": the valid parts ", left.valid_rows, "x", left.valid_cols, " and ",
         right.valid_rows, "x", right.valid_cols, " do not multiply: K differs");
  const auto a = read(left);
  const auto b = read(right);
  Grid<Sum> sums(a.rows, b.cols);
  std::vector<Sum> row(static_cast<size_t>(b.cols));
  for (int64_t k = 0; k < a.cols; ++k) {
    for (int64_t n = 0; n < b.cols; ++n) row[static_cast<size_t>(n)] = static_cast<Sum>(widen(b(k, n)));
    for (int64_t m = 0; m < a.rows; ++m) {
      const Sum factor = static_cast<Sum>(widen(a(m, k)));
      Sum *target = &sums(m, 0);
      for (int64_t n = 0; n < b.cols; ++n) target[n] += factor * row[static_cast<size_t>(n)];
    }
  }
  Grid<typename C::Element> result(a.rows, b.cols);
  std::transform(sums.values.begin(), sums.values.end(), result.values.begin(),
                 [](Sum sum) { return static_cast<typename C::Element>(sum); });
  return result;
}

// The unit writes whole fractals; what is beside the product is no value.
template <typename C> void write_product(C &target, const Grid<typename C::Element> &values) {
  const int64_t rows = std::min<int64_t>(round_up(values.rows, C::BoxRows), C::Rows);
  const int64_t cols = std::min<int64_t>(round_up(values.cols, C::BoxCols), C::Cols);
  erase(target, rows, cols);
  write(target, values);
}

template <typename T> void add_to(Grid<T> &sums, const Grid<T> &more, bool one_row) {
  for (int64_t row = 0; row < sums.rows; ++row)
    for (int64_t col = 0; col < sums.cols; ++col)
      sums(row, col) = narrow<T>(widen(more(one_row ? 0 : row, col)) + widen(sums(row, col)));
}

}  // namespace host

template <typename C, typename A, typename B> void TMATMUL(C &target, const A &left, const B &right) {
  host::write_product(target, host::product<C>(left, right));
}
template <typename C, typename D, typename A, typename B>
void TMATMUL_ACC(C &target, const D &before, const A &left, const B &right) {
  auto sums = host::product<C>(left, right);
  host::add_to(sums, host::read(before, sums.rows, sums.cols), false);
  host::write_product(target, sums);
}
template <typename C, typename A, typename B, typename R>
void TMATMUL_BIAS(C &target, const A &left, const B &right, const R &bias) {
  static_assert(R::Type == TileType::Bias, "the row that is added lies in Bias");
  auto sums = host::product<C>(left, right);
  host::add_to(sums, host::read(bias, 1, sums.cols), true);
  host::write_product(target, sums);
}
template <typename C, typename A, typename B> void TGEMV(C &target, const A &left, const B &right) { TMATMUL(target, left, right); }
template <typename C, typename D, typename A, typename B>
void TGEMV_ACC(C &target, const D &before, const A &left, const B &right) { TMATMUL_ACC(target, before, left, right); }
template <typename C, typename A, typename B, typename R>
void TGEMV_BIAS(C &target, const A &left, const B &right, const R &bias) { TMATMUL_BIAS(target, left, right, bias); }

}  // namespace pto
