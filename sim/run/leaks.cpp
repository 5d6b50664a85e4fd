#include "sim/run/leaks.hpp"

#include <algorithm>

#include "models/core/math.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/topology.hpp"
#include "sim/config/typed_value.hpp"

namespace hypocaust::run {
namespace {

using config::name_at;
using config::quantity_at;

constexpr double release_pa = 1e4;  // pumps start again this far above the pressure at which they stopped

}  // namespace

Leaks::Leaks(const Scenario& scenario, plant::Plant& plant) : plant_(plant), step_s_(scenario.clock.step_s) {
  for (const auto& entry : scenario.plant.components.entries) {
    if (entry.value.schema()->name != "leak") continue;
    const int c = plant.component(entry.name);
    const std::string circuit = plant.circuit_name(c, 0);
    const double rho_kg_m3 = scenario.plant.circuits.find(circuit)->properties().rho_kg_m3;
    Leak leak{.name = entry.name,
              .circuit = circuit,
              .node = plant.node(name_at(entry.value, "from")),
              .open = plant.input(c, "open"),
              .isolated = plant.input(c, "isolated"),
              .flow_kg_s = plant.input(c, "flow"),
              .lost_kg = plant.input(c, "lost"),
              .pressure_pa = plant.input(c, "pressure"),
              .nominal_kg_s = rho_kg_m3 * quantity_at(entry.value, "flow"),
              .at_pressure_pa = quantity_at(entry.value, "at_pressure"),
              .make_up_kg_s = rho_kg_m3 * quantity_at(entry.value, "make_up"),
              .pumps_stop_pa = quantity_at(entry.value, "pumps_stop_below"),
              .rho_kg_m3 = rho_kg_m3};
    for (const auto& other : scenario.plant.components.entries)
      if (other.value.schema()->name == "expansion_vessel" && plant::circuit_of(name_at(other.value, "at")) == circuit) {
        leak.vessel_pa = plant.input(plant.component(other.name), "pressure");
        leak.vessel = {.volume_m3 = quantity_at(other.value, "volume"),
                       .precharge_pa = quantity_at(other.value, "precharge"),
                       .rest_pa = *leak.vessel_pa};
      }
    for (int pump = 0; pump < plant.components(); ++pump)
      if (plant.type(pump).accounts.electricity == plant::Account::pump && plant.circuit_name(pump, 0) == circuit)
        leak.pumps.push_back({.available = plant.input(pump, "available")});
    if (leak.vessel_pa)
      *leak.pressure_pa = leak.vessel.rest_pa, leaks_.push_back(std::move(leak));  // an open network never empties
  }
}

void Leaks::lift() {
  for (std::size_t k = leaks_.size(); k-- > 0;)
    for (Pump& pump : leaks_[k].pumps)
      if (pump.cut) *pump.available = pump.kept, pump.cut = false;
}

void Leaks::apply(std::int64_t utc_s, std::int64_t time_s, std::vector<Event>& events) {
  const double dt_s = static_cast<double>(utc_s - last_utc_s_);
  last_utc_s_ = utc_s;
  for (Leak& leak : leaks_) {
    if (*leak.open > 0.5) {
      leak.stands = true;
      *leak.lost_kg = vmax(0.0, *leak.lost_kg + (*leak.flow_kg_s - leak.fed_kg_s) * dt_s);
    } else if (leak.stands) {  // repaired, and filled up again
      leak.stands = false, *leak.lost_kg = 0.0;
    } else {
      continue;
    }
    hold(leak, time_s, events);
  }
}

// Of the step to come. A circuit that nothing pushes any more loses nothing.
void Leaks::hold(Leak& leak, std::int64_t time_s, std::vector<Event>& events) {
  const double lost_m3 = *leak.lost_kg / leak.rho_kg_m3, left_m3 = plant::vessel_gives_m3(leak.vessel) - lost_m3;
  *leak.vessel_pa = *leak.pressure_pa = plant::vessel_pressure_pa(leak.vessel, lost_m3);
  const bool flows = leak.stands && *leak.isolated < 0.5;
  leak.fed_kg_s = leak.stands ? vmin(leak.make_up_kg_s, *leak.lost_kg / step_s_) : 0.0;
  const double driven_kg_s = leak.nominal_kg_s * vsqrt(vmax(0.0, plant_.node_pressure_pa(leak.node)) / leak.at_pressure_pa);
  *leak.flow_kg_s = flows ? vmin(driven_kg_s, leak.fed_kg_s + vmax(0.0, left_m3) * leak.rho_kg_m3 / step_s_) : 0.0;
  const bool stop = leak.stands && *leak.pressure_pa < leak.pumps_stop_pa + (leak.stopped ? release_pa : 0.0);
  if (stop != leak.stopped && events.size() < most_events)
    events.push_back({time_s, leak.name,
                      stop ? "circuit " + leak.circuit + " has lost its pressure: its pumps stop"
                           : "circuit " + leak.circuit + " has its pressure again: its pumps may run"});
  leak.stopped = stop;
  if (!stop) return;
  for (Pump& pump : leak.pumps) pump.kept = *pump.available, *pump.available = 0.0, pump.cut = true;
}

}  // namespace hypocaust::run
