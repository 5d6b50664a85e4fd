#include "sim/run/quarter_hours.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "models/meter/kpi.hpp"
#include "sim/config/typed_value.hpp"
#include "sim/config/walk.hpp"

namespace hypocaust::run {
namespace {

constexpr std::size_t meter_columns = 5;

// Series that contracts, economics and carbon name: their means go into the file, so that prices can be told from it alone.
std::map<std::string, std::size_t> priced_series(const Scenario& scenario) {
  std::map<std::string, std::size_t> list;
  Scenario copy = scenario;
  config::walk(Scenario::schema(), &copy, "",
               {.record = nullptr, .value = [&](const Field&, const TypeInfo& type, void* member, const std::string& path) {
                  if (type.kind != Kind::varying) return;
                  const Varying& varying = *static_cast<const Varying*>(member);
                  const bool money =
                      path.starts_with("contracts.") || path.starts_with("economics.") || path.starts_with("carbon.");
                  if (money && varying.calendar.empty() && varying.place >= 0)
                    list.emplace(varying.series, static_cast<std::size_t>(varying.place));
                }});
  return list;
}

// Beyond this number only users whom a contract names have columns of their own; the others share theirs.
constexpr std::size_t most_own_columns = 100;

std::set<std::string> buyers_of(const Scenario& scenario) {
  std::set<std::string> names;
  for (const auto& entry : scenario.contracts.entries) {
    if (!entry.value.schema()) continue;
    if (const std::string user = config::name_at(entry.value, "user"); !user.empty()) names.insert(user);
  }
  return names;
}

}  // namespace

QuarterHours::QuarterHours(const Site& site) : step_s_(site.step_s), interval_s_(std::max<std::int64_t>(900, site.step_s)) {
  length_ = column("length", "s", "length of the interval");
  outdoor_ = column("outdoor_temperature", "degC", "mean outdoor temperature");
  it_ = column("it", "J", "electricity at the servers' plug");
  electricity_ = column("electricity", "J", "electricity of the site, heat pumps and pumps beyond its boundary apart");
  customer_side_ = column("customer_side_electricity", "J", "electricity of heat pumps, and of pumps beyond the boundary");
  facility_ = column("facility", "J", "electricity inside the data-centre boundary, heat pumps outside apart");
  held_back_ = column("compute_held_back", "s", "time x share of dynamic power that thermal limits withheld from compute");
  over_limit_ = column("over_limit", "s", "time with coolant, air or a junction above its limit");
  unmet_ = column("short_of_heat", "s", "time with any heat user short of heat");
  for (const MeterPoint& point : site.meters) {
    if (point.counts == meter::Counts::recovered && recovered_ == 0)
      recovered_ = column("recovered", "J", "heat into the reuse circuit");
    if (point.counts == meter::Counts::delivered && delivered_ == 0)
      delivered_ = column("delivered", "J", "heat at customers' meters");
  }
  const std::set<std::string> buyers = buyers_of(site.scenario);
  std::size_t others = 0;  // columns of all who have none of their own
  for (const HeatUser& user : site.users) {
    const bool own = site.users.size() <= most_own_columns || buyers.contains(user.name);
    if (own || others == 0) users_at_.push_back(user_columns_of(own ? user.name : "others"));
    else users_at_.push_back(others);
    if (!own) others = users_at_.back();
  }
  meters_at_ = table_.columns.size();
  for (const MeterPoint& point : site.meters) {
    column("meter." + point.name + ".register", "J", "the billing register, with the errors of its class");
    column("meter." + point.name + ".truth", "J", "heat since the start, without error");
    column("meter." + point.name + ".supply_temperature", "degC",
           "of the warm side (what left the stream; what entered, at a user), weighed by its flow; missing at rest");
    column("meter." + point.name + ".flow", "m3/s", "mean flow");
    column("meter." + point.name + ".error_limit", "J", "largest error of the register since the start that its class allows");
    meters_.push_back({.register_ = meter::HeatMeter(*site.scenario.meters.find(point.name), point.name,
                                                     static_cast<std::uint64_t>(site.scenario.clock.seed))});
  }
  const auto any = [&](std::string_view type) {
    const auto channels = site.plant.channels();
    return std::any_of(channels.begin(), channels.end(), [&](const plant::ChannelInfo& one) { return one.type == type; });
  };
  if (any("dry_cooler"))
    watch(site, "dry_cooler", "water", "kg/s", column("water", "kg", "water used for cooling: evaporated and drained"));
  if (any("heat_pump")) {
    heat_pump_ = column("heat_pump_electricity", "J", "electricity of heat pumps");
    column("heat_pump_outside_electricity", "J", "of it, of those beyond the boundary");
    watch(site, "heat_pump", "heat", "W", column("heat_pump_heat", "J", "heat from heat pumps to their sinks"));
  }
  const auto rows = static_cast<std::size_t>(site.steps * site.step_s / interval_s_ + 1);
  table_.start_s.reserve(rows);
  for (QuarterColumn& one : table_.columns) one.values.reserve(rows);
}

void QuarterHours::watch(const Site& site, std::string_view type, std::string_view name, std::string_view unit,
                         std::size_t column) {
  const auto channels = site.plant.channels();
  for (std::size_t k = 0; k < channels.size(); ++k)
    if (channels[k].type == type && channels[k].name == name && channels[k].unit == unit) {
      watched_.push_back({k, column});
      values_.resize(std::max(values_.size(), static_cast<std::size_t>(channels[k].columns)));
    }
}

std::size_t QuarterHours::user_columns_of(const std::string& name) {
  const std::size_t first = column("user." + name + ".demand", "J", "heat wanted");
  column("user." + name + ".consumed", "J", "recovered heat that met demand");
  column("user." + name + ".backup", "J", "heat from the user's own backup");
  column("user." + name + ".unmet", "J", "heat wanted that nobody gave");
  return first;
}

std::size_t QuarterHours::column(std::string name, std::string unit, std::string doc) {
  table_.columns.push_back({std::move(name), std::move(unit), std::move(doc), {}});
  return table_.columns.size() - 1;
}

void QuarterHours::begin_step(std::int64_t time_s) {
  time_s_ = time_s;
  const std::int64_t row = (time_s - from_s_) / interval_s_;
  if (row < static_cast<std::int64_t>(table_.start_s.size())) return;
  close_row();
  table_.start_s.push_back(from_s_ + row * interval_s_);
  for (QuarterColumn& one : table_.columns) one.values.push_back(0.0);
}

void QuarterHours::add_meters(const Site& site, double dt_s) {
  for (std::size_t m = 0; m < meters_.size(); ++m) {
    const MeterPoint& point = site.meters[m];
    const double flow_kg_s = std::fabs(site.plant.branch_flow_kg_s(point.component, point.branch)),
                 out_c = site.plant.branch_out_c(point.component, point.branch),
                 in_c = site.plant.branch_in_c(point.component, point.branch);
    const double flow_m3_s = flow_kg_s / site.plant.branch_rho_kg_m3(point.component, point.branch);
    meters_[m].mass_kg += flow_kg_s * dt_s, meters_[m].mass_c += flow_kg_s * dt_s * (point.at_user ? in_c : out_c);
    meters_[m].volume_m3 += flow_m3_s * dt_s;
    meters_[m].register_.add(point.heat_w(site.plant) * dt_s, {.flow_m3_s = flow_m3_s, .difference_k = std::fabs(out_c - in_c)},
                             time_s_);
  }
  for (const Watched& one : watched_) {
    const auto columns = static_cast<std::size_t>(site.plant.channels()[one.channel].columns);
    site.plant.read_channel(one.channel, std::span(values_).first(columns));
    for (std::size_t k = 0; k < columns; ++k) add(one.column, values_[k] * dt_s);
  }
}

void QuarterHours::finish_step(const QuarterStep& step) {
  const meter::Energies& e = step.energies;
  const std::span<const UserStep> users = step.users;
  const double step_s = static_cast<double>(step_s_);
  const double customer_j = e.pump_outside_j + e.heat_pump_j;
  add(length_, step_s), add(outdoor_, step.outdoor_c * step_s), add(it_, e.it_j), add(customer_side_, customer_j);
  add(facility_, meter::facility_j(e)), add(held_back_, (1.0 - step.throttle_frac) * step_s);
  add(over_limit_, step.over_limit_s), add(unmet_, step.unmet_s);
  if (recovered_ > 0) add(recovered_, e.recovered_j);
  if (delivered_ > 0) add(delivered_, e.delivered_j);
  add(electricity_, e.electricity_j() + e.battery_j - e.backup_electricity_j - customer_j);
  if (heat_pump_ > 0) add(heat_pump_, e.heat_pump_j), add(heat_pump_ + 1, e.heat_pump_outside_j);
  for (std::size_t u = 0; u < users.size(); ++u) {
    const std::size_t at = users_at_[u];
    add(at, users[u].demand_j), add(at + 1, users[u].consumed_j), add(at + 2, users[u].backup_j), add(at + 3, users[u].unmet_j);
  }
}

// Turns sums into means and reads the registers.
void QuarterHours::close_row() {
  if (table_.start_s.empty()) return;
  table_.columns[outdoor_].values.back() /= table_.columns[length_].values.back();
  for (std::size_t m = 0; m < meters_.size(); ++m) {
    const std::size_t at = meters_at_ + meter_columns * m;
    Meter& one = meters_[m];
    table_.columns[at].values.back() = one.register_.register_j();
    table_.columns[at + 1].values.back() = one.register_.true_j();
    table_.columns[at + 2].values.back() = one.mass_kg > 0 ? one.mass_c / one.mass_kg : std::numeric_limits<double>::quiet_NaN();
    table_.columns[at + 3].values.back() = one.volume_m3 / table_.columns[length_].values.back();
    table_.columns[at + 4].values.back() = one.register_.error_limit_j();
    one.mass_kg = one.mass_c = one.volume_m3 = 0;
  }
}

void QuarterHours::begin_anew(std::int64_t from_s) {
  close_row();
  from_s_ = from_s;
  table_.start_s.clear();
  for (QuarterColumn& one : table_.columns) one.values.clear();
}

QuarterHourTable QuarterHours::so_far() {
  close_row();
  return table_;
}

QuarterHourTable QuarterHours::finish(const Site& site) {
  close_row();
  for (const auto& [name, place] : priced_series(site.scenario)) {
    const std::size_t at = column("series." + name, "", "mean of series `" + name + "`, in SI units");
    for (std::size_t k = 0; k < table_.start_s.size(); ++k) {
      const std::int64_t from_s = site.start_utc_s + table_.start_s[k];
      const auto length_s = static_cast<std::int64_t>(table_.columns[length_].values[k]);
      table_.columns[at].values.push_back(site.series[place].mean(from_s, from_s + length_s));
    }
  }
  return std::move(table_);
}

}  // namespace hypocaust::run
