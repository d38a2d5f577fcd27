// Pipes between the cube core and its vector cores: tiles go through slots in global memory, row after row. Two vector
// cores that share a tile have the upper and the lower half of its rows, or the left and the right half of its columns.
#pragma once

#include "fixpipe.hpp"
#include "mailbox.hpp"
#include "movement.hpp"

namespace pto {

enum Direction : uint8_t { DIR_C2V = 1, DIR_V2C = 2, DIR_BOTH = 3 };
enum class TileSplitAxis { TILE_NO_SPLIT, TILE_UP_DOWN, TILE_LEFT_RIGHT };

template <int Flag_, Direction Ways_, int64_t SlotBytes_, int64_t Slots_, int64_t LocalSlots_ = 2, bool NoSplit = false>
struct TPipe {
  static constexpr int Flag = Flag_;
  static constexpr Direction Ways = Ways_;
  static constexpr int64_t SlotBytes = SlotBytes_, Slots = Slots_, LocalSlots = LocalSlots_;
  char *memory;
  uint64_t to_vector, to_cube;

  template <typename T>
  TPipe(T *memory, uint64_t to_vector, uint64_t to_cube)
      : memory(reinterpret_cast<char *>(const_cast<std::remove_const_t<T> *>(memory))), to_vector(to_vector), to_cube(to_cube) {}
  TPipe(std::nullptr_t, uint64_t to_vector, uint64_t to_cube) : memory(nullptr), to_vector(to_vector), to_cube(to_cube) {}
};

namespace host {

template <typename P> Channel channel(bool to_vector_if_both) {
  return {P::Flag, P::Ways == DIR_BOTH ? to_vector_if_both : P::Ways == DIR_C2V};
}

// The window of a tile in the slot of a number.
template <TileSplitAxis Split, typename P, typename X> auto slot(const P &pipe, const X &tile, int64_t number) {
  using T = typename X::Element;
  constexpr TileSplitAxis split = X::Type == TileType::Vec ? Split : TileSplitAxis::TILE_NO_SPLIT;
  const int64_t rows = tile.valid_rows, cols = tile.valid_cols;
  const int64_t side_by_side = split == TileSplitAxis::TILE_LEFT_RIGHT ? 2 : 1;
  const int64_t halves = split == TileSplitAxis::TILE_NO_SPLIT ? 1 : 2;
  const int64_t size = rows * cols * halves * static_cast<int64_t>(sizeof(T));
  if (size > P::SlotBytes) fail("TW0471", "a tile of ", size, " bytes does not fit a slot of ", P::SlotBytes);
  if (!pipe.memory) fail("TW0405", place.instruction, " works on a pipe that does not go through global memory");
  T *start = reinterpret_cast<T *>(pipe.memory + number % P::Slots * P::SlotBytes);
  if (split == TileSplitAxis::TILE_UP_DOWN) start += core->station.subblock * rows * cols;
  if (split == TileSplitAxis::TILE_LEFT_RIGHT) start += core->station.subblock * cols;
  using Extents = Shape<1, 1, 1, -1, -1>;
  using Distances = Stride<1, 1, 1, -1, 1>;
  return GlobalTensor<T, Extents, Distances>(start, Extents{rows, cols}, Distances{cols * side_by_side});
}

}  // namespace host

template <typename P, typename X, TileSplitAxis Split> void TPUSH(P &pipe, X &tile) {
  const auto channel = host::channel<P>(X::Type == TileType::Acc);
  host::running->mailbox.pass(host::running->turns, host::core->number, channel, host::Step::Push, P::Slots,
                              [&](int64_t number) { TSTORE(host::slot<Split>(pipe, tile, number), tile); });
}

// The tile arrives in the next of the slots that the pipe has in the memory of its core.
template <typename P, typename X, TileSplitAxis Split> void TPOP(P &pipe, X &tile) {
  const auto channel = host::channel<P>(X::Type == TileType::Vec);
  constexpr uint64_t bytes = uint64_t{X::Rows} * X::Cols * sizeof(typename X::Element);
  host::running->mailbox.pass(host::running->turns, host::core->number, channel, host::Step::Pop, P::Slots, [&](int64_t number) {
    const uint64_t room = channel.to_vector ? pipe.to_vector : pipe.to_cube;
    TASSIGN(tile, room + static_cast<uint64_t>(number % P::LocalSlots) * bytes);
    TLOAD(tile, host::slot<Split>(pipe, tile, number));
  });
}

template <typename P, TileSplitAxis Split> void TFREE(P &) {
  const auto channel = host::channel<P>(host::core->station.kind != host::Kind::Cube);
  host::running->mailbox.pass(host::running->turns, host::core->number, channel, host::Step::Free, P::Slots, [](int64_t) {});
}

}  // namespace pto
