#include "sim/run/year_record.hpp"

#include <algorithm>

#include "models/core/errors.hpp"

namespace hypocaust::run {
namespace {

template <class List> std::vector<std::string> names_of(const List& list) {
  std::vector<std::string> names;
  for (const auto& entry : list) names.push_back(entry.name);
  return names;
}

// A two-dimensional variable; nothing to declare when there are no columns.
std::size_t declare(ChannelLayout& layout, output::Variable variable) {
  return variable.columns.empty() && !variable.dimension.empty() ? layout.width() : layout.declare(std::move(variable));
}

output::Keep output_keep(OutputSpec::Keep keep) {
  switch (keep) {
    case OutputSpec::Keep::mean:
      return output::Keep::mean;
    case OutputSpec::Keep::min:
      return output::Keep::min;
    case OutputSpec::Keep::max:
      return output::Keep::max;
    case OutputSpec::Keep::last:
      return output::Keep::last;
  }
  throw InternalError("output.keep: no such way");
}

}  // namespace

YearRecord::YearRecord(const Site& site, std::span<const std::string> racks)
    : weather_(0),
      racks_count_(racks.size()),
      users_count_(site.users.size()),
      loops_count_(site.loops.size()),
      meters_count_(site.meters.size()),
      plant_(site.plant, layout_),
      step_s_(static_cast<double>(site.step_s)) {
  weather_ = layout_.declare(
      {.group = "weather", .name = "outdoor_temperature", .unit = "degC", .long_name = "outdoor air temperature"});
  layout_.declare({.group = "weather", .name = "wet_bulb_temperature", .unit = "degC", .long_name = "wet-bulb temperature"});
  layout_.declare(
      {.group = "weather", .name = "ground_temperature", .unit = "degC", .long_name = "ground temperature at pipe depth"});
  layout_.declare({.group = "weather",
                   .name = "global_radiation",
                   .unit = "W/m2",
                   .long_name = "direct and diffuse sunlight on the horizontal"});
  layout_.declare({.group = "weather", .name = "wind_speed", .unit = "m/s", .long_name = "wind speed"});
  sums_ = layout_.declare({.group = "power", .name = "it", .unit = "W", .long_name = "power at the servers' plug"});
  layout_.declare({.group = "power", .name = "ups_loss", .unit = "W", .long_name = "loss of the uninterruptible power supply"});
  layout_.declare({.group = "power", .name = "auxiliary", .unit = "W", .long_name = "named loads"});
  layout_.declare({.group = "power", .name = "transformer_loss", .unit = "W", .long_name = "loss of the transformer"});
  layout_.declare({.group = "power", .name = "battery", .unit = "W", .long_name = "growth of what the battery holds"});
  layout_.declare({.group = "power", .name = "grid", .unit = "W", .long_name = "drawn from the grid by the whole site"});
  layout_.declare({.group = "power",
                   .name = "battery_level",
                   .unit = "1",
                   .long_name = "what the battery holds over its capacity",
                   .keep = output::Keep::last});
  layout_.declare({.group = "balance", .name = "imbalance", .unit = "W", .long_name = "energy imbalance of the plant"});
  layout_.declare(
      {.group = "balance", .name = "hydraulic_iterations", .unit = "1", .long_name = "iterations of the hydraulic solve"});
  const std::vector<std::string> rack_names(racks.begin(), racks.end());
  rack_power_ = declare(layout_, {.group = "compute",
                                  .name = "power",
                                  .dimension = "host_group",
                                  .columns = rack_names,
                                  .unit = "W",
                                  .long_name = "mean power of a host group"});
  rack_peak_ = declare(layout_, {.group = "compute",
                                 .name = "peak_power",
                                 .dimension = "host_group",
                                 .columns = rack_names,
                                 .unit = "W",
                                 .long_name = "largest power of a host group within the step",
                                 .keep = output::Keep::max});
  const std::vector<std::string> user_names = names_of(site.users);
  users_ = declare(layout_, {.group = "heat_users",
                             .name = "demand",
                             .dimension = "heat_user",
                             .columns = user_names,
                             .unit = "W",
                             .long_name = "heat wanted"});
  declare(layout_, {.group = "heat_users",
                    .name = "consumed",
                    .dimension = "heat_user",
                    .columns = user_names,
                    .unit = "W",
                    .long_name = "recovered heat that met demand"});
  declare(layout_, {.group = "heat_users",
                    .name = "backup",
                    .dimension = "heat_user",
                    .columns = user_names,
                    .unit = "W",
                    .long_name = "heat from the user's own backup"});
  declare(layout_, {.group = "heat_users",
                    .name = "unmet",
                    .dimension = "heat_user",
                    .columns = user_names,
                    .unit = "W",
                    .long_name = "demand that nobody met"});
  loops_ = declare(layout_, {.group = "controllers",
                             .name = "reading",
                             .dimension = "controller",
                             .columns = site.loops.names(),
                             .unit = "degC",
                             .long_name = "what the controller's sensor says"});
  declare(layout_, {.group = "controllers",
                    .name = "output",
                    .dimension = "controller",
                    .columns = site.loops.names(),
                    .unit = "1",
                    .long_name = "the input the controller moves"});
  const std::vector<std::string> meter_names = names_of(site.meters);
  meter_power_ = declare(layout_, {.group = "meters",
                                   .name = "power",
                                   .dimension = "meter",
                                   .columns = meter_names,
                                   .unit = "W",
                                   .long_name = "heat the metered stream gained"});
  meter_register_ = declare(layout_, {.group = "meters",
                                      .name = "register",
                                      .dimension = "meter",
                                      .columns = meter_names,
                                      .unit = "J",
                                      .long_name = "heat counted since the start",
                                      .float64 = true,
                                      .keep = output::Keep::last});
  layout_.keep(output_keep(site.scenario.output.keep));
  layout_.select(site.scenario.output.record);
  plant_.select(layout_);
  row_.resize(layout_.width());
  kept_row_.resize(layout_.kept_width());
}

void YearRecord::begin_step() { std::fill(row_.begin(), row_.end(), 0.0); }

void YearRecord::add_plant(const Site& site, double weight_frac) {
  plant_.add(site.plant, weight_frac, row_);
  for (std::size_t m = 0; m < meters_count_; ++m) row_[meter_power_ + m] += weight_frac * site.meters[m].heat_w(site.plant);
}

void YearRecord::finish_step(const Site& site, const StepPower& power, const weather::WeatherStep& weather,
                             std::span<const compute::RackStep> racks, std::span<const UserStep> users,
                             std::span<const double> registers_j) {
  plant_.finish(row_);
  double* w = block(weather_);
  w[0] = weather.outdoor_c, w[1] = weather.wet_bulb_c, w[2] = weather.ground_c;
  w[3] = global_horizontal_w_m2(weather.light), w[4] = weather.wind_m_s;
  double* s = block(sums_);
  s[0] = power.it_w, s[1] = power.ups_loss_w, s[2] = power.auxiliary_w, s[3] = power.transformer_loss_w;
  s[4] = power.battery_w, s[5] = power.grid_w, s[6] = power.battery_frac, s[7] = power.imbalance_w;
  s[8] = power.hydraulic_iterations;
  for (std::size_t r = 0; r < racks_count_; ++r) {
    row_[rack_power_ + r] = racks[r].energy_j / step_s_;
    row_[rack_peak_ + r] = racks[r].peak_w;
  }
  for (std::size_t u = 0; u < users_count_; ++u) {
    double* place = block(users_ + u);
    place[0] = users[u].demand_j / step_s_;
    place[users_count_] = users[u].consumed_j / step_s_;
    place[2 * users_count_] = users[u].backup_j / step_s_;
    place[3 * users_count_] = users[u].unmet_j / step_s_;
  }
  for (std::size_t c = 0; c < loops_count_; ++c) {
    row_[loops_ + c] = site.loops.reading_c(c);
    row_[loops_ + loops_count_ + c] = site.loops.output_frac(c);
  }
  for (std::size_t m = 0; m < meters_count_; ++m) row_[meter_register_ + m] = registers_j[m];
}

}  // namespace hypocaust::run
