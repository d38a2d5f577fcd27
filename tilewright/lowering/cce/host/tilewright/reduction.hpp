// One result for each row, or for each column. Floats of a row are combined in order, in float, and rounded once; those of
// a column are rounded after each step.
#pragma once

#include "elementwise.hpp"

namespace pto {
namespace host {

template <bool Rows, typename D, typename S, typename F> void reduce(D &target, const S &source, F function) {
  const auto a = read(source);
  const int64_t lines = Rows ? a.rows : a.cols, length = Rows ? a.cols : a.rows;
  if (lines == 0 || length == 0) fail("TW0411", place.instruction, " has nothing to reduce");
  check_shape("the result", target.valid_rows, target.valid_cols, Rows ? lines : 1, Rows ? 1 : lines);
  Grid<typename D::Element> result(Rows ? lines : 1, Rows ? 1 : lines);
  for (int64_t line = 0; line < lines; ++line)
    result.values[static_cast<size_t>(line)] = function(length, [&](int64_t i) { return widen(Rows ? a(line, i) : a(i, line)); });
  write(target, result);
}

template <bool Rows, typename D, typename S, typename F> void fold(D &target, const S &source, F function) {
  reduce<Rows>(target, source, [&](int64_t length, auto at) {
    auto total = at(0);
    for (int64_t i = 1; i < length; ++i) {
      total = function(total, at(i));
      if (!Rows) total = widen(narrow<typename D::Element>(total));
    }
    return narrow<typename D::Element>(total);
  });
}

// The first place of the largest number, or of the smallest.
template <bool Rows, bool Largest, typename D, typename S> void find(D &target, const S &source) {
  reduce<Rows>(target, source, [](int64_t length, auto at) {
    int64_t best = 0;
    for (int64_t i = 1; i < length; ++i)
      if (Largest ? at(i) > at(best) : at(i) < at(best)) best = i;
    return static_cast<typename D::Element>(best);
  });
}

}  // namespace host

template <typename D, typename S, typename T> void TROWSUM(D &d, const S &a, const T &) { host::fold<true>(d, a, host::Add{}); }
template <typename D, typename S, typename T> void TROWPROD(D &d, const S &a, const T &) { host::fold<true>(d, a, host::Multiply{}); }
template <typename D, typename S, typename T> void TROWMAX(D &d, const S &a, const T &) { host::fold<true>(d, a, host::Maximum{}); }
template <typename D, typename S, typename T> void TROWMIN(D &d, const S &a, const T &) { host::fold<true>(d, a, host::Minimum{}); }
template <typename D, typename S, typename T> void TROWARGMAX(D &d, const S &a, const T &) { host::find<true, true>(d, a); }
template <typename D, typename S, typename T> void TROWARGMIN(D &d, const S &a, const T &) { host::find<true, false>(d, a); }
template <typename D, typename S> void TCOLSUM(D &d, const S &a) { host::fold<false>(d, a, host::Add{}); }
// As a tree: neighbours are added, and a row without one joins the first sum.
template <typename D, typename S, typename T> void TCOLSUM(D &d, const S &a, const T &, bool binary) {
  if (!binary) return TCOLSUM(d, a);
  host::reduce<false>(d, a, [](int64_t length, auto at) {
    using E = typename D::Element;
    std::vector<E> values;
    for (int64_t i = 0; i < length; ++i) values.push_back(host::narrow<E>(at(i)));
    const auto add = [](E x, E y) { return host::narrow<E>(host::widen(x) + host::widen(y)); };
    for (size_t count = values.size(); count > 1; count /= 2) {
      for (size_t i = 0; i < count / 2; ++i) values[i] = add(values[2 * i], values[2 * i + 1]);
      if (count % 2) values[0] = add(values[0], values[count - 1]);
    }
    return values[0];
  });
}
template <typename D, typename S> void TCOLPROD(D &d, const S &a) { host::fold<false>(d, a, host::Multiply{}); }
template <typename D, typename S> void TCOLMAX(D &d, const S &a) { host::fold<false>(d, a, host::Maximum{}); }
template <typename D, typename S> void TCOLMIN(D &d, const S &a) { host::fold<false>(d, a, host::Minimum{}); }
template <typename D, typename S, typename T> void TCOLARGMAX(D &d, const S &a, const T &) { host::find<false, true>(d, a); }
template <typename D, typename S, typename T> void TCOLARGMIN(D &d, const S &a, const T &) { host::find<false, false>(d, a); }

}  // namespace pto
