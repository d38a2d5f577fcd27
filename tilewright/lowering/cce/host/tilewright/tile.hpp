// Tiles: rectangles of elements at an address of a memory, and the grids of values that instructions compute with.
#pragma once

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <vector>

#include "memory.hpp"
#include "numbers.hpp"

namespace pto {

// A tile is cut into boxes: BL orders the boxes, SL the elements of one box. Without boxes, each element is one.
template <TileType Type_, typename T, int Rows_, int Cols_, BLayout BL_ = BLayout::RowMajor, int ValidRows = Rows_,
          int ValidCols = Cols_, SLayout SL_ = SLayout::NoneBox, int Fractal_ = 512, PadValue Pad_ = PadValue::Null,
          CompactMode Compact_ = CompactMode::Null>
struct Tile {
  using Element = T;
  static constexpr TileType Type = Type_;
  static constexpr int Rows = Rows_, Cols = Cols_, Fractal = Fractal_;
  static constexpr BLayout BL = BL_;
  static constexpr SLayout SL = SL_;
  static constexpr PadValue Pad = Pad_;

  static constexpr bool Boxed = SL != SLayout::NoneBox;
  static constexpr int Long = Boxed ? TILEWRIGHT_FRACTAL_ROWS : 1;
  static constexpr int Short = Boxed ? Fractal / static_cast<int>(sizeof(T)) / Long : 1;
  // A single row is stored without the rows that would fill its boxes.
  static constexpr int BoxRows = std::min(SL == SLayout::ColMajor ? Short : Long, Rows);
  static constexpr int BoxCols = SL == SLayout::ColMajor ? Long : Short;
  static_assert(Rows % BoxRows == 0 && Cols % BoxCols == 0, "a tile consists of whole boxes");
  static_assert(ValidRows <= Rows && ValidCols <= Cols, "the valid part of a tile lies within it");

  uint64_t address = 0;
  bool placed = false;
  int64_t valid_rows = ValidRows, valid_cols = ValidCols;

  Tile() = default;

  // Takes the valid extents that the type leaves open.
  template <typename... Extents, typename = std::enable_if_t<(sizeof...(Extents) > 0) && (std::is_integral_v<Extents> && ...)>>
  explicit Tile(Extents... extents) {
    static_assert(sizeof...(Extents) == (ValidRows == -1) + (ValidCols == -1), "one number for each open extent");
    const int64_t given[] = {static_cast<int64_t>(extents)...};
    SetValidShape(ValidRows == -1 ? given[0] : ValidRows, ValidCols == -1 ? given[sizeof...(Extents) - 1] : ValidCols);
  }

  int64_t GetValidRow() const { return valid_rows; }
  int64_t GetValidCol() const { return valid_cols; }

  void SetValidShape(int64_t rows, int64_t cols) {
    if (rows < 0 || rows > Rows || cols < 0 || cols > Cols)
      host::fail("TW0411", "the valid part of a tile of ", Rows, "x", Cols, " cannot be ", rows, "x", cols);
    valid_rows = rows;
    valid_cols = cols;
  }

  uint64_t data() const { return address; }

  // Elements by their place in memory.
  T GetValue(int64_t index) const {
    check_index(index);
    host::Memory &memory = this->memory();
    const uint64_t start = address + static_cast<uint64_t>(index) * sizeof(T);
    memory.check_written(start, sizeof(T));
    return load(memory, start);
  }
  void SetValue(int64_t index, T value) {
    check_index(index);
    store(memory(), address + static_cast<uint64_t>(index) * sizeof(T), value);
  }

  // The memory, after a check that the tile lies in it.
  host::Memory &memory() const {
    if (!placed) host::fail("TW0407", host::place.instruction, " uses a tile that has no address");
    host::Memory &memory = host::core->memory<Type>();
    memory.check_buffer(address, uint64_t{Rows} * Cols * sizeof(T));
    return memory;
  }

  static uint64_t offset(int64_t row, int64_t col) {
    const int64_t box_row = row / BoxRows, box_col = col / BoxCols, r = row % BoxRows, c = col % BoxCols;
    const int64_t box = BL == BLayout::ColMajor ? box_col * (Rows / BoxRows) + box_row : box_row * (Cols / BoxCols) + box_col;
    const int64_t inner = SL == SLayout::ColMajor ? c * BoxRows + r : r * BoxCols + c;
    return static_cast<uint64_t>(box * (BoxRows * BoxCols) + inner) * sizeof(T);
  }

  static T load(const host::Memory &memory, uint64_t byte) {
    T value;
    std::memcpy(&value, &memory.bytes[byte], sizeof(T));
    return value;
  }
  static void store(host::Memory &memory, uint64_t byte, T value) {
    std::memcpy(&memory.bytes[byte], &value, sizeof(T));
    std::memset(&memory.written[byte], 1, sizeof(T));
  }

 private:
  void check_index(int64_t index) const {
    if (index < 0 || index >= int64_t{Rows} * Cols)
      host::fail("TW0411", "element ", index, " of a tile with ", Rows * Cols, " does not exist");
  }
};

namespace host {

template <typename X> inline constexpr bool is_tile = false;
template <TileType Type, typename T, int R, int C, BLayout B, int VR, int VC, SLayout S, int F, PadValue P, CompactMode M>
inline constexpr bool is_tile<Tile<Type, T, R, C, B, VR, VC, S, F, P, M>> = true;

// A rectangle of values, row by row.
template <typename T> struct Grid {
  int64_t rows, cols;
  std::vector<T> values;
  Grid(int64_t rows, int64_t cols) : rows(rows), cols(cols), values(static_cast<size_t>(rows * cols)) {}
  T &operator()(int64_t row, int64_t col) { return values[static_cast<size_t>(row * cols + col)]; }
  const T &operator()(int64_t row, int64_t col) const { return values[static_cast<size_t>(row * cols + col)]; }
};

template <typename X> void check_region(const X &, int64_t row, int64_t col, int64_t rows, int64_t cols) {
  if (row < 0 || col < 0 || rows < 0 || cols < 0 || row + rows > X::Rows || col + cols > X::Cols)
    fail("TW0411", place.instruction, " uses rows ", row, " to ", row + rows, " and columns ", col, " to ", col + cols,
         " of a tile of ", X::Rows, "x", X::Cols);
}

// The leading part of a tile; every byte of it must have been written.
template <typename X> Grid<typename X::Element> read(const X &tile, int64_t rows, int64_t cols) {
  check_region(tile, 0, 0, rows, cols);
  const Memory &memory = tile.memory();
  Grid<typename X::Element> grid(rows, cols);
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t col = 0; col < cols; ++col) {
      const uint64_t byte = tile.address + X::offset(row, col);
      memory.check_written(byte, sizeof(typename X::Element));
      grid(row, col) = X::load(memory, byte);
    }
  return grid;
}

template <typename X> Grid<typename X::Element> read(const X &tile) { return read(tile, tile.valid_rows, tile.valid_cols); }

template <typename X>
void write(X &tile, const Grid<typename X::Element> &grid, int64_t row = 0, int64_t col = 0) {
  check_region(tile, row, col, grid.rows, grid.cols);
  Memory &memory = tile.memory();
  for (int64_t r = 0; r < grid.rows; ++r)
    for (int64_t c = 0; c < grid.cols; ++c) X::store(memory, tile.address + X::offset(row + r, col + c), grid(r, c));
}

// Makes elements nobody's value: what hardware leaves there is not defined.
template <typename X> void erase(X &tile, int64_t rows, int64_t cols) {
  check_region(tile, 0, 0, rows, cols);
  Memory &memory = tile.memory();
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t col = 0; col < cols; ++col)
      std::memset(&memory.written[tile.address + X::offset(row, col)], 0, sizeof(typename X::Element));
}

// The same for what was only room for results on the way.
template <typename X> void spoil(X &tile) { erase(tile, tile.valid_rows, tile.valid_cols); }

inline int64_t round_up(int64_t value, int64_t step) { return (value + step - 1) / step * step; }

inline void check_shape(const char *what, int64_t rows, int64_t cols, int64_t wanted_rows, int64_t wanted_cols) {
  if (rows != wanted_rows || cols != wanted_cols)
    fail("TW0411", place.instruction, ": the valid part of ", what, " is ", rows, "x", cols, ", not ", wanted_rows, "x",
         wanted_cols);
}

}  // namespace host

template <typename X> void TASSIGN(X &tile, uint64_t address) {
  tile.address = address;
  tile.placed = true;
  tile.memory();
}

template <typename X, typename Y> void TRESHAPE(X &tile, const Y &source) { TASSIGN(tile, source.address); }

}  // namespace pto
