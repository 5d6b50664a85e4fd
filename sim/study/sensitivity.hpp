// What a study tells about its axes, by the method that its design was made for.
#pragma once
#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace hypocaust::study {

struct SensitivityRow {
  std::string figure, axis;    // axes that move together: joined by +
  std::vector<double> values;  // as Sensitivity::columns; NaN: no value
};
struct Sensitivity {
  std::string method;  // "Sobol indices", "elementary effects", "regression", "tornado"
  std::vector<std::string> columns;
  std::vector<SensitivityRow> rows;
  std::int64_t points = 0, without_value = 0;  // combinations; of them failed or missing
  std::vector<std::string> notes;
};
// figures: globs over the study's kept figures; figures without any value are left out. Throws UserError.
Sensitivity sensitivity(const Study& study, const std::string& folder, const std::vector<std::string>& figures);

// The point with the least (or largest) value of a figure among those that hold every condition.
struct Condition {
  std::string figure;
  bool at_least = true;
  double value = 0;
};
struct BestOptions {
  std::string figure;
  bool largest = false;
  std::vector<Condition> conditions;
  std::size_t most = 10;
};
struct BestPoint {
  std::int64_t id;
  double value;
};
std::vector<BestPoint> best(const Study& study, const std::string& folder, const BestOptions& options);

}  // namespace hypocaust::study
