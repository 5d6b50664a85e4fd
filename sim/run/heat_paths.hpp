// Which joule of compute goes where: every host group's heat is shared between the cooling components that name it, and the
// heat of UPS and named loads goes to the room. What no component takes is an error of the scenario, never a silent loss.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "models/core/schema.hpp"
#include "models/plant/plant.hpp"
#include "sim/compute/compute_side.hpp"
#include "sim/config/scenario.hpp"

namespace hypocaust::run {

// The host groups a cooling component names: `hosts: gpu` or `hosts: [gpu, cpu]`.
std::vector<std::string> hosts_of(const Typed& cooling);

class HeatPaths {
 public:
  // racks: names of the host groups, sorted. The scenario is checked: every host group's heat goes somewhere.
  HeatPaths(const Scenario& scenario, std::span<const std::string> racks, plant::Plant& plant);

  // Sets the heat inputs for a step. room_w: heat of UPS and named loads that reaches the room.
  // Returns the power that found a place; the rest is booked as lost.
  double apply(std::span<const compute::RackStep> racks, double step_s, double room_w) const;

 private:
  struct Sink {
    double* heat_w;
    double* peak_w;                  // nullptr when the component does not ask for it
    double* hosts_peak_w;            // likewise: power of the hosts it names, whoever takes their heat
    double room_share_frac = 0;      // of UPS and named-load heat
    std::vector<double> share_frac;  // of each rack
    std::vector<bool> names;         // each rack
  };
  std::vector<Sink> sinks_;
};

}  // namespace hypocaust::run
