#include "models/demand/demand.hpp"

#include <algorithm>
#include <utility>

#include "models/core/contracts.hpp"
#include "models/core/errors.hpp"
#include "models/core/math.hpp"

namespace hypocaust::demand {

HeatDemand::HeatDemand(const Typed& user) {
  monthly_frac_.fill(1.0);
  if (const auto* spec = user.as<DegreeHoursSpec>()) {
    supply_c_ = spec->supply_c, return_c_ = spec->return_c;
    base_temperature_c_ = spec->base_temperature_c, power_per_kelvin_w_k_ = spec->power_per_kelvin_w_k;
    power_w_ = spec->constant_power_w, weekend_frac_ = spec->weekend_frac;
    if (!spec->monthly.empty()) {
      EXPECT(spec->monthly.size() == monthly_frac_.size());
      std::copy(spec->monthly.begin(), spec->monthly.end(), monthly_frac_.begin());
    }
    profile_ = DailyProfile(spec->profile);
  } else if (const auto* series = user.as<SeriesDemandSpec>()) {
    follows_series_ = true;
    power_w_ = series->power_w, supply_c_ = series->supply_c, return_c_ = series->return_c;
  } else if (const auto* profile = user.as<LoadProfileSpec>()) {
    load_profile_ = true;
    curve_ = heat_curve(profile->choice()), customer_ = profile->customer;
    supply_c_ = profile->supply_c, return_c_ = profile->return_c;
  } else {
    throw InternalError("a heat user of a type without a demand law");
  }
}

void HeatDemand::complete(HourFactors hours, double customer_value_w) {
  EXPECT(load_profile_ && customer_value_w > 0);
  hours_ = std::move(hours), customer_value_w_ = customer_value_w;
}

double HeatDemand::day_factor(int weekday, double four_day_c) const {
  return h_value(curve_, four_day_c) * weekday_factor(customer_, weekday);
}

double HeatDemand::profile_w(const DemandConditions& now) const {
  const int hour = static_cast<int>(now.local_second_of_day / 3600);
  return customer_value_w_ * day_factor(now.weekday, now.four_day_c) * hours_.factor(now.weekday, now.four_day_c, hour);
}

double HeatDemand::law_w(const DemandConditions& now, double constant_power_w) const {
  EXPECT(now.local_second_of_day >= 0 && now.local_second_of_day < 86400);
  EXPECT(now.month >= 1 && now.month <= 12);
  const double cold_k = vmax(0.0, base_temperature_c_ - now.outdoor_c);
  const double week_frac = now.weekday >= 6 ? weekend_frac_ : 1.0;
  return power_per_kelvin_w_k_ * cold_k + constant_power_w * profile_.factor(now.local_second_of_day) * week_frac *
                                              monthly_frac_[static_cast<std::size_t>(now.month - 1)];
}

}  // namespace hypocaust::demand
