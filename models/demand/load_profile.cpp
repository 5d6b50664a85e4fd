#include "models/demand/load_profile.hpp"

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"
#include "models/demand/load_profile_tables.hpp"

namespace hypocaust::demand {
namespace {

constexpr double pole_c = 40.0, warmest_c = 39.9, band_from_c = -15.0, band_k = 5.0;

}  // namespace

std::span<const std::string_view> names(Customer) {
  static constexpr std::array<std::string_view, customers> list{"efh", "mfh", "gmk", "gpd", "gha", "gbd", "gko",
                                                                "gbh", "gga", "gba", "gwa", "ggb", "gmf", "ghd"};
  return list;
}
std::span<const std::string_view> names(Curve) {
  static constexpr std::array<std::string_view, 3> list{"sigmoid", "linear_33", "linear_34"};
  return list;
}

HeatCurve heat_curve(const CurveChoice& choice) {
  EXPECT(choice.building_class >= 1 && choice.building_class <= building_classes);
  const auto customer = static_cast<std::size_t>(choice.customer);
  if (choice.curve == Curve::linear_33) return tables::linear_33[customer];
  if (choice.curve == Curve::linear_34) return tables::linear_34[customer];
  const auto house = static_cast<std::size_t>(choice.building_class - 1);
  if (choice.customer == Customer::efh) return (choice.windy ? tables::efh_windy : tables::efh)[house];
  if (choice.customer == Customer::mfh) return (choice.windy ? tables::mfh_windy : tables::mfh)[house];
  return (choice.windy ? tables::trade_windy : tables::trade)[customer - 2];
}

double h_value(const HeatCurve& k, double four_day_c) {
  const double theta_c = vmin(four_day_c, warmest_c);
  const double curve = k.a / (1.0 + vpow(k.b / (theta_c - pole_c), k.c)) + k.d;
  return curve + vmax(k.heating_slope * theta_c + k.heating_base, k.water_slope * theta_c + k.water_base);
}

double weekday_factor(Customer customer, int weekday) {
  EXPECT(weekday >= 1 && weekday <= 7);
  return tables::weekdays[static_cast<std::size_t>(customer)][static_cast<std::size_t>(weekday - 1)];
}

double four_day_mean_c(const std::array<double, 4>& daily_c) {
  double sum_c = 0, weights = 0, weight = 1;
  for (const double day_c : daily_c) {
    if (day_c == day_c) sum_c += weight * day_c, weights += weight;
    weight /= 2;
  }
  return sum_c / weights;
}

double HourFactors::factor(int weekday, double four_day_c, int hour) const {
  if (by_weekday.empty()) return 1.0;
  EXPECT(weekday >= 1 && weekday <= 7 && hour >= 0 && hour < 24);
  std::size_t band = 0;
  while (band + 1 < temperature_bands && four_day_c > band_from_c + band_k * static_cast<double>(band)) ++band;
  return 24.0 * by_weekday[static_cast<std::size_t>(weekday - 1)][band][static_cast<std::size_t>(hour)];
}

}  // namespace hypocaust::demand
