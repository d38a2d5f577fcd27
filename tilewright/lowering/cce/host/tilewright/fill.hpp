// Tiles that are filled: with padding, with sequences, with triangles.
#pragma once

#include "movement.hpp"

namespace pto {
namespace host {

// To the right up to the end of the buffer, and below down to the last valid row. Where both tiles are padded alike,
// the block in which the data ends keeps what the source has there: a load has padded it already.
template <bool InPlace, typename D, typename S> void fill_up(D &target, S &source) {
  using T = typename D::Element;
  const auto a = read(source);
  if (a.rows > target.valid_rows || a.cols > D::Cols)
    fail("TW0411", place.instruction, ": ", a.rows, "x", a.cols, " elements do not fit in ", target.valid_rows, "x", D::Cols);
  if (InPlace && source.address != target.address)
    fail("TW0425", place.instruction, " fills in place, but its tiles start at bytes ", source.address, " and ", target.address);
  if constexpr (!InPlace) {
    S from = source;
    from.valid_cols = std::min(S::Cols, D::Cols);
    D to = target;
    to.valid_rows = a.rows, to.valid_cols = from.valid_cols;
    copy_bits(to, from, 0, 0);
  }
  constexpr int64_t block = TILEWRIGHT_BLOCK_BYTES / static_cast<int64_t>(sizeof(T));
  const int64_t start = S::Pad == D::Pad ? std::min<int64_t>(round_up(a.cols, block), D::Cols) : a.cols;
  Grid<T> right(a.rows, D::Cols - start), below(target.valid_rows - a.rows, D::Cols);
  std::fill(right.values.begin(), right.values.end(), padding<D>());
  std::fill(below.values.begin(), below.values.end(), padding<D>());
  write(target, right, 0, start);
  write(target, below, a.rows, 0);
}

}  // namespace host

template <typename D, typename S> void TFILLPAD(D &target, S &source) { host::fill_up<false>(target, source); }
template <typename D, typename S> void TFILLPAD_INPLACE(D &target, S &source) { host::fill_up<true>(target, source); }
template <typename D, typename S> void TFILLPAD_EXPAND(D &target, S &source) { host::fill_up<false>(target, source); }

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
