#include "sim/config/site_rules.hpp"

#include <cmath>
#include <map>

#include "models/control/controller.hpp"
#include "models/control/types.hpp"
#include "models/core/units.hpp"
#include "models/plant/registry.hpp"
#include "sim/config/exchange.hpp"
#include "sim/config/walk.hpp"
#include "sim/input/calendar.hpp"
#include "sim/input/time_zone.hpp"

namespace hypocaust::config {
namespace {

bool names_host(Typed& cooling, const std::string& group) {
  const Located hosts = locate(*cooling.schema(), cooling.object(), "hosts");
  if (!hosts.member) return false;
  if (hosts.type->kind == Kind::reference) return static_cast<Ref*>(hosts.member)->name == group;
  for (std::size_t k = 0; k < hosts.type->size(hosts.member); ++k)
    if (static_cast<Ref*>(hosts.type->at(hosts.member, k))->name == group) return true;
  return false;
}

// Whether the component itself says what its input `component.input` is.
bool is_written(const Assembly& assembly, const std::string& target) {
  const std::size_t dot = target.rfind('.');
  for (const plant::ComponentSpec& component : assembly.spec.components) {
    if (dot == target.npos || component.name != target.substr(0, dot)) continue;
    for (const plant::Schedule& schedule : plant::component_type(*component.params.schema()).schedules)
      if (schedule.field->key == target.substr(dot + 1) && schedule.written(component.params.object()).given()) return true;
  }
  return false;
}

std::string percent(double frac) {
  const double tenths = std::round(1000.0 * frac);
  std::string text = std::to_string(static_cast<std::int64_t>(tenths) / 10);
  if (const auto rest = static_cast<std::int64_t>(tenths) % 10; rest != 0) text += "." + std::to_string(rest);
  return text + " %";
}

}  // namespace

void check_heat_paths(const Scenario& scenario, const Unread& unread, std::vector<Found>& found) {
  if (unread("cooling") || unread("compute.hosts")) return;
  for (const auto& group : scenario.compute.hosts.entries) {
    double left_frac = 1.0;
    bool rest_taken = false;
    std::string last;
    for (const auto& entry : scenario.cooling.entries) {
      Typed copy = entry.value;
      if (!copy.schema() || !names_host(copy, group.name)) continue;
      const Located captured = locate(*copy.schema(), copy.object(), "captured");
      const double captured_frac = captured.member ? *static_cast<double*>(captured.member) : not_given;
      if (captured_frac != captured_frac) {  // no such key, or left out: it takes what is left
        rest_taken = true;
        continue;
      }
      left_frac -= captured_frac;
      last = "cooling." + entry.name + ".captured";
    }
    if (left_frac < -1e-9)
      found.push_back({false, last,
                       "the components that cool hosts `" + group.name + "` capture " + percent(1.0 - left_frac) +
                           " of their heat (at most 100 % is there); lower `captured`"});
    else if (left_frac > 1e-9 && !rest_taken)
      found.push_back({false, "compute.hosts." + group.name,
                       percent(left_frac) +
                           " of the heat of these hosts goes nowhere (no component under `cooling:` takes it); add `room: {type: "
                           "room_unit, hosts: " +
                           group.name + ", ...}` there"});
  }
}

void check_weather(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found) {
  if (scenario.weather.schema() || unread("weather") || unread("plant")) return;
  std::string who;
  if (!scenario.heat_users.entries.empty()) who = scenario.heat_users.entries.front().name;
  if (!scenario.compute.hosts.entries.empty()) who = scenario.compute.hosts.entries.front().name;
  for (const plant::ComponentSpec& component : assembly.spec.components) {
    const plant::ComponentType& type = plant::component_type(*component.params.schema());
    if (type.meets_weather && type.meets_weather(component.params.object())) who = component.name;
  }
  for (const auto& entry : scenario.plant.controllers.entries)
    if (const auto* regulator = entry.value.as<control::Regulator>(); regulator && regulator->reset) who = entry.name;
  if (!who.empty())
    found.push_back({false, "weather",
                     "is missing (outdoor conditions: `" + who + "` depends on them); add `weather:`, e.g. {type: synthetic, " +
                         "climate: london}; a pipe alone needs a surroundings_temperature instead"});
}

void check_regulators(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found) {
  std::map<std::string, std::string> regulated;
  for (const auto& entry : scenario.plant.controllers.entries) {
    const std::string path = "plant.controllers." + entry.name;
    if (!entry.value.schema() || unread(path)) continue;
    const auto controller = control::make_controller(entry.value);
    if (controller->duty() != control::Duty::regulate) continue;
    for (const std::string& target : controller->acts_on()) {
      if (is_written(assembly, target))
        found.push_back({false, path + ".acts_on",
                         "`" + target + "` is written with the component already (two masters of one input); remove this " +
                             "regulator or that value, or make this one a guard"});
      if (const auto [at, fresh] = regulated.emplace(target, entry.name); !fresh)
        found.push_back({false, path + ".acts_on",
                         "`" + target + "` is moved by `" + at->second +
                             "` already (one regulator an input); remove one, or make one a guard"});
    }
  }
}

void check_series_units(const Scenario& scenario, const Unread& unread, std::vector<Found>& found) {
  const auto check = [&](const Field& field, const TypeInfo& type, void* member, const std::string& path) {
    if (type.kind != Kind::varying) return;
    const std::string& name = static_cast<const Varying*>(member)->series;
    const input::SeriesSpec* series = scenario.series.find(name);
    if (!series || unread("series." + name)) return;
    const UnitText column = parse_unit(series->unit), wanted = parse_unit(field.unit);
    if (!column.problem.empty() || !wanted.problem.empty()) return;
    const economics::EconomicsSpec* rates = scenario.economics ? &*scenario.economics : nullptr;
    const SeriesInMoney in_money{.name = name, .spec = *series, .currency = scenario.currency, .rates = rates};
    if (std::string problem = currency_problem(in_money, path); !problem.empty())
      found.push_back({false, path, std::move(problem)});
    if (column.unit.dimension == wanted.unit.dimension && column.unit.temperature == wanted.unit.temperature) return;
    found.push_back({false, path,
                     "series `" + name + "` is in " + (series->unit.empty() ? "no unit" : series->unit) +
                         " (here it must be one of: " + accepted_units({.unit = field.unit, .currency = scenario.currency}) +
                         "); correct `series." + name + ".unit` or name another series"});
  };
  // Only read: the traversal hands out mutable members.
  walk(Scenario::schema(), const_cast<Scenario*>(&scenario), "",
       {.record = [](const Schema&, void*, const std::string&) {}, .value = check});
}

void check_meter_fluids(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found) {
  for (const auto& entry : scenario.meters.entries) {
    const std::string path = "meters." + entry.name;
    if (entry.value.accuracy_class == 0 || unread(path)) continue;
    for (const plant::ComponentSpec& component : assembly.spec.components) {
      const std::string& at = entry.value.at.name;
      if (at != component.name && !at.starts_with(component.name + ".")) continue;
      Typed copy = component.params;
      const std::string stream = at == component.name ? "from" : at.substr(component.name.size() + 1) + ".from";
      const Located port = locate(*copy.schema(), copy.object(), stream);
      if (!port.member || port.type->kind != Kind::reference) continue;
      const std::string& node = static_cast<const Ref*>(port.member)->name;
      const plant::CircuitSpec* circuit = assembly.spec.circuits.find(node.substr(0, node.find('.')));
      if (!circuit) continue;
      const bool water = circuit->fluid == FluidKind::water,
                 for_water = entry.value.calibrated_for == meter::CalibratedFor::water;
      const bool glycol = circuit->fluid == FluidKind::propylene_glycol || circuit->fluid == FluidKind::ethylene_glycol;
      if ((for_water && glycol) || (!for_water && water))
        found.push_back({false, path + ".calibrated_for",
                         std::string(for_water ? "a meter calibrated with water" : "a meter calibrated with glycol") +
                             " counts in circuit `" + node.substr(0, node.find('.')) +
                             "` of another fluid (its heat would be wrong by the ratio of heat capacities); " +
                             "write `calibrated_for: " + (water ? "water" : "glycol") + "`, or meter the other side"});
    }
  }
}

void check_time_zones(const Scenario& scenario, const Unread& unread, std::vector<Found>& found) {
  const auto check = [&](const std::string& name, const std::string& record) {
    if (unread(record)) return;
    if (const std::string problem = input::time_zone_problem(name); !problem.empty())
      found.push_back({false, record + ".time_zone", problem});
  };
  check(scenario.site.time_zone, "site");
  if (const auto* csv = scenario.weather.as<weather::CsvSpec>()) check(csv->time_zone, "weather");
  for (const auto& entry : scenario.series.entries) check(entry.value.time_zone, "series." + entry.name);
}

void check_calendars(const Scenario& scenario, std::vector<Found>& found) {
  if (const std::string name = input::circular_calendar(scenario.calendars); !name.empty())
    found.push_back(
        {false, "calendars." + name,
         "leads back to itself through `except` and `also` (it would never be known when it is open); break the circle"});
  const auto check = [&](const Field&, const TypeInfo& type, void* member, const std::string& path) {
    if (type.kind != Kind::varying || static_cast<const Varying*>(member)->calendar.empty()) return;
    if (path.starts_with("contracts.") || path.starts_with("economics.") || path.starts_with("carbon."))
      found.push_back({false, path,
                       "cannot follow a calendar (a price is told from the run file, which holds series); name a series of these "
                       "prices instead"});
  };
  walk(Scenario::schema(), const_cast<Scenario*>(&scenario), "",
       {.record = [](const Schema&, void*, const std::string&) {}, .value = check});
}

}  // namespace hypocaust::config
