#include "sim/config/complete.hpp"

#include <algorithm>
#include <cmath>

#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "sim/config/config.hpp"
#include "sim/config/fault_rules.hpp"
#include "sim/config/plant_spec.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/site_rules.hpp"
#include "sim/config/walk.hpp"
#include "sim/input/heat_pump_map.hpp"

namespace hypocaust::config {
namespace {

void take(const Problems& problems, const std::string& path, std::vector<Found>& found) {
  for (const Problems::Item& item : problems.items)
    found.push_back({item.warning, item.key.empty() ? path : join(path, item.key), item.text});
}

// Points of heat pump maps that are given as files.
void read_maps(Scenario& scenario, const Unread& unread, std::vector<Found>& found) {
  walk(Scenario::schema(), &scenario, "",
       {.record =
            [&](const Schema& record, void* one, const std::string& path) {
              if (&record != &plant::HeatPumpMap::schema() || unread(path)) return;
              auto& map = *static_cast<plant::HeatPumpMap*>(one);
              if (map.capacity_file.path.empty() || map.power_file.path.empty()) return;
              try {
                auto points = input::read_heat_pump_map({.capacity = map.capacity_file.path, .power = map.power_file.path});
                if (!map.points.empty() && map.points != points)  // equal: a completed scenario, printed and read again
                  found.push_back({false, join(path, "points"),
                                   "do not go with capacity_file and power_file (which of them holds?); remove one"});
                map.points = std::move(points);
              } catch (const input::PowerTableError& error) {
                found.push_back({false, join(path, "power_file"), error.what()});
              } catch (const UserError& error) {
                found.push_back({false, join(path, "capacity_file"), error.what()});
              }
            },
        .value = nullptr});
}

// An ideal source's connection stays unwritten: nobody wrote it, and its nodes are in no circuit of the file.
void write_back(Typed& written, const Typed& sized) {
  const Located before = locate(*written.schema(), written.object(), "connection");
  const bool alone = before.member && before.type->kind == Kind::optional && before.type->size(before.member) == 0;
  written = sized;
  if (!alone) return;
  const Located after = locate(*written.schema(), written.object(), "connection");
  after.type->resize(after.member, 0);
}

// Sizes every component and writes the sized values back, so that `show` prints them as derived.
void size_components(Scenario& scenario, Assembly& assembly, const Unread& unread, std::vector<Found>& found) {
  for (std::size_t k = 0; k < assembly.spec.components.size(); ++k) {
    plant::ComponentSpec& component = assembly.spec.components[k];
    const std::string& path = assembly.paths[k];
    if (unread(path)) continue;
    Problems problems;
    plant::size_component(assembly.spec, component, problems);
    for (Problems::Item& item : problems.items) {
      const bool from_plant = item.key.starts_with("components.");
      found.push_back({item.warning,
                       from_plant         ? scenario_path(assembly, item.key)
                       : item.key.empty() ? path
                                          : join(path, item.key),
                       item.text});
    }
    for (const auto& [map, prefix] : {std::pair{&scenario.plant.components, "plant.components."},
                                      std::pair{&scenario.cooling, "cooling."}, std::pair{&scenario.heat_users, "heat_users."}})
      for (auto& entry : map->entries)
        if (path == prefix + entry.name) write_back(entry.value, component.params);
  }
}

// Each {series: name} and {calendar: name, ...} learns its place, so that nobody looks a name up while time passes.
void bind_series(Scenario& scenario) {
  const auto bind = [&](const Field&, const TypeInfo& type, void* member, const std::string&) {
    if (type.kind != Kind::varying) return;
    Varying& varying = *static_cast<Varying*>(member);
    const auto place = [](const auto& entries, const std::string& name) {
      const auto at = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.name == name; });
      return at == entries.end() ? -1 : static_cast<int>(at - entries.begin());
    };
    varying.place = varying.calendar.empty() ? place(scenario.series.entries, varying.series)
                                             : place(scenario.calendars.entries, varying.calendar);
  };
  walk(Scenario::schema(), &scenario, "", {.record = nullptr, .value = bind});
}

}  // namespace

void derive_records(const Schema& schema, void* object, const Unread& unread, std::vector<Found>& found) {
  walk(schema, object, "",
       {.record =
            [&](const Schema& record, void* one, const std::string& path) {
              if (unread(path)) return;
              Problems problems;
              record.derive(one, problems);
              take(problems, path, found);
            },
        .value = nullptr});
}

void check_records(const Schema& schema, void* object, const Unread& unread, std::vector<Found>& found) {
  walk(schema, object, "",
       {.record =
            [&](const Schema& record, void* one, const std::string& path) {
              if (unread(path)) return;
              Problems problems;
              record.check(one, problems);
              take(problems, path, found);
            },
        .value =
            [&](const Field& field, const TypeInfo& type, void* member, const std::string& path) {
              if (type.kind != Kind::quantity || field.options.need != Need::derived) return;
              const double value = *static_cast<const double*>(member);
              if (!std::isfinite(value)) return;
              const ScalarRow row{.field = field, .type = type, .currency = {}, .folder = {}};
              double again = 0.0;
              if (const std::string problem = read_scalar(write_scalar(row, &value), row, &again); !problem.empty())
                found.push_back({false, path,
                                 "derived from the nominal point as " + problem + "; give `" + std::string(field.key) +
                                     "`, or correct what it follows from"});
            }});
}

std::vector<Found> complete_scenario(Scenario& scenario, const CompleteOptions& options) {
  std::vector<Found> found;
  if (std::isnan(scenario.output.every_s)) scenario.output.every_s = scenario.clock.step_s;
  bind_series(scenario);
  derive_records(Scenario::schema(), &scenario, options.unread, found);
  read_maps(scenario, options.unread, found);
  Problems clashes;
  Assembly assembly = assemble(scenario, clashes);
  take(clashes, "", found);
  if (options.structure) size_components(scenario, assembly, options.unread, found);
  check_records(Scenario::schema(), &scenario, options.unread, found);
  const double ratio = scenario.output.every_s / scenario.clock.step_s;
  if (!options.unread("output") && !options.unread("clock") && std::fabs(ratio - std::round(ratio)) > 1e-9)
    found.push_back({false, "output.every", "is not a whole number of steps; make it a multiple of clock.step"});
  check_weather(scenario, assembly, options.unread, found);
  check_heat_paths(scenario, options.unread, found);
  check_power(scenario, options.unread, found);
  check_regulators(scenario, assembly, options.unread, found);
  check_faults(scenario, assembly, options.unread, found);
  check_series_units(scenario, options.unread, found);
  check_meter_fluids(scenario, assembly, options.unread, found);
  check_time_zones(scenario, options.unread, found);
  check_calendars(scenario, found);
  if (options.structure) {
    Problems problems;
    plant::check_structure(assembly.spec, problems);
    for (const Problems::Item& item : problems.items)
      found.push_back({item.warning, scenario_path(assembly, item.key), item.text});
  }
  return found;
}

void complete(Scenario& scenario) {
  std::string text;
  for (const Found& found : complete_scenario(scenario, {}))
    if (!found.warning) text += (text.empty() ? "" : "\n") + ("error: " + found.path + ": " + found.text);
  if (!text.empty()) throw UserError(text);
}

}  // namespace hypocaust::config
