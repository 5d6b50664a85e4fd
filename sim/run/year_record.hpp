// What the year loop writes down each step: one row of channels, in blocks by subsystem.
#pragma once
#include <span>
#include <vector>

#include "sim/compute/compute_side.hpp"
#include "sim/run/channels.hpp"
#include "sim/run/plant_channels.hpp"
#include "sim/run/site.hpp"

namespace hypocaust::run {

struct StepPower {  // means over the step, W
  double it_w = 0, ups_loss_w = 0, auxiliary_w = 0, imbalance_w = 0;
  double hydraulic_iterations = 0;
  double transformer_loss_w = 0, battery_w = 0, grid_w = 0, battery_frac = 0;  // battery: into it; how full at the end
};
struct UserStep {  // of one heat user over the step
  double demand_j = 0, consumed_j = 0, backup_j = 0, unmet_j = 0, short_s = 0;
};

class YearRecord {
 public:
  YearRecord(const Site& site, std::span<const std::string> racks);
  const ChannelLayout& layout() const { return layout_; }

  void begin_step();                                     // zeroes the row
  void add_plant(const Site& site, double weight_frac);  // after each sub-step: plant channels and meters
  void finish_step(const Site& site, const StepPower& power, const weather::WeatherStep& weather,
                   std::span<const compute::RackStep> racks, std::span<const UserStep> users,
                   std::span<const double> registers_j);
  std::span<const double> kept_row() {
    layout_.gather(row_, kept_row_);
    return kept_row_;
  }

 private:
  double* block(std::size_t first) { return row_.data() + first; }
  ChannelLayout layout_;
  std::size_t weather_, sums_, rack_power_, rack_peak_, users_, loops_, meter_power_, meter_register_;
  std::size_t racks_count_, users_count_, loops_count_, meters_count_;
  PlantChannels plant_;
  double step_s_;
  std::vector<double> row_, kept_row_;
};

}  // namespace hypocaust::run
