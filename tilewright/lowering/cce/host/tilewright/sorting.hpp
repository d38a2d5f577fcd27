// Sorting of pairs, largest value first. A pair takes eight bytes: a value, from the fifth byte on its place.
#pragma once

#include "tile.hpp"

namespace pto {
namespace host {

inline constexpr int64_t pair_bytes = 8;
inline constexpr int64_t run = 32;
inline constexpr int64_t lists = 4;

template <typename T> struct Pair {
  T value;
  uint32_t place;
};

template <typename T> inline constexpr int64_t pair_elements = pair_bytes / static_cast<int64_t>(sizeof(T));

template <typename T> Pair<T> pair_at(const Grid<T> &grid, int64_t index) {
  const T *start = grid.values.data() + index * pair_elements<T>;
  Pair<T> pair{*start, 0};
  std::memcpy(&pair.place, reinterpret_cast<const char *>(start) + pair_bytes / 2, sizeof pair.place);
  return pair;
}

template <typename T> void put_pair(T *start, const Pair<T> &pair) {
  std::memset(static_cast<void *>(start), 0, pair_bytes);
  *start = pair.value;
  std::memcpy(reinterpret_cast<char *>(start) + pair_bytes / 2, &pair.place, sizeof pair.place);
}

// A part of a sorted list of pairs that is still to be merged.
template <typename T> struct Rest {
  const Grid<T> *grid;
  int64_t next, end;
};

// Merge lists; of equal values, that of the earlier list goes first.
template <typename T> std::vector<Pair<T>> merge(std::vector<Rest<T>> &rests, bool stop_at_first_end) {
  std::vector<Pair<T>> merged;
  while (true) {
    Rest<T> *best = nullptr;
    for (Rest<T> &rest : rests) {
      if (rest.next == rest.end) {
        if (stop_at_first_end) return merged;
        continue;
      }
      if (!best || widen(pair_at(*rest.grid, rest.next).value) > widen(pair_at(*best->grid, best->next).value)) best = &rest;
    }
    if (!best) return merged;
    merged.push_back(pair_at(*best->grid, best->next++));
  }
}

template <typename T> Grid<T> row_of(const std::vector<Pair<T>> &pairs) {
  Grid<T> row(1, static_cast<int64_t>(pairs.size()) * pair_elements<T>);
  for (size_t i = 0; i < pairs.size(); ++i) put_pair(row.values.data() + static_cast<int64_t>(i) * pair_elements<T>, pairs[i]);
  return row;
}

}  // namespace host

// Sort every 32 elements of a row, of equal values the one with the smaller place first; one row of places does for
// all. Without room for it, a tail of less than 32 is left alone.
template <typename D, typename S, typename I, typename... T> void TSORT32(D &target, const S &source, const I &places, const T &...) {
  using E = typename S::Element;
  auto a = host::read(source, source.valid_rows, sizeof...(T) ? source.valid_cols : source.valid_cols / host::run * host::run);
  if (places.valid_rows != 1 && places.valid_rows != a.rows)
    host::fail("TW0411", "TSORT32 has ", places.valid_rows, " rows of places for ", a.rows, " rows of values");
  const auto b = host::read(places, places.valid_rows, a.cols);
  for (int64_t row = 0; row < a.rows; ++row)
    for (int64_t start = 0; start < a.cols; start += host::run) {
      std::vector<host::Pair<E>> pairs;
      for (int64_t col = start; col < std::min(start + host::run, a.cols); ++col) pairs.push_back({a(row, col), static_cast<uint32_t>(b(row % b.rows, col))});
      std::stable_sort(pairs.begin(), pairs.end(), [](const auto &x, const auto &y) {
        const auto left = host::widen(x.value), right = host::widen(y.value);
        return left != right ? left > right : x.place < y.place;
      });
      host::write(target, host::row_of(pairs), row, start * host::pair_elements<E>);
    }
}

// One list of sorted blocks: every four blocks in a row become one. Lengths count elements.
template <typename D, typename S> void TMRGSORT(D &target, const S &source, int64_t length) {
  using E = typename S::Element;
  const auto a = host::read(source, 1, source.valid_cols);
  const int64_t step = length / host::pair_elements<E>, count = a.cols / host::pair_elements<E>;
  if (step <= 0) host::fail("TW0412", "TMRGSORT merges blocks of ", length, " elements");
  for (int64_t start = 0; start < count; start += host::lists * step) {
    std::vector<host::Rest<E>> rests;
    for (int64_t next = start; next < std::min(start + host::lists * step, count); next += step)
      rests.push_back({&a, next, std::min(next + step, count)});
    host::write(target, host::row_of(host::merge(rests, false)), 0, start * host::pair_elements<E>);
  }
}

namespace host {

template <bool Exhausted, typename D, typename... S>
void merge_lists(D &target, MrgSortExecutedNumList &executed, const S &...sources) {
  using E = typename D::Element;
  const Grid<E> grids[] = {read(sources, 1, sources.valid_cols)...};
  std::vector<Rest<E>> rests;
  for (const Grid<E> &grid : grids) rests.push_back({&grid, 0, grid.cols / pair_elements<E>});
  write(target, row_of(merge(rests, Exhausted)));
  executed = {};
  for (size_t i = 0; i < rests.size(); ++i) executed.lists[i] = static_cast<uint16_t>(rests[i].next);
}

}  // namespace host

// Two to four lists; `Exhausted` stops as soon as one of them ends. `executed` is how many pairs each list gave.
template <typename D, typename T, typename A, typename B, bool Exhausted>
void TMRGSORT(D &target, MrgSortExecutedNumList &executed, T &, A &a, B &b) { host::merge_lists<Exhausted>(target, executed, a, b); }
template <typename D, typename T, typename A, typename B, typename C, bool Exhausted>
void TMRGSORT(D &target, MrgSortExecutedNumList &executed, T &, A &a, B &b, C &c) { host::merge_lists<Exhausted>(target, executed, a, b, c); }
template <typename D, typename T, typename A, typename B, typename C, typename E, bool Exhausted>
void TMRGSORT(D &target, MrgSortExecutedNumList &executed, T &, A &a, B &b, C &c, E &e) { host::merge_lists<Exhausted>(target, executed, a, b, c, e); }

}  // namespace pto
