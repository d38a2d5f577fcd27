// Instructions of the vector core that take one number for all elements.
#pragma once

#include "elementwise.hpp"

namespace pto {
namespace host {

template <typename D, typename S, typename F>
void map_scalar(D &target, const S &source, typename S::Element scalar, F function) {
  map1(target, source, [&](auto x) { return function(x, widen(scalar)); });
}

// Integers are divided as floats of their size, as which the source stays behind; the quotient is cut towards zero.
template <typename D, typename S, typename F> void divide_integers(D &target, S &source, F quotient) {
  using T = typename S::Element;
  using R = std::conditional_t<sizeof(T) == 4, float, half>;
  check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
  const auto a = read(source);
  Grid<T> left(a.rows, a.cols), result(a.rows, a.cols);
  for (size_t i = 0; i < a.values.size(); ++i) {
    const R number = static_cast<R>(a.values[i]);
    left.values[i] = std::bit_cast<T>(number);
    result.values[i] = saturate<T>(std::trunc(widen(narrow<R>(quotient(widen(number))))));
  }
  write(source, left);
  write(target, result);
}

}  // namespace host

template <typename D, typename S> void TADDS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::Add{}); }
template <typename D, typename S> void TSUBS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::Subtract{}); }
template <typename D, typename S> void TMULS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::Multiply{}); }
template <typename D, typename S> void TMAXS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::Maximum{}); }
template <typename D, typename S> void TMINS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::Minimum{}); }
template <typename D, typename S> void TFMODS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::TruncatedRest{}); }
template <typename D, typename S> void TANDS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::BitAnd{}); }
template <typename D, typename S> void TORS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::BitOr{}); }
template <typename D, typename S> void TSHLS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::ShiftLeft{}); }
template <typename D, typename S> void TSHRS(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::ShiftRight{}); }
template <typename D, typename S> void TLRELU(D &d, const S &a, typename S::Element x) { host::map_scalar(d, a, x, host::LeakyRelu{}); }
template <typename D, typename S, typename T> void TXORS(D &d, const S &a, typename S::Element x, const T &) { host::map_scalar(d, a, x, host::BitXor{}); }
template <typename D, typename S, typename T> void TREMS(D &d, const S &a, typename S::Element x, const T &) { host::map_scalar(d, a, x, host::FlooredRest{}); }

// The order of the operands tells tile / number from number / tile.
template <typename D, typename S, typename X> void TDIVS(D &target, S &&first, X &&second) {
  using T = typename D::Element;
  if constexpr (host::is_tile<std::remove_cvref_t<S>>) {
    const auto divisor = host::widen(static_cast<T>(second));
    if constexpr (!host::is_float<T>) {
      const auto rounded = host::widen(static_cast<std::conditional_t<sizeof(T) == 4, float, half>>(divisor));
      host::divide_integers(target, first, [&](float x) { return x / rounded; });
    } else if (target.address == first.address) {
      // In place, the library multiplies by the inverse.
      const auto inverse = host::widen(host::narrow<T>(1 / divisor));
      host::map1(target, first, [&](float x) { return x * inverse; });
    } else {
      host::map1(target, first, [&](float x) { return x / divisor; });
    }
  } else {
    const auto dividend = host::widen(static_cast<T>(first));
    if constexpr (!host::is_float<T>) {
      const auto rounded = host::widen(static_cast<std::conditional_t<sizeof(T) == 4, float, half>>(dividend));
      host::divide_integers(target, second, [&](float x) { return rounded / x; });
    } else {
      host::map1(target, second, [&](float x) { return dividend / x; });
    }
  }
}

// target += source * number: the product is rounded to the target's type, then the sum.
template <typename D, typename S> void TAXPY(D &target, const S &source, typename S::Element number) {
  using T = typename D::Element;
  host::check_shape("the source", source.valid_rows, source.valid_cols, target.valid_rows, target.valid_cols);
  const auto a = host::read(source);
  auto sums = host::read(target);
  for (size_t i = 0; i < sums.values.size(); ++i) {
    const T product = host::narrow<T>(host::widen(a.values[i]) * host::widen(number));
    sums.values[i] = host::narrow<T>(host::widen(product) + host::widen(sums.values[i]));
  }
  host::write(target, sums);
}

template <typename D> void TEXPANDS(D &target, typename D::Element number) {
  host::Grid<typename D::Element> grid(target.valid_rows, target.valid_cols);
  std::fill(grid.values.begin(), grid.values.end(), number);
  host::write(target, grid);
}

}  // namespace pto
