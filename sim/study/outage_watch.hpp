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
  double minutes_throttled() const { return minutes_throttled_; }
  std::size_t stores() const { return stores_.size() + site_.coolant_limits.size(); }
  const std::vector<std::string>& store_names() const { return names_; }
  const std::vector<float>& stores_c() const { return stores_c_; }  // of every step counted

 private:
  void coolant(std::int64_t utc_s);
  void dump(std::int64_t k, std::int64_t utc_s);

  const run::Site& site_;
  struct Store {
    int component;
    double heat_capacity_j_k;
  };
  std::vector<Store> stores_;
  std::vector<std::string> names_;
  std::vector<int> dumps_;
  Worst worst_;
  double worst_coolant_frac_ = 0;  // of the margin that is left
  double minutes_throttled_ = 0;
  std::vector<float> stores_c_;
};

}  // namespace hypocaust::study
