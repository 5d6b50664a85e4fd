// Standard load profiles of gas customers: the heat of a day from the weighted mean temperature of four days, spread over its hours.
// BDEW/VKU/GEODE, Leitfaden Abwicklung von Standardlastprofilen Gas. docs/methods/demand.md has equations and ranges.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hypocaust::demand {

// Single- and multi-family house; metal and vehicles, paper and printing, retail, other services, public bodies and clinics, hotels,
// restaurants, bakeries, laundries, horticulture, household-like trade, all trades together.
enum class Customer : int { efh, mfh, gmk, gpd, gha, gbd, gko, gbh, gga, gba, gwa, ggb, gmf, ghd };
std::span<const std::string_view> names(Customer);
inline constexpr std::size_t customers = 14;

// sigmoid: the curve alone. linear_33, linear_34: with straight lines added (SigLinDe), moderate and stronger share of them.
enum class Curve : int { sigmoid, linear_33, linear_34 };
std::span<const std::string_view> names(Curve);

// h(theta) = a / (1 + (b / (theta - 40))^c) + d + max(heating_slope theta + heating_base, water_slope theta + water_base)
struct HeatCurve {
  double a, b, c, d, heating_slope = 0, heating_base = 0, water_slope = 0, water_base = 0;
};
inline constexpr int building_classes = 11;  // 1 to 10: share of old buildings, 11: Germany's mean; houses and the sigmoid only

struct CurveChoice {
  Customer customer;
  Curve curve = Curve::sigmoid;
  bool windy = false;
  int building_class = building_classes;
};
HeatCurve heat_curve(const CurveChoice& choice);
// Heat of a day over the customer value, about 1 at 8 degC. Above 39.9 degC as there.
double h_value(const HeatCurve& curve, double four_day_c);

// Factor of a weekday, 1 Monday to 7 Sunday; 1 on average.
double weekday_factor(Customer customer, int weekday);

// (T0 + T1 / 2 + T2 / 4 + T3 / 8) / 1.875 of the daily means, today's first; days of NaN are left out, today's is known.
double four_day_mean_c(const std::array<double, 4>& daily_c);

// Share of the day's heat in each hour, by temperature and weekday.
inline constexpr std::size_t temperature_bands = 10;  // up to -15, -10, -5, 0, 5, 10, 15, 20, 25 degC, and above
struct HourFactors {
  // [weekday - 1][band][hour], each 24 adding up to 1; empty: the same in every hour
  std::vector<std::array<std::array<double, 24>, temperature_bands>> by_weekday;
  double factor(int weekday, double four_day_c, int hour) const;  // over the mean hour
};

}  // namespace hypocaust::demand
