// Number formats: what is stored, and the wider type in which one instruction computes before it rounds once.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

using half = _Float16;

// The upper half of a float. It converts and does nothing else: arithmetic is done on floats.
struct bfloat16_t {
  uint16_t bits;
  bfloat16_t() = default;
  explicit bfloat16_t(float value) {
    const uint32_t word = std::bit_cast<uint32_t>(value);
    // To nearest, ties to even; a NaN stays one, made quiet, and never carries into infinity.
    bits = std::isnan(value) ? word >> 16 | 0x40 : (word + 0x7fff + (word >> 16 & 1)) >> 16;
  }
  explicit operator float() const { return std::bit_cast<float>(uint32_t{bits} << 16); }
};

namespace pto::host {

template <typename T> inline constexpr bool is_bfloat = std::is_same_v<T, bfloat16_t>;
template <typename T> inline constexpr bool is_half = std::is_same_v<T, half>;
template <typename T> inline constexpr bool is_float = is_bfloat<T> || is_half<T> || std::is_same_v<T, float>;

// Every sum, product and quotient of halves is exact enough in a float to be rounded once more without error.
template <typename T> using Wide = std::conditional_t<is_float<T>, float, int64_t>;

template <typename T> Wide<T> widen(T value) { return static_cast<Wide<T>>(value); }

// Integers wrap around; floats are rounded to nearest, ties to even, and overflow to infinity.
template <typename T, typename W> T narrow(W value) {
  if constexpr (is_bfloat<T>) return T(static_cast<float>(value));
  else return static_cast<T>(value);
}

template <typename T> T largest() {
  if constexpr (is_float<T>) return narrow<T>(std::numeric_limits<float>::infinity());
  else return std::numeric_limits<T>::max();
}

template <typename T> T smallest() {
  if constexpr (is_float<T>) return narrow<T>(-std::numeric_limits<float>::infinity());
  else return std::numeric_limits<T>::min();
}

// The nearest integer of a type; what is not a number becomes 0.
template <typename T> T saturate(double value) {
  if (std::isnan(value)) return 0;
  if (value >= static_cast<double>(std::numeric_limits<T>::max())) return std::numeric_limits<T>::max();
  if (value <= static_cast<double>(std::numeric_limits<T>::min())) return std::numeric_limits<T>::min();
  return static_cast<T>(value);
}

// A NaN on either side is the result; +0 is larger than -0.
template <typename W> W maximum(W a, W b) { return a != a ? a : b != b ? b : a == b ? (std::signbit(a) ? b : a) : a > b ? a : b; }
template <typename W> W minimum(W a, W b) { return a != a ? a : b != b ? b : a == b ? (std::signbit(a) ? a : b) : a < b ? a : b; }

}  // namespace pto::host
