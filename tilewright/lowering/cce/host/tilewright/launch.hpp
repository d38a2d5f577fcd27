// Runs the kernels of all cores of a launch, each with memories of its own.
#pragma once

#include "arguments.hpp"
#include "faults.hpp"
#include "mailbox.hpp"
#include "memory.hpp"

namespace pto::host {

// What one core of each block runs.
struct Program {
  void (*kernel)(const uint64_t *slots);
  Kind kind;
  int64_t subblock, subblocks;
};

// Lines of text: code, line of the kernel's text, what happened; then for each note its line of the kernel, and the note.
inline std::string message_text(const Report &report) {
  constexpr size_t shown = 8;
  std::string text = std::string(report.failure.code) + "\n" + std::to_string(report.line) + "\n" + report.failure.text;
  for (size_t i = 0; i < std::min(report.notes.size(), shown); ++i)
    text += "\n" + std::to_string(report.notes[i].first) + "\n" + report.notes[i].second;
  return text;
}

// Returns 0, or 1 after writing a message.
template <size_t Count>
int launch(const Program (&programs)[Count], const uint64_t *slots, const uint64_t *sizes, int count, int blocks,
           char *message, uint64_t room) {
  tilewright::watch(slots, sizes, count, message, room, [] { return place.line; });
  std::vector<Station> stations;
  std::vector<std::function<void()>> bodies;
  for (int block = 0; block < blocks; ++block)
    for (const Program &program : programs) {
      const Station station{program.kind, block, program.subblock};
      const size_t number = stations.size();
      stations.push_back(station);
      bodies.push_back([=, &program] {
        const auto fresh = std::make_unique<Core>();
        fresh->station = station;
        fresh->number = number;
        fresh->blocks = blocks;
        fresh->subblocks = program.subblocks;
        for (int i = 0; i < count; ++i)
          if (sizes[i]) fresh->arrays.push_back({reinterpret_cast<const char *>(slots[i]), sizes[i], i});
        core = fresh.get();
        place = {};
        program.kernel(slots);
      });
    }
  Launch whole{{}, Mailbox(stations)};
  running = &whole;
  const std::optional<Report> report = whole.turns.run(std::move(bodies));
  if (!report) return 0;
  const std::string text = message_text(*report);
  if (room) message[text.copy(message, room - 1)] = '\0';
  return 1;
}

}  // namespace pto::host
