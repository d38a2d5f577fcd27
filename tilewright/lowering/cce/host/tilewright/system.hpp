// What the core is asked and told besides instructions. Instructions run in program order, which flags and barriers
// always allow, so those only check their operands.
#pragma once

#include <cstdarg>
#include <cstdio>

#include "tile.hpp"
#include "window.hpp"

namespace pto::host {

inline void check_event(int64_t event) {
  if (event < 0 || event >= TILEWRIGHT_EVENTS)
    fail("TW0412", "there is no event ", event, ": the ids are 0 to ", TILEWRIGHT_EVENTS - 1);
}

}  // namespace pto::host

inline void set_flag(pipe_t, pipe_t, event_t event) { pto::host::check_event(event); }
inline void wait_flag(pipe_t, pipe_t, event_t event) { pto::host::check_event(event); }
inline void pipe_barrier(pipe_t) {}
inline void set_mask_norm() {}
inline void set_vector_mask(uint64_t, uint64_t) {}
inline int64_t get_block_idx() { return pto::host::core->station.block; }
inline int64_t get_block_num() { return pto::host::core->blocks; }
inline int64_t get_subblockid() { return pto::host::core->station.subblock; }
inline int64_t get_subblockdim() { return pto::host::core->subblocks; }
[[noreturn]] inline void trap() { pto::host::fail("TW0412", "the kernel has reached a trap"); }

namespace cce {

__attribute__((format(printf, 1, 2))) inline void printf(const char *format, ...) {
  va_list values;
  va_start(values, format);
  std::vprintf(format, values);
  va_end(values);
}

}  // namespace cce

namespace pto {

// Prints a tile, or a window, row by row.
template <typename X> void TPRINT(X &source) {
  int64_t rows, cols;
  if constexpr (host::is_tile<X>) rows = source.valid_rows, cols = source.valid_cols;
  else source.check(), rows = source.rows(), cols = source.cols();
  for (int64_t row = 0; row < rows; ++row) {
    for (int64_t col = 0; col < cols; ++col) {
      typename X::Element value;
      if constexpr (host::is_tile<X>) value = source.GetValue(X::offset(row, col) / sizeof(typename X::Element));
      else value = source.pointer[source.offset(row, col)];
      std::printf("%s%g", col ? " " : "", static_cast<double>(host::widen(value)));
    }
    std::printf("\n");
  }
}

}  // namespace pto
