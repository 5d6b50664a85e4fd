// The plant's channels as variables: components of one type share one (time x name). Means over a step's sub-steps.
#pragma once
#include <vector>

#include "models/plant/plant.hpp"
#include "sim/run/channels.hpp"

namespace hypocaust::run {

class PlantChannels {
 public:
  PlantChannels(const plant::Plant& plant, ChannelLayout& layout);
  // Adds the channels of the last plant step, weighted, into the row (zeroed by the caller at the start of a step).
  void add(const plant::Plant& plant, double weight_frac, std::vector<double>& row);

 private:
  std::vector<std::size_t> place_;  // of each plant channel value in the row
  std::vector<double> values_;
};

}  // namespace hypocaust::run
