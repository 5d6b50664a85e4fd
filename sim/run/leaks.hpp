// Circuits that lose water: how fast, what is missing, what pressure is left, and which pumps stop for it (docs/methods/leak.md).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/plant/plant.hpp"
#include "models/plant/vessel_gas.hpp"
#include "sim/config/scenario.hpp"
#include "sim/run/event.hpp"

namespace hypocaust::run {

class Leaks {
 public:
  Leaks(const Scenario& scenario, plant::Plant& plant);
  void lift();  // pumps and vessels as the others left them
  // What was missing grows by what has got out since the last time; then flow, pressure and pumps of the step to come.
  void apply(std::int64_t utc_s, std::int64_t time_s, std::vector<Event>& events);

 private:
  struct Pump {
    double* available;
    double kept = 1.0;
    bool cut = false;
  };
  struct Leak {
    std::string name, circuit;
    int node;
    double *open, *isolated, *flow_kg_s, *lost_kg, *pressure_pa;  // inputs of the part
    double* vessel_pa = nullptr;
    double nominal_kg_s, at_pressure_pa, make_up_kg_s, pumps_stop_pa, rho_kg_m3;
    plant::VesselGas vessel{};
    std::vector<Pump> pumps{};
    double fed_kg_s = 0.0;                 // by the filling unit
    bool stands = false, stopped = false;  // water is missing; the pumps are off for it
  };
  void hold(Leak& leak, std::int64_t time_s, std::vector<Event>& events);

  const plant::Plant& plant_;
  std::vector<Leak> leaks_;
  double step_s_;
  std::int64_t last_utc_s_ = 0;
};

}  // namespace hypocaust::run
