#include "models/weather/synthetic.hpp"

namespace hypocaust::weather {

// Not yet checked against the publishers' tables (docs/methods/weather.md). London: Heathrow, 1991-2020 (Met Office, UK climate
// averages). Stockholm: Observatoriekullen, 1991-2020 (SMHI). Means and
// ranges are the stations' normals; humidity is the usual yearly course of each place, rounded to a percent. The deviation of
// daily means is of the order seen in station records: larger in winter, and larger inland.
const MonthlyNormals& normals(Climate climate) {
  static constexpr MonthlyNormals london{
      .mean_c = {5.6, 5.8, 7.9, 10.5, 13.7, 16.8, 19.0, 18.7, 15.9, 12.3, 8.4, 5.9},
      .daily_range_k = {5.7, 6.3, 7.6, 9.0, 9.3, 9.6, 9.7, 9.3, 8.6, 7.0, 6.2, 5.7},
      .humidity_frac = {0.80, 0.77, 0.72, 0.67, 0.66, 0.65, 0.65, 0.68, 0.72, 0.78, 0.81, 0.82},
      .day_deviation_k = {3.4, 3.2, 2.9, 2.7, 2.8, 2.7, 2.6, 2.5, 2.4, 2.8, 3.1, 3.4},
      .utc_offset_s = 0};
  static constexpr MonthlyNormals stockholm{
      .mean_c = {-0.9, -1.0, 1.7, 6.2, 11.4, 15.7, 18.7, 17.7, 13.2, 7.9, 3.7, 0.7},
      .daily_range_k = {4.2, 4.9, 6.8, 8.6, 9.6, 9.3, 9.1, 8.4, 7.4, 5.4, 3.9, 4.0},
      .humidity_frac = {0.84, 0.82, 0.76, 0.68, 0.63, 0.65, 0.70, 0.74, 0.79, 0.82, 0.86, 0.86},
      .day_deviation_k = {4.6, 4.6, 3.7, 3.0, 3.2, 3.0, 2.7, 2.5, 2.6, 3.2, 3.7, 4.3},
      .utc_offset_s = 3600};
  return climate == Climate::london ? london : stockholm;
}

}  // namespace hypocaust::weather
