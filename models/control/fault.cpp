#include "models/control/fault.hpp"

#include <algorithm>
#include <deque>
#include <string>

#include "models/core/math.hpp"
#include "models/core/random.hpp"

namespace hypocaust::control {

std::span<const std::string_view> names(FaultKind) {
  static constexpr std::string_view list[] = {"out_of_order",  "degraded",      "stuck",      "sensor_stuck", "sensor_dead",
                                              "sensor_offset", "interface_off", "demand_off", "return_rise",  "link_down",
                                              "leak",          "grid_outage",   "fire_alarm", "emergency_off"};
  return list;
}

bool of_supply(FaultKind kind) {
  return kind == FaultKind::grid_outage || kind == FaultKind::fire_alarm || kind == FaultKind::emergency_off;
}
bool of_site(FaultKind kind) { return of_supply(kind) || kind == FaultKind::link_down; }
bool needs_crew(FaultKind kind) {
  return !of_supply(kind) && kind != FaultKind::interface_off && kind != FaultKind::demand_off && kind != FaultKind::return_rise;
}
std::span<const std::string_view> names(RepairLaw) {
  static constexpr std::string_view list[] = {"exponential", "lognormal", "fixed"};
  return list;
}

const Schema& FaultSpec::schema() {
  static const Schema s = describe<FaultSpec>(
      "fault", "Something that breaks: by date (at, lasts) or at random (mean_time_between, mean_time_to_repair).",
      {row<&FaultSpec::kind>("kind", "", {}, "what is wrong"),
       row<&FaultSpec::component>("component", "", {.scope = "part of the plant"},
                                  "component, cooling or heat user; not of stuck, sensor_* and what befalls the whole site"),
       row<&FaultSpec::input>("input", "", {.scope = "input"}, "component.input that is stuck"),
       row<&FaultSpec::controller>("controller", "", {.scope = "controller"}, "whose sensor is wrong"),
       row<&FaultSpec::sensor>("sensor", "", {},
                               "which of the controller's, where it has several: coolant, store, or the name of a protection"),
       row<&FaultSpec::at>("at", "", {}, "when it begins: a date, or date and time, in UTC"),
       row<&FaultSpec::lasts_s>("lasts", "s", {.min = 1, .max = 3.1536e9}, "until it is repaired"),
       row<&FaultSpec::remaining_frac>("remaining", "1", {.min = 0, .below = 1}, "degraded: share of the capacity left"),
       row<&FaultSpec::value_frac>("value", "1", {.min = 0, .max = 1}, "stuck: the input's value; left out: where it was"),
       row<&FaultSpec::offset_k>("offset", "K", {.min = -100, .max = 100},
                                 "sensor_offset, return_rise: added to the temperature"),
       row<&FaultSpec::mean_between_s>("mean_time_between", "h", {.min = 1, .max = 1e7},
                                       "mean time in order between two failures"),
       row<&FaultSpec::mean_repair_s>("mean_time_to_repair", "h", {.min = 0.1, .max = 1e5}, "mean time of the repair itself"),
       row<&FaultSpec::repair>("repair", "", {}, "law of the repair time"),
       row<&FaultSpec::spare_part_s>("spare_part", "d", {.min = 0, .max = 365},
                                     "time from the order of a part until it is there; each failure takes one and orders one"),
       row<&FaultSpec::spares>("spares", "", {.min = 0, .max = 1000}, "parts on site at the start")});
  return s;
}

namespace {

// The one key that names what is broken.
std::string_view target_key(FaultKind kind) {
  if (of_site(kind)) return "";
  if (kind == FaultKind::stuck) return "input";
  const bool sensor = kind == FaultKind::sensor_stuck || kind == FaultKind::sensor_dead || kind == FaultKind::sensor_offset;
  return sensor ? "controller" : "component";
}

}  // namespace

void FaultSpec::check(Problems& problems) const {
  const std::string word(names(kind)[static_cast<std::size_t>(kind)]);
  const auto wants = [&](std::string_view key, bool given, bool wanted) {
    if (wanted && !given) problems.error(std::string(key), "is missing (a fault of kind " + word + " needs it); write it");
    if (!wanted && given)
      problems.error(std::string(key), "does not go with kind " + word + "; remove it, or write another kind");
  };
  wants("component", !component.name.empty(), target_key(kind) == "component");
  wants("input", !input.name.empty(), target_key(kind) == "input");
  wants("controller", !controller.name.empty(), target_key(kind) == "controller");
  if (target_key(kind) != "controller") wants("sensor", !sensor.empty(), false);
  wants("remaining", remaining_frac == remaining_frac, kind == FaultKind::degraded);
  wants("offset", offset_k == offset_k, kind == FaultKind::sensor_offset || kind == FaultKind::return_rise);
  if (kind != FaultKind::stuck) wants("value", value_frac == value_frac, false);
  const bool dated = at.utc_s != integer_not_given;
  if (dated == at_random())
    return problems.error(dated ? "mean_time_between" : "at",
                          dated ? "does not go with `at` (a fault comes by date or at random); remove one of them"
                                : "is missing (when does it break?); write `at` and `lasts`, or `mean_time_between` and "
                                  "`mean_time_to_repair`");
  const auto goes_with = [&](std::string_view key, bool given, bool here, std::string_view other) {
    if (here && !given) problems.error(std::string(key), "is missing (`" + std::string(other) + "` needs it); write it");
    if (!here && given) problems.error(std::string(key), "goes with `" + std::string(other) + "` only; remove it, or write that");
  };
  goes_with("lasts", lasts_s == lasts_s, dated, "at");
  goes_with("mean_time_to_repair", mean_repair_s == mean_repair_s, at_random(), "mean_time_between");
  if (dated && spare_part_s > 0) goes_with("spare_part", true, false, "mean_time_between");
  if (dated && spares > 0) goes_with("spares", true, false, "mean_time_between");
  if (!dated && spares > 0 && !(spare_part_s > 0))
    problems.error("spares", "says how many parts are on site, and `spare_part` not how long the next one takes; write it");
}

namespace {

double repair_s(const FaultSpec& fault, const RandomStream& stream, std::uint64_t failure) {
  switch (fault.repair) {
    case RepairLaw::fixed:
      return fault.mean_repair_s;
    case RepairLaw::exponential:
      return fault.mean_repair_s * stream.exponential(failure, 1);
    case RepairLaw::lognormal:
      return fault.mean_repair_s * vexp(stream.normal(failure, 1) - 0.5);  // mean of exp(N - 1/2) is 1
  }
  return fault.mean_repair_s;
}

std::int64_t whole_seconds(double time_s) { return time_s < 1.0 ? 1 : static_cast<std::int64_t>(time_s); }

}  // namespace

std::vector<FaultInterval> fault_intervals(const FaultSpec& fault, std::string_view name, const FaultWindow& window) {
  std::vector<FaultInterval> list;
  if (!fault.at_random()) {
    const FaultInterval once{fault.at.utc_s, fault.at.utc_s + whole_seconds(fault.lasts_s)};
    if (once.to_s > window.from_s && once.from_s < window.to_s) list.push_back(once);
    return list;
  }
  const RandomFault one{.fault = &fault, .name = std::string(name), .from_s = window.from_s};
  return fault_histories({&one, 1}, as_many_as_needed, window.seed, window.to_s).front();
}

namespace {

// One random fault on its way: in order until `due_s`, then failed until `due_s` when its part is there.
struct Walker {
  const FaultSpec* fault;
  RandomStream stream;
  std::uint64_t failure = 0;
  std::int64_t due_s = 0, failed_s = 0;
  bool waits = false;                       // for its part; then for a crew
  std::deque<std::int64_t> parts_from_s{};  // when each part is there that nobody has taken
  bool over = false;                        // nothing more before the end

  void in_order_from(std::int64_t now_s, std::int64_t to_s) {
    due_s = now_s + whole_seconds(fault->mean_between_s * stream.exponential(failure, 0));
    over = due_s >= to_s;
  }
  void fail() {
    const auto lead_s = static_cast<std::int64_t>(fault->spare_part_s);
    failed_s = due_s, waits = true;
    parts_from_s.push_back(failed_s + lead_s);
    due_s = std::max(failed_s, parts_from_s.front());
    parts_from_s.pop_front();
  }
};

}  // namespace

std::vector<std::vector<FaultInterval>> fault_histories(std::span<const RandomFault> faults, int crews, std::uint64_t seed,
                                                        std::int64_t to_s) {
  std::vector<std::vector<FaultInterval>> lists(faults.size());
  std::vector<Walker> walkers;
  for (const RandomFault& one : faults) {
    walkers.push_back({.fault = one.fault, .stream = RandomStream(seed, "faults." + one.name)});
    walkers.back().parts_from_s.assign(static_cast<std::size_t>(one.fault->spares), one.from_s);
    walkers.back().in_order_from(one.from_s, to_s);
  }
  std::vector<std::int64_t> free_s;  // of each crew that has worked: when it is free again
  const auto crew_from_s = [&](std::int64_t now_s) {
    if (static_cast<int>(free_s.size()) < crews) return free_s.push_back(now_s), free_s.end() - 1;
    return std::min_element(free_s.begin(), free_s.end());
  };
  for (;;) {
    std::size_t next = walkers.size();
    for (std::size_t k = 0; k < walkers.size(); ++k)
      if (!walkers[k].over && (next == walkers.size() || walkers[k].due_s < walkers[next].due_s)) next = k;
    if (next == walkers.size()) return lists;
    Walker& w = walkers[next];
    if (!w.waits) {
      w.fail();
      continue;
    }
    std::int64_t begin_s = w.due_s;
    const std::int64_t repair = whole_seconds(repair_s(*w.fault, w.stream, w.failure));
    if (needs_crew(w.fault->kind) && crews < as_many_as_needed) {
      const auto crew = crew_from_s(begin_s);
      begin_s = std::max(begin_s, *crew);
      *crew = begin_s + repair;
    }
    lists[next].push_back({w.failed_s, begin_s + repair});
    w.waits = false, ++w.failure;
    w.in_order_from(begin_s + repair, to_s);
  }
}

}  // namespace hypocaust::control
