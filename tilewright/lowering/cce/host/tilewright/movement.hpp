// Movements that keep every bit: between global memory and tiles, and from tile to tile.
#pragma once

#include "tile.hpp"
#include "window.hpp"

namespace pto {
namespace host {

template <typename D> typename D::Element padding() {
  static_assert(D::Pad != PadValue::Null, "the type of the tile says what it is filled up with");
  if constexpr (D::Pad == PadValue::Max) return largest<typename D::Element>();
  else if constexpr (D::Pad == PadValue::Min) return smallest<typename D::Element>();
  else return narrow<typename D::Element>(0);
}

template <typename X, typename W> void check_transfer(const X &tile, const W &window) {
  static_assert(sizeof(typename X::Element) == sizeof(typename W::Element), "a load moves elements of one size");
  window.check();
  check_shape("the tile", tile.valid_rows, tile.valid_cols, window.rows(), window.cols());
}

// A load into Vec fills each line from the end of the data to the end of its block of bytes.
template <typename X> void pad_lines(X &tile) {
  using T = typename X::Element;
  if constexpr (X::Type == TileType::Vec && !X::Boxed && X::Pad != PadValue::Null) {
    constexpr int64_t block = TILEWRIGHT_BLOCK_BYTES / static_cast<int64_t>(sizeof(T));
    constexpr bool by_row = X::BL == BLayout::RowMajor;
    const int64_t length = by_row ? tile.valid_cols : tile.valid_rows, lines = by_row ? tile.valid_rows : tile.valid_cols;
    const int64_t rest = std::min<int64_t>(round_up(length, block), by_row ? X::Cols : X::Rows) - length;
    Grid<T> grid(by_row ? lines : rest, by_row ? rest : lines);
    std::fill(grid.values.begin(), grid.values.end(), padding<X>());
    write(tile, grid, by_row ? 0 : length, by_row ? length : 0);
  }
}

// Copies a rectangle of bits, written or not: only who reads them minds.
template <typename D, typename S> void copy_bits(D &target, const S &source, int64_t row, int64_t col) {
  using T = typename S::Element;
  static_assert(sizeof(T) == sizeof(typename D::Element), "a copy keeps the size of elements");
  const int64_t box_rows = std::max(D::BoxRows, S::BoxRows), box_cols = std::max(D::BoxCols, S::BoxCols);
  const int64_t rows = std::min<int64_t>(round_up(target.valid_rows, box_rows), D::Rows);
  const int64_t cols = std::min<int64_t>(round_up(target.valid_cols, box_cols), D::Cols);
  if (row % S::BoxRows || col % S::BoxCols)
    fail("TW0411", place.instruction, " starts at [", row, ", ", col, "], which is not the first element of a fractal");
  check_region(source, row, col, rows, cols);
  const Memory &from = source.memory();
  Memory &to = target.memory();
  Grid<T> values(rows, cols);
  Grid<uint8_t> written(rows, cols * static_cast<int64_t>(sizeof(T)));
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t c = 0; c < cols; ++c) {
      const uint64_t byte = source.address + S::offset(row + r, col + c);
      values(r, c) = S::load(from, byte);
      std::memcpy(&written(r, c * static_cast<int64_t>(sizeof(T))), &from.written[byte], sizeof(T));
    }
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t c = 0; c < cols; ++c) {
      const uint64_t byte = target.address + D::offset(r, c);
      std::memcpy(&to.bytes[byte], &values(r, c), sizeof(T));
      std::memcpy(&to.written[byte], &written(r, c * static_cast<int64_t>(sizeof(T))), sizeof(T));
    }
}

}  // namespace host

template <typename X, typename W> void TLOAD(X &tile, const W &window) {
  static_assert(X::Type == TileType::Vec || X::Type == TileType::Mat, "TLOAD fills Vec or Mat");
  host::check_transfer(tile, window);
  host::Grid<typename X::Element> grid(window.rows(), window.cols());
  for (int64_t row = 0; row < grid.rows; ++row)
    for (int64_t col = 0; col < grid.cols; ++col)
      grid(row, col) = std::bit_cast<typename X::Element>(window.pointer[window.offset(row, col)]);
  host::write(tile, grid);
  host::pad_lines(tile);
}

// Brings a window closer, which changes no value.
template <typename X, typename W> void TPREFETCH(X &, const W &window) { window.check(); }

}  // namespace pto
