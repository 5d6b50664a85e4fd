// Years of hourly weather in files: EPW (docs/formats/epw.md) and tables of Modelica's weather readers (docs/formats/mos.md).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/weather/wave.hpp"
#include "models/weather/weather_table.hpp"
#include "sim/input/text_file.hpp"

namespace hypocaust::input {

struct WeatherFile {
  std::string city, country;
  double latitude_rad = 0, longitude_rad = 0, altitude_m = 0;
  std::int64_t utc_offset_s = 0;            // the file's local standard time minus UTC
  std::vector<weather::WeatherHour> hours;  // 8,760, in calendar order; 29 February dropped
  std::int64_t filled = 0;                  // missing temperatures, humidities and pressures, filled by straight lines
  std::int64_t light_filled = 0;            // missing radiation, from the same hour of the days about
  std::int64_t leap_rows_dropped = 0;
  std::optional<weather::Extremes> extremes;  // of the design conditions, where the file has them
};

// path: plain or .gz. Throws UserError with path:line:column and the value: no such file, not such a file, a wrong number of rows
// or columns, hours out of order, a field that is no number or out of range, more than a tenth of a needed column missing.
WeatherFile read_epw(const std::string& path);
WeatherFile read_mos(const std::string& path);

// What the two have in common: the LOCATION line, the columns that are read, and missing values.
enum class Layout : std::size_t { epw, mos };
inline constexpr std::size_t columns_read_epw = 24, columns_read_mos = 19;
void read_location(const TextFile& file, std::size_t line, const std::vector<Field>& fields, WeatherFile& weather);
weather::WeatherHour read_hour(const TextFile& file, std::size_t line, const std::vector<Field>& fields, Layout layout);
void fill_missing(const TextFile& file, WeatherFile& weather);

extern const std::string_view weather_source;  // where such files come from, for messages

}  // namespace hypocaust::input
