// Measured power of a host group from a CSV file (docs/formats/power_trace.md).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace hypocaust::input {

// power_w[k] holds from time_s[k] to time_s[k + 1]; the last one for `end_s` - its time, as long as the interval before it.
struct PowerTraceCsv {
  std::vector<std::int64_t> time_s;  // since the first row, strictly ascending, first 0
  std::vector<double> power_w;       // >= 0
  std::int64_t end_s = 0;
};

struct PowerColumn {
  std::string name;
  double watts = 1.0;  // of one unit of the column, scale included
};

// Plain or .gz; commas; a header line; the first column is the time in whole seconds. Throws UserError
// (file:line:column, value, remedy): missing file or column, wrong number of columns, no number, negative power, time that does not
// ascend, fewer than two rows, cut in mid-line.
PowerTraceCsv read_power_trace(const std::string& path, const PowerColumn& column);

}  // namespace hypocaust::input
