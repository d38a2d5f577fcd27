// What goes between cores: how many tiles have passed each pipe, and which signals have been set.
#pragma once

#include <algorithm>
#include <map>
#include <tuple>

#include "memory.hpp"
#include "turns.hpp"

namespace pto::host {

enum class Step { Push, Pop, Free };

// One direction of a pipe: the first of its signals, and whether tiles go to the vector cores.
struct Channel {
  int flag;
  bool to_vector;
};

// Who takes part in a signal: all cores of a kind, the vector cores beside one cube core, or these and their cube core.
enum class Group { Kind = 0, Vector = 1, Block = 2 };
inline constexpr Group groups[] = {Group::Kind, Group::Vector, Group::Block};

// The cores of one launch, by number; only the one whose turn it is looks or changes anything.
class Mailbox {
 public:
  explicit Mailbox(std::vector<Station> stations) : stations_(std::move(stations)) {}

  // Counts a step on a pipe as soon as there is a free slot to push into, a tile to pop, or a tile to give back. The
  // move itself comes in between, so that the other end sees no tile too early. Gives the number of the tile.
  template <typename Move> void pass(Turns &turns, size_t me, Channel channel, Step step, int64_t slots, Move move) {
    const int64_t tile = passed(me, channel, step);
    const auto ready = [=, this] {
      switch (step) {
        case Step::Push: return tile - least(me, channel, Step::Free) < slots;
        case Step::Pop: return tile < least(me, channel, Step::Push);
        default: return tile < passed(me, channel, Step::Pop);
      }
    };
    turns.wait(me, ready, name(me) + " waits in " + place.instruction + " for " + wanted(step) + " of pipe " +
                              std::to_string(channel.flag));
    move(tile);
    ++passed(me, channel, step);
  }

  void set(size_t me, int number, Group group) { ++sent_[{me, number, group}]; }

  // Takes a signal that all of its senders have set. Where the launch has no other kind of core beside this one, and it
  // has set nothing itself, there is nothing to wait for.
  void take(Turns &turns, size_t me, int number) {
    if (!has_sender(me, number)) return;
    const auto ready = [=, this] { return arrived(me, number) > taken_[{me, number}]; };
    turns.wait(me, ready, name(me) + " waits for signal " + std::to_string(number));
    ++taken_[{me, number}];
  }

 private:
  int64_t &passed(size_t who, Channel channel, Step step) { return passed_[{who, channel.flag, channel.to_vector, step}]; }

  // How often the other end has done a step: of several cores, the slowest.
  int64_t least(size_t me, Channel channel, Step step) {
    int64_t count = -1;
    for (size_t other = 0; other < stations_.size(); ++other)
      if (sends(other, me, Group::Block)) {
        const int64_t done = passed(other, channel, step);
        count = count < 0 ? done : std::min(count, done);
      }
    return std::max<int64_t>(count, 0);
  }

  bool sends(size_t from, size_t to, Group group) const {
    const Station &a = stations_[from], &b = stations_[to];
    switch (group) {
      case Group::Kind: return a.kind == b.kind;
      case Group::Vector: return a.kind == b.kind && a.block == b.block;
      default: return a.kind != b.kind && a.block == b.block;
    }
  }

  bool has_sender(size_t me, int number) const {
    for (const Group group : groups)
      if (sent_.contains({me, number, group})) return true;
    for (size_t other = 0; other < stations_.size(); ++other)
      if (sends(other, me, Group::Block)) return true;
    return false;
  }

  // A signal arrives once from a group when each of its cores has set it once.
  int64_t arrived(size_t me, int number) {
    int64_t sum = 0;
    for (const Group group : groups) {
      int64_t count = -1;
      for (size_t other = 0; other < stations_.size(); ++other)
        if (sends(other, me, group)) {
          const int64_t sent = sent_[{other, number, group}];
          count = count < 0 ? sent : std::min(count, sent);
        }
      sum += std::max<int64_t>(count, 0);
    }
    return sum;
  }

  static const char *wanted(Step step) {
    return step == Step::Push ? "a free slot" : step == Step::Pop ? "a tile" : "a tile to give back, which it has not popped,";
  }

  std::string name(size_t who) const {
    const Station &station = stations_[who];
    const char *kind = station.kind == Kind::Cube ? "the cube core" : station.kind == Kind::Vector ? "vector core " : "the core";
    std::string text = kind;
    if (station.kind == Kind::Vector) text += std::to_string(station.subblock);
    return text + " of block " + std::to_string(station.block);
  }

  std::vector<Station> stations_;
  std::map<std::tuple<size_t, int, bool, Step>, int64_t> passed_;
  std::map<std::tuple<size_t, int, Group>, int64_t> sent_;
  std::map<std::pair<size_t, int>, int64_t> taken_;
};

// A launch: whose turn it is, and what they send each other.
struct Launch {
  Turns turns;
  Mailbox mailbox;
};

inline Launch *running = nullptr;

}  // namespace pto::host
