// The operator's margin of heat by month, season and run.
#pragma once
#include <string>
#include <vector>

#include "sim/report/pricing.hpp"

namespace hypocaust::report {

struct Margin {
  std::string kind, label;  // as of Period
  MonthMargin sum;
  double delivered_j = 0;
};
std::vector<Margin> margins(const StoredRun& run, const Priced& priced);

}  // namespace hypocaust::report
