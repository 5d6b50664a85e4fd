#include "models/core/outdoor_reset.hpp"

namespace hypocaust {

const Schema& OutdoorReset::schema() {
  static const Schema s = describe<OutdoorReset>(
      "outdoor_reset", "A target that follows the outdoor air: linear between two points, level beyond them.",
      {row<&OutdoorReset::cold_c>("cold", "degC", {.need = required, .min = -60, .max = 30}, "outdoor air of the cold point"),
       row<&OutdoorReset::cold_target_c>("cold_target", "degC", {.need = required, .min = 5, .max = 120},
                                         "target at the cold point and below"),
       row<&OutdoorReset::mild_c>("mild", "degC", {.need = required, .min = -30, .max = 40}, "outdoor air of the mild point"),
       row<&OutdoorReset::mild_target_c>("mild_target", "degC", {.need = required, .min = 5, .max = 120},
                                         "target at the mild point and above")});
  return s;
}

void OutdoorReset::check(Problems& problems) const {
  if (cold_c >= mild_c)
    problems.error("cold", "is not below `mild` (the target would have no slope); swap the points or part them");
  if (cold_target_c < mild_target_c)
    problems.warn("cold_target",
                  "is below `mild_target` (the supply would be coldest in the cold); swap them if that is not meant");
}

}  // namespace hypocaust
