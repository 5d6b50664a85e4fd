// The plant's channels as variables: components of one type share one (time x name). Over a step's sub-steps: means, means weighted
// by electricity, or the last value, as the channel says.
#pragma once
#include <vector>

#include "models/plant/plant.hpp"
#include "sim/run/channels.hpp"

namespace hypocaust::run {

class PlantChannels {
 public:
  PlantChannels(const plant::Plant& plant, ChannelLayout& layout);  // this plant's, moved or not
  // Once the layout has chosen: channels that nobody keeps are not read.
  void select(const ChannelLayout& layout);
  // Adds the channels of the last plant step, weighted, into the row (zeroed by the caller at the start of a step).
  void add(const plant::Plant& plant, double weight_frac, std::vector<double>& row);
  void finish(std::vector<double>& row) const;  // at the end of a step

 private:
  struct Read {  // a channel that is kept: its number, its values' places in the row
    std::size_t channel;
    std::vector<std::size_t> places, weight_places;  // the second where it is weighted
    plant::Over over = plant::Over::time;
    int component = -1;  // whose electricity weighs
    plant::Plant::Standing standing{};
  };
  std::vector<Read> reads_;     // in the plant's order
  std::vector<double> values_;  // of one channel
};

}  // namespace hypocaust::run
