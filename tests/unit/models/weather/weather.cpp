#include <catch2/catch.hpp>

#include <cmath>
#include <numeric>

#include "models/core/moist_air.hpp"
#include "models/weather/ground.hpp"
#include "models/weather/humidity.hpp"
#include "models/weather/synthetic.hpp"
#include "models/weather/weather_table.hpp"

using namespace hypocaust;
using namespace hypocaust::weather;

namespace {

constexpr std::int64_t start_2025_s = 1735689600, start_2024_s = 1704067200, day_s = 86400;

WeatherYear ramp_year() {  // hour k has k degC / 200
  WeatherYear year{.hours = std::vector<WeatherHour>(8760)};
  for (std::size_t k = 0; k < 8760; ++k)
    year.hours[k] = {.outdoor_c = static_cast<double>(k) / 200.0, .relative_humidity_frac = 0.5};
  return year;
}

}  // namespace

TEST_CASE("saturation pressure and wet bulb agree with the psychrometric tables") {
  // ASHRAE Fundamentals, table of moist air at saturation: 20 degC 2,339 Pa, 0 degC 611.2 Pa, -20 degC 103.3 Pa.
  CHECK(saturation_pressure_pa(20.0) == Approx(2338.9).epsilon(0.001));
  CHECK(saturation_pressure_pa(0.0) == Approx(611.2).epsilon(0.001));
  CHECK(saturation_pressure_pa(-20.0) == Approx(103.26).epsilon(0.002));
  // The chart at 101.325 kPa: 25 degC, 50 % has 17.9 degC; 30 degC, 50 % has 22.0 degC.
  CHECK(wet_bulb_c({.t_c = 25.0, .relative_humidity_frac = 0.5}) == Approx(17.9).margin(0.1));
  CHECK(wet_bulb_c({.t_c = 30.0, .relative_humidity_frac = 0.5}) == Approx(22.0).margin(0.1));
  CHECK(wet_bulb_c({.t_c = 12.0, .relative_humidity_frac = 1.0}) == Approx(12.0).margin(1e-5));
  for (double t_c = -40.0; t_c <= 45.0; t_c += 5.0) {
    const double wet_c = wet_bulb_c({.t_c = t_c, .relative_humidity_frac = 0.3});
    CHECK(wet_c < t_c);
    CHECK(wet_c < wet_bulb_c({.t_c = t_c, .relative_humidity_frac = 0.6}));
  }
}

TEST_CASE("ground follows the air late and damped") {
  std::vector<double> air_c(8760);
  for (std::size_t k = 0; k < air_c.size(); ++k)
    air_c[k] = 10.0 - 8.0 * std::cos(2.0 * 3.14159265358979 * (static_cast<double>(k) / 24.0 - 20.0) / 365.0);
  const GroundWave wave = ground_wave(air_c);
  CHECK(wave.mean_c == Approx(10.0).margin(1e-6));
  CHECK(wave.amplitude_k == Approx(8.0).margin(1e-6));
  CHECK(wave.coldest_s / day_s == Approx(20.0).margin(1e-3));
  CHECK(ground_temperature_c(wave, {.depth_m = 0.0, .into_year_s = 20.0 * day_s}) == Approx(2.0).margin(1e-3));
  // The damping depth is sqrt(alpha P / pi) = 2.545 m: there the wave is 1/e high and a radian (58.1 d) late.
  const double depth_m = std::sqrt(soil_diffusivity_m2_s * 31536000.0 / 3.14159265358979);
  CHECK(depth_m == Approx(2.545).margin(0.01));
  CHECK(ground_temperature_c(wave, {.depth_m = depth_m, .into_year_s = (20.0 + 58.09) * day_s}) ==
        Approx(10.0 - 8.0 / std::exp(1.0)).margin(1e-3));
}

TEST_CASE("synthetic months have the normals as means, whatever the seed") {
  for (std::size_t c = 0; c < names(Climate{}).size(); ++c)
    for (const std::uint64_t seed : {1u, 2u, 77u}) {
      const auto climate = static_cast<Climate>(c);
      CAPTURE(names(climate)[c], seed);
      const WeatherYear year = synthetic_year({.climate = climate}, seed);
      double humidity = 0;
      double sum[12] = {}, count[12] = {}, range[12] = {}, change = 0, square = 0;
      for (int k = 0; k < 8760; ++k)
        sum[month_of_hour(k)] += year.hours[static_cast<std::size_t>(k)].outdoor_c, count[month_of_hour(k)] += 1;
      for (int d = 0; d < 365; ++d) {
        double low = 99, high = -99;
        for (int h = 0; h < 24; ++h)
          low = std::min(low, year.hours[static_cast<std::size_t>(d * 24 + h)].outdoor_c),
          high = std::max(high, year.hours[static_cast<std::size_t>(d * 24 + h)].outdoor_c);
        range[month_of_hour(d * 24)] += high - low;
      }
      for (int m = 0; m < 12; ++m) {
        const auto i = static_cast<std::size_t>(m);
        CHECK(sum[m] / count[m] == Approx(normals(climate).mean_c[i]).margin(0.001));
        CHECK(range[m] * 24.0 / count[m] == Approx(normals(climate).daily_range_k[i]).margin(1.5));
      }
      for (std::size_t k = 0; k < 8760; ++k) {
        CHECK_FALSE(std::isnan(year.hours[k].outdoor_c));
        if (k > 0) change = std::max(change, std::fabs(year.hours[k].outdoor_c - year.hours[k - 1].outdoor_c));
        square += year.hours[k].relative_humidity_frac;
      }
      for (const double month_frac : normals(climate).humidity_frac) humidity += month_frac / 12;
      CHECK(change < 5.0);  // no jump at midnight, nor at the turn of a month
      CHECK(square / 8760 == Approx(humidity).margin(0.03));
    }
}

TEST_CASE("Chicago has the degree-days that the National Weather Service publishes") {
  // Normals 1991-2020 of Chicago O'Hare, heating degree-days below 65 degF since 1 July (daily climate reports CLIORD of
  // 21 November and 23 January 2024): 896 and 3,128 degF d. They are not the source of the monthly means. They are means of
  // thirty years, so the mean of thirty seeds stands beside them: within a month one seed may be 11 % off.
  constexpr int seeds = 30;
  double autumn_f_d = 0, winter_f_d = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const WeatherYear year = synthetic_year({.climate = Climate::chicago}, seed);
    for (int d = 181; d <= 365 + 22; ++d) {  // 1 July to 23 January
      double mean_c = 0;
      for (int h = 0; h < 24; ++h) mean_c += year.hours[static_cast<std::size_t>(d % 365 * 24 + h)].outdoor_c / 24;
      const double below_f_d = std::max(0.0, 65.0 - (32.0 + 1.8 * mean_c)) / seeds;
      if (d <= 324) autumn_f_d += below_f_d;  // 21 November
      winter_f_d += below_f_d;
    }
  }
  CHECK(autumn_f_d == Approx(896).epsilon(0.02));
  CHECK(winter_f_d == Approx(3128).epsilon(0.02));
}

TEST_CASE("the same seed is the same weather, another seed is another") {
  const WeatherYear a = synthetic_year({}, 5), b = synthetic_year({}, 5), c = synthetic_year({}, 6);
  CHECK(a.hours[4000].outdoor_c == b.hours[4000].outdoor_c);
  CHECK(a.hours[4000].outdoor_c != c.hours[4000].outdoor_c);
}

TEST_CASE("warmer moves every hour and keeps humidity") {
  const WeatherTable base(synthetic_year({}, 5)), hot(synthetic_year({.warmer_k = 2.0}, 5));
  const WeatherStep a = base.mean(start_2025_s, start_2025_s + 365 * day_s),
                    b = hot.mean(start_2025_s, start_2025_s + 365 * day_s);
  CHECK(b.outdoor_c - a.outdoor_c == Approx(2.0).margin(1e-9));
  CHECK(b.ground_c - a.ground_c == Approx(2.0).margin(1e-9));
  CHECK(hot.hours()[10].relative_humidity_frac == base.hours()[10].relative_humidity_frac);
}

TEST_CASE("means are exact: a ramp is a ramp, hours keep their means, additive over any cut") {
  const WeatherTable table(ramp_year());
  CHECK(table.mean(start_2025_s + 9000 - 30, start_2025_s + 9000 + 30).outdoor_c == Approx(2.0 / 200).margin(1e-12));
  CHECK(table.mean(start_2025_s + 10800 - 30, start_2025_s + 10800 + 30).outdoor_c == Approx(2.5 / 200).margin(1e-12));
  CHECK(table.mean(start_2025_s + 7200, start_2025_s + 10800).outdoor_c == Approx(2.0 / 200).margin(1e-12));
  const std::int64_t from = start_2025_s + 40 * day_s + 17, middle = from + 12345, to = middle + 98765;
  const double whole = table.mean(from, to).wet_bulb_c * static_cast<double>(to - from);
  const double parts = table.mean(from, middle).wet_bulb_c * static_cast<double>(middle - from) +
                       table.mean(middle, to).wet_bulb_c * static_cast<double>(to - middle);
  CHECK(whole == Approx(parts).epsilon(1e-12));
  CHECK(table.mean(start_2025_s, start_2025_s + 365 * day_s).outdoor_c == Approx(8759.0 / 400).epsilon(1e-12));
}

TEST_CASE("the calendar year that holds an instant") {
  const auto year = [](std::int64_t utc_s, std::int64_t offset_s) {
    const CalendarYear found = calendar_year(utc_s, offset_s);
    return std::pair(found.start_utc_s, found.leap);
  };
  CHECK(year(1709164800, 0) == std::pair(start_2024_s, true));                   // 29 February 2024
  CHECK(year(start_2025_s - 1, 0) == std::pair(start_2024_s, true));             // the last second of 2024
  CHECK(year(start_2025_s - 1, 3600) == std::pair(start_2025_s - 3600, false));  // an hour east it is 2025 already
  CHECK(year(951782400, 0) == std::pair(std::int64_t{946684800}, true));         // 29 February 2000
  CHECK(year(-2203891200, 0) == std::pair(std::int64_t{-2208988800}, false));    // 1 March 1900
}

TEST_CASE("each hour of air keeps its means, continuous and without wild overshoot") {
  WeatherYear year = synthetic_year({.climate = Climate::chicago}, 4);
  for (std::size_t k = 100; k < 200; ++k) year.hours[k].wind_m_s = k % 2 ? 0.0 : 12.0;  // as jagged as can be
  const WeatherTable table(year);
  double last_c = table.mean(start_2025_s + 6 * 3600 - 60, start_2025_s + 6 * 3600).outdoor_c;
  for (std::size_t k = 0; k < 8760; ++k) {
    const WeatherHour& hour = year.hours[k];
    WeatherStep sum{.outdoor_c = 0, .wet_bulb_c = 0, .ground_c = 0};
    for (int minute = 0; minute < 60; ++minute) {
      const std::int64_t at_s = start_2025_s + 6 * 3600 + static_cast<std::int64_t>(k) * 3600 + minute * 60;
      const WeatherStep now = table.mean(at_s, at_s + 60);
      sum.outdoor_c += now.outdoor_c / 60, sum.humidity_ratio_kg_kg += now.humidity_ratio_kg_kg / 60,
          sum.wind_m_s += now.wind_m_s / 60;
      REQUIRE(std::fabs(now.outdoor_c - last_c) < 0.25);
      REQUIRE(now.wind_m_s > -1e-12);
      REQUIRE(now.humidity_ratio_kg_kg > 0.0);
      last_c = now.outdoor_c;
      const double before_c = year.hours[(k + 8759) % 8760].outdoor_c, after_c = year.hours[(k + 1) % 8760].outdoor_c;
      const double bound_k = 0.25 * (std::fabs(before_c - hour.outdoor_c) + std::fabs(after_c - hour.outdoor_c));
      REQUIRE(now.outdoor_c < std::max({before_c, hour.outdoor_c, after_c}) + bound_k + 1e-9);
      REQUIRE(now.outdoor_c > std::min({before_c, hour.outdoor_c, after_c}) - bound_k - 1e-9);
    }
    REQUIRE(sum.outdoor_c == Approx(hour.outdoor_c).margin(1e-9));
    REQUIRE(sum.wind_m_s == Approx(hour.wind_m_s).margin(1e-9));
    REQUIRE(sum.humidity_ratio_kg_kg ==
            Approx(humidity_ratio_kg_kg({.t_c = hour.outdoor_c, .relative_humidity_frac = hour.relative_humidity_frac}))
                .epsilon(1e-9));
  }
}

TEST_CASE("every year is the year of the table, 29 February is the 28th") {
  const WeatherTable table(ramp_year());
  const auto day = [&](std::int64_t start_s, int d) {
    return table.mean(start_s + d * day_s, start_s + (d + 1) * day_s).outdoor_c;
  };
  CHECK(day(start_2025_s, 200) == day(start_2025_s + 365 * day_s, 200));
  CHECK(day(start_2025_s - 366 * day_s, 10) == day(start_2025_s, 10));  // before, in 2024
  CHECK(day(start_2024_s, 58) == day(start_2025_s, 58));                // 28 February
  CHECK(day(start_2024_s, 59) == day(start_2024_s, 58));                // 29 February
  CHECK(day(start_2024_s, 60) == day(start_2025_s, 59));                // 1 March
  CHECK(day(start_2024_s, 365) == day(start_2025_s, 364));              // 31 December
}
