// What an outage study reads off the site after every step, in the base year and in each branch alike.
#pragma once
#include <vector>

#include "sim/run/year.hpp"
#include "sim/study/outage.hpp"

namespace hypocaust::study {

class OutageWatch {
 public:
  explicit OutageWatch(const run::Site& site);

  void count_anew();
  // After step k of the loop. Weather is looked up at the step's own place in the year.
  void after(const run::YearLoop& loop, std::int64_t k);

  const Worst& worst() const { return worst_; }
  const std::array<double, std::size(medium_names)>& minutes_over() const { return minutes_over_; }
  double minutes_throttled() const { return minutes_throttled_; }
  // The year's own count, and the minutes in which coolant that stands in its plates was above its limit unseen by any outlet.
  double minutes_over_limit() const { return minutes_over_limit_; }
  double minutes_down() const { return minutes_down_; }
  double power_cuts() const { return power_cuts_; }
  std::size_t stores() const { return stores_.size() + site_.coolant_limits.size(); }
  const std::vector<std::string>& store_names() const { return names_; }
  const std::vector<float>& stores_c() const { return stores_c_; }  // of every step counted

 private:
  void supply(const compute::Supply::Word& word);
  void temperatures(const run::YearResult& year, std::int64_t utc_s);
  void hold(Medium medium, const std::string& name, const Tightest& now);
  void dump(std::int64_t k, std::int64_t utc_s);

  const run::Site& site_;
  struct Store {
    int component;
    double heat_capacity_j_k;
  };
  std::vector<Store> stores_;
  std::vector<std::string> names_;
  std::vector<int> dumps_;
  std::vector<double> nominal_c_;  // of each of Site::thermal_limits
  Worst worst_;
  std::array<double, std::size(medium_names)> minutes_over_{};
  std::array<bool, std::size(medium_names)> over_{};  // in the step that is looked at
  double highest_coolant_c_ = 0;
  std::vector<double> highest_c_;  // of each of Site::thermal_limits
  double minutes_over_limit_ = 0, counted_by_year_ = 0;
  double minutes_throttled_ = 0, minutes_down_ = 0, power_cuts_ = 0;
  double shutting_down_s_ = 0;  // so far; 0: the hosts do not
  bool hosts_on_ = true;
  std::vector<float> stores_c_;
};

}  // namespace hypocaust::study
