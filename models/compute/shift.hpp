// Shifting: a job that may wait is held until the start at which its run is foreseen to cost least. It stands before the queue,
// so that it goes with every policy and every backfilling; the service level comes first: no start after the longest delay, nor
// after the last one that meets the deadline, is ever chosen.
#pragma once
#include <memory>
#include <span>
#include <vector>

#include "models/compute/forecast.hpp"
#include "models/compute/job.hpp"

namespace hypocaust::compute {

// One aim of the order: what each hour costs by it, and by how much two starts may differ that are alike to it.
struct Criterion {
  std::unique_ptr<Forecast> forecast;  // null: the plant's thermal limit, known for the moment only
  double alike_value = 0.0;
};

class Shift {
 public:
  // group_cores: cores of each host group; hours: length of the run. An earlier criterion leaves to the next what is alike to it.
  Shift(const ForecastSpec& forecast, std::vector<Criterion> order, std::span<const std::int64_t> group_cores, std::size_t hours);
  struct Arrival {
    double now_s;
    bool may_hold = true;    // false: the job is not held, but its hours count
    bool throttled = false;  // the plant slows its hosts down
  };
  // The start that a job is held to; now_s where nothing is gained. Times never go back. Every job of the run passes here, in
  // order, so that the hours its like has taken are known.
  double start_s(const Job& job, const Arrival& at);

 private:
  struct Foreseen {
    Criterion criterion;
    std::vector<double> sums{};  // of the foreseen values, from hour now_ on; first 0
    double quantum_value = 1.0;
  };
  struct Candidate {
    double start_s, cost_value;
  };
  void foresee(std::size_t now);
  double mean_cost(const Foreseen& by, double from_s, double length_s) const;
  void choose(const Foreseen& by, bool last, double length_s, const Arrival& at);
  bool fits(const Job& job, double start_s) const;
  void book(const Job& job, double start_s);

  double horizon_s_;
  std::vector<Foreseen> order_;
  std::vector<std::int64_t> group_cores_;
  std::vector<std::vector<std::int64_t>> booked_;  // cores by group and hour
  std::size_t now_ = 0;
  std::vector<Candidate> candidates_;
};

// The last start that keeps the longest delay and the deadline.
double latest_start_s(const Job& job);

}  // namespace hypocaust::compute
