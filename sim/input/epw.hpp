// EnergyPlus weather files (EPW): docs/formats/epw.md.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/weather/weather_table.hpp"

namespace hypocaust::input {

struct EpwFile {
  std::string city, country;
  double latitude_rad = 0, longitude_rad = 0, altitude_m = 0;
  std::int64_t utc_offset_s = 0;            // the file's local standard time minus UTC
  std::vector<weather::WeatherHour> hours;  // 8,760, in calendar order; 29 February dropped
  std::int64_t filled = 0;                  // missing temperatures, humidities and pressures, filled by straight lines
  std::int64_t leap_rows_dropped = 0;
};

// path: plain or .gz. Throws UserError with path:line:column and the value: no such file, not an EPW file, a wrong number of rows
// or columns, hours out of order, a field that is no number or out of range, more than a tenth of a needed column missing.
EpwFile read_epw(const std::string& path);

}  // namespace hypocaust::input
