#include "models/weather/synthetic.hpp"

#include <cmath>
#include <vector>

#include "models/core/math.hpp"
#include "models/core/moist_air.hpp"
#include "models/core/random.hpp"
#include "models/weather/humidity.hpp"
#include "models/weather/synthetic_sun.hpp"

namespace hypocaust::weather {
namespace {

constexpr int year_h = 8760, year_d = 365;
constexpr int first_day[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
// Lag-one correlations of noon values (lines between noons raise that of daily means to 0.71; three EPW files: 0.67 to 0.73) and
// of the rest within the day (EPW files: 0.89 to 0.96).
constexpr double day_memory = 0.65, hour_memory = 0.90;
// Graham, Hollands and Huget (Solar Energy 40, 1988): lag-one correlation of daily clearness as a standard normal number, alike
// everywhere. Correlation with the temperature: first harmonic of the three EPW files (-0.5 in January, 0.6 in July).
constexpr double clear_memory = 0.29, warm_when_clear = 0.05, clear_winter_cold = 0.55;
// The EPW files have 1.3 to 2.1 K here, most of it days of larger and smaller swing, which the model does not have.
constexpr double hour_deviation_k = 0.7;
// Lines between noons and months whose means are fixed leave this share of the spread that went in.
constexpr double spread_kept_frac = 0.82;
// A cosine of half the range, a little less since noise widens what maximum minus minimum shows.
constexpr double half_range = 0.46, warmest_h = 15.0;

// Twelve values at the middles of the months, joined by straight lines around the year.
double between_months(const std::array<double, 12>& values, double day) {
  const auto middle = [](int month) { return 0.5 * (first_day[month] + first_day[month + 1]); };
  int right = 0;
  while (right < 12 && day >= middle(right)) ++right;
  const int left = (right + 11) % 12, next = right % 12;
  const double from = right == 0 ? middle(11) - year_d : middle(left), to = right == 12 ? middle(0) + year_d : middle(next);
  const double share = (day - from) / (to - from);
  return values[static_cast<std::size_t>(left)] * (1.0 - share) + values[static_cast<std::size_t>(next)] * share;
}

double day_of(int k) { return (static_cast<double>(k) + 0.5) / 24.0; }  // the middle of hour k stands for it

// Day-to-day anomaly in units of its deviation, a value at each noon, AR(1) started in its steady state; and, in the same way, the
// standard normal number that tells how clear the day is.
struct Days {
  std::vector<double> warm, clear;
};
Days day_anomalies(const RandomStream& random) {
  Days days{std::vector<double>(year_d), std::vector<double>(year_d)};
  double warm = random.normal(0, 0), clear = random.normal(0, 2);
  for (int d = 0; d < year_d; ++d) {
    const auto step = static_cast<std::uint64_t>(d) + 1;
    const double new_warm = random.normal(step, 0);
    // Clear days are warm in summer and cold in winter: correlation of the new parts of both.
    const double alike = warm_when_clear - clear_winter_cold * vcos(2.0 * pi * (static_cast<double>(d) - 15.5) / year_d);
    const double new_clear = alike * new_warm + vsqrt(1.0 - alike * alike) * random.normal(step, 2);
    warm = day_memory * warm + vsqrt(1.0 - day_memory * day_memory) * new_warm;
    clear = clear_memory * clear + vsqrt(1.0 - clear_memory * clear_memory) * new_clear;
    days.warm[static_cast<std::size_t>(d)] = warm, days.clear[static_cast<std::size_t>(d)] = clear;
  }
  return days;
}

std::array<double, 12> monthly_means(const std::vector<double>& hourly) {
  std::array<double, 12> sum{}, count{};
  for (int k = 0; k < year_h; ++k) {
    const auto m = static_cast<std::size_t>(month_of_hour(k));
    sum[m] += hourly[static_cast<std::size_t>(k)], count[m] += 1.0;
  }
  for (std::size_t m = 0; m < 12; ++m) sum[m] /= count[m];
  return sum;
}

}  // namespace

int month_of_hour(int hour) {
  int month = 0;
  while (hour / 24 >= first_day[month + 1]) ++month;
  return month;
}

WeatherYear synthetic_year(const SyntheticSpec& spec, std::uint64_t seed, const WeatherPlace& place) {
  const MonthlyNormals& climate = normals(spec.climate);
  const RandomStream random(seed, "weather");
  const Days days = day_anomalies(random);
  const std::vector<double>& z = days.warm;
  std::vector<double> slow_c(year_h), fast_k(year_h);
  double noise = random.normal(0, 1);
  for (int k = 0; k < year_h; ++k) {
    const auto i = static_cast<std::size_t>(k);
    const double day = day_of(k), noon = day - 0.5, hour_of_day = static_cast<double>(k % 24) + 0.5;
    const double whole = vfloor(noon), share = noon - whole;
    const auto d = static_cast<std::size_t>((static_cast<int>(whole) + year_d) % year_d);
    const double spread_k = climate.spread.year_k + climate.spread.winter_k * vcos(2.0 * pi * (day - 15.5) / year_d);
    slow_c[i] = spread_k / spread_kept_frac * (z[d] * (1.0 - share) + z[(d + 1) % year_d] * share);
    noise = hour_memory * noise + vsqrt(1.0 - hour_memory * hour_memory) * random.normal(static_cast<std::uint64_t>(k) + 1, 1);
    fast_k[i] = half_range * between_months(climate.daily_range_k, day) * vcos(2.0 * pi * (hour_of_day - warmest_h) / 24.0) +
                hour_deviation_k * noise;
  }
  // The smooth course whose sum with the noise has the normals as monthly means: corrected until nothing is left (each round
  // takes at least half of the rest).
  std::vector<double> outdoor_c(year_h);
  std::array<double, 12> course = climate.mean_c;
  for (int round = 0; round < 50; ++round) {
    for (int k = 0; k < year_h; ++k) {
      const auto i = static_cast<std::size_t>(k);
      outdoor_c[i] = between_months(course, day_of(k)) + slow_c[i] + fast_k[i];
    }
    const std::array<double, 12> got = monthly_means(outdoor_c);
    for (std::size_t m = 0; m < 12; ++m) course[m] += climate.mean_c[m] - got[m];
  }
  WeatherYear year{.hours = std::vector<WeatherHour>(year_h),
                   .utc_offset_s = climate.utc_offset_s,
                   .ground_depth_m = spec.ground_depth_m,
                   .warmer_k = spec.warmer_k,
                   .place = place};
  for (int k = 0; k < year_h; ++k) {
    const auto i = static_cast<std::size_t>(k);
    // The day's vapour stays while the air warms and cools within the day.
    const double humidity = between_months(climate.humidity_frac, day_of(k)) * saturation_pressure_pa(outdoor_c[i] - fast_k[i]) /
                            saturation_pressure_pa(outdoor_c[i]);
    year.hours[i].outdoor_c = outdoor_c[i];
    year.hours[i].relative_humidity_frac = clamp(humidity, 0.1, 1.0);
    year.hours[i].wind_m_s = between_months(climate.wind_m_s, day_of(k));
  }
  if (std::isnan(place.latitude_rad)) year.place.latitude_rad = climate.latitude_deg * pi / 180.0;
  if (std::isnan(place.longitude_rad)) year.place.longitude_rad = climate.longitude_deg * pi / 180.0;
  const CalendarYear calendar = calendar_year(place.sun_utc_s, climate.utc_offset_s);
  std::vector<double> chance_frac(year_d);
  for (std::size_t d = 0; d < year_d; ++d) chance_frac[d] = 0.5 * verfc(-days.clear[d] / vsqrt(2.0));
  add_synthetic_sun(year.hours,
                    {.latitude_rad = year.place.latitude_rad,
                     .longitude_rad = year.place.longitude_rad,
                     .first_hour_utc_s = calendar.start_utc_s,
                     .leap = calendar.leap},
                    climate.clearness_frac, chance_frac);
  return year;
}

}  // namespace hypocaust::weather
