// Published cases: their sites simulated side by side, their figures beside the published ones. docs/use/reproduce.md.
#pragma once
#include <string>
#include <vector>

#include "sim/report/case_study.hpp"

namespace hypocaust::study {

struct ReproduceOptions {
  std::vector<std::string> files;  // of cases
  int threads = 1;                 // sites simulated at once
  std::string keep;                // folder where run files stay; empty: nowhere
  bool sweep = false;              // also with the assumed values that the cases name
};
struct AssumedValue {
  std::string study, run, path, value;
};
struct Reproduced {
  std::vector<report::Comparison> comparisons, swept;
  std::vector<AssumedValue> assumed;
};
// Throws UserError (a case, a site, a quantity nobody computes), PhysicsError, Interrupted.
Reproduced reproduce(const ReproduceOptions& options);

}  // namespace hypocaust::study
