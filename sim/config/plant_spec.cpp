#include "sim/config/plant_spec.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "models/plant/registry.hpp"
#include "models/plant/user_connection.hpp"

namespace hypocaust::config {
namespace {

const Schema& schema_of(std::string_view word) {
  for (const plant::ComponentType* type : plant::component_types())
    if (type->schema->name == word) return *type->schema;
  throw InternalError("no component type " + std::string(word));
}

std::string ideal_circuit(const std::string& user) { return user + "_ideal"; }

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
    throw InternalError(std::string(typed.schema()->name) + " has no key " + std::string(key) + " of the expected kind");
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

// A user without connection stands in a circuit of its own, where an ideal source lifts the pressure by the user's nominal drop and
// sends what the user asks for, step by step (Site::ask).
void add_ideal_source(Assembly& assembly, const std::string& name, Typed& user) {
  const std::string circuit = ideal_circuit(name);
  const Located connection = locate(*user.schema(), user.object(), "connection");
  connection.type->resize(connection.member, 1);
  auto& at = *static_cast<plant::UserConnection*>(connection.type->at(connection.member, 0));
  at.from.name = circuit + ".supply", at.to.name = circuit + ".return";
  Typed source(schema_of("circulation_source")), vessel(schema_of("expansion_vessel"));
  set(source, "from", at.to), set(source, "to", at.from), set(vessel, "at", at.to);
  set(source, "lift", Varying{.constant = at.nominal_drop_pa});
  assembly.spec.circuits.entries.push_back({circuit, {.boundary = plant::Boundary::customer}});
  assembly.spec.components.push_back({ideal_source(name), std::move(source)});
  assembly.spec.components.push_back({circuit + ".vessel", std::move(vessel)});
  assembly.paths.insert(assembly.paths.end(), 2, "heat_users." + name + ".connection");
}

void add_user(Assembly& assembly, const std::string& name, const Typed& user, Problems& problems) {
  if (user.schema() && component_user(*user.schema())) {
    Typed component = user;
    const Located connection = locate(*component.schema(), component.object(), "connection");
    if (connection.type->size(connection.member) == 0) {
      if (assembly.spec.circuits.find(ideal_circuit(name)))
        return problems.error("plant.circuits." + ideal_circuit(name),
                              "the name belongs to the ideal source of heat_users." + name +
                                  " (which has no connection); rename the circuit, or connect the user");
      add_ideal_source(assembly, name, component);
    }
    assembly.spec.components.push_back({name, std::move(component)});
    assembly.paths.push_back("heat_users." + name);
    return;
  }
  const auto* connection = member_of<std::optional<demand::Connection>>(user, "connection");
  if (!connection || !*connection) return;  // an ideal source serves it
  Typed component(schema_of("heat_user"));
  set(component, "from", (*connection)->from);
  set(component, "to", (*connection)->to);
  set(component, "max_flow", max_flow(**connection, component));
  set(component, "minimum_approach", (*connection)->minimum_approach_k);
  set(component, "nominal_drop", (*connection)->nominal_drop_pa);
  assembly.spec.components.push_back({name, std::move(component)});
  assembly.paths.push_back("heat_users." + name + ".connection");
}

}  // namespace

bool component_user(const Schema& schema) {
  const auto types = plant::component_types();
  return std::any_of(types.begin(), types.end(),
                     [&](const plant::ComponentType* type) { return type->schema == &schema && type->heat_user; });
}

std::string ideal_source(const std::string& user) { return ideal_circuit(user) + ".source"; }

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
    if (!taken(entry.name, "heat_users." + entry.name)) add_user(assembly, entry.name, entry.value, problems);
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
