#include "models/compute/spec.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "models/compute/power_chain.hpp"
#include "models/core/units.hpp"

namespace hypocaust::compute {
namespace {

constexpr double largest_server_w = 1e6, largest_group_w = 1e9;

// The largest power before the supply's loss; NaN while the server is incomplete, which no comparison calls too large.
double curve_peak_w(const ServerSpec& server) {
  double peak_w = server.peak_power_w;
  for (const LoadPoint& point : server.points) peak_w = std::fmax(peak_w, point.power_w);
  for (const double power_w : server.curve_w) peak_w = std::fmax(peak_w, power_w);
  if (server.psu) peak_w = std::fmax(peak_w, 0.1 * server.psu->nominal_power_w);  // its loss never falls below that at a tenth
  for (const ConversionSpec& stage : server.conversion) peak_w = peak_w / stage.efficiency_frac + stage.constant_loss_w;
  return peak_w;
}

}  // namespace

std::span<const std::string_view> names(Policy) {
  static constexpr std::string_view list[] = {"fcfs", "sjf", "ljf", "priority"};
  return list;
}
std::span<const std::string_view> names(Backfilling) {
  static constexpr std::string_view list[] = {"none", "first_fit", "easy", "conservative"};
  return list;
}
std::span<const std::string_view> names(Aim) {
  static constexpr std::string_view list[] = {"service_level", "thermal_limit", "power_cap",        "demand_response",
                                              "price_shift",   "carbon_shift",  "heat_demand_shift"};
  return list;
}
std::span<const std::string_view> names(AfterStop) {
  static constexpr std::string_view list[] = {"restart", "resume"};
  return list;
}

const Schema& PsuSpec::schema() {
  static constexpr Options efficiency{.need = required, .min = 0.2, .max = 1};
  static const Schema s = describe<PsuSpec>(
      "psu", "Power supply of one server; its loss is part of IT energy.",
      {row<&PsuSpec::nominal_power_w>("nominal_power", "W", {.need = required, .above = 0, .max = largest_server_w},
                                      "nominal output, all supplies of one server together"),
       row<&PsuSpec::efficiency_10_frac>("efficiency_10", "1", efficiency,
                                         "efficiency at 10 % of nominal output; below it the loss stays as it is there"),
       row<&PsuSpec::efficiency_20_frac>("efficiency_20", "1", efficiency, "efficiency at 20 %"),
       row<&PsuSpec::efficiency_50_frac>("efficiency_50", "1", efficiency, "efficiency at 50 %"),
       row<&PsuSpec::efficiency_100_frac>("efficiency_100", "1", efficiency, "efficiency at 100 %")});
  return s;
}

void UnitSpec::derive(Problems&) {
  if (std::isnan(peak_w)) peak_w = idle_w;
}

void UnitSpec::check(Problems& problems) const {
  if (peak_w < idle_w) problems.error("peak", "less than idle (a busy part draws at least as much); exchange the two?");
}

const Schema& UnitSpec::schema() {
  static const Schema s = describe<UnitSpec>(
      "unit", "Like parts of one server.",
      {row<&UnitSpec::count>("count", "", {.min = 1, .max = 10000}, "how many"),
       row<&UnitSpec::idle_w>("idle", "W", {.need = required, .min = 0, .max = largest_server_w}, "power of one without load"),
       row<&UnitSpec::peak_w>("peak", "W", {.need = derived, .min = 0, .max = largest_server_w},
                              "power of one at full load; derived: idle"),
       row<&UnitSpec::exponent>("exponent", "1", {.min = 0.1, .max = 5},
                                "of the load in what exceeds idle; a fan's is about 3")});
  return s;
}

const Schema& ConversionSpec::schema() {
  static const Schema s = describe<ConversionSpec>(
      "conversion", "One conversion between plug and boards.",
      {row<&ConversionSpec::efficiency_frac>("efficiency", "1", {.need = required, .min = 0.5, .max = 1},
                                             "output over input but for the constant loss"),
       row<&ConversionSpec::constant_loss_w>("constant_loss", "W", {.min = 0, .max = 10000}, "of one server, at any load")});
  return s;
}

const Schema& LoadPoint::schema() {
  static const Schema s = describe<LoadPoint>(
      "point", "Power of one server at a load.",
      {row<&LoadPoint::load_frac>("load", "1", {.need = required, .min = 0, .max = 1}, "share of its cores that work"),
       row<&LoadPoint::power_w>("power", "W", {.need = required, .min = 0, .max = largest_server_w}, "power there")});
  return s;
}

const Schema& LevelPoint::schema() {
  static const Schema s = describe<LevelPoint>(
      "level", "One frequency of the processors.",
      {row<&LevelPoint::speed_frac>("speed", "1", {.need = required, .above = 0, .max = 1}, "share of the full speed"),
       row<&LevelPoint::power_frac>("power", "1", {.need = required, .min = 0, .max = 1},
                                    "share of the power above idle that it takes")});
  return s;
}

void InletSpec::check(Problems& problems) const {
  if (fan_full_c <= reference_c)
    problems.error("fan_full", "is not above `reference` (fans begin to turn faster there); raise it");
}

const Schema& InletSpec::schema() {
  using I = InletSpec;
  static const Schema s = describe<I>(
      "inlet", "What one server draws more when what cools it comes in warm.",
      {row<&I::reference_c>("reference", "degC", {.min = -20, .max = 90}, "at and below it the powers are as stated"),
       row<&I::leakage_frac_k>("leakage", "1/K", {.min = 0, .max = 0.05},
                               "growth of the power on the boards with each kelvin above it"),
       row<&I::fan_power_w>("fan_power", "W", {.min = 0, .max = 10000},
                            "of all its fans at full speed; that at their least speed is in the stated powers"),
       row<&I::fan_speed_frac>("fan_speed", "1", {.min = 0, .max = 1}, "speed of the fans up to the reference"),
       row<&I::fan_full_c>("fan_full", "degC", {.min = -20, .max = 120}, "inlet temperature at which they turn at full speed")});
  return s;
}

void ServerSpec::derive(Problems&) {
  double idle_w = not_given, peak_w = not_given;
  if (curve_w.size() == 11) idle_w = curve_w.front(), peak_w = curve_w.back();
  if (!points.empty()) idle_w = points.front().power_w, peak_w = points.back().power_w;
  if (!units.entries.empty()) idle_w = peak_w = 0;
  for (const auto& [name, unit] : units.entries) {
    const double count = static_cast<double>(unit.count);
    idle_w += count * unit.idle_w, peak_w += count * (std::isnan(unit.peak_w) ? unit.idle_w : unit.peak_w);
  }
  if (std::isnan(idle_power_w)) idle_power_w = idle_w;
  if (std::isnan(peak_power_w)) peak_power_w = peak_w;
}

// Points from 0 to 1, ascending; one description of the power, and conversions few enough for the ledger's range.
void check_shape(const ServerSpec& server, Problems& problems) {
  const int described =
      (server.curve_w.empty() ? 0 : 1) + (server.points.empty() ? 0 : 1) + (server.units.entries.empty() ? 0 : 1);
  if (described > 1)
    problems.error("", "described twice (by two of `curve`, `points` and `units`; which of them holds?); keep one");
  if (server.conversion.size() > 3)
    problems.error("conversion", std::to_string(server.conversion.size()) + " conversions (three at most); join some of them");
  for (std::size_t k = 1; k < server.points.size(); ++k)
    if (server.points[k].load_frac <= server.points[k - 1].load_frac)
      return problems.error("points", "loads do not ascend; sort the list");
  if (!server.points.empty() && (server.points.front().load_frac != 0.0 || server.points.back().load_frac != 1.0))
    problems.error("points", "do not reach from a load of 0 to 1 (the power outside is not known); add the missing end");
}

void ServerSpec::check(Problems& problems) const {
  check_shape(*this, problems);
  for (std::size_t k = 0; k < levels.size(); ++k) {
    const LevelPoint before = k > 0 ? levels[k - 1] : LevelPoint{0.0, 0.0};
    if (levels[k].speed_frac <= before.speed_frac || levels[k].power_frac < before.power_frac)
      problems.error("levels." + std::to_string(k),
                     "does not go on from the one before (a faster core takes no less power); sort the list by speed");
  }
  if (!levels.empty() && (levels.back().speed_frac != 1.0 || levels.back().power_frac != 1.0))
    problems.error("levels", "do not end at full speed and full power; add {speed: 1, power: 1}");
  if (!curve_w.empty() && curve_w.size() != 11) {
    problems.error("curve", std::to_string(curve_w.size()) +
                                " values (a curve has 11, at 0, 10 ... 100 % load); give the active idle power first");
    return;
  }
  const bool plain = curve_w.empty() && points.empty() && units.entries.empty();
  if (plain && std::isnan(idle_power_w))
    problems.error("idle_power",
                   "missing (the server has no `curve`, `points` or `units`); give idle_power and peak_power, or one of these");
  if (plain && std::isnan(peak_power_w))
    problems.error("peak_power",
                   "missing (the server has no `curve`, `points` or `units`); give idle_power and peak_power, or one of these");
  if (peak_power_w < idle_power_w)
    problems.error("peak_power", "less than idle_power (a busy server draws at least as much); exchange the two?");
  ServerSpec own = *this;
  own.idle_power_w = own.peak_power_w = not_given;
  own.derive(problems);
  if (!std::isnan(own.idle_power_w) && (own.idle_power_w != idle_power_w || own.peak_power_w != peak_power_w))
    problems.warn("idle_power",
                  "or peak_power differs from the ends of curve, points or units (these are used); remove both keys");
  if (psu && peak_power_w > psu->nominal_power_w)
    problems.warn("psu.nominal_power",
                  "less than the server's peak power (the loss is extrapolated); count every supply of the server");
}

const Schema& ServerSpec::schema() {
  static const Schema s = describe<ServerSpec>(
      "server", "Power of one server by load (busy cores over cores). At the plug; with `psu`, behind the power supply.",
      {row<&ServerSpec::idle_power_w>("idle_power", "W", {.need = derived, .min = 0, .max = largest_server_w},
                                      "power with no core busy; derived: first value of the curve"),
       row<&ServerSpec::peak_power_w>("peak_power", "W", {.need = derived, .above = 0, .max = largest_server_w},
                                      "power with every core busy; derived: last value of the curve"),
       row<&ServerSpec::curve_w>(
           "curve", "W", {.min = 0, .max = largest_server_w},
           "power at 0, 10 ... 100 % load (SPECpower_ssj2008), straight between; without it straight from idle to peak"),
       row<&ServerSpec::points>("points", "", {}, "list of {load, power} from 0 to 1, straight between"),
       row<&ServerSpec::units>("units", "", {.scope = "unit"},
                               "its parts by name: cpu, gpu, memory, nic, fans; their powers add up"),
       row<&ServerSpec::conversion>("conversion", "", {}, "conversions from the boards outwards, as {efficiency, constant_loss}"),
       row<&ServerSpec::levels>(
           "levels", "", {},
           "frequencies as {speed, power} up to {1, 1}, straight between; without it power above idle goes with speed"),
       row<&ServerSpec::inlet>("inlet", "", {}, "what it draws more with a warm inlet; without it nothing"),
       row<&ServerSpec::psu>("psu", "", {}, "power supply; without it its loss is already in the powers")});
  return s;
}

const Schema& SleepSpec::schema() {
  static const Schema s = describe<SleepSpec>(
      "sleep", "What a host without a job does.",
      {row<&SleepSpec::after_s>("after", "min", {.need = required, .min = 0, .max = 525600}, "idle for so long, it falls asleep"),
       row<&SleepSpec::power_w>("power", "W", {.need = required, .min = 0, .max = largest_server_w}, "power asleep, at the plug"),
       row<&SleepSpec::wake_s>("wake", "s", {.min = 0, .max = 3600},
                               "a job on a sleeping host begins so much later, its cores held and drawing power meanwhile")});
  return s;
}

const Schema& StartSpec::schema() {
  static const Schema s = describe<StartSpec>(
      "start", "Switching a host on.",
      {row<&StartSpec::power_w>("power", "W", {.need = required, .min = 0, .max = largest_server_w},
                                "power while it starts, at the plug"),
       row<&StartSpec::lasts_s>("lasts", "s", {.need = required, .min = 0, .max = 3600}, "until it can work")});
  return s;
}

// The ledger counts nanowatts in 64 bits: 9.2 GW, left far behind by this limit and that of a supply's efficiency.
void HostSpec::check(Problems& problems) const {
  if (sleep && sleep->power_w > server_power_w(server, {}))
    problems.error("sleep.power", "above the idle power (sleeping would cost); lower it, or leave `sleep` out");
  const double largest_w = curve_peak_w(server) * static_cast<double>(count);
  if (largest_w > largest_group_w)
    problems.error("server.peak_power",
                   "times `count` is above 1 GW (the most of one host group); correct one of the two, or divide the group");
}

const Schema& HostSpec::schema() {
  static const Schema s =
      describe<HostSpec>("host group", "Like hosts, together one unit of heat for the plant.",
                         {row<&HostSpec::count>("count", "", {.need = required, .min = 1, .max = 100000}, "hosts"),
                          row<&HostSpec::cores>("cores", "", {.need = required, .min = 1, .max = 10000}, "cores of one host"),
                          row<&HostSpec::gpus>("gpus", "", {.min = 0, .max = 1000}, "accelerators of one host"),
                          row<&HostSpec::memory_byte>("memory", "GB", {.above = 0, .max = 1e6}, "memory of one host"),
                          row<&HostSpec::sleep>("sleep", "", {}, "hosts without a job fall asleep; without it they idle"),
                          row<&HostSpec::start>("start", "", {}, "power and time of switching on; without it they work at once"),
                          row<&HostSpec::server>("server", "", {.need = required}, "power of one host")});
  return s;
}

std::span<const std::string_view> names(ForecastKind) {
  static constexpr std::string_view list[] = {"perfect", "persistence", "noisy"};
  return list;
}

void ClassSpec::check(Problems& problems) const {
  if (checkpoint_s > 0 && !pause) problems.error("checkpoint", "goes with `pause: true` only; remove it, or write that");
}

const Schema& ClassSpec::schema() {
  using C = ClassSpec;
  static const Schema s = describe<C>(
      "workload class", "What may be done to a work; `show` prints all of them side by side.",
      {row<&C::delay_s>("delay", "h", {.min = 0, .max = 8760}, "longest time the scheduler may put off the start of its jobs"),
       row<&C::pause>("pause", "", {}, "its jobs may be stopped in order, keep their work, and go on later"),
       row<&C::checkpoint_s>("checkpoint", "min", {.min = 0, .max = 1440}, "run time that a job loses with each pause"),
       row<&C::off_site>("off_site", "", {}, "when it is shed its jobs go elsewhere and do not come back"),
       row<&C::cap_to_frac>("cap_to", "1", {.min = 0, .max = 1},
                            "lowest speed of its hosts under a power cap or a signal of the grid; 100 %: left alone"),
       row<&C::shed>(
           "shed", "", {.min = 0, .max = 100},
           "place in the order in which work is shed when the supply fails, 1 first; 0: stays until the hosts go down")});
  return s;
}

const Schema& ResponseSpec::schema() {
  static const Schema s = describe<ResponseSpec>(
      "demand response", "A signal of the grid that slows work which may be capped, or pauses it.",
      {row<&ResponseSpec::level_frac>("level", "1", {.need = required, .min = 0, .max = 1},
                                      "speed the hosts keep; 100 %: no wish"),
       row<&ResponseSpec::pause_below_frac>("pause_below", "1", {.min = 0, .max = 1},
                                            "with a signal below it, work whose class says `pause` is paused")});
  return s;
}

const Schema& ForecastSpec::schema() {
  using F = ForecastSpec;
  static const Schema s =
      describe<F>("forecast", "What the scheduler knows of the hours to come.",
                  {row<&F::kind>("kind", "", {}, "the truth, the latest known same hour of the day, or the truth with an error"),
                   row<&F::horizon_s>("horizon", "h", {.min = 1, .max = 168}, "how far it looks, and holds a job at most"),
                   row<&F::error_frac>("error", "1", {.min = 0, .max = 10},
                                       "of the noisy one: standard deviation over that of the signal over the run")});
  return s;
}

void ShiftSpec::check(Problems& problems) const {
  if (carbon_kgco2e_j.given() && std::isnan(carbon_price_money_kgco2e))
    problems.error("carbon_price", "missing (beside a price, carbon needs its worth in money); give e.g. 100 EUR/tCO2e");
  if (!carbon_kgco2e_j.given() && !std::isnan(carbon_price_money_kgco2e))
    problems.error("carbon_price", "is given without `carbon` (the emission of electricity); add it");
  if (!price_money_j.given() && !carbon_kgco2e_j.given() && !(heat_value_money_j > 0))
    problems.error("", "nothing to shift by; give price, carbon and carbon_price, or heat_value");
}

const Schema& ShiftSpec::schema() {
  using S = ShiftSpec;
  static const Schema s = describe<S>(
      "shift", "Jobs whose class allows a delay are held until their run is foreseen to cost least.",
      {row<&S::price_money_j>("price", "money/kWh", {.min = -1000, .max = 1000}, "of electricity"),
       row<&S::carbon_kgco2e_j>("carbon", "kgCO2e/kWh", {.min = 0, .max = 100}, "emission of electricity"),
       row<&S::carbon_price_money_kgco2e>("carbon_price", "money/kgCO2e", {.min = 0, .max = 1000}, "what an emission counts for"),
       row<&S::heat_value_money_j>("heat_value", "money/kWh", {.min = 0, .max = 1000},
                                   "cost of heat that is wanted and not there: so much is an hour's IT electricity worth as heat "
                                   "when all of it is wanted"),
       row<&S::alike_money_j>(
           "alike", "money/kWh", {.min = 0, .max = 1000},
           "with `scheduler.order`: starts whose price, carbon or heat differs by no more are alike to it, and "
           "the next of the order decides"),
       row<&S::most_waiting>("most_waiting", "", {.min = 0, .max = 1e9}, "with more jobs than this in the queue none is held"),
       row<&S::forecast>("forecast", "", {}, "what is known of the hours to come")});
  return s;
}

namespace {

// Service level first, each aim once, each with what it needs; and nothing is shifted by that is not in the list.
void check_order(const SchedulerSpec& spec, Problems& problems) {
  if (spec.order.front() != Aim::service_level)
    problems.error("order.0", "comes before `service_level` (no gain is worth a missed deadline); write `service_level` first");
  if (!spec.shift) problems.error("order", "says to which hour jobs are held, and none is held; add `shift`, or remove the list");
  if (!spec.shift) return;
  const ShiftSpec& shift = *spec.shift;
  struct Needed {
    Aim aim;
    bool given;
    std::string_view key;
  };
  const Needed needs[] = {{Aim::power_cap, spec.power_cap_w.given(), "power_cap"},
                          {Aim::demand_response, spec.demand_response.has_value(), "demand_response"},
                          {Aim::price_shift, shift.price_money_j.given(), "shift.price"},
                          {Aim::carbon_shift, shift.carbon_kgco2e_j.given(), "shift.carbon"},
                          {Aim::heat_demand_shift, shift.heat_value_money_j > 0, "shift.heat_value"}};
  for (std::size_t k = 0; k < spec.order.size(); ++k) {
    const std::string key = "order." + std::to_string(k);
    if (std::find(spec.order.begin(), spec.order.begin() + static_cast<std::ptrdiff_t>(k), spec.order[k]) !=
        spec.order.begin() + static_cast<std::ptrdiff_t>(k))
      problems.error(key, "is in the list twice (the second could decide nothing); remove one");
    for (const Needed& need : needs)
      if (need.aim == spec.order[k] && !need.given)
        problems.error(key, "has nothing to go by; add `scheduler." + std::string(need.key) + "`, or remove it from the list");
  }
  for (const Needed& need : needs)
    if (need.given && std::find(spec.order.begin(), spec.order.end(), need.aim) == spec.order.end())
      problems.error("order", "leaves out `" + std::string(names(Aim{})[static_cast<std::size_t>(need.aim)]) +
                                  "`, and `scheduler." + std::string(need.key) +
                                  "` is given (when does it count?); add it to the list");
}

}  // namespace

void SchedulerSpec::check(Problems& problems) const {
  if (preempts && policy != Policy::priority)
    problems.error("preempts", "goes with `policy: priority` (nobody is more important otherwise); write that, or remove it");
  if (!order.empty()) return check_order(*this, problems);
  if (shift && shift->alike_money_j > 0)
    problems.error("shift.alike", "goes with `order` (without it price, carbon and heat are weighed in money); add the order");
}

const Schema& SchedulerSpec::schema() {
  static const Schema s = describe<SchedulerSpec>(
      "scheduler", "Which waiting job starts when.",
      {row<&SchedulerSpec::policy>("policy", "", {},
                                   "order of the queue: first come first served, shortest request first, largest job first, "
                                   "highest `priority` of the work first"),
       row<&SchedulerSpec::backfilling>("backfilling", "", {},
                                        "who may overtake the head of the queue: nobody; whoever fits (first_fit); whoever does "
                                        "not delay its head (easy), or nobody in it (conservative)"),
       row<&SchedulerSpec::backfill_depth>("backfill_depth", "", {.min = 1, .max = 1000000},
                                           "waiting jobs looked at behind the head; a shorter queue gets the textbook's rule"),
       row<&SchedulerSpec::after_stop>("after_stop", "", {},
                                       "a stopped job starts again from its beginning, or goes on where it was stopped"),
       row<&SchedulerSpec::preempts>("preempts", "", {},
                                     "the first of the queue stops jobs of lower priority whose class says `pause`"),
       row<&SchedulerSpec::power_cap_w>("power_cap", "W", {.above = 0},
                                        "of all hosts together, busy or not: their speed is such that even full they stay below"),
       row<&SchedulerSpec::demand_response>("demand_response", "", {}, "a signal of the grid"),
       row<&SchedulerSpec::shift>("shift", "", {}, "hold jobs that may wait for cheap, clean or heat-hungry hours"),
       row<&SchedulerSpec::order>("order", "", {},
                                  "what decides to which hour a job is held, `service_level` first; without it `service_level`, "
                                  "then price, carbon and heat weighed in money")});
  return s;
}

void ComputeSpec::check(Problems& problems) const {
  double idle_w = 0;  // at least; NaN while a server is incomplete
  for (const auto& [name, group] : hosts.entries) idle_w += group.server.idle_power_w * static_cast<double>(group.count);
  if (const Varying& cap = scheduler.power_cap_w; cap.smallest() < idle_w)
    problems.error("scheduler.power_cap", "is below what all hosts draw without work (" + format_number(std::ceil(idle_w)) +
                                              " W); raise it, or take hosts away");
  for (const auto& [name, entry] : work.entries) {
    const auto* table = entry.as<JobCsvWork>();
    const HostSpec* on = table ? hosts.find(table->hosts.name) : nullptr;
    if (!on) continue;
    const std::string columns = "work." + name + ".columns.", where = "; give compute.hosts." + table->hosts.name;
    if (table->columns.gpus && on->gpus == 0)
      problems.error(columns + "gpus", "the hosts `" + table->hosts.name + "` have no accelerators" + where + ".gpus");
    if (table->columns.memory && std::isnan(on->memory_byte))
      problems.error(columns + "memory", "the memory of the hosts `" + table->hosts.name + "` is not known" + where + ".memory");
  }
}

const Schema& ComputeSpec::schema() {
  static const Schema s = describe<ComputeSpec>(
      "compute", "The hosts, what they work on, and the scheduler.",
      {row<&ComputeSpec::hosts>("hosts", "", {.scope = "host"}, "groups of like hosts"),
       row<&ComputeSpec::classes>("classes", "", {.scope = "workload class"}, "what may be done to which work"),
       row<&ComputeSpec::work>("work", "", {.scope = "work", .types = work_types}, "what the hosts work on"),
       row<&ComputeSpec::scheduler>("scheduler", "", {}, "order in which jobs start")});
  return s;
}

}  // namespace hypocaust::compute
