#include "models/weather/sun.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "models/weather/synthetic.hpp"
#include "models/weather/synthetic_sun.hpp"
#include "models/weather/weather_table.hpp"

using namespace hypocaust;
using namespace hypocaust::weather;

namespace {

constexpr double degree_rad = 3.14159265358979 / 180.0;
constexpr std::int64_t start_2025_s = 1735689600;

// 8,760 hours with the same radiation in all of them, which no sky gives, so that every way of losing some shows.
WeatherYear bright_year(double latitude_deg) {
  WeatherYear year{.hours = std::vector<WeatherHour>(8760),
                   .place = {.latitude_rad = latitude_deg * degree_rad, .longitude_rad = 0.2, .sun_utc_s = start_2025_s}};
  for (std::size_t k = 0; k < 8760; ++k)
    year.hours[k] = {.outdoor_c = 10.0,
                     .relative_humidity_frac = 0.5,
                     .direct_normal_w_m2 = static_cast<double>(k % 7) * 20.0,
                     .diffuse_horizontal_w_m2 = static_cast<double>(k % 5) * 30.0};
  return year;
}

}  // namespace

TEST_CASE("the sun stands where the astronomical almanac says") {
  // Geocentric apparent declination and hour angle at Greenwich, degrees, by PyEphem 4.1 (VSOP87).
  struct At {
    double utc_s, declination_deg, hour_angle_deg;
  };
  for (const At& at : {At{1736942400, -21.0233, -2.3708}, At{1742461260, -0.0003, -46.5993}, At{1750485600, 23.4383, -90.4507},
                       At{1756740600, 8.0242, 52.5257}, At{1762171200, -15.2270, 4.1083}, At{1835431200, -7.6886, -33.1036}}) {
    const Sun sun = sun_at({.utc_s = at.utc_s});
    CHECK(sun.declination_rad / degree_rad == Approx(at.declination_deg).margin(0.01));
    CHECK(sun.hour_angle_rad / degree_rad == Approx(at.hour_angle_deg).margin(0.01));
  }
  // The example of the report on the Solar Position Algorithm (Reda and Andreas, NREL/TP-560-34302): 17 October 2003, 12:30:30 of
  // UTC-7, 39.742476 N, 105.1786 W: zenith angle 50.11162, azimuth 194.34024 degrees, refraction (0.016) included.
  const Sun sun = sun_at({.utc_s = 1066419030.0, .longitude_rad = -105.1786 * degree_rad});
  const Normal<double> to_sun = direction_of(sun, 39.742476 * degree_rad);
  CHECK(std::acos(to_sun.up) / degree_rad == Approx(50.11162 + 0.016).margin(0.01));
  CHECK(std::atan2(to_sun.east, to_sun.north) / degree_rad + 360.0 == Approx(194.34024).margin(0.015));
  CHECK(sun_at({.utc_s = start_2025_s + 3.5 * 86400}).extraterrestrial_w_m2 ==
        Approx(1361.0 * 1.0343).epsilon(0.001));  // perihelion
}

TEST_CASE("each hour keeps its mean of direct and diffuse radiation, in minutes as in odd steps") {
  for (const double latitude_deg : {51.5, -35.0, 0.0, 66.0, 78.0, 90.0}) {
    CAPTURE(latitude_deg);
    const WeatherYear year = bright_year(latitude_deg);
    const SunHours sun(year.hours,
                       {.latitude_rad = year.place.latitude_rad, .longitude_rad = 0.2, .first_hour_utc_s = start_2025_s});
    double dropped_j_m2 = 0;
    for (std::size_t k = 0; k < 8760; ++k) {
      const SunHour course =
          sun_hour({.latitude_rad = year.place.latitude_rad, .longitude_rad = 0.2, .first_hour_utc_s = start_2025_s}, k);
      for (const double step_s : {60.0, 700.0, 3600.0}) {
        double direct_w_m2 = 0, horizontal_w_m2 = 0, beam_up_w_m2 = 0, ground_w_m2 = 0;
        for (double from_s = 0; from_s < 3600.0; from_s += step_s) {
          const double to_s = std::min(from_s + step_s, 3600.0), weight = (to_s - from_s) / 3600.0;
          const Light<double> light = sun.mean(k, {.from_s = from_s, .to_s = to_s});
          REQUIRE(light.diffuse_w_m2 >= -1e-12);
          REQUIRE(light.beam_up_w_m2 >= -1e-9);
          horizontal_w_m2 += weight * global_horizontal_w_m2(light), beam_up_w_m2 += weight * light.beam_up_w_m2;
          ground_w_m2 += weight * light.ground_reflected_w_m2;
          direct_w_m2 +=
              weight * std::sqrt(light.beam_east_w_m2 * light.beam_east_w_m2 + light.beam_north_w_m2 * light.beam_north_w_m2 +
                                 light.beam_up_w_m2 * light.beam_up_w_m2);
        }
        const WeatherHour& hour = year.hours[k];
        REQUIRE(ground_w_m2 == Approx(0.2 * horizontal_w_m2).margin(1e-9));
        if (course.up_frac == 0.0) {  // the diffuse stays in the dark; the direct has no direction, and is left out
          REQUIRE(horizontal_w_m2 == Approx(hour.diffuse_horizontal_w_m2).margin(1e-9));
          if (step_s == 3600.0) dropped_j_m2 += hour.direct_normal_w_m2 * 3600.0;
        } else if (hour.diffuse_horizontal_w_m2 == 0.0 && hour.direct_normal_w_m2 / course.up_frac < 1310.0) {
          REQUIRE(direct_w_m2 == Approx(hour.direct_normal_w_m2).epsilon(1e-9 + 0.003 * (step_s / 3600.0) * (step_s / 3600.0)));
        }
        if (hour.direct_normal_w_m2 == 0.0) REQUIRE(horizontal_w_m2 == Approx(hour.diffuse_horizontal_w_m2).epsilon(1e-9));
        if (hour.direct_normal_w_m2 > 0.0 && course.up_frac == 1.0)
          REQUIRE(horizontal_w_m2 ==
                  Approx(hour.diffuse_horizontal_w_m2 + hour.direct_normal_w_m2 * course.sine_of_height).epsilon(1e-6));
      }
    }
    CHECK(sun.dropped_j_m2() >= dropped_j_m2 * (1 - 1e-12));
  }
}

TEST_CASE("what a surface gets") {
  const Light<double> noon{.beam_north_w_m2 = -600, .beam_up_w_m2 = 800, .diffuse_w_m2 = 100, .ground_reflected_w_m2 = 180};
  CHECK(irradiance_w_m2(noon, normal_of({})) == Approx(900));
  CHECK(irradiance_w_m2(noon, normal_of({.tilt_rad = 90 * degree_rad, .azimuth_rad = 180 * degree_rad})) ==
        Approx(600 + 50 + 90));
  CHECK(irradiance_w_m2(noon, normal_of({.tilt_rad = 90 * degree_rad, .azimuth_rad = 0})) == Approx(50 + 90));
  CHECK(irradiance_w_m2(noon, normal_of({.tilt_rad = 90 * degree_rad, .azimuth_rad = 90 * degree_rad})) == Approx(50 + 90));
  CHECK(irradiance_w_m2(noon, normal_of({.tilt_rad = std::atan2(600, 800), .azimuth_rad = 180 * degree_rad})) ==
        Approx(1000 + 100 * 0.9 + 180 * 0.1));
  CHECK(irradiance_w_m2(noon, normal_of({.tilt_rad = 180 * degree_rad})) == Approx(180));
  // Hay and Davies on a tilted plane, by hand: at solar noon of an equinox at 45 N the sun is 45 degrees high. Direct 500 W/m2, diffuse
  // 200 W/m2; the circumsolar share is 500 / (1361 x 1.0075) = 0.365. Facing the sun: 500 + 200 (0.365 x 1.414 + 0.635 x 0.854).
  WeatherYear year = bright_year(45);
  for (WeatherHour& hour : year.hours) hour.direct_normal_w_m2 = 500, hour.diffuse_horizontal_w_m2 = 200;
  year.place.ground_reflectance_frac = 0, year.place.longitude_rad = 0;
  const std::int64_t noon_s = 1742472000 + 445;  // 20 March 2025, 12:07:25, when the sun passes Greenwich
  const Light<double> light = WeatherTable(year).mean(noon_s - 30, noon_s + 30).light;
  const double share = 500.0 / (1361.0 * 1.0075);
  const double within = 1.0075;  // diffuse goes with the sun's height within the hour: at noon a little above its mean
  CHECK(irradiance_w_m2(light, normal_of({.tilt_rad = 45 * degree_rad, .azimuth_rad = 180 * degree_rad})) ==
        Approx(500 + 200 * within * (share * std::sqrt(2.0) + (1 - share) * 0.853553)).epsilon(0.005));
}

TEST_CASE("the sun rises in the east, and a year of weather without a place has none") {
  const WeatherTable table(bright_year(51.5));
  const Light<double> morning = table.mean(start_2025_s + 172 * 86400 + 7 * 3600, start_2025_s + 172 * 86400 + 8 * 3600).light;
  CHECK(morning.beam_east_w_m2 > 0);
  const Light<double> evening = table.mean(start_2025_s + 172 * 86400 + 17 * 3600, start_2025_s + 172 * 86400 + 18 * 3600).light;
  CHECK(evening.beam_east_w_m2 < 0);
  CHECK(table.has_sun());
  WeatherYear nowhere = bright_year(51.5);
  nowhere.place = {};
  CHECK_FALSE(WeatherTable(nowhere).has_sun());
  CHECK(global_horizontal_w_m2(WeatherTable(nowhere).mean(start_2025_s, start_2025_s + 86400).light) == 0.0);
}

TEST_CASE("synthetic months have the radiation of their clearness, and days as clear and cloudy as the formula says") {
  // Duffie and Beckman, Solar Engineering of Thermal Processes, generalised distribution: a month of mean 0.5 has days of 0.05 to 0.72.
  CHECK(daily_clearness_frac(0.5, 1e-12) == Approx(0.05).margin(1e-6));
  CHECK(daily_clearness_frac(0.5, 1 - 1e-12) == Approx(0.6313 + 0.267 * 0.5 - 11.9 * std::pow(0.25, 8)).margin(1e-3));
  for (const double mean_frac : {0.25, 0.4, 0.55, 0.7}) {
    double sum = 0;
    for (int k = 0; k < 1000; ++k) sum += daily_clearness_frac(mean_frac, (k + 0.5) / 1000) / 1000;
    CHECK(sum == Approx(mean_frac).margin(1e-3));
  }
  CHECK(diffuse_share(0.1) == Approx(0.991));
  CHECK(diffuse_share(0.5) == Approx(0.6591).margin(2e-3));  // Erbs' polynomial
  CHECK(diffuse_share(0.9) == 0.165);
  const WeatherYear year = synthetic_year({.climate = Climate::chicago}, 3, {.sun_utc_s = start_2025_s + 180 * 86400});
  const SunSite site{
      .latitude_rad = 41.98 * degree_rad, .longitude_rad = -87.92 * degree_rad, .first_hour_utc_s = start_2025_s + 21600};
  double global[12] = {}, outside[12] = {};
  for (std::size_t k = 0; k < 8760; ++k) {
    const SunHour sun = sun_hour(site, k);
    const WeatherHour& hour = year.hours[k];
    REQUIRE(hour.direct_normal_w_m2 >= 0.0);
    REQUIRE(hour.direct_normal_w_m2 < 1100.0);
    const int month = month_of_hour(static_cast<int>(k));
    outside[month] += sun.extraterrestrial_w_m2 * sun.sine_of_height;
    global[month] += hour.diffuse_horizontal_w_m2;
    if (sun.up_frac > 0) global[month] += hour.direct_normal_w_m2 / sun.up_frac * sun.sine_of_height;
  }
  for (std::size_t m = 0; m < 12; ++m)
    CHECK(global[m] / outside[m] == Approx(normals(Climate::chicago).clearness_frac[m]).epsilon(1e-6));
}
