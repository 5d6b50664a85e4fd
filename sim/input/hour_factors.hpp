// Shares of a day's heat in each hour, by customer, weekday and temperature, as the distributors of standard load profiles publish
// them. docs/formats/csv.md is the user's page.
#pragma once
#include <string>

#include "models/demand/load_profile.hpp"

namespace hypocaust::input {

struct HourFactorsRequest {
  std::string path;
  demand::Customer customer;
  int building_class;  // of houses; others stand under 0
};
// Throws UserError with path:line:column: no such column, a field that is no number or no share, an hour that is missing or
// doubled, shares of a day that do not add up to 1 within 1 %.
demand::HourFactors read_hour_factors(const HourFactorsRequest& request);

}  // namespace hypocaust::input
