// Calls a kernel with arguments from an array of slots of eight bytes: a pointer, or the bits of a number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace tilewright {

template <typename A> A argument(const uint64_t &slot) {
  A value;
  std::memcpy(&value, &slot, sizeof(A));
  return value;
}

template <typename... A, std::size_t... I>
void call(void (*kernel)(A...), const uint64_t *slots, std::index_sequence<I...>) {
  kernel(argument<A>(slots[I])...);
}

template <typename... A> void call(void (*kernel)(A...), const uint64_t *slots) {
  call(kernel, slots, std::index_sequence_for<A...>{});
}

}  // namespace tilewright
