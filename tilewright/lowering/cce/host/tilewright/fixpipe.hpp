// Movements that may change numbers: out of the accumulators, into Bias, and to global memory.
#pragma once

#include "movement.hpp"

namespace pto {
namespace host {

// Whether a scale comes with the instruction: one for all, or one for each column.
enum class Scaled { No, One, Columns };

// A scale is a word of 64 bits: a float, of which a scale of a column has the upper 19 bits; from bit 32 a distance to
// shift by, less one, for results of 16 bits; from bit 37 a signed offset of nine bits and then whether the result has
// a sign, for results of 8 bits.
template <Scaled S> float factor_of(uint64_t word) {
  const auto bits = static_cast<uint32_t>(word);
  return std::bit_cast<float>(S == Scaled::Columns ? bits & 0xffffe000u : bits);
}

template <typename D, Scaled S, typename T> D scaled(T value, uint64_t word) {
  if constexpr (std::is_same_v<D, int16_t>) {
    static_assert(std::is_same_v<T, int32_t>, "only integers are shifted");
    return static_cast<int16_t>(std::clamp<int32_t>(value >> ((word >> 32 & 0xf) + 1), -32768, 32767));
  } else {
    const float product = static_cast<float>(value) * factor_of<S>(word);
    if constexpr (sizeof(D) == 1) {
      const auto offset = static_cast<int64_t>(word << 18) >> 55;
      const bool is_signed = word >> 46 & 1;
      const float whole = std::nearbyint(product + static_cast<float>(offset));
      return static_cast<D>(saturate<int16_t>(std::clamp(whole, is_signed ? -128.0f : 0.0f, is_signed ? 127.0f : 255.0f)));
    } else if constexpr (is_half<D>) {
      // A finite number stays finite.
      const bool clamps = std::isfinite(product) || !is_float<T>;
      return narrow<D>(clamps ? std::clamp(product, -65504.0f, 65504.0f) : product);
    } else {
      static_assert(is_bfloat<D>, "no scale leads to this type");
      return narrow<D>(product);
    }
  }
}

// What leaves an accumulator: scaled and rounded; negative results become 0 if asked.
template <typename D, Scaled S, ReluPreMode Relu, typename T> D drained(T value, uint64_t word) {
  D result;
  if constexpr (S == Scaled::No) {
    static_assert(std::is_same_v<D, T> || (is_float<T> && is_float<D>), "integers leave an accumulator as they are, or scaled");
    result = narrow<D>(widen(value));
  } else {
    result = scaled<D, S>(value, word);
  }
  return Relu == ReluPreMode::NormalRelu && widen(result) < 0 ? narrow<D>(0) : result;
}

template <typename D, Scaled S, ReluPreMode Relu, typename X, typename Parameter>
Grid<D> drained_grid(const X &tile, int64_t row, int64_t col, int64_t rows, int64_t cols, Parameter parameter) {
  check_region(tile, row, col, rows, cols);
  const auto all = read(tile, row + rows, col + cols);
  Grid<D> grid(rows, cols);
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t c = 0; c < cols; ++c) grid(r, c) = drained<D, S, Relu>(all(row + r, col + c), parameter(col + c));
  return grid;
}

struct Unscaled { uint64_t operator()(int64_t) const { return 0; } };
struct OneScale {
  uint64_t value;
  uint64_t operator()(int64_t) const { return value; }
};

// A row of factors, one a column.
template <typename F> auto scales_of(const F &tile) {
  return [row = read(tile, 1, tile.valid_cols)](int64_t col) -> uint64_t {
    if (col >= row.cols) fail("TW0411", place.instruction, " has ", row.cols, " factors, but more columns");
    return static_cast<uint64_t>(row(0, col));
  };
}

template <AtomicType Atomic, Scaled S, ReluPreMode Relu, typename W, typename X, typename Parameter>
void store(const W &window, const X &tile, Parameter parameter) {
  using E = typename W::Element;
  window.check();
  check_shape("the tile", tile.valid_rows, tile.valid_cols, window.rows(), window.cols());
  const auto grid = [&] {
    if constexpr (X::Type == TileType::Acc) {
      return drained_grid<E, S, Relu>(tile, 0, 0, tile.valid_rows, tile.valid_cols, parameter);
    } else {
      static_assert(sizeof(E) == sizeof(typename X::Element), "a store from this memory keeps the size of elements");
      return read(tile);
    }
  }();
  for (int64_t row = 0; row < grid.rows; ++row)
    for (int64_t col = 0; col < grid.cols; ++col) {
      E &target = window.pointer[window.offset(row, col)];
      const E value = std::bit_cast<E>(grid(row, col));
      target = Atomic == AtomicType::AtomicAdd ? narrow<E>(widen(target) + widen(value)) : value;
    }
}

template <Scaled S, ReluPreMode Relu, typename D, typename X, typename Parameter>
void move(D &target, const X &source, Parameter parameter) {
  using T = typename D::Element;
  if constexpr (X::Type == TileType::Acc)
    write(target, drained_grid<T, S, Relu>(source, 0, 0, target.valid_rows, target.valid_cols, parameter));
  else if constexpr (std::is_same_v<T, float> && is_half<typename X::Element>)
    write(target, drained_grid<T, Scaled::No, ReluPreMode::NoRelu>(source, 0, 0, target.valid_rows, target.valid_cols, Unscaled{}));
  else
    copy_bits(target, source, 0, 0);
}

template <Scaled S, typename D, typename X, typename Parameter>
void insert(D &target, const X &source, int64_t row, int64_t col, Parameter parameter) {
  constexpr auto none = ReluPreMode::NoRelu;
  if constexpr (X::Type == TileType::Acc)
    write(target, drained_grid<typename D::Element, S, none>(source, 0, 0, source.valid_rows, source.valid_cols, parameter), row, col);
  else
    write(target, read(source), row, col);
}

template <Scaled S, typename D, typename X, typename Parameter>
void extract(D &target, const X &source, int64_t row, int64_t col, Parameter parameter) {
  constexpr auto none = ReluPreMode::NoRelu;
  if constexpr (X::Type == TileType::Acc)
    write(target, drained_grid<typename D::Element, S, none>(source, row, col, target.valid_rows, target.valid_cols, parameter));
  else
    copy_bits(target, source, row, col);
}

}  // namespace host

template <typename X, typename W, AtomicType A = AtomicType::AtomicNone, ReluPreMode R = ReluPreMode::NoRelu>
void TSTORE(const W &window, const X &tile) { host::store<A, host::Scaled::No, R>(window, tile, host::Unscaled{}); }
template <typename X, typename W, AtomicType A = AtomicType::AtomicNone, ReluPreMode R = ReluPreMode::NoRelu>
void TSTORE(const W &window, const X &tile, uint64_t scale) { host::store<A, host::Scaled::One, R>(window, tile, host::OneScale{scale}); }
template <STPhase P, typename X, typename W, AtomicType A = AtomicType::AtomicNone, ReluPreMode R = ReluPreMode::NoRelu>
void TSTORE(const W &window, const X &tile) { host::store<A, host::Scaled::No, R>(window, tile, host::Unscaled{}); }
template <STPhase P, typename X, typename W, AtomicType A = AtomicType::AtomicNone, ReluPreMode R = ReluPreMode::NoRelu>
void TSTORE(const W &window, const X &tile, uint64_t scale) { host::store<A, host::Scaled::One, R>(window, tile, host::OneScale{scale}); }
template <typename X, typename W, typename F> void TSTORE_FP(const W &window, const X &tile, const F &scales) {
  host::store<AtomicType::AtomicNone, host::Scaled::Columns, ReluPreMode::NoRelu>(window, tile, host::scales_of(scales));
}

template <typename D, typename X, ReluPreMode R = ReluPreMode::NoRelu>
void TMOV(D &target, const X &source) { host::move<host::Scaled::No, R>(target, source, host::Unscaled{}); }
template <typename D, typename X, ReluPreMode R = ReluPreMode::NoRelu>
void TMOV(D &target, const X &source, uint64_t scale) { host::move<host::Scaled::One, R>(target, source, host::OneScale{scale}); }
template <typename D, typename X, typename F, ReluPreMode R = ReluPreMode::NoRelu>
void TMOV_FP(D &target, const X &source, const F &scales) { host::move<host::Scaled::Columns, R>(target, source, host::scales_of(scales)); }

template <typename D, typename X> void TEXTRACT(D &target, const X &source, int64_t row, int64_t col) {
  host::extract<host::Scaled::No>(target, source, row, col, host::Unscaled{});
}
template <typename D, typename X, typename F>
void TEXTRACT_FP(D &target, const X &source, const F &scales, int64_t row, int64_t col) {
  host::extract<host::Scaled::Columns>(target, source, row, col, host::scales_of(scales));
}
template <typename D, typename X> void TINSERT(D &target, const X &source, int64_t row, int64_t col) {
  host::insert<host::Scaled::No>(target, source, row, col, host::Unscaled{});
}
template <typename D, typename X, typename F>
void TINSERT_FP(D &target, const X &source, const F &scales, int64_t row, int64_t col) {
  host::insert<host::Scaled::Columns>(target, source, row, col, host::scales_of(scales));
}

}  // namespace pto
