// A column that goes with every column of a tile, or a row with every row.
#pragma once

#include "elementwise.hpp"

namespace pto {
namespace host {

// Rows: a tile of one column has a number for each row; one of a block for each row repeats the block.
template <bool Rows, typename T> const T &spread(const Grid<T> &grid, int64_t row, int64_t col) {
  return Rows ? grid(row, col % grid.cols) : grid(row % grid.rows, col);
}

template <bool Rows, typename X, typename D> void check_spread(const X &source, const D &target) {
  constexpr int64_t block = TILEWRIGHT_BLOCK_BYTES / static_cast<int64_t>(sizeof(typename X::Element));
  const bool whole = source.valid_rows == target.valid_rows && source.valid_cols == target.valid_cols;
  const bool line = Rows ? source.valid_rows == target.valid_rows && (source.valid_cols == 1 || source.valid_cols == block)
                         : source.valid_cols == target.valid_cols && source.valid_rows == 1;
  if (!whole && !line)
    fail("TW0411", place.instruction, ": the valid part ", source.valid_rows, "x", source.valid_cols,
         " does not extend to ", target.valid_rows, "x", target.valid_cols);
}

template <bool Rows, typename D, typename S, typename R, typename F>
void expand(D &target, const S &first, const R &second, F function) {
  check_spread<Rows>(first, target);
  check_spread<Rows>(second, target);
  const auto a = read(first);
  const auto b = read(second);
  Grid<typename D::Element> result(target.valid_rows, target.valid_cols);
  for (int64_t row = 0; row < result.rows; ++row)
    for (int64_t col = 0; col < result.cols; ++col)
      result(row, col) = narrow<typename D::Element>(function(widen(spread<Rows>(a, row, col)), widen(spread<Rows>(b, row, col))));
  write(target, result);
}

// The difference is rounded before its exponential is taken.
template <typename T> struct ExponentialOfDifference {
  float operator()(float a, float b) const { return std::exp(widen(narrow<T>(a - b))); }
};

template <bool Rows, typename D, typename S> void repeat(D &target, const S &source) {
  if (Rows ? source.valid_rows != target.valid_rows : source.valid_cols != target.valid_cols)
    fail("TW0411", place.instruction, ": the source has ", source.valid_rows, "x", source.valid_cols, ", the target ",
         target.valid_rows, "x", target.valid_cols);
  const auto a = read(source, Rows ? source.valid_rows : 1, Rows ? 1 : source.valid_cols);
  Grid<typename D::Element> result(target.valid_rows, target.valid_cols);
  for (int64_t row = 0; row < result.rows; ++row)
    for (int64_t col = 0; col < result.cols; ++col) result(row, col) = Rows ? a(row, 0) : a(0, col);
  write(target, result);
}

}  // namespace host

template <typename D, typename S> void TROWEXPAND(D &d, const S &a) { host::repeat<true>(d, a); }
template <typename D, typename S, typename R> void TROWEXPANDADD(D &d, const S &a, const R &b) { host::expand<true>(d, a, b, host::Add{}); }
template <typename D, typename S, typename R, typename... T> void TROWEXPANDSUB(D &d, const S &a, const R &b, const T &...) { host::expand<true>(d, a, b, host::Subtract{}); }
template <typename D, typename S, typename R, typename... T> void TROWEXPANDMUL(D &d, const S &a, const R &b, const T &...) { host::expand<true>(d, a, b, host::Multiply{}); }
template <typename D, typename S, typename R, typename... T> void TROWEXPANDDIV(D &d, const S &a, const R &b, const T &...) { host::expand<true>(d, a, b, host::Divide{}); }
template <typename D, typename S, typename R, typename... T> void TROWEXPANDMAX(D &d, const S &a, const R &b, const T &...) { host::expand<true>(d, a, b, host::Maximum{}); }
template <typename D, typename S, typename R, typename... T> void TROWEXPANDMIN(D &d, const S &a, const R &b, const T &...) { host::expand<true>(d, a, b, host::Minimum{}); }
template <typename D, typename S, typename R, typename... T> void TROWEXPANDEXPDIF(D &d, const S &a, const R &b, const T &...) {
  host::expand<true>(d, a, b, host::ExponentialOfDifference<typename D::Element>{});
}
template <typename D, typename S> void TCOLEXPAND(D &d, const S &a) { host::repeat<false>(d, a); }
template <typename D, typename S, typename R> void TCOLEXPANDADD(D &d, const S &a, const R &b) { host::expand<false>(d, a, b, host::Add{}); }
template <typename D, typename S, typename R> void TCOLEXPANDSUB(D &d, const S &a, const R &b) { host::expand<false>(d, a, b, host::Subtract{}); }
template <typename D, typename S, typename R> void TCOLEXPANDMUL(D &d, const S &a, const R &b) { host::expand<false>(d, a, b, host::Multiply{}); }
template <typename D, typename S, typename R> void TCOLEXPANDDIV(D &d, const S &a, const R &b) { host::expand<false>(d, a, b, host::Divide{}); }
template <typename D, typename S, typename R> void TCOLEXPANDMAX(D &d, const S &a, const R &b) { host::expand<false>(d, a, b, host::Maximum{}); }
template <typename D, typename S, typename R> void TCOLEXPANDMIN(D &d, const S &a, const R &b) { host::expand<false>(d, a, b, host::Minimum{}); }
template <typename D, typename S, typename R> void TCOLEXPANDEXPDIF(D &d, const S &a, const R &b) {
  host::expand<false>(d, a, b, host::ExponentialOfDifference<typename D::Element>{});
}

}  // namespace pto
