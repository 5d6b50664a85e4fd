#include "sim/config/fault_rules.hpp"

#include <algorithm>

#include "models/control/supervisor.hpp"
#include "models/core/nearest.hpp"
#include "sim/base/utc_text.hpp"

namespace hypocaust::config {
namespace {

using control::FaultKind;
using control::FaultSpec;

std::string word(FaultKind kind) { return std::string(names(kind)[static_cast<std::size_t>(kind)]); }

// What a fault takes: two that take the same thing at one time would fight over it.
std::string taken(const FaultSpec& fault) {
  if (control::of_site(fault.kind)) return word(fault.kind);
  return !fault.input.name.empty()
             ? fault.input.name
             : fault.component.name + fault.controller.name + (fault.sensor.empty() ? "" : "." + fault.sensor);
}

// A length that could not be read is none.
std::int64_t end_s(const FaultSpec& fault) {
  return fault.lasts_s > 0 && fault.lasts_s < 1e12 ? fault.at.utc_s + static_cast<std::int64_t>(fault.lasts_s) : fault.at.utc_s;
}

}  // namespace

std::string fault_problem(const plant::ComponentType& type, FaultKind kind) {
  const auto has = [&](std::string_view input) {
    return std::any_of(type.inputs.begin(), type.inputs.end(), [&](const plant::Place& place) { return place.name == input; });
  };
  const bool of_users = kind == FaultKind::interface_off || kind == FaultKind::demand_off || kind == FaultKind::return_rise;
  if (of_users && !type.serves_demand && !type.heat_user)
    return "is no heat user (kind " + word(kind) +
           " happens to buyers of heat); name an entry of heat_users, or use kind out_of_order";
  if (kind == FaultKind::return_rise && !has("return_c"))
    return "sends back what its own physics gives (kind return_rise needs a heat user with a given return); use kind degraded";
  if (kind == FaultKind::demand_off && !type.serves_demand && type.shut.empty())
    return "of type " + std::string(type.schema->name) + " cannot be shut (kind demand_off); use kind interface_off";
  if (kind == FaultKind::stuck || kind == FaultKind::sensor_stuck || kind == FaultKind::sensor_dead ||
      kind == FaultKind::sensor_offset || control::of_site(kind))
    return {};  // of an input, a controller or the site: that it names a component is told with the record
  const std::vector<FaultKind> answers = fault_kinds(type);
  if (std::find(answers.begin(), answers.end(), kind) != answers.end()) return {};
  std::string list;
  for (const FaultKind one : answers) list += (list.empty() ? "" : ", ") + word(one);
  return "of type " + std::string(type.schema->name) + " would work on as if nothing had happened (kind " + word(kind) + ")" +
         (list.empty() ? "; it has no fault, name another part" : "; it answers to " + list);
}

std::vector<FaultKind> fault_kinds(const plant::ComponentType& type) {
  const auto has = [&](std::string_view input) {
    return std::any_of(type.inputs.begin(), type.inputs.end(), [&](const plant::Place& place) { return place.name == input; });
  };
  std::vector<FaultKind> kinds;
  const bool user = type.serves_demand || type.heat_user;
  if (type.can_fail) kinds.push_back(FaultKind::out_of_order);
  if (type.schema->name == "leak") kinds.push_back(FaultKind::leak);
  if (type.can_wear) kinds.push_back(FaultKind::degraded);
  if (user) kinds.push_back(FaultKind::interface_off);
  if (type.serves_demand || !type.shut.empty()) kinds.push_back(FaultKind::demand_off);
  if (user && has("return_c")) kinds.push_back(FaultKind::return_rise);
  return kinds;
}

std::string sensor_problem(const Scenario& scenario, const FaultSpec& fault) {
  const Typed* controller = scenario.plant.controllers.find(fault.controller.name);
  if (!controller) return {};
  const auto* supervisor = controller->as<control::SupervisorSpec>();
  if (!supervisor) return fault.sensor.empty() ? "" : "`" + fault.controller.name + "` has one sensor; remove `sensor`";
  std::vector<std::string_view> list{"coolant"};
  if (!supervisor->store.name.empty()) list.push_back("store");
  const control::ProtectionSpec* protection = nullptr;
  for (const auto& entry : supervisor->protections.entries) {
    list.push_back(entry.name);
    if (entry.name == fault.sensor) protection = &entry.value;
  }
  if (!fault.sensor.empty() && std::find(list.begin(), list.end(), fault.sensor) == list.end()) {
    const std::string_view near = nearest(fault.sensor, list);
    return "`" + fault.controller.name + "` has no sensor `" + fault.sensor + "`" +
           (near.empty() ? " (coolant, store, or the name of a protection)" : "; did you mean `" + std::string(near) + "`?");
  }
  using control::Protection;
  const bool no_temperature = protection && (protection->kind == Protection::backflow ||
                                             protection->kind == Protection::dry_run || protection->kind == Protection::leak);
  if (fault.kind == FaultKind::sensor_offset && no_temperature)
    return "`" + fault.sensor + "` measures no temperature (sensor_offset is in K); use sensor_dead or sensor_stuck";
  return {};
}

void check_faults(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found) {
  const auto problem_of = [&](const FaultSpec& fault) -> std::string {
    for (const plant::ComponentSpec& component : assembly.spec.components)
      if (component.name == fault.component.name)
        return fault_problem(plant::component_type(*component.params.schema()), fault.kind);
    return {};  // unknown names are told where names are checked
  };
  const auto& entries = scenario.faults.entries;
  for (const auto& entry : entries)
    if (const std::string problem = sensor_problem(scenario, entry.value); !unread("faults." + entry.name) && !problem.empty())
      found.push_back({false, "faults." + entry.name + (entry.value.sensor.empty() ? ".controller" : ".sensor"), problem});
  for (std::size_t a = 0; a < entries.size(); ++a) {
    const FaultSpec& fault = entries[a].value;
    const std::string path = "faults." + entries[a].name;
    if (unread(path)) continue;
    if (const std::string problem = problem_of(fault); !problem.empty())
      found.push_back({false, path + ".component", "`" + fault.component.name + "` " + problem});
    const std::int64_t begins_s = scenario.clock.start.utc_s - static_cast<std::int64_t>(scenario.clock.warm_up_s),
                       ends_s = scenario.clock.start.utc_s + static_cast<std::int64_t>(scenario.clock.duration_s);
    const bool dated = fault.at.utc_s != integer_not_given && fault.lasts_s == fault.lasts_s;
    if (dated && !unread("clock") && (end_s(fault) <= begins_s || fault.at.utc_s >= ends_s))
      found.push_back({true, path + ".at",
                       "is outside the simulated time (" + base::utc_text(begins_s) + " to " + base::utc_text(ends_s) +
                           " UTC, warm-up included): nothing will happen; move it"});
    for (std::size_t b = 0; b < a; ++b) {
      const FaultSpec& other = entries[b].value;
      if (fault.at_random() || other.at_random() || taken(fault) != taken(other) || unread("faults." + entries[b].name)) continue;
      if (fault.at.utc_s >= end_s(other) || other.at.utc_s >= end_s(fault)) continue;
      found.push_back({false, path + ".at",
                       "overlaps `" + entries[b].name + "`, which takes `" + taken(fault) + "` from " +
                           base::utc_text(other.at.utc_s) + " until " + base::utc_text(end_s(other)) +
                           " UTC; move or shorten one of them"});
    }
  }
}

}  // namespace hypocaust::config
