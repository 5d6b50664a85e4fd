#include "models/weather/wave.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/core/moist_air.hpp"

using namespace hypocaust;
using namespace hypocaust::weather;

namespace {

std::vector<WeatherHour> year_of(double mean_c) {  // a day's wave of 5 K
  std::vector<WeatherHour> year(8760);
  for (std::size_t h = 0; h < year.size(); ++h)
    year[h].outdoor_c = mean_c + (h % 24 == 14 ? 5.0 : h % 24 == 4 ? -5.0 : 0.0), year[h].relative_humidity_frac = 0.6;
  return year;
}

}  // namespace

// The same handbook prints the 5-, 10-, 20- and 50-year hours of these places, rounded to 0.1 K from unrounded moments.
TEST_CASE("return levels are those that the handbook prints") {
  struct Printed {
    Climate climate;
    double years, coldest_c, hottest_c;
  };
  for (const Printed& p : {Printed{Climate::london, 5, -3.9, 34.1}, Printed{Climate::london, 10, -4.6, 35.1},
                           Printed{Climate::london, 20, -5.2, 36.0}, Printed{Climate::london, 50, -6.0, 37.3},
                           Printed{Climate::stockholm, 5, -22.7, 30.8}, Printed{Climate::stockholm, 20, -27.8, 33.3},
                           Printed{Climate::stockholm, 50, -31, 34.8}, Printed{Climate::chicago, 5, -27, 37.3},
                           Printed{Climate::chicago, 20, -32.2, 39.5}, Printed{Climate::chicago, 50, -35.5, 40.9},
                           Printed{Climate::helsinki, 5, -28.2, 30.1}, Printed{Climate::helsinki, 20, -33.3, 31.9},
                           Printed{Climate::helsinki, 50, -36.5, 33.1}}) {
    const Extremes e = usual_extremes(p.climate).value();
    INFO(names(Climate{})[static_cast<std::size_t>(p.climate)] << ", " << p.years << " years");
    CHECK(return_level_c(e, WaveKind::heat_wave, p.years * 365.0 * 86400.0) == Approx(p.hottest_c).margin(0.25));
    CHECK(return_level_c(e, WaveKind::cold_wave, p.years * 365.0 * 86400.0) == Approx(p.coldest_c).margin(0.25));
  }
}

// Mean and standard deviation of yearly extremes, and the extremes of 5, 10, 20 and 50 years, as the design conditions in the EPW
// files of the stations state them (Copenhagen Kastrup last).
TEST_CASE("the extremes of a return period are those of published design conditions", "[weather]") {
  struct Station {
    double mean_c, deviation_k, published_c[4];
  };
  const double years[4] = {5, 10, 20, 50};
  for (const Station& s : {Station{32.8, 1.7, {34.1, 35.1, 36.0, 37.3}}, Station{29.3, 2.1, {30.8, 32.1, 33.3, 34.8}},
                           Station{35.9, 1.9, {37.3, 38.4, 39.5, 40.9}}, Station{28.9, 1.6, {30.1, 31.0, 31.9, 33.1}},
                           Station{27.9, 1.7, {29.1, 30.0, 31.0, 32.2}}})
    for (int k = 0; k < 4; ++k)
      CHECK(s.mean_c + s.deviation_k * frequency_factor(years[k]) == Approx(s.published_c[k]).margin(0.15));
}

TEST_CASE("a heat wave reaches its hour, keeps the vapour, and leaves the rest of the year alone") {
  std::vector<WeatherHour> year = year_of(20.0);
  const std::vector<WeatherHour> before = year;
  const double shift_k =
      lay_over(year, {.kind = WaveKind::heat_wave, .first_hour = 4800, .hours = 7 * 24, .ramp_hours = 24, .target_c = 36.0});
  CHECK(shift_k == Approx(11.0));
  double hottest_c = -99;
  for (std::size_t h = 0; h < year.size(); ++h) {
    const double added_k = year[h].outdoor_c - before[h].outdoor_c;
    if (h < 4800 || h >= 4800 + 7 * 24) CHECK(added_k == 0.0);
    else CHECK((added_k > 0.0 && added_k <= shift_k * (1 + 1e-12)));
    hottest_c = std::max(hottest_c, year[h].outdoor_c);
  }
  CHECK(hottest_c == Approx(36.0));
  CHECK(year[4800].outdoor_c - before[4800].outdoor_c == Approx(11.0 * 0.5 / 24));
  CHECK(year[4824].outdoor_c - before[4824].outdoor_c == Approx(11.0));
  const auto vapour_pa = [](const WeatherHour& h) { return h.relative_humidity_frac * saturation_pressure_pa(h.outdoor_c); };
  CHECK(vapour_pa(year[4838]) == Approx(vapour_pa(before[4838])).epsilon(1e-12));
}

TEST_CASE("a cold wave cools, air is at most saturated, and what is colder already stays") {
  std::vector<WeatherHour> year = year_of(0.0);
  for (WeatherHour& hour : year) hour.relative_humidity_frac = 0.95;
  const Wave wave{.kind = WaveKind::cold_wave, .first_hour = 8700, .hours = 96, .ramp_hours = 0, .target_c = -20.0};
  CHECK(lay_over(year, wave) == Approx(-15.0));  // over the end of the year
  CHECK(year[0].outdoor_c == Approx(-15.0));
  CHECK(year[0].relative_humidity_frac == 1.0);
  CHECK(lay_over(year, wave) == Approx(0.0).margin(1e-12));
  std::vector<WeatherHour> unknown(8760);
  CHECK(std::isnan(lay_over(unknown, wave)));
}
