#include "models/economics/named_formulas.hpp"

#include <limits>

namespace hypocaust::economics {

double NetAnnualBenefit::payback_years(double capital_money) const {
  return money() > 0 ? capital_money / money() : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace hypocaust::economics
