// Sensitivity of one figure to the axes of a study, from its values at the points of a design. docs/methods/sensitivity.md.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace hypocaust::study {

struct Estimate {
  double value = 0, half_width = 0;  // of the 95 % confidence interval, by resampling rows
};
struct SobolIndices {
  std::vector<Estimate> first, total;  // of each group of axes
  std::int64_t rows = 0;               // used: rows with a value that is missing are left out
  double mean = 0, variance = 0;
};
// values: of Saltelli's design, row by row: A, B, then A with each column of B; size rows x (groups + 2).
// Too few rows, or a figure that does not vary: NaN.
struct SaltelliValues {
  std::span<const double> values;
  std::size_t groups;
  std::uint64_t seed;  // of the resampling
};
SobolIndices sobol_indices(const SaltelliValues& given);

// Elementary effects over the unit cube: the change of the figure over the change of one coordinate.
struct Effects {
  double mean = 0, mean_absolute = 0, deviation = 0;
  std::int64_t count = 0;
};
// values and coordinates of Morris' design, point by point; coordinates: points x groups.
struct MorrisValues {
  std::span<const double> values, coordinates;
  std::size_t groups;
};
std::vector<Effects> morris_effects(const MorrisValues& given);

// Linear regression of the standardised figure on the standardised axes.
struct Regression {
  std::vector<double> coefficient;  // of each axis, -1 to 1 when axes are independent
  double determined_frac = 0;       // R2: share of the variance that the line explains
  std::int64_t points = 0;
};
// axes: points x count, row by row; rows with a value that is missing are left out.
struct RegressionValues {
  std::span<const double> values, axes;
  std::size_t count;
};
Regression regression(const RegressionValues& given);

}  // namespace hypocaust::study
