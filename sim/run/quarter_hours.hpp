// What bills and hourly prices need of a run: registers, electricity and demand by quarters of an hour (by steps where these
// are longer). One row an interval; /quarter_hours in the run file.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/meter/energies.hpp"
#include "models/meter/heat_meter.hpp"
#include "sim/run/site.hpp"
#include "sim/run/year_record.hpp"

namespace hypocaust::run {

struct QuarterColumn {
  std::string name, unit, doc;
  std::vector<double> values;
};
struct QuarterHourTable {
  std::vector<std::int64_t> start_s;  // since the start of the run
  std::vector<QuarterColumn> columns;
};

struct QuarterStep {  // one step of the year
  const meter::Energies& energies;
  std::span<const UserStep> users;
  double outdoor_c;
  double throttle_frac = 1;              // share of dynamic power that guards and hot junctions allowed compute
  double over_limit_s = 0, unmet_s = 0;  // coolant, air or a junction above its limit; any heat user short of heat
};

class QuarterHours {
 public:
  explicit QuarterHours(const Site& site);
  void begin_anew(std::int64_t from_s);  // rows from that time since the start on; registers go on
  void begin_step(std::int64_t time_s);  // since the start; recorded time only
  void add_meters(const Site& site, double dt_s);
  void finish_step(const QuarterStep& step);
  QuarterHourTable finish(const Site& site);  // once, after the last step
  QuarterHourTable so_far();                  // without the series; once, after the last step

 private:
  struct Meter {
    meter::HeatMeter register_;
    double mass_kg = 0, mass_c = 0, volume_m3 = 0;  // that flowed in the interval; mass times its temperature
  };
  struct Watched {  // a channel of components that is summed over time into a column
    std::size_t channel, column;
  };
  void watch(const Site& site, std::string_view type, std::string_view name, std::string_view unit, std::size_t column);
  void close_row();
  std::size_t column(std::string name, std::string unit, std::string doc);
  std::size_t user_columns_of(const std::string& name);
  void add(std::size_t column, double value) { table_.columns[column].values.back() += value; }

  std::int64_t step_s_, interval_s_, from_s_ = 0, time_s_ = 0;
  std::vector<Meter> meters_;
  QuarterHourTable table_;
  std::size_t length_, outdoor_, it_, electricity_, customer_side_, facility_, held_back_, over_limit_, unmet_, meters_at_;
  std::size_t recovered_ = 0, delivered_ = 0;  // 0: no meter counts it
  std::vector<std::size_t> users_at_;          // first column of each user
  std::vector<Watched> watched_;
  std::vector<double> values_;  // of one channel
  std::size_t heat_pump_ = 0;   // electricity, then that beyond the boundary; 0: there is none
};

}  // namespace hypocaust::run
