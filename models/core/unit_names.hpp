// The names a unit may be made of, with their exact factors, and the currencies. For the other files of core only.
#pragma once
#include <span>
#include <string_view>

#include "models/core/units.hpp"

namespace hypocaust {

struct UnitName {
  std::string_view name;
  double scale;
  Dimension dimension;
};
std::span<const UnitName> unit_names();
std::span<const std::string_view> currencies();

}  // namespace hypocaust
