// Watches the temperatures inside heat users (rooms, basins, stores, baths): what no room or open water would stand is told at the end
// of a run, because its figures are no guide.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/run/site.hpp"

namespace hypocaust::run {

class UserWatch {
 public:
  explicit UserWatch(const Site& site);
  void take(const plant::Plant& plant, std::int64_t time_s);       // after a plant step; it looks once an hour
  std::vector<std::string> notes(std::int64_t start_utc_s) const;  // one for each user

 private:
  struct Content {
    std::string user, name;
    std::size_t channel, columns;
    double coldest_c, hottest_c;  // that make sense
    double worst_c = 0;
    std::int64_t first_s = -1;  // -1: all is well
  };
  std::vector<Content> contents_;
  std::vector<double> values_;
  std::int64_t hour_ = -1;
};

}  // namespace hypocaust::run
