#include "sim/run/plant_channels.hpp"

#include <map>
#include <string>

namespace hypocaust::run {

PlantChannels::PlantChannels(const plant::Plant& plant, ChannelLayout& layout) {
  struct Part {
    std::size_t first_value;  // among the plant's values
    const plant::ChannelInfo* channel;
  };
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Part>> variables;  // (type, channel)
  std::size_t value = 0;
  for (const plant::ChannelInfo& channel : plant.channels()) {
    variables[{channel.type, channel.name}].push_back({value, &channel});
    value += static_cast<std::size_t>(channel.columns);
  }
  place_.resize(value);
  values_.resize(value);
  for (const auto& [key, parts] : variables) {
    output::Variable variable{.group = "plant",
                              .name = std::string(key.first) + "." + std::string(key.second),
                              .dimension = std::string(key.first),
                              .unit = std::string(parts.front().channel->unit),
                              .long_name = std::string(key.first) + ": " + std::string(parts.front().channel->doc)};
    for (const Part& part : parts) {
      const int columns = part.channel->columns;
      if (columns > 1)
        variable.dimension = std::string(key.first) + "." + std::string(key.second) + ".place";  // (name, layer) pairs
      for (int c = 0; c < columns; ++c)
        variable.columns.push_back(columns == 1 ? part.channel->component : part.channel->component + "." + std::to_string(c));
    }
    std::size_t place = layout.declare(std::move(variable));
    for (const Part& part : parts)
      for (int c = 0; c < part.channel->columns; ++c) place_[part.first_value + static_cast<std::size_t>(c)] = place++;
  }
}

void PlantChannels::add(const plant::Plant& plant, double weight_frac, std::vector<double>& row) {
  plant.read_channels(values_);
  for (std::size_t k = 0; k < place_.size(); ++k) row[place_[k]] += weight_frac * values_[k];
}

}  // namespace hypocaust::run
