#include "sim/run/plant_channels.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace hypocaust::run {

PlantChannels::PlantChannels(const plant::Plant& plant, ChannelLayout& layout) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> variables;  // (type, channel)
  const auto channels = plant.channels();
  for (std::size_t k = 0; k < channels.size(); ++k) {
    variables[{channels[k].type, channels[k].name}].push_back(k);
    reads_.push_back({.channel = k,
                      .places = std::vector<std::size_t>(static_cast<std::size_t>(channels[k].columns)),
                      .weight_places = {},
                      .standing = plant.standing(k)});
  }
  for (const auto& [key, parts] : variables) {
    output::Variable variable{.group = "plant",
                              .name = std::string(key.first) + "." + std::string(key.second),
                              .dimension = std::string(key.first),
                              .unit = std::string(channels[parts.front()].unit),
                              .long_name = std::string(key.first) + ": " + std::string(channels[parts.front()].doc)};
    const plant::Over over = channels[parts.front()].over;
    if (over == plant::Over::end) variable.keep = output::Keep::last;
    if (over == plant::Over::electricity) variable.keep = output::Keep::weighted;
    for (const std::size_t part : parts) {
      const int columns = channels[part].columns;
      if (columns > 1)
        variable.dimension = std::string(key.first) + "." + std::string(key.second) + ".place";  // (name, layer) pairs
      for (int c = 0; c < columns; ++c)
        variable.columns.push_back(columns == 1 ? channels[part].component : channels[part].component + "." + std::to_string(c));
    }
    std::size_t place = layout.declare(std::move(variable));
    for (const std::size_t part : parts) {
      Read& read = reads_[part];
      read.over = over;
      for (std::size_t& value : read.places) value = place++;
      if (over != plant::Over::electricity) continue;
      read.component = plant.component(channels[part].component);
      for (const std::size_t value : read.places) read.weight_places.push_back(layout.declare_weight(value));
    }
  }
}

void PlantChannels::select(const ChannelLayout& layout) {
  std::erase_if(reads_, [&](const Read& read) {
    return std::none_of(read.places.begin(), read.places.end(), [&](std::size_t place) { return layout.keeps(place); });
  });
  for (const Read& read : reads_) values_.resize(std::max(values_.size(), read.places.size()));
}

void PlantChannels::add(const plant::Plant& plant, double weight_frac, std::vector<double>& row) {
  for (const Read& read : reads_) {
    if (read.standing.place && read.over == plant::Over::time) {  // most of them
      row[read.places[0]] += weight_frac * (*read.standing.place / read.standing.scale);
      continue;
    }
    plant.read_channel(read.channel, std::span(values_).first(read.places.size()));
    switch (read.over) {
      case plant::Over::time:
        for (std::size_t k = 0; k < read.places.size(); ++k) row[read.places[k]] += weight_frac * values_[k];
        break;
      case plant::Over::end:
        for (std::size_t k = 0; k < read.places.size(); ++k) row[read.places[k]] = values_[k];
        break;
      case plant::Over::electricity: {
        const double electricity_j = plant.ledger(read.component).electricity_j;
        for (std::size_t k = 0; k < read.places.size(); ++k)
          row[read.places[k]] += electricity_j * values_[k], row[read.weight_places[k]] += electricity_j;
        break;
      }
    }
  }
}

void PlantChannels::finish(std::vector<double>& row) const {
  for (const Read& read : reads_)
    for (std::size_t k = 0; k < read.weight_places.size(); ++k)
      if (row[read.weight_places[k]] != 0) row[read.places[k]] /= row[read.weight_places[k]];
}

}  // namespace hypocaust::run
