// The cores of a launch take turns: one runs until it has to wait for another one, so that every run goes alike.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "failure.hpp"

namespace pto::host {

// What ends a run: where, why, and what each core was waiting for.
struct Report {
  Failure failure;
  int line;
  std::vector<std::pair<int, std::string>> notes;
};

// Ends a core because the run has failed.
struct Stopped {};

class Turns {
 public:
  // Bodies of the cores; the thread of one starts when its first turn comes.
  std::optional<Report> run(std::vector<std::function<void()>> bodies) {
    std::unique_lock lock(mutex_);
    for (auto &body : bodies) turns_.push_back(std::make_unique<Turn>(std::move(body)));
    if (!turns_.empty()) {
      pass_on(0);
      over_.wait(lock, [&] { return ended_ == turns_.size(); });
    }
    lock.unlock();
    for (auto &turn : turns_)
      if (turn->thread.joinable()) turn->thread.join();
    return report_;
  }

  // Lets others run until something is so; `what` says for the report what the core waits for.
  void wait(size_t me, std::function<bool()> ready, std::string what) {
    if (ready()) return;
    std::unique_lock lock(mutex_);
    Turn &turn = *turns_[me];
    turn.ready = std::move(ready);
    turn.what = std::move(what);
    turn.place = place;
    pass_on(me + 1);
    turn.comes.wait(lock, [&] { return current_ == me || report_; });
    if (report_) throw Stopped{};
    turn.ready = nullptr;
  }

 private:
  struct Turn {
    explicit Turn(std::function<void()> body) : body(std::move(body)) {}
    std::function<void()> body;
    std::thread thread;
    std::condition_variable comes;
    std::function<bool()> ready;
    std::string what;
    Place place;
    bool ended = false;
  };

  // Gives the turn to the next core, from one on, that can go on; nobody but the caller runs.
  void pass_on(size_t from) {
    if (report_) return;
    for (size_t i = 0; i < turns_.size(); ++i) {
      const size_t next = (from + i) % turns_.size();
      Turn &turn = *turns_[next];
      if (turn.ended || (turn.ready && !turn.ready())) continue;
      current_ = next;
      if (turn.thread.joinable()) turn.comes.notify_one();
      else turn.thread = std::thread([this, next] { live(next); });
      return;
    }
    if (ended_ < turns_.size()) stop(deadlock());
  }

  void live(size_t me) {
    std::optional<Report> report;
    try {
      turns_[me]->body();
    } catch (const Failure &failure) {
      report = Report{failure, place.line, {}};
    } catch (const Stopped &) {
    }
    const std::lock_guard lock(mutex_);
    turns_[me]->ended = true;
    ++ended_;
    if (report && !report_) stop(*report);
    else pass_on(me + 1);
    if (ended_ == turns_.size()) over_.notify_one();
  }

  // Wakes who waits, and lets nobody start who has not.
  void stop(const Report &report) {
    report_ = report;
    for (auto &turn : turns_) {
      if (turn->thread.joinable()) {
        turn->comes.notify_one();
      } else if (!turn->ended) {
        turn->ended = true;
        ++ended_;
      }
    }
  }

  Report deadlock() const {
    Report report{{"TW0470", "nothing can go on: every core waits for another"}, 0, {}};
    for (const auto &turn : turns_) {
      if (turn->ended) continue;
      if (!report.line) report.line = turn->place.line;
      report.notes.emplace_back(turn->place.line, turn->what);
    }
    return report;
  }

  std::mutex mutex_;
  std::condition_variable over_;
  std::vector<std::unique_ptr<Turn>> turns_;
  std::optional<Report> report_;
  size_t current_ = 0, ended_ = 0;
};

}  // namespace pto::host
