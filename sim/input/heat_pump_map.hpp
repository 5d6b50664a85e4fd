// Two tables of a heat pump's measured points, capacity and power. docs/formats/heat_pump_map.md is the user's page.
#pragma once
#include <string>
#include <vector>

#include "models/core/errors.hpp"
#include "models/plant/heat_pump_laws.hpp"

namespace hypocaust::input {

struct HeatPumpMapFiles {
  std::string capacity, power;  // paths
};
// Source temperatures in the first row, sink temperatures in the first column, K; values in W, 0 where the unit does not run.
// Throws UserError with path:line:column: a field that is no number, a row of another length, temperatures that do not rise,
// tables whose temperatures differ, a 0 in one of them only, no capacity at all.
struct PowerTableError : UserError {  // the place is in the table of powers
  using UserError::UserError;
};
std::vector<plant::MapPoint> read_heat_pump_map(const HeatPumpMapFiles& files);

}  // namespace hypocaust::input
