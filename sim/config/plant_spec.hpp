// Scenario -> models: the plant is plant.components, the entries of cooling:, a heat_user for each connected demand law, and the heat
// users that are components themselves; such a one without connection has a circuit of its own with an ideal source.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/config/scenario.hpp"

namespace hypocaust::config {

// Sized and ready for plant::Plant. The scenario must be complete (load() or complete()). Throws UserError.
plant::PlantSpec plant_spec(const Scenario& scenario);

struct Assembly {
  plant::PlantSpec spec;
  std::vector<std::string> paths;  // of each component in the scenario: "plant.components.tank", "heat_users.pool.connection"
};
Assembly assemble(const Scenario& scenario, Problems& problems);  // problems: keys are paths in the scenario

bool component_user(const Schema& schema);          // of an entry of heat_users:, that it is a component and no demand law
std::string ideal_source(const std::string& user);  // name of the component that serves it when it has no connection

// A key of check_structure ("components.pool.from", "circuits.rack") as a path in the scenario.
std::string scenario_path(const Assembly& assembly, std::string_view key);

}  // namespace hypocaust::config
