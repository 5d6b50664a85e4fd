#include "sim/config/plant_spec.hpp"

#include <cmath>
#include <optional>

#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::config {
namespace {

const Schema& heat_user_schema() {
  for (const plant::ComponentType* type : plant::component_types())
    if (type->serves_demand) return *type->schema;
  throw InternalError("no component type heat_user");
}

// The member at a key of a typed record, as T; nullptr when the type has no such key.
template <class T> const T* member_of(const Typed& typed, std::string_view key) {
  if (!typed.schema()) return nullptr;
  const Field* field = typed.schema()->find(key);
  if (!field || field->type != &type_info<T>()) return nullptr;
  return static_cast<const T*>(field->at_const(typed.object()));
}

template <class T> void set(Typed& typed, std::string_view key, const T& value) {
  const Located place = locate(*typed.schema(), typed.object(), key);
  if (!place.member || place.type != &type_info<T>())
    throw InternalError("heat_user has no key " + std::string(key) + " of the expected kind");
  *static_cast<T*>(place.member) = value;
}

// The row `max_flow` of the connection and of the component must mean the same thing (m3/s, or kg/s).
double max_flow(demand::Connection connection, const Typed& component) {
  const Located from = locate(demand::Connection::schema(), &connection, "max_flow");
  const Field* to = component.schema()->find("max_flow");
  if (!from.member || !to || !(parse_unit(from.field->unit).unit.dimension == parse_unit(to->unit).unit.dimension))
    throw InternalError("max_flow of a connection and of heat_user differ in dimension");
  return *static_cast<const double*>(from.member);
}

void add_user(Assembly& assembly, const std::string& name, const Typed& user) {
  const auto* connection = member_of<std::optional<demand::Connection>>(user, "connection");
  if (!connection || !*connection) return;  // an ideal source serves it
  Typed component(heat_user_schema());
  set(component, "from", (*connection)->from);
  set(component, "to", (*connection)->to);
  set(component, "max_flow", max_flow(**connection, component));
  set(component, "minimum_approach", (*connection)->minimum_approach_k);
  set(component, "nominal_drop", (*connection)->nominal_drop_pa);
  assembly.spec.components.push_back({name, std::move(component)});
  assembly.paths.push_back("heat_users." + name + ".connection");
}

}  // namespace

Assembly assemble(const Scenario& scenario, Problems& problems) {
  Assembly assembly;
  assembly.spec.circuits = scenario.plant.circuits;
  assembly.spec.nodes = scenario.plant.nodes;
  const auto taken = [&](const std::string& name, const std::string& path) {
    for (std::size_t k = 0; k < assembly.spec.components.size(); ++k)
      if (assembly.spec.components[k].name == name) {
        problems.error(path, "the name is taken by " + assembly.paths[k] +
                                 "; components, cooling and connected heat users share their names");
        return true;
      }
    return false;
  };
  for (const auto& entry : scenario.plant.components.entries) {
    if (!entry.value.schema()) continue;
    assembly.spec.components.push_back({entry.name, entry.value});
    assembly.paths.push_back("plant.components." + entry.name);
  }
  for (const auto& entry : scenario.cooling.entries) {
    if (!entry.value.schema() || taken(entry.name, "cooling." + entry.name)) continue;
    assembly.spec.components.push_back({entry.name, entry.value});
    assembly.paths.push_back("cooling." + entry.name);
  }
  for (const auto& entry : scenario.heat_users.entries)
    if (!taken(entry.name, "heat_users." + entry.name)) add_user(assembly, entry.name, entry.value);
  return assembly;
}

std::string scenario_path(const Assembly& assembly, std::string_view key) {
  constexpr std::string_view components = "components.";
  if (!key.starts_with(components)) return "plant." + std::string(key);
  const std::string_view rest = key.substr(components.size());
  std::size_t best = assembly.spec.components.size(), length = 0;
  for (std::size_t k = 0; k < assembly.spec.components.size(); ++k) {
    const std::string& name = assembly.spec.components[k].name;
    const bool fits = rest.starts_with(name) && (rest.size() == name.size() || rest[name.size()] == '.');
    if (fits && name.size() >= length) best = k, length = name.size();
  }
  if (best == assembly.spec.components.size()) return "plant." + std::string(key);
  return assembly.paths[best] + std::string(rest.substr(length));
}

plant::PlantSpec plant_spec(const Scenario& scenario) {
  Problems problems;
  Assembly assembly = assemble(scenario, problems);
  for (auto& component : assembly.spec.components) plant::size_component(assembly.spec, component, problems);
  for (const Problems::Item& item : problems.items)
    if (!item.warning) throw UserError("error: " + item.key + ": " + item.text);
  return std::move(assembly.spec);
}

}  // namespace hypocaust::config
