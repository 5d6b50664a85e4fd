// The door of the weather: whichever `type:` was written becomes one table.
#pragma once
#include <cstdint>

#include "models/core/schema.hpp"
#include "models/weather/weather_table.hpp"

namespace hypocaust::input {

struct WeatherRequest {
  std::uint64_t seed = 1;                                      // of the synthetic climate
  std::int64_t start_utc_s = 0, end_utc_s = 0;                 // of the run, warm-up included
  double latitude_rad = not_given, longitude_rad = not_given;  // of the site; not given: those of the file or climate
  double ground_reflectance_frac = 0.2;
};
// weather: one of weather::weather_types(), complete. Throws UserError from the files.
weather::WeatherTable load_weather(const Typed& weather, const WeatherRequest& request);

}  // namespace hypocaust::input
