// Heat waves and cold spells laid over a year of weather.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/core/moist_air.hpp"
#include "models/weather/humidity.hpp"
#include "models/weather/spell.hpp"
#include "models/weather/wave.hpp"

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
  // The ramp, at half past: the hour that ends six hours before the spell has 5.5, the next 6.5 twelfths of the shift.
  CHECK(after.year.hours[195 * 24 - 7].outdoor_c - before.hours[195 * 24 - 7].outdoor_c == Approx(5.5 / 12 * after.shift_k));
  CHECK(after.year.hours[195 * 24 - 6].outdoor_c - before.hours[195 * 24 - 6].outdoor_c == Approx(6.5 / 12 * after.shift_k));
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

TEST_CASE("what is not known of a spell's hours stays unknown, and the sky is that of the warmer air", "[weather]") {
  WeatherYear before = year();
  before.hours[198 * 24].relative_humidity_frac = not_given, before.hours[198 * 24].sky_infrared_w_m2 = 300;
  const SpelledYear after =
      with_spell(before, {.kind = SpellKind::heatwave, .from_utc_s = july_s, .to_utc_s = july_s + 7 * day_s});
  CHECK(std::isnan(after.year.hours[198 * 24].relative_humidity_frac));
  CHECK(std::isnan(after.year.hours[198 * 24].sky_infrared_w_m2));
}

TEST_CASE("typical weather stays as it is", "[weather]") {
  const WeatherYear before = year();
  const SpelledYear after =
      with_spell(before, {.kind = SpellKind::typical, .from_utc_s = july_s, .to_utc_s = july_s + 7 * day_s});
  CHECK(after.shift_k == 0);
  for (std::size_t k = 0; k < 8760; ++k) REQUIRE(after.year.hours[k].outdoor_c == before.hours[k].outdoor_c);
}
