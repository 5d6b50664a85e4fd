#include "models/weather/synthetic_sun.hpp"

#include "models/core/contracts.hpp"
#include "models/weather/synthetic.hpp"

namespace hypocaust::weather {
namespace {

constexpr double least_frac = 0.05;

double greatest_frac(double mean_frac) {
  const double from = mean_frac - 0.75, squared = from * from;
  return 0.6313 + 0.267 * mean_frac - 11.9 * squared * squared * squared * squared;
}

// Mean of the density exp(slope x) on (0, 1).
double mean_of_density(double slope) {
  if (vabs(slope) < 1e-4) return 0.5 + slope / 12.0;
  return 1.0 / (1.0 - vexp(-slope)) - 1.0 / slope;
}

double slope_of(double mean_share) {
  double low = -200.0, high = 200.0;
  while (high - low > 1e-9) {
    const double middle = 0.5 * (low + high);
    (mean_of_density(middle) < mean_share ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

// Cover that lets this share of a clear day's radiation through: Kasten and Czeplak (Solar Energy 24, 1980).
double cloud_frac(double of_clear_frac) { return clamp01(vpow(clamp01(1.0 - of_clear_frac) / 0.75, 1.0 / 3.4)); }

}  // namespace

double daily_clearness_frac(double mean_frac, double chance_frac) {
  const double most_frac = greatest_frac(mean_frac), slope = slope_of((mean_frac - least_frac) / (most_frac - least_frac));
  const double share = vabs(slope) < 1e-4 ? chance_frac : vlog(1.0 + chance_frac * vexpm1(slope)) / slope;
  return least_frac + share * (most_frac - least_frac);
}

double diffuse_share(double clearness_frac) {
  const double k = clearness_frac;
  if (k <= 0.22) return 1.0 - 0.09 * k;
  if (k > 0.80) return 0.165;
  return 0.9511 - 0.1604 * k + 4.388 * k * k - 16.638 * k * k * k + 12.336 * k * k * k * k;
}

void split_global(double global_w_m2, const SunHour& sun, WeatherHour& hour) {
  const double outside_w_m2 = sun.extraterrestrial_w_m2 * sun.height_sine;
  hour.diffuse_horizontal_w_m2 =
      outside_w_m2 > 0.0 ? global_w_m2 * diffuse_share(vmin(global_w_m2 / outside_w_m2, 1.0)) : global_w_m2;
  hour.direct_normal_w_m2 =
      outside_w_m2 > 0.0 ? (global_w_m2 - hour.diffuse_horizontal_w_m2) / sun.height_sine * sun.up_frac : 0.0;
}

void add_synthetic_sun(std::vector<WeatherHour>& hours, const SunSite& site, const std::array<double, 12>& clearness_frac,
                       const std::vector<double>& chance_frac) {
  EXPECT(hours.size() == 8760 && chance_frac.size() == 365);
  std::vector<SunHour> sun(hours.size());
  std::vector<double> outside_w_m2(hours.size()), global_w_m2(hours.size());
  std::array<double, 12> wanted{}, got{};
  for (std::size_t k = 0; k < hours.size(); ++k) {
    sun[k] = sun_hour(site, k);
    outside_w_m2[k] = sun[k].extraterrestrial_w_m2 * sun[k].height_sine;
  }
  for (std::size_t day = 0; day < 365; ++day) {
    const auto month = static_cast<std::size_t>(month_of_hour(static_cast<int>(day) * 24));
    const double day_frac = daily_clearness_frac(clearness_frac[month], chance_frac[day]);
    // Course within the day: Collares-Pereira and Rabl (Solar Energy 22, 1979), then brought back to the day's sum.
    const double set_rad = sun[day * 24 + 12].sun.reach_rad;
    const double a = 0.409 + 0.5016 * vsin(set_rad - pi / 3.0), b = 0.6609 - 0.4767 * vsin(set_rad - pi / 3.0);
    double outside = 0, inside = 0;
    for (std::size_t k = day * 24; k < day * 24 + 24; ++k) {
      global_w_m2[k] = outside_w_m2[k] * vmax(a + b * vcos(sun[k].start_rad + 0.5 * hour_rad), 0.0);
      outside += outside_w_m2[k], inside += global_w_m2[k];
    }
    for (std::size_t k = day * 24; k < day * 24 + 24; ++k) {
      if (inside > 0.0) global_w_m2[k] *= day_frac * outside / inside;
      got[month] += global_w_m2[k], wanted[month] += clearness_frac[month] * outside_w_m2[k];
      hours[k].cloud_frac = cloud_frac(day_frac / daily_clearness_frac(clearness_frac[month], 1.0));
    }
  }
  for (std::size_t k = 0; k < hours.size(); ++k) {
    const auto month = static_cast<std::size_t>(month_of_hour(static_cast<int>(k)));
    const double global = got[month] > 0.0 ? global_w_m2[k] * wanted[month] / got[month] : 0.0;
    split_global(global, sun[k], hours[k]);
  }
}

}  // namespace hypocaust::weather
