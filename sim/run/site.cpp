#include "sim/run/site.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "models/control/types.hpp"
#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "models/plant/registry.hpp"
#include "sim/config/exchange.hpp"
#include "sim/config/plant_spec.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/typed_value.hpp"
#include "sim/config/walk.hpp"
#include "sim/input/hour_factors.hpp"
#include "sim/input/job_csv.hpp"
#include "sim/input/power_trace_csv.hpp"
#include "sim/input/swf.hpp"
#include "sim/input/utilisation_csv.hpp"
#include "sim/input/weather.hpp"
#include "sim/run/year_record.hpp"

namespace hypocaust::run {
namespace {

std::vector<input::Series> load_all_series(const Scenario& scenario) {
  std::vector<input::Series> list;
  for (const auto& entry : scenario.series.entries) list.push_back(input::load_series(entry.name, entry.value));
  const economics::EconomicsSpec* economics = scenario.economics ? &*scenario.economics : nullptr;
  for (std::size_t k = 0; k < list.size(); ++k) {
    const auto& entry = scenario.series.entries[k];
    const config::SeriesRate rate =
        config::rate_of({.name = entry.name, .spec = entry.value, .currency = scenario.currency, .rates = economics});
    if (!rate.rate) continue;
    if (rate.rate->series.empty()) list[k].exchange(rate.rate->constant, rate.power);
    else list[k].exchange(std::make_shared<const input::Series>(list[static_cast<std::size_t>(rate.rate->place)]), rate.power);
  }
  return list;
}

bool takes_heat(const plant::ComponentType& type) {
  return type.heat_user || type.serves_demand || type.schema->name == "heat_consumer";
}

// `station.cold`: the branch of `station` whose ports are under `cold`; `boiler`: its only branch.
MeterPoint meter_point(const std::string& name, const meter::MeterSpec& spec, const plant::Plant& plant) {
  const std::string& at = spec.at.name;
  for (int c = 0; c < plant.components(); ++c) {
    const std::string& component = plant.component_name(c);
    const auto branches = plant.type(c).branches;
    if (at == component && branches.size() == 1) return {name, c, 0, spec.counts, takes_heat(plant.type(c))};
    if (!at.starts_with(component + ".")) continue;
    const std::string stream = at.substr(component.size() + 1);
    for (std::size_t b = 0; b < branches.size(); ++b)
      if (branches[b].from.starts_with(stream + "."))
        return {name, c, static_cast<int>(b), spec.counts, takes_heat(plant.type(c))};
  }
  throw InternalError("meters." + name + ".at: `" + at + "` passed the check of names and is no stream");
}

constexpr std::int64_t day_s = 86400;
constexpr std::size_t year_days = 365;

// Weighted mean of each day of a common year and the three before it, days being those of the site's standard time.
struct Days {
  const weather::WeatherTable& weather;
  const input::TimeZone& zone;
  std::int64_t start_utc_s;

  std::int64_t utc_s(std::size_t day) const {  // of its begin, in the year of the run's start
    const std::int64_t offset_s = zone.offset_s(start_utc_s);
    const weather::CalendarYear year = weather::calendar_year(start_utc_s, offset_s);
    const std::size_t later = year.leap && day >= 59 ? 1 : 0;  // 29 February is read as the 28th
    return year.start_utc_s + static_cast<std::int64_t>(day + later) * day_s;
  }
  int weekday(std::size_t day) const { return zone.local(utc_s(day) + day_s / 2).weekday; }
  std::vector<double> four_day_means() const {
    std::vector<double> daily_c(year_days), means_c(year_days);
    for (std::size_t d = 0; d < year_days; ++d) {
      for (std::int64_t at_s = utc_s(d); at_s < utc_s(d) + day_s; at_s += 3600)
        daily_c[d] += weather.mean(at_s, at_s + 3600).outdoor_c / 24;
    }
    for (std::size_t d = 0; d < year_days; ++d) {
      const auto before = [&](std::size_t n) { return daily_c[(d + year_days - n) % year_days]; };
      means_c[d] = demand::four_day_mean_c({before(0), before(1), before(2), before(3)});
    }
    return means_c;
  }
};

std::vector<double> four_day_means(const Scenario& scenario, const Days& days) {
  for (const auto& entry : scenario.heat_users.entries)
    if (entry.value.as<demand::LoadProfileSpec>()) return days.four_day_means();
  return {};
}

// The customer value that gives the year's heat; hours from their file.
void complete(demand::HeatDemand& law, const config::Loaded& loaded, const std::string& name, const demand::LoadProfileSpec& spec,
              const Days& days, const std::vector<double>& four_day_c) {
  demand::HourFactors hours;
  if (!spec.hour_factors.path.empty())
    hours = input::read_hour_factors({spec.hour_factors.path, spec.customer, static_cast<int>(spec.building_class)});
  double value_w = spec.customer_value_w;
  if (!(value_w > 0)) {
    double sum = 0;
    for (std::size_t d = 0; d < year_days; ++d) sum += law.day_factor(days.weekday(d), four_day_c[d]);
    if (!(sum > 0))
      throw UserError(config::at(loaded, "heat_users." + name + ".annual_heat") +
                      "the weather does not hold a whole year to spread it over; give customer_value, or a year of weather");
    value_w = spec.annual_heat_w * static_cast<double>(year_days) / sum;
  }
  law.complete(std::move(hours), value_w);
}

std::vector<HeatUser> heat_users(const config::Loaded& loaded, plant::Plant& plant, const Days& days,
                                 const std::vector<double>& four_day_c) {
  const Scenario& scenario = loaded.scenario;
  std::vector<HeatUser> users;
  for (const auto& entry : scenario.heat_users.entries) {
    HeatUser user{.name = entry.name, .component = plant.component(entry.name)};
    if (config::component_user(*entry.value.schema())) {
      if (const int source = plant.component(config::ideal_source(entry.name)); source >= 0)
        user.source_c = plant.input(source, "temperature");
      users.push_back(std::move(user));
      continue;
    }
    user.law.emplace(entry.value);
    if (const auto* profile = entry.value.as<demand::LoadProfileSpec>())
      complete(*user.law, loaded, entry.name, *profile, days, four_day_c);
    if (user.component >= 0) {
      user.demand_w = plant.input(user.component, "demand_w");
      user.supply_c = plant.input(user.component, "supply_c");
      user.return_c = plant.input(user.component, "return_c");
    }
    const double efficiency_frac = config::quantity_at(entry.value, "backup.efficiency");
    if (efficiency_frac == efficiency_frac) {
      const double power_w = config::quantity_at(entry.value, "backup.power");
      user.backup_w = power_w == power_w ? power_w : std::numeric_limits<double>::infinity();
      user.backup_efficiency_frac = efficiency_frac;
    }
    users.push_back(std::move(user));
  }
  return users;
}

template <class T> const T* record_of(const Typed& typed, std::string_view key) {
  const Field* field = typed.schema()->find(key);
  if (!field || field->type != &type_info<std::optional<T>>()) return nullptr;
  const auto& record = *static_cast<const std::optional<T>*>(field->at_const(typed.object()));
  return record ? &*record : nullptr;
}

std::vector<DrawnWater> drawn_water(const Scenario& scenario, plant::Plant& plant) {
  std::vector<DrawnWater> list;
  for (const auto& entry : scenario.heat_users.entries) {
    const auto* profile = record_of<demand::DrawProfile>(entry.value, "profile");
    const auto* events = record_of<demand::DrawEvents>(entry.value, "events");
    if (!profile && !events) continue;
    list.push_back({plant.input(plant.component(entry.name), "draw"),
                    profile ? demand::DrawOffs(*profile)
                            : demand::DrawOffs(*events, static_cast<std::uint64_t>(scenario.clock.seed), entry.name)});
  }
  return list;
}

// A constant is with the plant from its start; a series or a calendar is fed step by step.
std::vector<ScheduledInput> scheduled_inputs(const plant::PlantSpec& spec, plant::Plant& plant, ControlLoops& loops) {
  std::vector<ScheduledInput> list;
  for (const plant::ComponentSpec& component : spec.components)
    for (const plant::Schedule& schedule : plant::component_type(*component.params.schema()).schedules)
      if (const Varying& written = schedule.written(component.params.object()); written.place >= 0)
        list.push_back({loops.resting_place(plant.input(plant.component(component.name), schedule.field->key)), written});
  return list;
}

// A component belongs to the circuit of its first port; pumps of the customer's circuits are outside PUE.
std::vector<meter::Booking> bookings(const Scenario& scenario, const plant::PlantSpec& spec, const plant::Plant& plant) {
  std::vector<meter::Booking> list(static_cast<std::size_t>(plant.components()));
  for (const plant::ComponentSpec& component : spec.components) {
    meter::Booking& booking = list[static_cast<std::size_t>(plant.component(component.name))];
    const plant::ComponentType& type = plant.type(plant.component(component.name));
    booking.accounts = type.accounts;
    if (type.branches.empty()) continue;
    Typed copy = component.params;
    const Located port =
        locate(*copy.schema(), copy.object(), type.branches[0].from.empty() ? type.branches[0].to : type.branches[0].from);
    if (!port.member) continue;
    const std::string& node = static_cast<Ref*>(port.member)->name;
    const plant::CircuitSpec* circuit = scenario.plant.circuits.find(node.substr(0, node.find('.')));
    booking.outside = circuit && circuit->boundary == plant::Boundary::customer;
  }
  return list;
}

std::vector<CoolantLimit> coolant_limits(const Scenario& scenario, const plant::Plant& plant) {
  std::vector<CoolantLimit> limits;
  for (const auto& entry : scenario.cooling.entries) {
    const double limit_c = config::quantity_at(entry.value, "outlet_limit");
    const int component = plant.component(entry.name);
    if (limit_c == limit_c && plant.branches(component) > 0)
      limits.push_back(
          {entry.name, component, limit_c, config::quantity_at(entry.value, "outlet"), plant.heat_capacity_j_k(component)});
  }
  return limits;
}

// Each limit a cooling component may have, and the channel that must stay below it.
std::vector<ThermalLimit> thermal_limits(const Scenario& scenario, const plant::Plant& plant) {
  static constexpr struct {
    std::string_view key, channel;
    bool of_junction;
  } known[] = {{"air_limit", "inlet_temperature", false},  // of an air coil
               {"air_limit", "room_temperature", false},   // of a room unit
               {"junction.limit", "junction_temperature", true}};
  std::vector<ThermalLimit> limits;
  const auto channels = plant.channels();
  for (const auto& entry : scenario.cooling.entries)
    for (const auto& [key, channel, of_junction] : known)
      for (std::size_t c = 0; c < channels.size(); ++c)
        if (channels[c].component == entry.name && channels[c].name == channel)
          if (const double limit_c = config::quantity_at(entry.value, key); limit_c == limit_c)
            limits.push_back({entry.name, of_junction, c, limit_c});
  return limits;
}

// What cools each group, where one server draws by its inlet: the air that a coil or a room unit gives, or the coolant of plates.
std::vector<std::vector<Inlet>> inlets(const Scenario& scenario, const plant::Plant& plant) {
  const auto& groups = scenario.compute.hosts.entries;
  std::vector<std::vector<Inlet>> list;
  if (std::none_of(groups.begin(), groups.end(), [](const auto& group) { return group.value.server.inlet.has_value(); }))
    return list;
  const auto channels = plant.channels();
  for (const auto& group : groups) {
    list.emplace_back();
    if (!group.value.server.inlet) continue;
    for (const auto& entry : scenario.cooling.entries) {
      const std::vector<std::string> hosts = hosts_of(entry.value);
      if (std::find(hosts.begin(), hosts.end(), group.name) == hosts.end()) continue;
      Inlet inlet{plant.component(entry.name), -1};
      for (std::size_t c = 0; c < channels.size(); ++c)
        if (channels[c].component == entry.name &&
            (channels[c].name == "inlet_temperature" || channels[c].name == "room_temperature"))
          inlet.channel = static_cast<int>(c);
      if (inlet.channel >= 0 || plant.branches(inlet.component) > 0) list.back().push_back(inlet);
    }
  }
  return list;
}

}  // namespace

Site::Site(const config::Loaded& loaded, std::span<const std::string> racks)
    : scenario(loaded.scenario),
      start_utc_s(scenario.clock.start.utc_s),
      step_s(static_cast<std::int64_t>(scenario.clock.step_s)),
      steps(std::llround(scenario.clock.duration_s / scenario.clock.step_s)),
      warm_up_steps(std::llround(scenario.clock.warm_up_s / scenario.clock.step_s)),
      sub_step_s(scenario.clock.sub_step_s),
      weather(input::load_weather(scenario.weather, {.seed = static_cast<std::uint64_t>(scenario.clock.seed),
                                                     .start_utc_s = start_utc_s - warm_up_steps * step_s,
                                                     .end_utc_s = start_utc_s + steps * step_s,
                                                     .latitude_rad = scenario.site.latitude_rad,
                                                     .longitude_rad = scenario.site.longitude_rad,
                                                     .ground_reflectance_frac = scenario.site.ground_reflectance_frac})),
      zone(scenario.site.time_zone),
      four_day_c(four_day_means(scenario, {weather, zone, start_utc_s})),
      series(load_all_series(scenario)),
      calendars(input::make_calendars(scenario.calendars, zone,
                                      {.from_s = start_utc_s - warm_up_steps * step_s, .to_s = start_utc_s + steps * step_s})),
      plant(config::plant_spec(scenario)),
      heat_paths(scenario, racks, plant),
      loops(scenario, plant),
      faults(scenario, plant, loops,
             {.seed = static_cast<std::uint64_t>(scenario.clock.seed),
              .from_s = start_utc_s - warm_up_steps * step_s,
              .to_s = start_utc_s + steps * step_s}),
      users(heat_users(loaded, plant, {weather, zone, start_utc_s}, four_day_c)),
      drawn_water(run::drawn_water(scenario, plant)),
      schedules(scheduled_inputs(config::plant_spec(scenario), plant, loops)),
      bookings(run::bookings(scenario, config::plant_spec(scenario), plant)),
      coolant_limits(run::coolant_limits(scenario, plant)),
      thermal_limits(run::thermal_limits(scenario, plant)),
      inlets(run::inlets(scenario, plant)) {
  for (const auto& entry : scenario.plant.controllers.entries)
    if (const auto* regulator = entry.value.as<control::Regulator>()) resets = resets || regulator->reset;
  for (const auto& entry : scenario.meters.entries) meters.push_back(meter_point(entry.name, entry.value, plant));
}

double Site::mean_of(const Varying& varying, std::int64_t from_s, std::int64_t to_s) const {
  if (varying.place < 0) return varying.constant;
  const auto place = static_cast<std::size_t>(varying.place);
  if (varying.calendar.empty()) return series[place].mean(from_s, to_s);
  const double share = calendars[place].share(from_s, to_s);
  return share * varying.during + (1.0 - share) * varying.otherwise;
}

void Site::apply_schedules(std::int64_t from_s) {
  for (const ScheduledInput& input : schedules) *input.place = mean_of(input.value, from_s, from_s + step_s);
  if (resets) loops.outdoor(weather.mean(from_s, from_s + step_s).outdoor_c);
}

std::string Site::needs_closed_loop() const {
  if (!inlets.empty()) return "servers draw by the temperature of their inlet";
  return faults.supply_may_fail() && !scenario.compute.hosts.entries.empty() ? "the supply of the hosts fails" : "";
}

double Site::auxiliary_w(std::int64_t from_s, std::int64_t to_s) const {
  double sum_w = 0;
  for (const auto& load : scenario.power.loads.entries) sum_w += mean_of(load.value, from_s, to_s);
  return sum_w;
}

plant::Step<double> plant_step(const weather::WeatherStep& weather, double dt_s) {
  return {.dt_s = dt_s,
          .outdoor_c = weather.outdoor_c,
          .wet_bulb_c = weather.wet_bulb_c,
          .ground_c = weather.ground_c,
          .humidity_ratio_kg_kg = weather.humidity_ratio_kg_kg,
          .wind_m_s = weather.wind_m_s,
          .sky_c = weather.sky_c,
          .light = weather.light};
}

demand::DemandConditions Site::conditions(const weather::WeatherStep& weather_now, std::int64_t utc_s) const {
  const input::LocalTime local = zone.local(utc_s);
  const auto common_day = [&] {
    return static_cast<std::size_t>(weather::common_day_of_year((utc_s + zone.offset_s(utc_s) - local.second_of_day) / day_s));
  };
  return {.outdoor_c = weather_now.outdoor_c,
          .local_second_of_day = local.second_of_day,
          .weekday = local.weekday,
          .month = local.month,
          .day_of_year = local.day_of_year,
          .four_day_c = four_day_c.empty() ? not_given : four_day_c[common_day()]};
}

void Site::ask(const plant::Step<double>& step) {
  for (const HeatUser& user : users)
    if (user.source_c) *user.source_c = plant.asks_c(user.component, step);
}

void Site::draw(const demand::DemandConditions& now, std::int64_t utc_s) {
  for (DrawnWater& user : drawn_water)
    *user.draw_m3_s = user.law.mean_m3_s({utc_s, step_s, now.local_second_of_day, now.weekday});
}

demand::DemandStep Site::wanted(const HeatUser& user, const demand::DemandConditions& now, std::int64_t utc_s) const {
  return user.law->wanted(now, [&](const Varying& varying) { return mean_of(varying, utc_s, utc_s + step_s); });
}

namespace {

// What a series holds must lie in the range of every key of the plant that it serves.
void check_series_ranges(const config::Loaded& loaded, const std::vector<input::Series>& series) {
  const auto check = [&](const Field& field, const TypeInfo& type, void* member, const std::string& path) {
    if (type.kind != Kind::varying || static_cast<const Varying*>(member)->series.empty()) return;
    const Varying& varying = *static_cast<const Varying*>(member);
    const double scale = parse_unit(field.unit).unit.scale;
    for (const double value : series[static_cast<std::size_t>(varying.place)].column().values) {
      const double shown = value / scale;
      if (shown >= field.options.min && shown <= field.options.max && shown > field.options.above && shown < field.options.below)
        continue;
      throw UserError(config::at(loaded, path) + "series `" + varying.series + "` holds " + format_number(shown) +
                      (field.unit.empty() || field.unit == "1" ? "" : " " + std::string(field.unit)) + " (a value here " +
                      config::range_of(field) + "); correct the file or name another series");
    }
  };
  PlantSection plant = loaded.scenario.plant;
  config::walk(PlantSection::schema(), &plant, "plant", {.record = nullptr, .value = check});
  for (const auto& entry : loaded.scenario.heat_users.entries) {
    Typed user = entry.value;
    config::walk(*user.schema(), user.object(), "heat_users." + entry.name, {.record = nullptr, .value = check});
  }
}

}  // namespace

std::unique_ptr<Site> checked_site(const config::Loaded& loaded) {
  std::vector<std::string> racks;
  for (const auto& entry : loaded.scenario.compute.hosts.entries) racks.push_back(entry.name);
  auto site = std::make_unique<Site>(loaded, racks);
  try {
    YearRecord record(*site, racks);
  } catch (const UnmatchedGlob& e) {
    const std::string one = "output.record." + std::to_string(e.index);
    throw UserError(config::at(loaded, one) + e.what());
  }
  check_series_ranges(loaded, site->series);
  for (const input::Series& series : site->series)
    series.require(site->start_utc_s - site->warm_up_steps * site->step_s, site->start_utc_s + site->steps * site->step_s);
  return site;
}

void check_work_files(const config::Loaded& loaded) {
  for (const auto& entry : loaded.scenario.compute.work.entries) {
    if (const auto* log = entry.value.as<compute::SwfWork>()) input::read_swf(log->file.path);
    if (const auto* table = entry.value.as<compute::JobCsvWork>()) input::read_job_csv(table->file.path, table->columns);
    if (const auto* shares = entry.value.as<compute::UtilisationCsvWork>())
      input::read_utilisation(
          shares->file.path,
          {.name = shares->column, .scale = shares->unit == compute::ShareUnit::percent ? 0.01 * shares->scale : shares->scale});
    if (const auto* trace = entry.value.as<compute::PowerCsvWork>())
      input::read_power_trace(trace->file.path, {.name = trace->column});
  }
}

}  // namespace hypocaust::run
