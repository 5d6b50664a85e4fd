// What a heat user wants at an instant: power and the two temperatures on the user's side.
#pragma once
#include <array>
#include <cstdint>

#include "models/core/schema.hpp"
#include "models/demand/profile.hpp"
#include "models/demand/spec.hpp"

namespace hypocaust::demand {

struct DemandStep {
  double power_w;             // >= 0
  double supply_c, return_c;  // wanted, and entering
};

struct DemandConditions {
  double outdoor_c;                  // mean over the step
  std::int64_t local_second_of_day;  // 0 to 86,399, at the start of the step
  int weekday;                       // 1 Monday to 7 Sunday
  int month;                         // 1 to 12
  int day_of_year;                   // 1 to 366
  double four_day_c = not_given;     // mean of this day and the three before, weighted (load_profile.hpp)
};

// Degree-hours: power = power_per_kelvin max(0, base - outdoor) + constant_power profile(hour) weekend monthly.
// Series: as given. Standard load profile: customer value h(four-day mean) weekday hour. The law holds values, not references, and may be copied.
class HeatDemand {
 public:
  // user: one of heat_user_types(), complete.
  explicit HeatDemand(const Typed& user);

  // Whether it is a standard load profile; then complete() must follow: the hours' shares, and the customer value, W.
  bool load_profile() const { return load_profile_; }
  void complete(HourFactors hours, double customer_value_w);
  double day_factor(int weekday, double four_day_c) const;  // heat of a day over the customer value

  // mean_of(const Varying&) -> double gives the mean of a constant or series over the step.
  template <class MeanOf> DemandStep wanted(const DemandConditions& now, const MeanOf& mean_of) const {
    const double given_w = load_profile_ ? profile_w(now) : follows_series_ ? mean_of(power_w_) : law_w(now, mean_of(power_w_));
    return {.power_w = given_w > 0.0 ? given_w : 0.0, .supply_c = mean_of(supply_c_), .return_c = mean_of(return_c_)};
  }

 private:
  double law_w(const DemandConditions& now, double constant_power_w) const;
  double profile_w(const DemandConditions& now) const;

  bool follows_series_ = false, load_profile_ = false;
  HeatCurve curve_{};
  Customer customer_ = Customer::efh;
  HourFactors hours_;
  double customer_value_w_ = not_given;
  Varying power_w_, supply_c_, return_c_;
  double base_temperature_c_ = 0, power_per_kelvin_w_k_ = 0, weekend_frac_ = 1;
  std::array<double, 12> monthly_frac_{};
  DailyProfile profile_;
};

}  // namespace hypocaust::demand
