// The part of the instruction library that emitted C++ uses, for the host: values, not time.
//
// Every instruction reads its operands whole, computes, and writes: overlap of operands is harmless. What hardware
// leaves undefined is an error here: bytes that nothing wrote, windows outside of their array, buffers outside of
// their memory. An error leaves the kernel through `host::Failure`, which `host::launch` turns into a message.
#pragma once

#include "../tilewright/vocabulary.hpp"
#include "../tilewright/failure.hpp"
#include "../tilewright/numbers.hpp"
#include "../tilewright/memory.hpp"
#include "../tilewright/tile.hpp"
#include "../tilewright/window.hpp"
#include "../tilewright/system.hpp"
#include "../tilewright/movement.hpp"
#include "../tilewright/fixpipe.hpp"
#include "../tilewright/cube.hpp"
#include "../tilewright/elementwise.hpp"
#include "../tilewright/tile_scalar.hpp"
#include "../tilewright/selection.hpp"
#include "../tilewright/reduction.hpp"
#include "../tilewright/expansion.hpp"
#include "../tilewright/conversion.hpp"
#include "../tilewright/gather.hpp"
#include "../tilewright/sorting.hpp"
#include "../tilewright/fill.hpp"
#include "../tilewright/core_pipes.hpp"
#include "../tilewright/core_signals.hpp"
#include "../tilewright/launch.hpp"
#include "../tilewright/places.hpp"
