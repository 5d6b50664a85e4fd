#include "sim/run/heat_paths.hpp"

#include <algorithm>

#include "models/core/errors.hpp"
#include "sim/config/typed_value.hpp"

namespace hypocaust::run {

std::vector<std::string> hosts_of(const Typed& cooling) {
  Typed copy = cooling;
  const Located found = locate(*copy.schema(), copy.object(), "hosts");
  if (!found.member) throw InternalError("a cooling component without `hosts`");
  if (found.type->kind == Kind::reference) return {static_cast<Ref*>(found.member)->name};
  std::vector<std::string> hosts;
  for (std::size_t k = 0; k < found.type->size(found.member); ++k)
    hosts.push_back(static_cast<Ref*>(found.type->at(found.member, k))->name);
  return hosts;
}

HeatPaths::HeatPaths(const Scenario& scenario, std::span<const std::string> racks, plant::Plant& plant) {
  std::vector<double> left_frac(racks.size(), 1.0);
  std::vector<std::vector<std::string>> hosts;
  std::vector<bool> takes_rest;
  std::vector<int> takers(racks.size(), 0);
  double room_units = 0;
  for (const auto& entry : scenario.cooling.entries) {
    const int component = plant.component(entry.name);
    Sink sink{.heat_w = plant.input(component, "heat_w"),
              .peak_w = plant.input(component, "peak_w"),
              .hosts_peak_w = plant.input(component, "hosts_peak_w"),
              .share_frac = std::vector<double>(racks.size(), 0.0),
              .names = std::vector<bool>(racks.size(), false)};
    if (!sink.heat_w) throw InternalError("cooling component `" + entry.name + "` has no input heat_w");
    const double captured_frac = config::quantity_at(entry.value, "captured");  // NaN: takes what is left (room air)
    takes_rest.push_back(captured_frac != captured_frac);
    room_units += takes_rest.back() ? 1.0 : 0.0;
    hosts.push_back(hosts_of(entry.value));
    for (std::size_t r = 0; r < racks.size(); ++r) {
      if (std::find(hosts.back().begin(), hosts.back().end(), racks[r]) == hosts.back().end()) continue;
      sink.names[r] = true;
      if (takes_rest.back()) ++takers[r];
      else sink.share_frac[r] = captured_frac, left_frac[r] -= captured_frac;
    }
    sinks_.push_back(std::move(sink));
  }
  for (std::size_t r = 0; r < racks.size(); ++r) {
    if (left_frac[r] < -1e-9 || (left_frac[r] > 1e-9 && takers[r] == 0))  // config::check_heat_paths reports it with its place
      throw InternalError("the heat of hosts `" + racks[r] + "` is not shared out to exactly 100 %");
  }
  for (std::size_t s = 0; s < sinks_.size(); ++s) {
    if (!takes_rest[s]) continue;
    sinks_[s].room_share_frac = 1.0 / room_units;
    for (std::size_t r = 0; r < racks.size(); ++r)
      if (std::find(hosts[s].begin(), hosts[s].end(), racks[r]) != hosts[s].end())
        sinks_[s].share_frac[r] = std::max(0.0, left_frac[r]) / takers[r];
  }
}

double HeatPaths::apply(std::span<const compute::RackStep> racks, double step_s, double room_w) const {
  double placed_w = 0;
  for (const Sink& sink : sinks_) {
    double heat_w = sink.room_share_frac * room_w, peak_w = heat_w, hosts_peak_w = 0;
    for (std::size_t r = 0; r < racks.size(); ++r) {
      heat_w += sink.share_frac[r] * racks[r].energy_j / step_s;
      peak_w += sink.share_frac[r] * racks[r].peak_w;
      if (sink.names[r]) hosts_peak_w += racks[r].peak_w;
    }
    *sink.heat_w = heat_w;
    if (sink.peak_w) *sink.peak_w = peak_w;
    if (sink.hosts_peak_w) *sink.hosts_peak_w = hosts_peak_w;
    placed_w += heat_w;
  }
  return placed_w;
}

}  // namespace hypocaust::run
