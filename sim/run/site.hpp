// A site ready to run: the scenario's records turned into plant, weather, demand, controllers and meters, wired by name.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/demand/demand.hpp"
#include "models/demand/draw_off.hpp"
#include "models/meter/accounting.hpp"
#include "models/plant/plant.hpp"
#include "models/weather/weather_table.hpp"
#include "sim/config/config.hpp"
#include "sim/input/calendar.hpp"
#include "sim/input/series.hpp"
#include "sim/input/time_zone.hpp"
#include "sim/run/control_loops.hpp"
#include "sim/run/faults.hpp"
#include "sim/run/heat_paths.hpp"

namespace hypocaust::run {

struct HeatUser {
  std::string name;
  int component = -1;                     // in the plant; -1: a demand law without connection, served by an ideal source
  std::optional<demand::HeatDemand> law;  // none: the component knows its own need
  double *demand_w = nullptr, *supply_c = nullptr, *return_c = nullptr;  // with a law: the component's inputs
  double* source_c = nullptr;                       // of a component's ideal source: the temperature it sends
  double backup_w = 0, backup_efficiency_frac = 1;  // 0: none
};

struct MeterPoint {
  std::string name;
  int component, branch;
  meter::Counts counts;
  bool at_user = false;  // counts what the stream lost, which a user took; else what it gained
  double heat_w(const plant::Plant& plant) const {
    return at_user ? -plant.branch_heat_w(component, branch) : plant.branch_heat_w(component, branch);
  }
};

struct CoolantLimit {  // a cooled host group whose coolant must stay below its limit
  std::string name;
  int component;
  double limit_c, set_point_c;
  double heat_capacity_j_k;  // of what it holds; 0: nothing
};

struct ThermalLimit {  // of a cooling component: air the servers draw, or the hottest junction behind it
  std::string name;
  bool of_junction;
  std::size_t channel;  // of the plant
  double limit_c;
};

struct DrawnWater {  // of a heat user whose draw-offs follow a profile or chance
  double* draw_m3_s;
  demand::DrawOffs law;
};

struct ScheduledInput {  // of a component, fed from a series or a calendar
  double* place;
  Varying value;
};

struct Inlet {             // what comes to servers: a channel of a cooling component (the air they draw), or its stream
  int component, channel;  // channel -1: the stream
};

struct Site {
  Site(const config::Loaded& loaded, std::span<const std::string> racks);

  double mean_of(const Varying& varying, std::int64_t from_s, std::int64_t to_s) const;
  void apply_schedules(std::int64_t from_s);  // scheduled inputs and controllers get the mean of the step that begins then
  std::string needs_closed_loop() const;      // why a stored trace would be void; empty: not known beforehand
  double auxiliary_w(std::int64_t from_s, std::int64_t to_s) const;  // of the named loads
  demand::DemandConditions conditions(const weather::WeatherStep& weather, std::int64_t utc_s) const;
  void ask(const plant::Step<double>& step);                           // every ideal source sends what its user asks for
  void draw(const demand::DemandConditions& now, std::int64_t utc_s);  // every drawing user gets the mean of the step
  demand::DemandStep wanted(const HeatUser& user, const demand::DemandConditions& now, std::int64_t utc_s) const;

  const Scenario& scenario;
  std::int64_t start_utc_s, step_s, steps, warm_up_steps;
  double sub_step_s;
  weather::WeatherTable weather;
  input::TimeZone zone;
  std::vector<double> four_day_c;          // of each day of a common year; empty: no user asks for it
  std::vector<input::Series> series;       // in the order of scenario.series
  std::vector<input::Calendar> calendars;  // in the order of scenario.calendars
  plant::Plant plant;
  HeatPaths heat_paths;
  ControlLoops loops;
  bool resets = false;  // some regulator follows the outdoor air
  Faults faults;
  std::vector<HeatUser> users;
  std::vector<DrawnWater> drawn_water;
  std::vector<ScheduledInput> schedules;
  std::vector<MeterPoint> meters;
  std::vector<meter::Booking> bookings;  // of each component
  std::vector<CoolantLimit> coolant_limits;
  std::vector<ThermalLimit> thermal_limits;
  std::vector<std::vector<Inlet>> inlets;  // of each host group, what cools it; empty: no server draws by its inlet
};

// What the laws of the plant see of the weather, over a step or a part of it.
plant::Step<double> plant_step(const weather::WeatherStep& weather, double dt_s);

// The site, with everything `validate` checks beyond the scenario itself: files exist and read, names wire up, series reach
// over the run, globs match. Throws UserError.
std::unique_ptr<Site> checked_site(const config::Loaded& loaded);
// That the logs and traces of compute.work read; a run reads them when it makes its work. Throws UserError.
void check_work_files(const config::Loaded& loaded);

}  // namespace hypocaust::run
