// What one heat user wanted and got over the recorded time.
#pragma once
#include <array>
#include <string>
#include <string_view>

namespace hypocaust::run {

struct UserFigures {
  std::string name;
  double demand_j = 0, consumed_j = 0, backup_j = 0, unmet_j = 0;
  double minutes_unmet = 0;
  double minutes_short = 0;  // with a room or water below its comfort limit; NaN for a demand law, which has neither
};
struct UserFigure {
  std::string_view name, unit, doc;
  double UserFigures::*member;
};
// The figures by name: --json, --csv and run.h5 spell them from here.
inline constexpr std::array user_figures{
    UserFigure{"demand", "J", "heat wanted", &UserFigures::demand_j},
    UserFigure{"consumed", "J", "heat taken at the connection", &UserFigures::consumed_j},
    UserFigure{"backup", "J", "heat from the user's own backup", &UserFigures::backup_j},
    UserFigure{"unmet", "J", "demand that nobody met", &UserFigures::unmet_j},
    UserFigure{"minutes_unmet", "min", "time with unmet demand", &UserFigures::minutes_unmet},
    UserFigure{"minutes_short", "min", "time with a room or water below its comfort limit", &UserFigures::minutes_short}};

}  // namespace hypocaust::run
