// What a kernel does that no header can check: it takes single elements outside of its arrays, or divides by zero.
// Arrays stand at the ends of pages with nothing behind them, so the processor notices.
#pragma once

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <unistd.h>

namespace tilewright {

struct Watched {
  const uint64_t *slots, *sizes;
  int count;
  char *message;
  uint64_t room;
  // The line of the kernel's text in which the last instruction stands, if that is known.
  int (*line)();
};

inline Watched watched;

// Further away from an array than this, an address has nothing to do with it.
inline constexpr uint64_t far = uint64_t{1} << 40;

inline void report_fault(int signal, siginfo_t *info, void *) {
  const auto address = reinterpret_cast<uint64_t>(info->si_addr);
  char what[256];
  const char *code = "TW0410";
  std::snprintf(what, sizeof what, "the kernel takes an element of global memory that is in none of its arrays");
  if (signal == SIGFPE) {
    code = "TW0412";
    std::snprintf(what, sizeof what, "the kernel divides an integer by 0");
  } else {
    uint64_t nearest = far;
    for (int i = 0; i < watched.count; ++i) {
      const uint64_t start = watched.slots[i], size = watched.sizes[i];
      const uint64_t distance = address < start ? start - address : address < start + size ? 0 : address - start - size;
      if (!size || distance >= nearest) continue;
      nearest = distance;
      std::snprintf(what, sizeof what, "the kernel takes an element at byte %lld of argument %d, which has %llu",
                    static_cast<long long>(address - start), i, static_cast<unsigned long long>(size));
    }
  }
  const int line = watched.line ? watched.line() : 0;
  const char *note = line ? "the last instruction before that stands here" : "";
  std::snprintf(watched.message, watched.room, line ? "%s\n0\n%s\n%d\n%s" : "%s\n0\n%s", code, what, line, note);
  _exit(1);
}

inline void watch(const uint64_t *slots, const uint64_t *sizes, int count, char *message, uint64_t room, int (*line)()) {
  watched = {slots, sizes, count, message, room, line};
  struct sigaction action = {};
  action.sa_sigaction = report_fault;
  action.sa_flags = SA_SIGINFO;
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE}) sigaction(signal, &action, nullptr);
}

}  // namespace tilewright
