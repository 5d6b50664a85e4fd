// series: a named column of a CSV file with a unit, usable wherever a key accepts {series: name}.
#pragma once
#include <span>
#include <string>

#include "models/core/schema.hpp"

namespace hypocaust::input {

enum class Between : int { hold, interpolate };
std::span<const std::string_view> names(Between);

struct SeriesSpec {
  FilePath file;
  std::string column, unit;  // unit of the column's numbers ("kW", "degC", "GBP/MWh")
  Between between = Between::hold;
  std::string time_zone = "UTC";  // of the file's time column
  Instant start;                  // zero of a time column in seconds or hours
  bool repeat = false;            // start again at the end, explicitly
  bool irregular = false;         // rows need not be equally spaced
  void check(Problems&) const;
  static const Schema& schema();
};

}  // namespace hypocaust::input
