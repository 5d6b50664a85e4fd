// The base year of an outage study, kept so that every branch can be laid beside it: sums by the hour, temperatures by the step.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/study/outage.hpp"

namespace hypocaust::study {

class OutageBase {
 public:
  OutageBase(std::int64_t steps, std::int64_t step_s) : steps_(steps), steps_an_hour_(3600 / step_s) {}

  void at_hour(const WindowFigures& since_start) { hours_.push_back(since_start); }  // in order; the last at the end of the year
  std::vector<float>& stores_c() { return stores_c_; }                               // of every step

  run::QuarterHourTable& quarters() { return quarters_; }  // of the year
  const WindowFigures& whole() const { return hours_.back(); }
  std::vector<JobEnd>& jobs() { return jobs_; }  // of the year, in the order of their ends
  const std::vector<JobEnd>& jobs() const { return jobs_; }

  // Of steps from `from` on; past the end the year begins again, but for its jobs: those of a branch have ended there.
  WindowFigures window(std::int64_t from, std::int64_t steps) const;
  std::vector<float> stores_in(std::int64_t from, std::int64_t steps, std::size_t stores) const;

  void write(const std::string& path) const;
  bool read(const std::string& path);  // false: not there, or not of this year

 private:
  std::int64_t steps_, steps_an_hour_;
  std::vector<WindowFigures> hours_;
  std::vector<float> stores_c_;
  std::vector<JobEnd> jobs_;
  run::QuarterHourTable quarters_;
};

}  // namespace hypocaust::study
