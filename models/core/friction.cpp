#include "models/core/friction.hpp"

#include "models/core/contracts.hpp"

namespace hypocaust {

std::span<const std::string_view> names(FrictionLaw) {
  static constexpr std::string_view list[] = {"haaland", "colebrook_white", "swamee_jain", "prandtl_nikuradse", "nikuradse_sum"};
  return list;
}

Friction<double> friction_of(const FrictionChoice& choice, double rough_ratio) {
  EXPECT(rough_ratio >= 0 && rough_ratio <= rough_ratio_most);
  EXPECT(choice.laminar_reynolds > 0 && choice.laminar_reynolds < choice.turbulent_reynolds);
  Friction<double> d{};
  d.law = static_cast<int>(choice.law);
  const bool sum = choice.law == FrictionLaw::nikuradse_sum;
  const double divisor = sum || choice.law == FrictionLaw::prandtl_nikuradse ? 3.71 : 3.7;
  d.rough = choice.law == FrictionLaw::haaland ? vpow(rough_ratio / divisor, 1.11) : rough_ratio / divisor;
  if (sum) return d;  // one law at every Reynolds number: nothing to join
  const double low = choice.laminar_reynolds, high = choice.turbulent_reynolds, width = high - low;
  d.laminar_reynolds = low, d.turbulent_reynolds = high, d.per_reynolds = 1 / width;
  // Hermite: values and slopes by u at both ends.
  const Drag<double> end = turbulent_drag(d, high);
  const double f0 = 64 / low, f1 = end.value / high, slope0 = -f0 / low * width,
               slope1 = (end.growth - 2 * end.value) / (high * high) * width;
  d.cubic[0] = f0, d.cubic[1] = slope0;
  d.cubic[2] = 3 * (f1 - f0) - 2 * slope0 - slope1;
  d.cubic[3] = 2 * (f0 - f1) + slope0 + slope1;
  return d;
}

bool drop_grows(const Friction<double>& law) {
  constexpr int points = 100;
  for (int k = 0; k <= points; ++k)
    if (!(drag(law, law.laminar_reynolds + (law.turbulent_reynolds - law.laminar_reynolds) * k / points).growth > 0))
      return false;
  return true;
}

}  // namespace hypocaust
