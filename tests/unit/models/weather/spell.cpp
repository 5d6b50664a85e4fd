// Heat waves and cold spells laid over a year of weather.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/core/moist_air.hpp"
#include "models/weather/humidity.hpp"
#include "models/weather/spell.hpp"

using namespace hypocaust;
using namespace hypocaust::weather;

namespace {

constexpr std::int64_t day_s = 86400, july_s = 1752537600;  // 2025-07-15

// Warm by day and by season, with a week in July that is cooler than its neighbours.
WeatherYear year() {
  WeatherYear y{.hours = std::vector<WeatherHour>(8760)};
  for (std::size_t k = 0; k < 8760; ++k) {
    const double turn = 2 * M_PI, day = static_cast<double>(k) / 24;
    const bool cool = k >= 195 * 24 && k < 202 * 24;
    y.hours[k].outdoor_c = 10 - 10 * std::cos(turn * (day - 15) / 365) + 5 * std::sin(turn * (day - 0.3)) - (cool ? 4 : 0);
    y.hours[k].relative_humidity_frac = 0.6;
  }
  return y;
}
double hottest_c(const WeatherYear& y, std::size_t from_day, std::size_t days) {
  double most = -99;
  for (std::size_t k = from_day * 24; k < (from_day + days) * 24; ++k) most = std::max(most, y.hours[k].outdoor_c);
  return most;
}

}  // namespace

// Mean and standard deviation of yearly extremes, and the extremes of 5, 10, 20 and 50 years, as the design conditions in the EPW
// files of the three stations state them.
TEST_CASE("the extremes of a return period are those of published design conditions", "[weather]") {
  struct Station {
    double mean_c, deviation_k, published_c[4];
  };
  const double years[4] = {5, 10, 20, 50};
  for (const Station& s : {Station{32.8, 1.7, {34.1, 35.1, 36.0, 37.3}}, Station{29.3, 2.1, {30.8, 32.1, 33.3, 34.8}},
                           Station{35.9, 1.9, {37.3, 38.4, 39.5, 40.9}}})
    for (int k = 0; k < 4; ++k)
      CHECK(s.mean_c + s.deviation_k * frequency_factor(years[k]) == Approx(s.published_c[k]).margin(0.15));
}

TEST_CASE("a heat wave lifts its days to the season's extreme and leaves the others", "[weather]") {
  const WeatherYear before = year();
  const SpelledYear after =
      with_spell(before, {.kind = SpellKind::heatwave, .from_utc_s = july_s, .to_utc_s = july_s + 7 * day_s, .return_years = 20});
  const double season_c = hottest_c(before, 195 - 15, 7 + 30);
  CHECK(after.extreme_c == Approx(season_c + 1.9 * frequency_factor(20)));
  CHECK(hottest_c(after.year, 195, 7) == Approx(after.extreme_c));
  CHECK(after.shift_k == Approx(after.extreme_c - hottest_c(before, 195, 7)));
  for (const std::size_t k : {std::size_t{193 * 24}, std::size_t{194 * 24 + 11}, std::size_t{202 * 24 + 13}, std::size_t{0}})
    CHECK(after.year.hours[k].outdoor_c == before.hours[k].outdoor_c);
  // The ramp: six hours before the spell half of the shift has come.
  CHECK(after.year.hours[195 * 24 - 6].outdoor_c - before.hours[195 * 24 - 6].outdoor_c == Approx(0.5 * after.shift_k));
}

TEST_CASE("air keeps its water through a heat wave, and a cold spell is saturated at most", "[weather]") {
  const WeatherYear before = year();
  const SpelledYear hot = with_spell(before, {.kind = SpellKind::heatwave, .from_utc_s = july_s, .to_utc_s = july_s + 7 * day_s});
  const auto vapour_pa = [](const WeatherHour& h) { return h.relative_humidity_frac * saturation_pressure_pa(h.outdoor_c); };
  for (std::size_t k = 195 * 24; k < 202 * 24; ++k) CHECK(vapour_pa(hot.year.hours[k]) == Approx(vapour_pa(before.hours[k])));
  const std::int64_t january_s = july_s - 181 * day_s;
  const SpelledYear cold =
      with_spell(before, {.kind = SpellKind::coldwave, .from_utc_s = january_s, .to_utc_s = january_s + 7 * day_s});
  CHECK(cold.shift_k < 0);
  for (const WeatherHour& h : cold.year.hours) CHECK(h.relative_humidity_frac <= 1.0);
  CHECK(WeatherTable(cold.year).mean(january_s + 3 * day_s, january_s + 4 * day_s).outdoor_c ==
        Approx(WeatherTable(before).mean(january_s + 3 * day_s, january_s + 4 * day_s).outdoor_c + cold.shift_k));
}

TEST_CASE("typical weather stays as it is", "[weather]") {
  const WeatherYear before = year();
  const SpelledYear after =
      with_spell(before, {.kind = SpellKind::typical, .from_utc_s = july_s, .to_utc_s = july_s + 7 * day_s});
  CHECK(after.shift_k == 0);
  for (std::size_t k = 0; k < 8760; ++k) REQUIRE(after.year.hours[k].outdoor_c == before.hours[k].outdoor_c);
}
