// The blocks of a study as one HDF5 file and one CSV file.
#pragma once
#include <string>

#include "sim/study/study.hpp"

namespace hypocaust::study {

struct CollectReport {
  std::string file, csv;
  std::int64_t done = 0, failed = 0, missing = 0;
  std::vector<std::string> troubles;  // blocks that cannot be used: their points are missing
};
// Writes <folder>/study.h5 and <folder>/points.csv. Their bytes depend on the study and its blocks alone.
CollectReport collect(const Study& study, const std::string& folder);

}  // namespace hypocaust::study
