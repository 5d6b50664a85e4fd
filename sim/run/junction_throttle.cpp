#include "sim/run/junction_throttle.hpp"

#include <algorithm>

#include "models/plant/junction.hpp"
#include "sim/run/heat_paths.hpp"

namespace hypocaust::run {
namespace {

const plant::Junction* junction_of(const Typed& cooling) {
  const Field* field = cooling.schema()->find("junction");
  if (!field) return nullptr;
  const auto& junction = *static_cast<const std::optional<plant::Junction>*>(field->at_const(cooling.object()));
  return junction ? &*junction : nullptr;
}

// Host groups that a cooling component names, by their places in the scenario.
std::vector<std::size_t> cooled_by(const Typed& cooling, const compute::ComputeSpec& spec) {
  const std::vector<std::string> hosts = hosts_of(cooling);
  std::vector<std::size_t> groups;
  for (std::size_t g = 0; g < spec.hosts.entries.size(); ++g)
    if (std::find(hosts.begin(), hosts.end(), spec.hosts.entries[g].name) != hosts.end()) groups.push_back(g);
  return groups;
}

}  // namespace

JunctionThrottles::JunctionThrottles(const Scenario& scenario, const plant::Plant& plant) {
  const auto channels = plant.channels();
  for (const auto& entry : scenario.cooling.entries) {
    const plant::Junction* junction = junction_of(entry.value);
    if (!junction || !(junction->throttle_above_c == junction->throttle_above_c)) continue;
    for (std::size_t c = 0; c < channels.size(); ++c)
      if (channels[c].component == entry.name && channels[c].name == "junction_temperature")
        list_.push_back({.name = entry.name,
                         .channel = c,
                         .above_c = junction->throttle_above_c,
                         .rise_k = junction->resistance_k_w * junction->device_power_w,
                         .least_frac = junction->throttle_to_frac,
                         .groups = cooled_by(entry.value, scenario.compute)});
  }
}

void JunctionThrottles::step(const plant::Plant& plant, double dt_s, std::int64_t time_s, std::vector<Event>& events) {
  for (One& one : list_) {
    double junction_c = 0;
    plant.read_channel(one.channel, {&junction_c, 1});
    const bool before = one.frac < 1.0;
    const double change_frac = 0.5 * (one.above_c - junction_c) / one.rise_k * std::min(1.0, dt_s / 60.0);
    one.frac = std::clamp(one.frac + change_frac, one.least_frac, 1.0);
    const bool now = one.frac < 1.0;
    if (now != before && events.size() < most_events)
      events.push_back({time_s, one.name, now ? "junction throttles compute" : "junction lets compute go"});
  }
}

double JunctionThrottles::throttle_frac() const {
  double least_frac = 1.0;
  for (const One& one : list_) least_frac = std::min(least_frac, one.frac);
  return least_frac;
}

// A device's firmware asks no class.
void JunctionThrottles::throttle(std::span<compute::Throttle> groups) const {
  for (const One& one : list_)
    for (const std::size_t g : one.groups) groups[g].hard_frac = std::min(groups[g].hard_frac, one.frac);
}

std::string JunctionThrottles::name() const {
  for (const One& one : list_)
    if (one.frac < 1.0) return one.name + ".junction";
  return {};
}

}  // namespace hypocaust::run
