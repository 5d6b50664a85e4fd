// The compute side as the year loop sees it: joules and peak watts of every host group over one step, whatever makes them.
// Closed loop: the SimGrid engine, advanced step by step. Open loop: a stored PowerTrace. Both give the same bits.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hypocaust::compute {

// Share of the dynamic power that one host group is allowed.
struct Throttle {
  double hard_frac = 1.0;  // whatever its work
  double soft_frac = 1.0;  // but no lower than the classes of its work say
};

// What the plant tells the compute side before a step. Exists from the first day; neutral values couple nothing.
struct PlantFeedback {
  double throttle_frac = 1.0;             // share of the hosts' dynamic power allowed, whatever their work
  bool shed = false;                      // every host without power
  bool stopped = false;                   // hosts idle while they shut down: no work
  int classes_shed = 0;                   // classes whose `shed` is 1 to this one do not work
  int groups_on = every_group;            // host groups with power, the first by name
  std::span<const double> inlet_c{};      // of each host group, where one of them draws by it
  std::span<const Throttle> throttles{};  // of each host group, beside throttle_frac; empty: none
  static constexpr int every_group = 1 << 30;
  bool neutral() const {
    return throttle_frac >= 1.0 && !shed && !stopped && classes_shed == 0 && groups_on == every_group && inlet_c.empty() &&
           throttles.empty();
  }
  Throttle of_group(std::size_t g) const {
    if (throttles.empty()) return {.hard_frac = throttle_frac};
    return {.hard_frac = std::min(throttle_frac, throttles[g].hard_frac), .soft_frac = throttles[g].soft_frac};
  }
};

// Per host group over one step. Hosts of one group are alike, so the group is the plant's unit of heat ("rack").
struct RackStep {
  double energy_j = 0;  // electricity into the group's boards, exact integral over the step (float64)
  double peak_w = 0;    // largest instantaneous power of the group within the step
};

// Counted over the recorded time; the same whether the engine ran or a trace was read.
struct ComputeTotals {
  std::int64_t jobs_read = 0, jobs_valid = 0, jobs_zero_time = 0, jobs_zero_processors = 0, jobs_too_large = 0;
  std::int64_t jobs_started = 0, jobs_finished = 0;
  std::int64_t jobs_late = 0;                     // past their deadline: ended after it, or not ended when it came
  std::int64_t jobs_shifted = 0;                  // held for a better hour
  std::int64_t jobs_overdue = 0;                  // of those that may wait: started after their longest delay
  std::int64_t jobs_stopped = 0, jobs_moved = 0;  // stopped before their end, every time counted; moved off site
  std::int64_t jobs_preempted = 0;                // of those stopped: for a job of higher priority
  std::int64_t jobs_lost = 0;                     // of those stopped: what they had done is lost, they begin again
  double over_cap_s = 0;                          // time in which work that may not be capped could exceed the power cap
  double wait_mean_s = 0, wait_max_s = 0;         // of the jobs started
  double utilisation_frac = 0;                    // busy core-seconds over available core-seconds
  double core_s = 0;                              // busy core-seconds
};

class ComputeSide {
 public:
  virtual ~ComputeSide() = default;
  virtual std::span<const std::string> rack_names() const = 0;  // sorted; the order of the spans below
  // Advances over step k (0-based, warm-up included, in order) and fills `racks`.
  virtual void step(std::int64_t k, const PlantFeedback& feedback, std::span<RackStep> racks) = 0;
  virtual ComputeTotals totals() const = 0;
};

}  // namespace hypocaust::compute
