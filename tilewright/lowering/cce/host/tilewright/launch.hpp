// Runs a kernel, one block after the other, each with memories of its own.
#pragma once

#include <memory>

#include "arguments.hpp"
#include "memory.hpp"

namespace pto::host {

// Returns 0, or 1 after writing a message: code, line of the kernel's text, and what happened, a line each.
template <typename Kernel>
int launch(Kernel kernel, const uint64_t *slots, const uint64_t *sizes, int count, int blocks, char *message, uint64_t room) {
  try {
    for (int block = 0; block < blocks; ++block) {
      const auto fresh = std::make_unique<Core>();
      fresh->block = block;
      fresh->blocks = blocks;
      for (int i = 0; i < count; ++i)
        if (sizes[i]) fresh->arrays.push_back({reinterpret_cast<const char *>(slots[i]), sizes[i], i});
      core = fresh.get();
      place = {};
      tilewright::call(kernel, slots);
    }
    return 0;
  } catch (const Failure &failure) {
    const std::string text = std::string(failure.code) + "\n" + std::to_string(place.line) + "\n" + failure.text;
    if (room) message[text.copy(message, room - 1)] = '\0';
    return 1;
  }
}

}  // namespace pto::host
