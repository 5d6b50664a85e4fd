// What a study will take, told before it is begun: points, blocks, processor time measured on a few of them, disk.
#pragma once
#include <cstdint>
#include <string>

#include "sim/study/study.hpp"

namespace hypocaust::study {

struct Plan {
  std::int64_t combinations = 0, dropped = 0, points = 0, blocks = 0, compute_sides = 0;
  std::int64_t measured = 0;      // points; 0: not measured
  double cpu_s = 0;               // of all points
  double bytes_a_point = 0;       // at most: hours before compression, figures, manifest
  std::string measuring_trouble;  // of the points that should have been measured
};
struct PlanOptions {
  bool measure = false;
};
// Measures in children: before any thread, engine or open HDF5 file.
Plan make_plan(const Study& study, const PlanOptions& options);

}  // namespace hypocaust::study
