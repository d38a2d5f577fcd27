// Conversions between element types, with a mode of rounding and of saturation; quantisation by rows of factors.
#pragma once

#include <optional>

#include "tile.hpp"

namespace pto {
namespace host {

// Round to an integer. The chip has no instruction for the other modes: they cut.
inline double round_whole(double value, RoundMode mode) {
  switch (mode) {
    case RoundMode::CAST_RINT: return std::nearbyint(value);
    case RoundMode::CAST_ROUND: return std::round(value);
    case RoundMode::CAST_FLOOR: return std::floor(value);
    case RoundMode::CAST_CEIL: return std::ceil(value);
    default: return std::trunc(value);
  }
}

template <typename T> using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint16_t>;

// The number of a float format next to another one, away from zero or towards it.
template <typename T> T neighbour(T value, int step) {
  return std::bit_cast<T>(static_cast<Bits<T>>(std::bit_cast<Bits<T>>(value) + step));
}

// Round to a float format; a `long double` holds integers of 64 bits, too.
template <typename T> T round_to(long double value, RoundMode mode) {
  const T nearest = narrow<T>(static_cast<float>(value));
  const long double found = widen(nearest);
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

// The pairs that keep low bits unless told to saturate.
template <typename S, typename D> constexpr bool keeps_low_bits() {
  return (is_half<S> && (sizeof(D) == 1 || std::is_same_v<D, int16_t>)) ||
                     (std::is_same_v<S, float> && std::is_same_v<D, int16_t>) ||
                     (std::is_same_v<S, int64_t> && std::is_same_v<D, int32_t>) ||
                     (std::is_same_v<S, int32_t> && std::is_same_v<D, int16_t>);
}

// Without a mode of saturation; with one, only those pairs heed it, unless there is a scratch tile.
template <typename S, typename D> constexpr SaturationMode usual_saturation() {
  return keeps_low_bits<S, D>() ? SaturationMode::OFF : SaturationMode::ON;
}

// The modes that a pair has no instruction for round to nearest.
template <typename S, typename D> RoundMode available(RoundMode mode) {
  if (std::is_same_v<S, int32_t> && is_half<D>) return RoundMode::CAST_RINT;
  const bool is_odd = mode == RoundMode::CAST_ODD && std::is_same_v<S, float> && is_half<D>;
  return mode == RoundMode::CAST_NONE || (mode == RoundMode::CAST_ODD && !is_odd) ? RoundMode::CAST_RINT : mode;
}

// `TwoSteps`: an integer of 32 bits, which saturates, comes between.
template <typename D, bool TwoSteps, typename S> D converted(S value, RoundMode mode, SaturationMode saturation) {
  if constexpr (is_float<D>) {
    if constexpr (std::is_same_v<S, D>) return narrow<D>(round_whole(widen(value), available<S, D>(mode)));
    else return round_to<D>(widen(value), available<S, D>(mode));
  } else if constexpr (is_float<S>) {
    const double whole = round_whole(widen(value), mode);
    if (saturation == SaturationMode::ON) return saturate<D>(whole);
    if constexpr (TwoSteps) return static_cast<D>(saturate<int32_t>(whole));
    else return static_cast<D>(saturate<int64_t>(whole));
  } else {
    if (saturation == SaturationMode::OFF) return static_cast<D>(value);
    return static_cast<D>(std::clamp<int64_t>(value, std::numeric_limits<D>::min(), std::numeric_limits<D>::max()));
  }
}

// Factors and offsets stand in the first column.
template <typename F> auto first_column(const F &tile, int64_t rows) { return read(tile, rows, 1); }

template <bool TwoSteps, typename D, typename S>
void convert(D &target, const S &source, RoundMode mode, SaturationMode saturation) {
  using From = typename S::Element;
  using To = typename D::Element;
  if constexpr (is_conversion<From, To>()) {
    check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
    const auto a = read(source);
    Grid<To> result(a.rows, a.cols);
    for (size_t i = 0; i < a.values.size(); ++i) result.values[i] = converted<To, TwoSteps>(a.values[i], mode, saturation);
    write(target, result);
  } else {
    fail("TW0421", "the chip does not convert between these two types in one step");
  }
}

}  // namespace host

template <typename D, typename S> void TCVT(D &target, const S &source, RoundMode mode, SaturationMode saturation) {
  using From = typename S::Element;
  using To = typename D::Element;
  host::convert<false>(target, source, mode, host::keeps_low_bits<From, To>() ? saturation : SaturationMode::ON);
}
template <typename D, typename S> void TCVT(D &target, const S &source, RoundMode mode) {
  TCVT(target, source, mode, host::usual_saturation<typename S::Element, typename D::Element>());
}
template <typename D, typename S, typename T>
void TCVT(D &target, const S &source, T &scratch, RoundMode mode, SaturationMode saturation) {
  using From = typename S::Element;
  using To = typename D::Element;
  constexpr bool two_steps = (std::is_same_v<From, float> && std::is_same_v<To, int16_t>) ||
                             (host::is_half<From> && (std::is_same_v<To, int16_t> || std::is_same_v<To, int8_t>));
  host::convert<two_steps>(target, source, mode, saturation);
  if (two_steps && saturation == SaturationMode::OFF) host::spoil(scratch);
}

template <typename D, typename S, typename T> void TCVT(D &target, const S &source, T &scratch, RoundMode mode) {
  TCVT(target, source, scratch, mode, host::usual_saturation<typename S::Element, typename D::Element>());
}

// To the nearest integer of 8 bits: source * factor, for the asymmetric kind plus an offset.
// The library multiplies in the memory of the source, which is lost.
template <QuantType Type, typename D, typename S, typename F>
void TQUANT(D &target, S &source, const F &factors, F *offsets = nullptr) {
  host::check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
  const auto a = host::read(source);
  const auto scale = host::first_column(factors, a.rows);
  std::optional<host::Grid<typename F::Element>> offset;
  if (Type == QuantType::INT8_ASYM && offsets) offset = host::first_column(*offsets, a.rows);
  host::Grid<typename D::Element> result(a.rows, a.cols);
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t col = 0; col < a.cols; ++col) {
      float value = a(row, col) * scale(row, 0);
      if (offset) value += (*offset)(row, 0);
      result(row, col) = host::saturate<typename D::Element>(std::nearbyint(value));
    }
  host::spoil(source);
  host::write(target, result);
}

// (source - offset) * factor.
template <typename D, typename S, typename F>
void TDEQUANT(D &target, const S &source, const F &factors, const F &offsets) {
  host::check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
  const auto a = host::read(source);
  const auto scale = host::first_column(factors, a.rows);
  const auto offset = host::first_column(offsets, a.rows);
  host::Grid<typename D::Element> result(a.rows, a.cols);
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t col = 0; col < a.cols; ++col)
      result(row, col) = (static_cast<float>(a(row, col)) - offset(row, 0)) * scale(row, 0);
  host::write(target, result);
}

}  // namespace pto
