// Signals between cores.
#pragma once

#include "mailbox.hpp"

inline constexpr int FFTS_MODE_VAL = 2;

// Where signals are kept does not matter: nothing else lies there.
inline void set_ffts_base_addr(uint64_t) {}

// A message has the number of the signal and who takes part in it.
inline uint64_t getFFTSMsg(int group, int64_t number) { return static_cast<uint64_t>(number) << 8 | static_cast<uint64_t>(group) << 4 | 1; }

inline void ffts_cross_core_sync(pipe_t, uint64_t message) {
  using namespace pto::host;
  const int group = static_cast<int>(message >> 4 & 3);
  if (group > 2) fail("TW0412", "there is no group of cores ", group, ": a signal has 0, 1 or 2");
  running->mailbox.set(core->number, static_cast<int>(message >> 8), static_cast<Group>(group));
}

inline void wait_flag_dev(int64_t number) {
  using namespace pto::host;
  running->mailbox.take(running->turns, core->number, static_cast<int>(number));
}
