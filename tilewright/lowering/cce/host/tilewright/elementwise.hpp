// Instructions of the vector core that treat every element alone; each result is rounded once.
#pragma once

#include "tile.hpp"

namespace pto {
namespace host {

template <typename D, typename S, typename F> void map1(D &target, const S &source, F function) {
  const auto a = read(source, target.valid_rows, target.valid_cols);
  check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
  Grid<typename D::Element> result(a.rows, a.cols);
  for (size_t i = 0; i < a.values.size(); ++i) result.values[i] = narrow<typename D::Element>(function(widen(a.values[i])));
  write(target, result);
}

template <typename D, typename S, typename R, typename F> void map2(D &target, const S &first, const R &second, F function) {
  check_shape("the first source", first.valid_rows, first.valid_cols, target.valid_rows, target.valid_cols);
  check_shape("the second source", second.valid_rows, second.valid_cols, target.valid_rows, target.valid_cols);
  const auto a = read(first);
  const auto b = read(second);
  Grid<typename D::Element> result(a.rows, a.cols);
  for (size_t i = 0; i < a.values.size(); ++i)
    result.values[i] = narrow<typename D::Element>(function(widen(a.values[i]), widen(b.values[i])));
  write(target, result);
}

// Where only one source has an element, that is the result.
template <typename D, typename S, typename R, typename F> void map_parts(D &target, const S &first, const R &second, F function) {
  const auto a = read(first);
  const auto b = read(second);
  Grid<typename D::Element> result(target.valid_rows, target.valid_cols);
  for (int64_t row = 0; row < result.rows; ++row)
    for (int64_t col = 0; col < result.cols; ++col) {
      const bool in_a = row < a.rows && col < a.cols, in_b = row < b.rows && col < b.cols;
      if (!in_a && !in_b) fail("TW0411", place.instruction, ": neither source has element [", row, ", ", col, "]");
      result(row, col) = !in_b ? a(row, col) : !in_a ? b(row, col)
          : narrow<typename D::Element>(function(widen(a(row, col)), widen(b(row, col))));
    }
  write(target, result);
}

struct Add { template <typename W> W operator()(W a, W b) const { return a + b; } };
struct Subtract { template <typename W> W operator()(W a, W b) const { return a - b; } };
struct Multiply { template <typename W> W operator()(W a, W b) const { return a * b; } };
struct Maximum { template <typename W> W operator()(W a, W b) const { return maximum(a, b); } };
struct Minimum { template <typename W> W operator()(W a, W b) const { return minimum(a, b); } };

template <typename W> void check_divisor(W b) {
  if constexpr (std::is_integral_v<W>)
    if (b == 0) fail("TW0412", place.instruction, " divides an integer by 0");
}
// Integers are cut towards zero.
struct Divide {
  template <typename W> W operator()(W a, W b) const { return check_divisor(b), a / b; }
};
// The rest has the sign of the dividend. Floats are rounded after each step, so a large quotient leaves no exact rest.
struct TruncatedRest {
  template <typename W> W operator()(W a, W b) const {
    check_divisor(b);
    if constexpr (std::is_integral_v<W>) return a % b;
    else return a - std::trunc(a / b) * b;
  }
};
// The rest has the sign of the divisor.
struct FlooredRest {
  template <typename W> W operator()(W a, W b) const {
    if constexpr (std::is_integral_v<W>) {
      const W rest = TruncatedRest{}(a, b);
      return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    } else {
      const W rest = a - std::floor(a / b) * b;
      return rest * b < 0 ? rest + b : rest;
    }
  }
};

struct BitAnd { int64_t operator()(int64_t a, int64_t b) const { return a & b; } };
struct BitOr { int64_t operator()(int64_t a, int64_t b) const { return a | b; } };
struct BitXor { int64_t operator()(int64_t a, int64_t b) const { return a ^ b; } };

inline void check_distance(int64_t b) {
  if (b < 0) fail("TW0412", place.instruction, " shifts by ", b, " bits");
}
struct ShiftLeft { int64_t operator()(int64_t a, int64_t b) const { return check_distance(b), b > 63 ? 0 : a << b; } };
// The sign of a signed number fills up.
struct ShiftRight { int64_t operator()(int64_t a, int64_t b) const { return check_distance(b), a >> std::min<int64_t>(b, 63); } };

struct LeakyRelu { template <typename W> W operator()(W a, W slope) const { return a > 0 ? a : a * slope; } };

}  // namespace host

template <typename D, typename S> void TABS(D &d, const S &a) { host::map1(d, a, [](auto x) { return x < 0 ? -x : x == 0 ? decltype(x)(0) : x; }); }
template <typename D, typename S> void TEXP(D &d, const S &a) { host::map1(d, a, [](float x) { return std::exp(x); }); }
template <typename D, typename S> void TLOG(D &d, const S &a) { host::map1(d, a, [](float x) { return std::log(x); }); }
template <typename D, typename S> void TSQRT(D &d, const S &a) { host::map1(d, a, [](float x) { return std::sqrt(x); }); }
template <typename D, typename S> void TRSQRT(D &d, const S &a) { host::map1(d, a, [](float x) { return 1.0f / std::sqrt(x); }); }
template <typename D, typename S, typename T> void TRSQRT(D &d, const S &a, const T &) { TRSQRT(d, a); }
template <typename D, typename S> void TRECIP(D &d, const S &a) { host::map1(d, a, [](float x) { return 1.0f / x; }); }
template <typename D, typename S> void TNEG(D &d, const S &a) { host::map1(d, a, [](auto x) { return -x; }); }
template <typename D, typename S> void TNOT(D &d, const S &a) { host::map1(d, a, [](int64_t x) { return ~x; }); }
template <typename D, typename S> void TRELU(D &d, const S &a) { host::map1(d, a, [](auto x) { return host::maximum(x, decltype(x)(0)); }); }

template <typename D, typename S, typename R> void TADD(D &d, const S &a, const R &b) { host::map2(d, a, b, host::Add{}); }
template <typename D, typename S, typename R> void TSUB(D &d, const S &a, const R &b) { host::map2(d, a, b, host::Subtract{}); }
template <typename D, typename S, typename R> void TMUL(D &d, const S &a, const R &b) { host::map2(d, a, b, host::Multiply{}); }
template <typename D, typename S, typename R> void TDIV(D &d, const S &a, const R &b) { host::map2(d, a, b, host::Divide{}); }
template <typename D, typename S, typename R> void TMAX(D &d, const S &a, const R &b) { host::map2(d, a, b, host::Maximum{}); }
template <typename D, typename S, typename R> void TMIN(D &d, const S &a, const R &b) { host::map2(d, a, b, host::Minimum{}); }
template <typename D, typename S, typename R> void TFMOD(D &d, const S &a, const R &b) { host::map2(d, a, b, host::TruncatedRest{}); }
template <typename D, typename S, typename R> void TAND(D &d, const S &a, const R &b) { host::map2(d, a, b, host::BitAnd{}); }
template <typename D, typename S, typename R> void TOR(D &d, const S &a, const R &b) { host::map2(d, a, b, host::BitOr{}); }
template <typename D, typename S, typename R> void TSHL(D &d, const S &a, const R &b) { host::map2(d, a, b, host::ShiftLeft{}); }
template <typename D, typename S, typename R> void TSHR(D &d, const S &a, const R &b) { host::map2(d, a, b, host::ShiftRight{}); }
template <typename D, typename S, typename R, typename T> void TXOR(D &d, const S &a, const R &b, const T &) { host::map2(d, a, b, host::BitXor{}); }
template <typename D, typename S, typename R, typename T> void TREM(D &d, const S &a, const R &b, const T &) { host::map2(d, a, b, host::FlooredRest{}); }
template <typename D, typename S, typename R, typename T> void TPRELU(D &d, const S &a, const R &b, const T &) { host::map2(d, a, b, host::LeakyRelu{}); }

template <typename D, typename S, typename R> void TPARTADD(D &d, const S &a, const R &b) { host::map_parts(d, a, b, host::Add{}); }
template <typename D, typename S, typename R> void TPARTMUL(D &d, const S &a, const R &b) { host::map_parts(d, a, b, host::Multiply{}); }
template <typename D, typename S, typename R> void TPARTMAX(D &d, const S &a, const R &b) { host::map_parts(d, a, b, host::Maximum{}); }
template <typename D, typename S, typename R> void TPARTMIN(D &d, const S &a, const R &b) { host::map_parts(d, a, b, host::Minimum{}); }

}  // namespace pto
