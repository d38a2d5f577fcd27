// Windows of arrays in global memory: a pointer, a shape and strides in elements, always with five dimensions.
#pragma once

#include <initializer_list>

#include "tile.hpp"

namespace pto {
namespace host {

// Numbers of which the type gives some; -1 stands for those that the variable has.
template <int64_t... Given> struct Numbers {
  static_assert(sizeof...(Given) == 5, "a window has five dimensions");
  int64_t values[5] = {Given...};

  Numbers() = default;
  Numbers(std::initializer_list<int64_t> open) {
    auto next = open.begin();
    for (int64_t &value : values)
      if (value == -1) {
        if (next == open.end()) fail("TW0411", "a window is missing a number");
        value = *next++;
      }
    if (next != open.end()) fail("TW0411", "a window is given too many numbers");
  }
};

}  // namespace host

template <int64_t... Given> struct Shape : host::Numbers<Given...> { using host::Numbers<Given...>::Numbers; };
template <int64_t... Given> struct Stride : host::Numbers<Given...> { using host::Numbers<Given...>::Numbers; };

template <typename T, typename ShapeType, typename StrideType, Layout Order_ = Layout::ND> struct GlobalTensor {
  using Element = T;
  static constexpr Layout Order = Order_;
  T *pointer;
  int64_t shape[5], strides[5];

  explicit GlobalTensor(T *pointer, ShapeType shape = {}, StrideType strides = {}) : pointer(pointer) {
    std::copy(shape.values, shape.values + 5, this->shape);
    std::copy(strides.values, strides.values + 5, this->strides);
  }

  T *data() const { return pointer; }
  int64_t GetShape(int axis) const { return shape[axis]; }
  int64_t GetStride(int axis) const { return strides[axis]; }

  // In fractals, two dimensions count rows, and the others columns; else only the last counts columns.
  int64_t rows() const { return Order == Layout::NZ ? shape[2] * shape[3] : shape[0] * shape[1] * shape[2] * shape[3]; }
  int64_t cols() const { return Order == Layout::NZ ? shape[0] * shape[1] * shape[4] : shape[4]; }

  int64_t offset(int64_t row, int64_t col) const {
    int64_t at[5];
    if constexpr (Order == Layout::NZ) {
      at[4] = col % shape[4], col /= shape[4];
      at[1] = col % shape[1], at[0] = col / shape[1];
      at[3] = row % shape[3], at[2] = row / shape[3];
    } else {
      at[4] = col;
      for (int axis = 3; axis > 0; --axis) at[axis] = row % shape[axis], row /= shape[axis];
      at[0] = row;
    }
    int64_t sum = 0;
    for (int axis = 0; axis < 5; ++axis) sum += at[axis] * strides[axis];
    return sum;
  }

  // The window lies within one of the arrays.
  void check() const {
    int64_t first = 0, last = 0;
    for (int axis = 0; axis < 5; ++axis) {
      if (shape[axis] < 0) host::fail("TW0411", host::place.instruction, " uses a window with ", shape[axis], " elements");
      if (shape[axis] == 0) return;
      (strides[axis] < 0 ? first : last) += (shape[axis] - 1) * strides[axis];
    }
    const int64_t size = sizeof(T);
    const host::Array *nearest = nullptr;
    const auto base = reinterpret_cast<intptr_t>(pointer);
    for (const host::Array &array : host::core->arrays) {
      const int64_t start = base - reinterpret_cast<intptr_t>(array.base);
      if (start + first * size >= 0 && start + (last + 1) * size <= static_cast<int64_t>(array.size)) return;
      if (start >= 0 && (!nearest || array.base > nearest->base)) nearest = &array;
    }
    if (!nearest) host::fail("TW0410", host::place.instruction, " uses a window that is in none of the arrays");
    const int64_t start = base - reinterpret_cast<intptr_t>(nearest->base);
    host::fail("TW0410", host::place.instruction, " touches bytes ", start + first * size, " to ",
               start + (last + 1) * size, " of argument ", nearest->position, ", which has ", nearest->size);
  }
};

}  // namespace pto
