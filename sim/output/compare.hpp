// Two run files side by side: key figures and energies, or every value of every dataset and attribute.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace hypocaust::output {

struct FigureDifference {
  std::string name, unit;
  double a, b;  // NaN: not applicable
};
// The scalar figures of both files (groups kpi, energy, jobs), in name order. Throws UserError when a file is not a run file
// of a readable format.
std::vector<FigureDifference> compare_figures(const std::string& a, const std::string& b);

struct BitDifference {
  std::string name, what;  // "/plant/tank_temperature", "12 of 525600 values differ, first at 30: 41.5 against 41.6"
};
// Every dataset and attribute: those in one file only, of another shape or type, or with other values (NaN equals NaN).
std::vector<BitDifference> compare_bits(const std::string& a, const std::string& b);

}  // namespace hypocaust::output
