// What a scheduler may know of the hours to come. It is handed this object, never the signal itself.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "models/compute/spec.hpp"

namespace hypocaust::compute {

class Forecast {
 public:
  virtual ~Forecast() = default;
  // The signal's value in `hour` as foreseen in hour `now` <= hour. The hour under way is known; beyond the end of the signal its
  // last day repeats.
  virtual double value(std::size_t now, std::size_t hour) const = 0;
};

// signal: one value an hour, not empty.
//   perfect      the signal itself
//   persistence  the latest known value of the same hour of the day
//   noisy        the signal and a normal error of error_frac x the signal's standard deviation, another for each hour of issue
std::unique_ptr<Forecast> make_forecast(const ForecastSpec& spec, std::vector<double> signal, std::uint64_t seed);

}  // namespace hypocaust::compute
