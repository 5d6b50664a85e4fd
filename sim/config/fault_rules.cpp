#include "sim/config/fault_rules.hpp"

#include "models/plant/registry.hpp"
#include "sim/base/utc_text.hpp"

namespace hypocaust::config {
namespace {

using control::FaultKind;
using control::FaultSpec;

bool of_heat_users(FaultKind kind) {
  return kind == FaultKind::interface_off || kind == FaultKind::demand_off || kind == FaultKind::return_rise;
}

// What a fault takes: two that take the same thing at one time would fight over it.
std::string taken(const FaultSpec& fault) {
  return !fault.input.name.empty() ? fault.input.name : fault.component.name + fault.controller.name;
}

std::int64_t end_s(const FaultSpec& fault) { return fault.at.utc_s + static_cast<std::int64_t>(fault.lasts_s); }

}  // namespace

void check_faults(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found) {
  const auto is_user = [&](const std::string& name) {
    for (const plant::ComponentSpec& component : assembly.spec.components)
      if (component.name == name) return plant::component_type(*component.params.schema()).serves_demand;
    return true;  // unknown names are told where names are checked
  };
  const auto& entries = scenario.faults.entries;
  for (std::size_t a = 0; a < entries.size(); ++a) {
    const FaultSpec& fault = entries[a].value;
    const std::string path = "faults." + entries[a].name;
    if (unread(path)) continue;
    if (of_heat_users(fault.kind) && !is_user(fault.component.name))
      found.push_back({false, path + ".component",
                       "`" + fault.component.name + "` is no heat user (kind " +
                           std::string(names(fault.kind)[static_cast<std::size_t>(fault.kind)]) +
                           " happens to buyers of heat); name an entry of heat_users, or use kind out_of_order"});
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
