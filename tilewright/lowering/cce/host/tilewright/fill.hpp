// Tiles that are filled: with padding, with sequences, with triangles.
#pragma once

#include "tile.hpp"

namespace pto {
namespace host {

template <typename D> typename D::Element padding() {
  static_assert(D::Pad != PadValue::Null, "the type of the tile says what it is filled up with");
  if constexpr (D::Pad == PadValue::Max) return largest<typename D::Element>();
  else if constexpr (D::Pad == PadValue::Min) return smallest<typename D::Element>();
  else return narrow<typename D::Element>(0);
}

// The whole tile, not only its valid part.
template <typename D, typename S> void fill_up(D &target, const S &source) {
  using T = typename D::Element;
  const auto a = read(source);
  Grid<T> result(D::Rows, D::Cols);
  std::fill(result.values.begin(), result.values.end(), padding<D>());
  if (a.rows > result.rows || a.cols > result.cols)
    fail("TW0411", place.instruction, ": ", a.rows, "x", a.cols, " elements do not fit in ", D::Rows, "x", D::Cols);
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t col = 0; col < a.cols; ++col) result(row, col) = std::bit_cast<T>(a(row, col));
  write(target, result);
}

}  // namespace host

template <typename D, typename S> void TFILLPAD(D &target, const S &source) { host::fill_up(target, source); }
template <typename D, typename S> void TFILLPAD_INPLACE(D &target, const S &source) { host::fill_up(target, source); }
template <typename D, typename S> void TFILLPAD_EXPAND(D &target, const S &source) { host::fill_up(target, source); }

// start, start + 1, ... in the first row, or downwards.
template <typename D, typename T, int Descending> void TCI(D &target, T start) {
  host::Grid<typename D::Element> grid(1, target.valid_cols);
  for (int64_t col = 0; col < grid.cols; ++col) grid(0, col) = static_cast<typename D::Element>(Descending ? start - col : start + col);
  host::write(target, grid);
}

// Ones up to a diagonal, zeros after it; or from the diagonal on.
template <typename D, int Upper> void TTRI(D &target, int64_t diagonal) {
  host::Grid<typename D::Element> grid(target.valid_rows, target.valid_cols);
  for (int64_t row = 0; row < grid.rows; ++row)
    for (int64_t col = 0; col < grid.cols; ++col)
      grid(row, col) = host::narrow<typename D::Element>((Upper ? col >= row + diagonal : col <= row + diagonal) ? 1 : 0);
  host::write(target, grid);
}

}  // namespace pto
