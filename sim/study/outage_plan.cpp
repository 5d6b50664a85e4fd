#include "sim/study/outage_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "models/core/errors.hpp"
#include "models/core/nearest.hpp"
#include "models/core/units.hpp"
#include "models/plant/registry.hpp"
#include "sim/base/utc_text.hpp"
#include "sim/config/fault_rules.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/site_rules.hpp"

namespace hypocaust::study {
namespace {

constexpr std::int64_t hour_s = 3600;

[[noreturn]] void refuse(const std::string& text) { throw UserError("hypocaust: error: " + text); }

std::int64_t whole_steps(double seconds, const run::Site& site, const char* what) {
  const double steps = seconds / static_cast<double>(site.step_s);
  if (!(steps >= 0) || steps != std::floor(steps) || std::fmod(seconds, hour_s) != 0)
    refuse(fmt::format("{} of {:g} h is not a whole number of hours; give e.g. 7d", what, seconds / hour_s));
  return static_cast<std::int64_t>(steps);
}

std::int64_t start_step(std::int64_t utc_s, const std::string& text, const run::Site& site) {
  const std::int64_t since_s = utc_s - site.start_utc_s;
  if (since_s < 0 || since_s >= site.steps * site.step_s)
    refuse(fmt::format("--start {} is outside the simulated time ({} to {} UTC)", text, base::utc_text(site.start_utc_s),
                       base::utc_text(site.start_utc_s + site.steps * site.step_s)));
  if (since_s % hour_s != 0) refuse(fmt::format("--start {} is not on a full hour; branches leave the year on full hours", text));
  return since_s / site.step_s;
}

std::vector<std::int64_t> start_steps(const OutageOptions& options, const run::Site& site) {
  std::set<std::int64_t> steps;
  for (const std::string& text : options.starts) {
    if (text.starts_with("every:")) {
      const std::int64_t every = whole_steps(duration_s(text.substr(6)), site, "--start every");
      if (every < 1) refuse("--start " + text + " has no length; write e.g. every:1w");
      for (std::int64_t k = 0; k + every <= site.steps || k == 0; k += every) steps.insert(k);
    } else {
      Instant instant;
      const std::string problem = config::read_instant(text, instant);
      if (!problem.empty()) refuse("--start " + text + ": " + problem + "; write a date, 2025-07-14T06:00, or every:1w");
      steps.insert(start_step(instant.utc_s, text, site));
    }
  }
  return {steps.begin(), steps.end()};
}

bool is_user(const run::Site& site, int component) {
  const plant::ComponentType& type = site.plant.type(component);
  return type.serves_demand || type.heat_user;
}

using control::FaultKind;

bool of_sensors(FaultKind kind) {
  return kind == FaultKind::sensor_stuck || kind == FaultKind::sensor_dead || kind == FaultKind::sensor_offset;
}

// The kind that was asked for; none: what is usual for a heat user, a controller, and anything else.
enum class Target : int { part, heat_user, controller, leak };
FaultKind asked_kind(const OutageOptions& options) {
  const auto words = names(FaultKind{});
  const auto found = std::find(words.begin(), words.end(), options.kind);
  const auto kind = static_cast<FaultKind>(found - words.begin());
  if (found == words.end() || kind == FaultKind::stuck) {
    std::string list;
    for (const std::string_view word : words)
      if (word != "stuck") list += (list.empty() ? "" : ", ") + std::string(word);
    refuse("--kind " + options.kind + " is none of " + list);
  }
  return kind;
}

FaultKind kind_of(const OutageOptions& options, Target target) {
  if (options.kind.empty())
    return target == Target::controller  ? FaultKind::sensor_dead
           : target == Target::leak      ? FaultKind::leak
           : target == Target::heat_user ? FaultKind::interface_off
                                         : FaultKind::out_of_order;
  const FaultKind kind = asked_kind(options);
  if (control::of_site(kind)) refuse("--kind " + options.kind + " befalls the whole site; leave --what and --n-1 out");
  if (of_sensors(kind) != (target == Target::controller))
    refuse("--kind " + options.kind +
           (of_sensors(kind)
                ? " happens to sensors; --what must name a controller"
                : " does not happen to the sensor of a controller; give sensor_dead, sensor_stuck or sensor_offset"));
  return kind;
}

control::FaultSpec fault_of(const OutageOptions& options, const std::string& name, const run::Site& site) {
  const int component = site.plant.component(name);
  // `supervisor`: its coolant's sensor; `supervisor.store`: another of its own.
  const std::size_t dot = name.find('.');
  const int loop = site.loops.index(name.substr(0, dot));
  const bool controller = component < 0 && loop >= 0;
  if (component < 0 && !controller) {
    const std::vector<std::string> controllers = site.loops.names();
    std::vector<std::string_view> list(controllers.begin(), controllers.end());
    for (int c = 0; c < site.plant.components(); ++c) list.push_back(site.plant.component_name(c));
    const std::string_view near = nearest(name, list);
    refuse("--what " + name + ": the plant has no component, cooling, connected heat user or controller of that name" +
           (near.empty() ? "" : "; did you mean `" + std::string(near) + "`?"));
  }
  control::FaultSpec fault;
  fault.kind = kind_of(options, controller                                          ? Target::controller
                                : is_user(site, component)                          ? Target::heat_user
                                : site.plant.type(component).schema->name == "leak" ? Target::leak
                                                                                    : Target::part);
  if (!controller) fault.component.name = name;
  else fault.controller.name = name.substr(0, dot);
  if (controller && dot != name.npos) fault.sensor = name.substr(dot + 1);
  fault.remaining_frac = options.remaining_frac, fault.offset_k = options.offset_k;
  fault.at.utc_s = 0, fault.lasts_s = 1;
  Problems problems;
  fault.check(problems);
  for (const Problems::Item& item : problems.items) refuse("--" + item.key + " " + item.text);
  const std::string problem =
      controller ? config::sensor_problem(site.scenario, fault) : config::fault_problem(site.plant.type(component), fault.kind);
  if (!problem.empty()) refuse("--what " + name + ": " + problem);
  return fault;
}

// What befalls the whole site.
control::FaultSpec fault_of_site(const OutageOptions& options, const run::Site& site) {
  control::FaultSpec fault;
  fault.kind = asked_kind(options);
  fault.remaining_frac = options.remaining_frac, fault.offset_k = options.offset_k;
  fault.at.utc_s = 0, fault.lasts_s = 1;
  Problems problems;
  fault.check(problems);
  for (const Problems::Item& item : problems.items) refuse("--" + item.key + " " + item.text);
  if (const std::string problem = config::supply_problem(site.scenario); control::of_supply(fault.kind) && !problem.empty())
    refuse("--kind " + options.kind + ": power.supply_limit " + problem);
  if (fault.kind == FaultKind::link_down && site.loops.size() == 0)
    refuse("--kind link_down: the site has no controller that could lose its sensors; name a part with --what");
  return fault;
}

// What can be out alone: every part with something that can stop (or that answers to the kind that was asked for), and the sensor
// of every controller.
std::vector<std::string> single_failures(const OutageOptions& options, const run::Site& site) {
  static const std::set<std::string_view> passive{"pipe", "twin_pipe", "check_valve", "tank", "coil_tank", "port_tank"};
  const auto words = names(FaultKind{});
  const auto asked = static_cast<FaultKind>(std::find(words.begin(), words.end(), options.kind) - words.begin());
  std::vector<std::string> list;
  for (int c = 0; c < site.plant.components(); ++c) {
    const plant::ComponentType& type = site.plant.type(c);
    const auto kinds = config::fault_kinds(type);
    const bool can = options.kind.empty() ? type.can_fail || type.schema->name == "leak"
                                          : std::find(kinds.begin(), kinds.end(), asked) != kinds.end();
    if (can && !passive.contains(type.schema->name)) list.push_back(site.plant.component_name(c));
  }
  if (options.kind.empty() || (options.kind.starts_with("sensor_") && of_sensors(asked)))
    for (const std::string& name : site.loops.names()) {
      const auto sensors = site.loops.sensor_names(site.loops.index(name));
      if (sensors.empty()) list.push_back(name);
      for (const std::string& sensor : sensors) {
        control::FaultSpec fault;
        fault.kind = asked, fault.controller = {name}, fault.sensor = sensor;
        if (options.kind.empty() || config::sensor_problem(site.scenario, fault).empty()) list.push_back(name + "." + sensor);
      }
    }
  return list;
}

}  // namespace

double duration_s(const std::string& text) {
  std::size_t digits = 0;
  while (digits < text.size() && (std::isdigit(static_cast<unsigned char>(text[digits])) || text[digits] == '.')) ++digits;
  std::size_t unit = digits;
  while (unit < text.size() && text[unit] == ' ') ++unit;
  const std::string word = text.substr(unit), number = text.substr(0, digits);
  const double weeks = word == "w" ? 7.0 : 1.0;
  const QuantityText read = parse_quantity(number + " " + (word == "w" ? "d" : word), {.unit = "s"});
  if (!read.problem.empty() || !(read.value >= 0)) refuse("`" + text + "` is no time; write e.g. 7d, 12h or 1w");
  return read.value * weeks;
}

int worst_starts(const OutageOptions& options, const run::Site& site) {
  if (options.starts.empty() || !options.starts.front().starts_with("worst:")) return 0;
  const std::string number = options.starts.front().substr(6);
  const std::int64_t weeks = site.steps * site.step_s / (7 * 24 * hour_s);
  const bool whole = !number.empty() && number.size() < 6 &&
                     std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  const int count = whole ? std::stoi(number) : 0;
  if (options.starts.size() > 1) refuse("--start " + options.starts.front() + " stands beside other starts; give it alone");
  if (count < 1 || count > weeks)
    refuse(fmt::format("--start worst:{} is not one of the {} whole weeks of the simulated time; write e.g. worst:4", number,
                       weeks));
  return count;
}

std::vector<Branch> plan_outage(const OutageOptions& options, const run::Site& site, std::span<const std::int64_t> chosen) {
  std::vector<std::int64_t> starts(chosen.begin(), chosen.end());
  if (starts.empty()) starts = worst_starts(options, site) > 0 ? std::vector<std::int64_t>{0} : start_steps(options, site);
  const std::int64_t recovery = whole_steps(options.recovery_s, site, "--recovery");
  struct Set {
    std::string what;
    std::vector<control::FaultSpec> faults;
  };
  std::vector<Set> sets;
  if (!options.kind.empty() && options.what.empty() && !options.each_alone && control::of_site(asked_kind(options)))
    sets.push_back({options.kind, {fault_of_site(options, site)}});
  if (options.each_alone)
    for (const std::string& name : single_failures(options, site)) sets.push_back({name, {fault_of(options, name, site)}});
  if (!options.what.empty()) {
    Set all;
    for (const std::string& name : options.what) {
      if (std::count(options.what.begin(), options.what.end(), name) > 1) refuse("--what " + name + " is given twice");
      all.what += (all.what.empty() ? "" : " and ") + name;
      all.faults.push_back(fault_of(options, name, site));
    }
    sets.push_back(std::move(all));
  }
  if (sets.empty())
    refuse(options.each_alone ? "--n-1 all: no part answers to kind " + options.kind + "; leave --kind out, or name another"
                              : "nothing is out of order; give --what NAME, --n-1 all, or a --kind that befalls the whole site");
  std::vector<Branch> branches;
  for (const Set& set : sets)
    for (const double lasts_s : std::set<double>(options.durations_s.begin(), options.durations_s.end()))
      for (const std::int64_t start : starts) {
        Branch branch{.what = set.what,
                      .start_step = start,
                      .recovery_steps = recovery,
                      .faults = set.faults,
                      .circumstances = options.circumstances};
        branch.outage_steps = whole_steps(lasts_s, site, "--duration");
        if (branch.steps() > site.steps)
          refuse(fmt::format("an outage of {:g} d and its recovery are longer than the simulated time ({:g} d)",
                             lasts_s / 86400.0, static_cast<double>(site.steps * site.step_s) / 86400.0));
        for (control::FaultSpec& fault : branch.faults)
          fault.at.utc_s = site.start_utc_s + start * site.step_s, fault.lasts_s = lasts_s;
        branches.push_back(std::move(branch));
      }
  for (std::size_t k = 0; k < branches.size(); ++k) branches[k].id = static_cast<int>(k);
  return branches;
}

}  // namespace hypocaust::study
