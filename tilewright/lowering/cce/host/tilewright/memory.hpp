// The memories of one core: bytes, and whether each was ever written. Sizes come from the compiler's command line.
#pragma once

#include <vector>

#include "failure.hpp"
#include "vocabulary.hpp"

namespace pto::host {

struct Memory {
  const char *name;
  uint64_t alignment;
  std::vector<uint8_t> bytes;
  std::vector<uint8_t> written;

  // Full of a pattern that is NaN in every float format and no likely integer.
  Memory(const char *name, uint64_t size, uint64_t alignment)
      : name(name), alignment(alignment), bytes(size, 0xff), written(size, 0) {}

  void check(uint64_t start, uint64_t size) const {
    if (start > bytes.size() || size > bytes.size() - start)
      fail("TW0409", place.instruction, " uses bytes ", static_cast<int64_t>(start), " to ",
           static_cast<int64_t>(start + size), " of ", name, ", which has ", bytes.size());
  }

  void check_buffer(uint64_t start, uint64_t size) const {
    check(start, size);
    if (start % alignment)
      fail("TW0409", place.instruction, " uses a buffer at byte ", start, " of ", name, ", which is not a multiple of ",
           alignment);
  }

  void check_written(uint64_t start, uint64_t size) const {
    for (uint64_t byte = start; byte < start + size; ++byte)
      if (!written[byte])
        fail("TW0408", place.instruction, " reads byte ", byte, " of ", name, ", which nothing has written");
  }
};

// An array that the kernel was given.
struct Array {
  const char *base;
  uint64_t size;
  int position;
};

// Which core it is that runs. A kernel that no kind of core is named for runs on any.
enum class Kind { Any, Cube, Vector };
struct Station {
  Kind kind = Kind::Any;
  int64_t block = 0, subblock = 0;
};

struct Core {
  Memory vec{"Vec", TILEWRIGHT_VEC_BYTES, TILEWRIGHT_VEC_ALIGNMENT};
  Memory mat{"Mat", TILEWRIGHT_MAT_BYTES, TILEWRIGHT_MAT_ALIGNMENT};
  Memory left{"Left", TILEWRIGHT_LEFT_BYTES, TILEWRIGHT_LEFT_ALIGNMENT};
  Memory right{"Right", TILEWRIGHT_RIGHT_BYTES, TILEWRIGHT_RIGHT_ALIGNMENT};
  Memory acc{"Acc", TILEWRIGHT_ACC_BYTES, TILEWRIGHT_ACC_ALIGNMENT};
  Memory bias{"Bias", TILEWRIGHT_BIAS_BYTES, TILEWRIGHT_BIAS_ALIGNMENT};
  Memory scaling{"Scaling", TILEWRIGHT_SCALING_BYTES, TILEWRIGHT_SCALING_ALIGNMENT};
  std::vector<Array> arrays;
  Station station;
  size_t number = 0;
  int64_t blocks = 1, subblocks = 1;

  template <TileType Type> Memory &memory() {
    if constexpr (Type == TileType::Vec) return vec;
    else if constexpr (Type == TileType::Mat) return mat;
    else if constexpr (Type == TileType::Left) return left;
    else if constexpr (Type == TileType::Right) return right;
    else if constexpr (Type == TileType::Acc) return acc;
    else if constexpr (Type == TileType::Bias) return bias;
    else return scaling;
  }
};

inline thread_local Core *core = nullptr;

}  // namespace pto::host
