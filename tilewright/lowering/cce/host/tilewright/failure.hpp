// How a kernel that does something undefined ends: with a code of the compiler's catalogue and a text.
#pragma once

#include <sstream>
#include <string>
#include <utility>

namespace pto::host {

struct Failure {
  const char *code;
  std::string text;
};

template <typename... Parts> [[noreturn]] void fail(const char *code, const Parts &...parts) {
  std::ostringstream text;
  (text << ... << parts);
  throw Failure{code, text.str()};
}

// The instruction that runs: its name, and its line in the text of the kernel.
struct Place {
  const char *instruction = "the kernel";
  int line = 0;
};

inline thread_local Place place;

inline void at(int line, const char *instruction) { place = {instruction, line}; }

}  // namespace pto::host
