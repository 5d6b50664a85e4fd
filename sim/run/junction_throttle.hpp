// Devices that slow down before their junction limit, as their firmware does: of each cooling component whose `junction` says
// `throttle_above`, the share of dynamic power allowed falls until the junction is there.
//   share += (throttle_above - T_junction) / (2 rise) x min(1, step / 60 s)      held between throttle_to and 1
// rise: junction over coolant at full power, the most that the share can move the junction: half of what is off goes in a minute.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/plant/plant.hpp"
#include "sim/compute/compute_side.hpp"
#include "sim/config/scenario.hpp"
#include "sim/run/event.hpp"

namespace hypocaust::run {

class JunctionThrottles {
 public:
  JunctionThrottles(const Scenario& scenario, const plant::Plant& plant);
  // Acts on the junctions of the step before.
  void step(const plant::Plant& plant, double dt_s, std::int64_t time_s, std::vector<Event>& events);
  double throttle_frac() const;                              // the least
  void throttle(std::span<compute::Throttle> groups) const;  // each the hosts it cools, in the scenario's order
  std::string name() const;                                  // of the first that throttles; else empty

 private:
  struct One {
    std::string name;
    std::size_t channel;  // of the plant
    double above_c, rise_k, least_frac;
    std::vector<std::size_t> groups;  // that it cools
    double frac = 1.0;
  };
  std::vector<One> list_;
};

}  // namespace hypocaust::run
