// What a sample of independent years tells of its mean: the mean with its confidence interval, and quantiles of the sample.
#pragma once
#include <span>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::study {

struct MeanEstimate {
  double mean = not_given;
  double low = not_given, high = not_given;  // 95 % confidence interval of the mean; NaN: less than two values
};

// Quantile of Student's t at 97.5 % for `freedom` >= 1 degrees of freedom. Exact for 1 and 2, else the expansion in 1 / freedom of
// Abramowitz and Stegun (1964), 26.7.5, within 0.2 % from 3 on.
double student_97_5(double freedom);
MeanEstimate estimate(std::span<const double> values);
MeanEstimate estimate_share(std::span<const double> values);    // of values from 0 to 1: so is the interval
double quantile(std::span<const double> sorted, double share);  // straight between neighbours; NaN of nothing

}  // namespace hypocaust::study
