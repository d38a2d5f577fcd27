// Comparisons into masks of bits, and choices by them. Bit c % 8 of byte c / 8 of a row belongs to column c.
#pragma once

#include "tile.hpp"

namespace pto {
namespace host {

inline constexpr int64_t bits_in_byte = 8;

template <typename W> bool holds(CmpMode mode, W a, W b) {
  switch (mode) {
    case CmpMode::EQ: return a == b;
    case CmpMode::NE: return a != b;
    case CmpMode::LT: return a < b;
    case CmpMode::LE: return a <= b;
    case CmpMode::GT: return a > b;
    case CmpMode::GE: return a >= b;
  }
  fail("TW0412", "there is no such comparison");
}

template <typename M, typename T, typename F> void write_mask(M &mask, const Grid<T> &a, CmpMode mode, F second) {
  if (std::is_same_v<T, int32_t> && mode != CmpMode::EQ && mode != CmpMode::NE)
    fail("TW0423", place.instruction, " compares i32 for equality only: the chip would answer that");
  static_assert(sizeof(typename M::Element) == 1, "a mask is made of bytes");
  Grid<typename M::Element> bytes(a.rows, (a.cols + bits_in_byte - 1) / bits_in_byte);
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t col = 0; col < a.cols; ++col)
      if (holds(mode, widen(a(row, col)), second(row, col)))
        bytes(row, col / bits_in_byte) = static_cast<typename M::Element>(bytes(row, col / bits_in_byte) | 1 << col % bits_in_byte);
  // The rest of the last repeat of a row is written, but with nobody's bits.
  constexpr int64_t lanes = TILEWRIGHT_REPEAT_BYTES / static_cast<int64_t>(sizeof(T));
  erase(mask, a.rows, std::min<int64_t>(round_up(a.cols, lanes) / bits_in_byte, M::Cols));
  write(mask, bytes);
}

template <typename D, typename M, typename S, typename T, typename F>
void select(D &target, const M &mask, const S &first, T &scratch, F second) {
  check_shape("the source", first.valid_rows, first.valid_cols, target.valid_rows, target.valid_cols);
  constexpr int64_t bits = bits_in_byte * static_cast<int64_t>(sizeof(typename M::Element));
  const auto words = read(mask, target.valid_rows, (target.valid_cols + bits - 1) / bits);
  auto result = read(first);
  for (int64_t row = 0; row < result.rows; ++row)
    for (int64_t col = 0; col < result.cols; ++col)
      if (!(words(row, col / bits) >> col % bits & 1)) result(row, col) = second(row, col);
  spoil(scratch);
  write(target, result);
}

}  // namespace host

template <typename M, typename S, typename R> void TCMP(M &mask, const S &first, const R &second, CmpMode mode) {
  host::check_shape("the second source", second.valid_rows, second.valid_cols, first.valid_rows, first.valid_cols);
  const auto b = host::read(second);
  host::write_mask(mask, host::read(first), mode, [&](int64_t row, int64_t col) { return host::widen(b(row, col)); });
}

template <typename M, typename S> void TCMPS(M &mask, const S &source, typename S::Element number, CmpMode mode) {
  host::write_mask(mask, host::read(source), mode, [&](int64_t, int64_t) { return host::widen(number); });
}

template <typename D, typename M, typename S, typename R, typename T>
void TSEL(D &target, const M &mask, const S &first, const R &second, T &scratch) {
  host::check_shape("the second source", second.valid_rows, second.valid_cols, target.valid_rows, target.valid_cols);
  const auto b = host::read(second);
  host::select(target, mask, first, scratch, [&](int64_t row, int64_t col) { return b(row, col); });
}

template <typename D, typename M, typename S, typename T>
void TSELS(D &target, const M &mask, const S &source, T &scratch, typename S::Element number) {
  host::select(target, mask, source, scratch, [&](int64_t, int64_t) { return number; });
}

}  // namespace pto
