// One column of a CSV file against time. docs/formats/csv.md is the user's page.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::input {

struct ColumnRequest {
  std::string path, column;  // heading; the first column is the time
  std::string unit;          // of the column's numbers, as parse_unit reads it
  std::string time_zone = "UTC";
  Instant start;           // zero of times in seconds or hours
  bool irregular = false;  // rows need not be equally spaced
};

struct TimedColumn {
  std::string path;
  std::vector<std::int64_t> utc_s;      // strictly ascending, at least two
  std::vector<double> values;           // coherent SI (Celsius for degC)
  std::int64_t clock_rows_dropped = 0;  // times that the clock skipped when it was put forward
  std::int64_t clock_gaps_held = 0;     // hours without a row when it was put back
};

// Seconds of 1970 of 2025-07-14T06:00:00 and the like, with Z or +02:00, else UTC; nothing for other text.
std::optional<std::int64_t> read_utc(std::string_view text);

// Throws UserError with path:line:column and the value: no such file, column or unit; a field that is no number or time; a row
// with too few fields; times that go back or repeat; a gap.
TimedColumn read_column(const ColumnRequest& request);

}  // namespace hypocaust::input
