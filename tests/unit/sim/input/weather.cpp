#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>

#include "models/core/errors.hpp"
#include "models/weather/spec.hpp"
#include "sim/input/weather.hpp"
#include "tests/unit/sim/input/temporary_file.hpp"

using namespace hypocaust;
using namespace hypocaust::input;

namespace {

constexpr std::int64_t start_s = 1735689600;  // 2025-01-01T00:00Z

std::string hours(int count) {  // hour k: k / 1000 degC, 40 %
  std::string text = "time,outdoor,rh\n";
  for (int k = 0; k < count; ++k) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{start_s / 86400 + k / 24}}};
    char line[80];
    std::snprintf(line, sizeof line, "%d-%02u-%02uT%02d:00Z,%.3f,40\n", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), k % 24, k / 1000.0);
    text += line;
  }
  return text;
}
Typed csv(const TemporaryFile& file) {
  Typed typed(weather::CsvSpec::schema());
  typed.as<weather::CsvSpec>()->file.path = file.path;
  typed.as<weather::CsvSpec>()->humidity = "rh";
  return typed;
}

}  // namespace

TEST_CASE("weather from a CSV year, and from less than a year where the run fits") {
  const TemporaryFile year("year.csv", hours(8760)), month("month.csv", hours(31 * 24));
  const auto table = load_weather(csv(year), {.start_utc_s = start_s + 400 * 86400, .end_utc_s = start_s + 500 * 86400});
  CHECK(table.mean(start_s + 36000 - 60, start_s + 36000 + 60).outdoor_c == Approx(0.010).margin(1e-4));
  CHECK(table.mean(start_s + 3600, start_s + 7200).outdoor_c == Approx(0.0015));
  CHECK(table.hours()[100].relative_humidity_frac == Approx(0.4));
  const WeatherRequest inside{.start_utc_s = start_s + 86400, .end_utc_s = start_s + 20 * 86400};
  const auto short_table = load_weather(csv(month), inside);
  CHECK(short_table.mean(inside.start_utc_s, inside.start_utc_s + 60).outdoor_c == Approx(0.024).margin(1e-4));
  CHECK(short_table.mean(inside.end_utc_s - 60, inside.end_utc_s).outdoor_c == Approx(0.480).margin(1e-4));
  CHECK_THROWS_AS(load_weather(csv(month), {.start_utc_s = start_s, .end_utc_s = start_s + 40 * 86400}), UserError);
}

TEST_CASE("radiation and wind from a CSV file, as means before or after the time of a row, or at instants") {
  std::string text = "time,outdoor,global,direct,diffuse,wind\n";
  for (int k = 0; k < 48; ++k) {
    char line[100];
    std::snprintf(line, sizeof line, "2025-06-%02dT%02d:00Z,15,%d,%d,%d,%d\n", 20 + k / 24, k % 24, k == 12 ? 600 : 0,
                  k == 12 ? 500 : 0, k == 12 ? 100 : 0, k == 12 ? 8 : 2);
    text += line;
  }
  const TemporaryFile file("sun.csv", text);
  constexpr std::int64_t noon_s = 1750420800;  // 20 June 2025, 12:00Z
  const WeatherRequest request{
      .start_utc_s = noon_s - 6 * 3600, .end_utc_s = noon_s + 6 * 3600, .latitude_rad = 0.9, .longitude_rad = 0.0};
  Typed typed(weather::CsvSpec::schema());
  auto* spec = typed.as<weather::CsvSpec>();
  spec->file.path = file.path, spec->direct_normal = "direct", spec->diffuse = "diffuse", spec->wind = "wind";
  const auto light = [&](std::int64_t from_s) { return load_weather(typed, request).mean(from_s, from_s + 3600).light; };
  const auto beam = [](const Light<double>& l) { return std::hypot(l.beam_east_w_m2, l.beam_north_w_m2, l.beam_up_w_m2); };
  spec->rows_are = weather::RowsAre::hour_after;
  CHECK(beam(light(noon_s)) > 495.0);
  CHECK(beam(light(noon_s - 3600)) == 0.0);
  CHECK(load_weather(typed, request).mean(noon_s, noon_s + 3600).wind_m_s == Approx(8.0));
  spec->rows_are = weather::RowsAre::hour_before;
  CHECK(beam(light(noon_s)) == 0.0);
  CHECK(beam(light(noon_s - 3600)) > 495.0);
  spec->rows_are = weather::RowsAre::instants;
  CHECK(load_weather(typed, request).mean(noon_s, noon_s + 3600).wind_m_s == Approx(5.0));
  // Global radiation is split, and comes back whole.
  spec->direct_normal.clear(), spec->diffuse.clear(), spec->global = "global", spec->rows_are = weather::RowsAre::hour_after;
  CHECK(global_horizontal_w_m2(light(noon_s)) == Approx(600.0).epsilon(1e-3));
  CHECK(beam(light(noon_s)) > 300.0);
  WeatherRequest nowhere = request;
  nowhere.latitude_rad = not_given;
  CHECK_THROWS_WITH(load_weather(typed, nowhere), Catch::Contains("radiation needs a place"));
  spec->radiation_unit = "kW/m2";
  CHECK_THROWS_WITH(load_weather(typed, request), Catch::Contains("weather.radiation_unit"));
}

TEST_CASE("constant weather, and no weather at all") {
  Typed typed(weather::ConstantSpec::schema());
  auto* spec = typed.as<weather::ConstantSpec>();
  spec->outdoor_c = 25.0, spec->humidity_frac = 0.5, spec->ground_c = 11.0;
  const auto step = load_weather(typed, {}).mean(start_s + 17, start_s + 99999);
  CHECK(step.outdoor_c == Approx(25.0));
  CHECK(step.wet_bulb_c == Approx(17.9).margin(0.1));
  CHECK(step.ground_c == Approx(11.0));
  CHECK(std::isnan(load_weather(Typed{}, {}).mean(start_s, start_s + 60).outdoor_c));  // nobody asks for it, nobody is told
  CHECK(std::isnan(load_weather(Typed{}, {}).mean(start_s, start_s + 60).ground_c));
}
