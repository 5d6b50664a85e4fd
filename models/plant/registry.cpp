#include "models/plant/registry.hpp"

#include <algorithm>
#include <string>

#include "models/core/errors.hpp"
#include "models/demand/spec.hpp"

// One word a type; the word is the file's name in parts/ and what `type:` says. Listed alphabetically.
#define HYPOCAUST_COMPONENT_TYPES(X) \
  X(air_coil)                        \
  X(boiler)                          \
  X(building)                        \
  X(check_valve)                     \
  X(circulation_source)              \
  X(coil_tank)                       \
  X(direct_to_chip)                  \
  X(dry_cooler)                      \
  X(expansion_vessel)                \
  X(flow_boundary)                   \
  X(flow_pump)                       \
  X(flow_regulator)                  \
  X(greenhouse)                      \
  X(heat_consumer)                   \
  X(heat_input)                      \
  X(heat_pump)                       \
  X(heat_user)                       \
  X(hot_water)                       \
  X(immersion_bath)                  \
  X(leak)                            \
  X(pipe)                            \
  X(plate_exchanger)                 \
  X(pool)                            \
  X(port_tank)                       \
  X(pressure_boundary)               \
  X(pressure_regulator)              \
  X(process_bath)                    \
  X(pump)                            \
  X(radiator)                        \
  X(regulated_pump)                  \
  X(room_unit)                       \
  X(tank)                            \
  X(three_way_valve)                 \
  X(twin_pipe)                       \
  X(valve)

namespace hypocaust::plant {

#define X(word) const ComponentType& word##_type();
HYPOCAUST_COMPONENT_TYPES(X)
#undef X

std::span<const ComponentType* const> component_types() {
  static const std::vector<const ComponentType*> all = [] {
    std::vector<const ComponentType*> types{
#define X(word) &word##_type(),
        HYPOCAUST_COMPONENT_TYPES(X)
#undef X
    };
    std::sort(types.begin(), types.end(),
              [](const ComponentType* a, const ComponentType* b) { return a->schema->name < b->schema->name; });
    return types;
  }();
  return all;
}

namespace {
std::vector<const Schema*> schemas_of(bool cooling) {
  std::vector<const Schema*> schemas;
  for (const ComponentType* type : component_types())
    if (type->cools_hosts == cooling && !type->serves_demand && !type->heat_user) schemas.push_back(type->schema);
  return schemas;
}
}  // namespace

std::span<const Schema* const> component_schemas() {
  static const std::vector<const Schema*> schemas = schemas_of(false);
  return schemas;
}
std::span<const Schema* const> cooling_schemas() {
  static const std::vector<const Schema*> schemas = schemas_of(true);
  return schemas;
}

std::span<const Schema* const> heat_user_schemas() {
  static const std::vector<const Schema*> schemas = [] {
    const auto laws = demand::heat_user_types();
    std::vector<const Schema*> all(laws.begin(), laws.end());
    for (const ComponentType* type : component_types())
      if (type->heat_user) all.push_back(type->schema);
    return all;
  }();
  return schemas;
}

const ComponentType& component_type(const Schema& schema) {
  for (const ComponentType* type : component_types())
    if (type->schema == &schema) return *type;
  throw InternalError("no component type has the schema `" + std::string(schema.name) + "`");
}

}  // namespace hypocaust::plant
