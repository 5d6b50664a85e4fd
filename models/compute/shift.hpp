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

class Shift {
 public:
  // group_cores: cores of each host group; hours: length of the run.
  Shift(const ShiftSpec& spec, std::unique_ptr<Forecast> forecast, std::span<const std::int64_t> group_cores, std::size_t hours);
  // The start that `job`, submitted at now_s, is held to; now_s where nothing is gained. Times never go back. Every job of the run
  // passes here, in order, so that the hours its like has taken are known.
  // may_hold false: it is not held, but its hours count.
  double start_s(const Job& job, double now_s, bool may_hold = true);

 private:
  struct Candidate {
    double cost_value, start_s;
  };
  void foresee(std::size_t now);
  double mean_cost(double from_s, double length_s) const;
  bool fits(const Job& job, double start_s) const;
  void book(const Job& job, double start_s);

  double horizon_s_;
  std::unique_ptr<Forecast> forecast_;
  std::vector<std::int64_t> group_cores_;
  std::vector<std::vector<std::int64_t>> booked_;  // cores by group and hour
  std::vector<double> sums_;                       // of the foreseen values, from hour now_ on; first 0
  double quantum_value_ = 1.0;
  std::size_t now_ = 0;
  std::vector<Candidate> candidates_;
};

// The last start that keeps the longest delay and the deadline.
double latest_start_s(const Job& job);

}  // namespace hypocaust::compute
