// Conversions between element types, with a mode of rounding and of saturation; quantisation by rows of factors.
#pragma once

#include <optional>

#include "tile.hpp"

namespace pto {
namespace host {

// Round to an integer.
inline double round_whole(double value, RoundMode mode) {
  switch (mode) {
    case RoundMode::CAST_NONE:
    case RoundMode::CAST_RINT: return std::nearbyint(value);
    case RoundMode::CAST_ROUND: return std::round(value);
    case RoundMode::CAST_FLOOR: return std::floor(value);
    case RoundMode::CAST_CEIL: return std::ceil(value);
    case RoundMode::CAST_TRUNC: return std::trunc(value);
    case RoundMode::CAST_ODD: {
      const double below = std::floor(value);
      return below == value || std::fmod(below, 2) != 0 ? below : below + 1;
    }
  }
  return value;
}

template <typename T> using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint16_t>;

// The number of a float format next to another one, away from zero or towards it.
template <typename T> T neighbour(T value, int step) {
  return std::bit_cast<T>(static_cast<Bits<T>>(std::bit_cast<Bits<T>>(value) + step));
}

// Round to a float format.
template <typename T> T round_to(double value, RoundMode mode) {
  const T nearest = narrow<T>(static_cast<float>(value));
  const double found = widen(nearest);
  if (!std::isfinite(value) || found == value) return nearest;
  // The two numbers around the value, by magnitude.
  const T inner = std::fabs(found) > std::fabs(value) ? neighbour(nearest, -1) : nearest;
  const T outer = std::fabs(found) > std::fabs(value) ? nearest : neighbour(nearest, 1);
  const bool negative = std::signbit(value);
  switch (mode) {
    case RoundMode::CAST_FLOOR: return negative ? outer : inner;
    case RoundMode::CAST_CEIL: return negative ? inner : outer;
    case RoundMode::CAST_TRUNC: return inner;
    case RoundMode::CAST_ODD: return std::bit_cast<Bits<T>>(inner) & 1 ? inner : outer;
    case RoundMode::CAST_ROUND:
      return std::fabs(value) - std::fabs(widen(inner)) == std::fabs(widen(outer)) - std::fabs(value) ? outer : nearest;
    default: return nearest;
  }
}

template <typename S, typename D, typename... Known> inline constexpr bool among = (std::is_same_v<D, Known> || ...);

// The pairs of types that one instruction converts.
template <typename S, typename D> constexpr bool is_conversion() {
  if constexpr (std::is_same_v<S, float>) return among<S, D, float, half, bfloat16_t, int16_t, int32_t, int64_t>;
  else if constexpr (is_half<S>) return among<S, D, float, int8_t, uint8_t, int16_t, int32_t>;
  else if constexpr (is_bfloat<S>) return among<S, D, float, int32_t>;
  else if constexpr (std::is_same_v<S, int32_t>) return among<S, D, float, half, int16_t, int64_t>;
  else if constexpr (std::is_same_v<S, int16_t>) return among<S, D, float, half>;
  else if constexpr (std::is_same_v<S, int64_t>) return among<S, D, float, int32_t>;
  else return among<S, int8_t, S, uint8_t> || (sizeof(S) == 1 && is_half<D>);
}

// Without a mode, the older instructions wrap around and the others saturate.
template <typename S, typename D> constexpr SaturationMode usual_saturation() {
  const bool wraps = (is_half<S> && (sizeof(D) == 1 || std::is_same_v<D, int16_t>)) ||
                     (std::is_same_v<S, float> && std::is_same_v<D, int16_t>) ||
                     (std::is_same_v<S, int64_t> && std::is_same_v<D, int32_t>) ||
                     (std::is_same_v<S, int32_t> && std::is_same_v<D, int16_t>);
  return wraps ? SaturationMode::OFF : SaturationMode::ON;
}

template <typename D, typename S> D converted(S value, RoundMode mode, SaturationMode saturation) {
  if constexpr (is_float<D>) {
    if constexpr (std::is_same_v<S, D>) return narrow<D>(round_whole(widen(value), mode));
    else return round_to<D>(static_cast<double>(widen(value)), mode);
  } else if constexpr (is_float<S>) {
    const double whole = round_whole(widen(value), mode);
    if (saturation == SaturationMode::ON) return saturate<D>(whole);
    return static_cast<D>(saturate<int64_t>(whole));
  } else {
    if (saturation == SaturationMode::OFF) return static_cast<D>(value);
    return static_cast<D>(std::clamp<int64_t>(value, std::numeric_limits<D>::min(), std::numeric_limits<D>::max()));
  }
}

// Factors stand in a column, or in as many columns as the tile has; the last one repeats.
template <typename T> float factor(const Grid<T> &factors, int64_t row, int64_t col) {
  return static_cast<float>(widen(factors(std::min(row, factors.rows - 1), std::min(col, factors.cols - 1))));
}

}  // namespace host

template <typename D, typename S> void TCVT(D &target, const S &source, RoundMode mode, SaturationMode saturation) {
  using From = typename S::Element;
  using To = typename D::Element;
  if constexpr (host::is_conversion<From, To>()) {
    host::check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
    const auto a = host::read(source);
    host::Grid<To> result(a.rows, a.cols);
    for (size_t i = 0; i < a.values.size(); ++i) result.values[i] = host::converted<To>(a.values[i], mode, saturation);
    host::write(target, result);
  } else {
    host::fail("TW0405", "TCVT does not convert between these two types in one step");
  }
}
template <typename D, typename S> void TCVT(D &target, const S &source, RoundMode mode) {
  TCVT(target, source, mode, host::usual_saturation<typename S::Element, typename D::Element>());
}
template <typename D, typename S, typename T> void TCVT(D &target, const S &source, const T &, RoundMode mode) { TCVT(target, source, mode); }
template <typename D, typename S, typename T>
void TCVT(D &target, const S &source, const T &, RoundMode mode, SaturationMode saturation) { TCVT(target, source, mode, saturation); }

// To the nearest integer of 8 bits: source * factor, for the asymmetric kind plus an offset.
template <QuantType Type, typename D, typename S, typename F>
void TQUANT(D &target, const S &source, const F &factors, F *offsets = nullptr) {
  host::check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
  const auto a = host::read(source);
  const auto scale = host::read(factors);
  std::optional<host::Grid<typename F::Element>> offset;
  if (Type == QuantType::INT8_ASYM && offsets) offset = host::read(*offsets);
  host::Grid<typename D::Element> result(a.rows, a.cols);
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t col = 0; col < a.cols; ++col) {
      float value = a(row, col) * host::factor(scale, row, col);
      if (offset) value += host::factor(*offset, row, col);
      result(row, col) = host::saturate<typename D::Element>(std::nearbyint(value));
    }
  host::write(target, result);
}

// (source - offset) * factor.
template <typename D, typename S, typename F>
void TDEQUANT(D &target, const S &source, const F &factors, const F &offsets) {
  host::check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
  const auto a = host::read(source);
  const auto scale = host::read(factors);
  const auto offset = host::read(offsets);
  host::Grid<typename D::Element> result(a.rows, a.cols);
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t col = 0; col < a.cols; ++col)
      result(row, col) = (static_cast<float>(a(row, col)) - host::factor(offset, row, col)) * host::factor(scale, row, col);
  host::write(target, result);
}

}  // namespace pto
