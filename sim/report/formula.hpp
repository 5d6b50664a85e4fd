// Arithmetic over named figures with their dimensions: "year.energy.delivered / [500 MWh]".
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "models/core/units.hpp"

namespace hypocaust::report {

struct Quantity {
  double value = 0;  // coherent SI (Celsius for temperatures)
  Dimension dimension;
};
using Figures = std::map<std::string, Quantity, std::less<>>;

struct FormulaResult {
  Quantity quantity;
  std::string problem;  // empty: computed; else what is wrong with which word
};
// + - * / and brackets; numbers; [quantities with units]; names. Blanks stand between all of them, so that a name may hold a hyphen.
// find: null for a name that nobody knows; it may write why into the text.
using FindFigure = std::function<const Quantity*(std::string_view name, std::string& why)>;
FormulaResult evaluate(std::string_view formula, const FindFigure& find);

}  // namespace hypocaust::report
