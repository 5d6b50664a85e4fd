// Hourly radiation and cloud of a synthetic climate from monthly clearness.
#pragma once
#include <array>
#include <vector>

#include "models/weather/weather_table.hpp"

namespace hypocaust::weather {

// Writes direct, diffuse and cloud of `hours` (8,760). chance: one number a day, uniform in (0, 1), 365. docs/methods/weather.md has
// the equations. The global radiation of each month is clearness x that outside the atmosphere, exactly.
void add_synthetic_sun(std::vector<WeatherHour>& hours, const SunSite& site, const std::array<double, 12>& clearness_frac,
                       const std::vector<double>& chance_frac);

// Daily clearness below which the share `chance_frac` of the days of a month lies whose mean clearness is `mean_frac` (0.1 to 0.8):
// Bendt, Collares-Pereira and Rabl (Solar Energy 27, 1981), greatest clearness of Hollands and Huget (Solar Energy 30, 1983).
double daily_clearness_frac(double mean_frac, double chance_frac);
// Direct and diffuse radiation of an hour from its global radiation on the horizontal. What stands in an hour without sun is diffuse.
void split_global(double global_w_m2, const SunHour& sun, WeatherHour& hour);
// Share of the diffuse in the global radiation of an hour: Erbs, Klein and Duffie (Solar Energy 28, 1982).
double diffuse_share(double clearness_frac);

}  // namespace hypocaust::weather
