// Elements that change places: transposition, concatenation, gathering and scattering.
#pragma once

#include "tile.hpp"

namespace pto {
namespace host {

// Say whether a pattern, repeated along a row, takes a column; its digits stand from the last column to the first.
inline bool takes(MaskPattern pattern, int64_t col) {
  switch (pattern) {
    case MaskPattern::P0101: return col % 2 == 0;
    case MaskPattern::P1010: return col % 2 == 1;
    case MaskPattern::P0001: return col % 4 == 0;
    case MaskPattern::P0010: return col % 4 == 1;
    case MaskPattern::P0100: return col % 4 == 2;
    case MaskPattern::P1000: return col % 4 == 3;
    case MaskPattern::P1111: return true;
  }
  return false;
}

}  // namespace host

template <typename D, typename S, typename T> void TTRANS(D &target, const S &source, const T &) {
  const auto a = host::read(source);
  host::check_shape("the target", target.valid_rows, target.valid_cols, a.cols, a.rows);
  host::Grid<typename D::Element> result(a.cols, a.rows);
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t col = 0; col < a.cols; ++col) result(col, row) = a(row, col);
  host::write(target, result);
}

template <typename D, typename S, typename R> void TCONCAT(D &target, const S &first, const R &second) {
  const auto a = host::read(first);
  const auto b = host::read(second);
  if (a.rows != b.rows) host::fail("TW0411", "TCONCAT joins tiles of ", a.rows, " and ", b.rows, " rows");
  host::write(target, a);
  host::write(target, b, 0, a.cols);
}

// Each index counts the elements of the source, row after row.
template <typename D, typename S, typename I, typename T> void TGATHER(D &target, const S &source, const I &indices, const T &) {
  const auto places = host::read(indices, target.valid_rows, target.valid_cols);
  host::Grid<typename D::Element> result(places.rows, places.cols);
  for (size_t i = 0; i < result.values.size(); ++i) {
    const int64_t place = places.values[i];
    if (place < 0 || place >= int64_t{S::Rows} * S::Cols)
      host::fail("TW0411", "TGATHER asks for element ", place, " of ", S::Rows * S::Cols);
    result.values[i] = source.GetValue(static_cast<int64_t>(S::offset(place / S::Cols, place % S::Cols) / sizeof(typename S::Element)));
  }
  host::write(target, result);
}

// The elements that a pattern takes, one after the other as they lie in memory.
template <typename D, typename S, MaskPattern Pattern> void TGATHER(D &target, const S &source) {
  const auto a = host::read(source);
  int64_t place = 0;
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t col = 0; col < a.cols; ++col)
      if (host::takes(Pattern, col)) target.SetValue(place++, std::bit_cast<typename D::Element>(a(row, col)));
}

// Blocks of bytes; each offset counts bytes from the start of the source.
template <typename D, typename S, typename O> void TGATHERB(D &target, const S &source, const O &offsets) {
  using T = typename D::Element;
  constexpr int64_t block = TILEWRIGHT_BLOCK_BYTES / static_cast<int64_t>(sizeof(T));
  const auto starts = host::read(offsets, target.valid_rows, (target.valid_cols + block - 1) / block);
  const host::Memory &memory = source.memory();
  host::Grid<T> result(target.valid_rows, target.valid_cols);
  for (int64_t row = 0; row < result.rows; ++row)
    for (int64_t col = 0; col < result.cols; ++col) {
      const uint64_t byte = source.address + static_cast<uint64_t>(starts(row, col / block)) + static_cast<uint64_t>(col % block) * sizeof(T);
      memory.check(byte, sizeof(T));
      memory.check_written(byte, sizeof(T));
      result(row, col) = D::load(memory, byte);
    }
  host::write(target, result);
}

// The places of the elements of each row that compare with a number, from the left, and how many they are. A place
// is the element's distance from the start of the tile, plus an offset. The counts lie one after the other.
template <typename D, typename S, typename C, typename T, CmpMode Mode, int Offset>
void TGATHER(D &target, const S &source, typename S::Element number, C &counts, T &scratch) {
  const auto a = host::read(source);
  host::spoil(scratch);
  for (int64_t row = 0; row < a.rows; ++row) {
    int64_t count = 0;
    for (int64_t col = 0; col < a.cols; ++col)
      if (Mode == CmpMode::GT ? a(row, col) > number : a(row, col) == number) {
        host::Grid<typename D::Element> one(1, 1);
        one(0, 0) = static_cast<typename D::Element>(row * S::Cols + col + Offset);
        host::write(target, one, row, count++);
      }
    counts.SetValue(row, static_cast<typename C::Element>(count));
  }
}

// Zeros, then the elements in order; each index counts the elements of the target, as they lie in memory.
template <typename D, typename S, typename I> void TSCATTER(D &target, const S &source, const I &indices) {
  const auto places = host::read(indices);
  const auto a = host::read(source, places.rows, places.cols);
  for (int64_t place = 0; place < int64_t{D::Rows} * D::Cols; ++place) target.SetValue(place, host::narrow<typename D::Element>(0));
  for (size_t i = 0; i < a.values.size(); ++i) target.SetValue(static_cast<int64_t>(places.values[i]), a.values[i]);
}

}  // namespace pto
