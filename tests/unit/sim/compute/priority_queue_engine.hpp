// The oracle: the same interface as the SimGrid engine, done with a plain priority queue.
#pragma once
#include <algorithm>
#include <queue>
#include <vector>

#include "sim/compute/engine.hpp"

namespace hypocaust::compute {

class PriorityQueueEngine final : public JobEngine {
 public:
  PriorityQueueEngine(std::size_t hosts, std::size_t jobs, EndHandler& handler)
      : handler_(handler), states_(jobs), percent_(hosts, 100) {}

  void start(const StartCommand& command) override {
    State& state = states_[static_cast<std::size_t>(command.job)];
    state.rest_s = command.rest_s, state.since_s = command.now_s, state.running = true;
    state.host = command.host;
    schedule(command.job);
  }
  double stop(std::int32_t job, double now_s) override {
    State& state = states_[static_cast<std::size_t>(job)];
    state.running = false, ++state.version;
    return std::max(1e-3, state.rest_s - (now_s - state.since_s) * speed(state));
  }
  void set_level(const LevelCommand& command) override {
    const double now_s = command.now_s, old_speed = speed_of(percent_[static_cast<std::size_t>(command.first_host)]);
    std::fill_n(percent_.begin() + command.first_host, command.hosts, command.percent);
    for (std::size_t job = 0; job < states_.size(); ++job) {
      State& state = states_[job];
      if (!state.running || state.host < command.first_host || state.host >= command.first_host + command.hosts) continue;
      state.rest_s = std::max(1e-3, state.rest_s - (now_s - state.since_s) * old_speed);
      state.since_s = now_s;
      schedule(static_cast<std::int32_t>(job));
    }
  }
  void advance_to(double t_s) override {
    while (!queue_.empty() && queue_.top().end_s <= t_s) {
      const double now_s = queue_.top().end_s;
      std::vector<std::int32_t> ended;
      for (; !queue_.empty() && queue_.top().end_s == now_s; queue_.pop()) {
        const Entry entry = queue_.top();
        State& state = states_[static_cast<std::size_t>(entry.job)];
        if (!state.running || state.version != entry.version) continue;
        state.running = false;
        ended.push_back(entry.job);
      }
      if (!ended.empty()) handler_.ended(now_s, ended);
    }
  }

 private:
  struct State {
    double rest_s = 0, since_s = 0;
    std::int32_t version = 0, host = 0;
    bool running = false;
  };
  struct Entry {
    double end_s;
    std::int32_t job, version;
    bool operator<(const Entry& other) const { return end_s != other.end_s ? end_s > other.end_s : job > other.job; }
  };
  double speed(const State& state) const { return speed_of(percent_[static_cast<std::size_t>(state.host)]); }
  void schedule(std::int32_t job) {
    State& state = states_[static_cast<std::size_t>(job)];
    queue_.push({end_of({.now_s = state.since_s, .rest_s = state.rest_s, .speed = speed(state)}), job, ++state.version});
  }
  EndHandler& handler_;
  std::vector<State> states_;
  std::priority_queue<Entry> queue_;
  std::vector<int> percent_;  // of each host
};

inline std::unique_ptr<JobEngine> make_priority_queue_engine(std::span<const std::int32_t> hosts, std::size_t jobs,
                                                             EndHandler& handler) {
  return std::make_unique<PriorityQueueEngine>(hosts.size(), jobs, handler);
}

}  // namespace hypocaust::compute
