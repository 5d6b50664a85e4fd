// Key figures of every hour of a stored run: a table with a line an hour.
#pragma once
#include "sim/report/pricing.hpp"

namespace hypocaust::report {

struct HourColumn {
  std::string name, unit;
  std::vector<double> values;  // NaN: does not apply
};
struct HourTable {
  std::vector<std::int64_t> utc_s;  // start of the hour
  std::vector<HourColumn> columns;
};
// CUE by the emission factors of `priced`. Throws UserError for a file that does not count by the hour.
HourTable hours(const StoredRun& run, const Priced& priced);

std::string to_csv(const HourTable& table);   // name [unit], empty where a figure does not apply
std::string to_json(const HourTable& table);  // {"time": [...], "columns": [{"name", "unit", "values"}]}

}  // namespace hypocaust::report
