#include "models/compute/spec.hpp"

#include <cmath>
#include <string>

namespace hypocaust::compute {
namespace {

constexpr double largest_server_w = 1e6, largest_group_w = 1e9;

// The largest power before the supply's loss; NaN while the server is incomplete, which no comparison calls too large.
double curve_peak_w(const ServerSpec& server) {
  double peak_w = server.peak_power_w;
  for (const double power_w : server.curve_w) peak_w = std::fmax(peak_w, power_w);
  if (server.psu) peak_w = std::fmax(peak_w, 0.1 * server.psu->nominal_power_w);  // its loss never falls below that at a tenth
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

void ServerSpec::derive(Problems&) {
  if (curve_w.size() != 11) return;
  if (std::isnan(idle_power_w)) idle_power_w = curve_w.front();
  if (std::isnan(peak_power_w)) peak_power_w = curve_w.back();
}

void ServerSpec::check(Problems& problems) const {
  if (!curve_w.empty() && curve_w.size() != 11) {
    problems.error("curve", std::to_string(curve_w.size()) +
                                " values (a curve has 11, at 0, 10 ... 100 % load); give the active idle power first");
    return;
  }
  if (curve_w.empty() && std::isnan(idle_power_w))
    problems.error("idle_power", "missing (the server has no `curve`); give idle_power and peak_power, or curve");
  if (curve_w.empty() && std::isnan(peak_power_w))
    problems.error("peak_power", "missing (the server has no `curve`); give idle_power and peak_power, or curve");
  if (peak_power_w < idle_power_w)
    problems.error("peak_power", "less than idle_power (a busy server draws at least as much); exchange the two?");
  if (curve_w.size() == 11 && (curve_w.front() != idle_power_w || curve_w.back() != peak_power_w))
    problems.warn("curve", "its ends differ from idle_power or peak_power (the curve is used); remove idle_power and peak_power");
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
       row<&ServerSpec::psu>("psu", "", {}, "power supply; without it its loss is already in the powers")});
  return s;
}

// The ledger counts nanowatts in 64 bits: 9.2 GW, left far behind by this limit and that of a supply's efficiency.
void HostSpec::check(Problems& problems) const {
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
                          row<&HostSpec::server>("server", "", {.need = required}, "power of one host")});
  return s;
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
                                       "a stopped job starts again from its beginning, or goes on where it was stopped")});
  return s;
}

void ComputeSpec::check(Problems& problems) const {
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
       row<&ComputeSpec::work>("work", "", {.scope = "work", .types = work_types}, "what the hosts work on"),
       row<&ComputeSpec::scheduler>("scheduler", "", {}, "order in which jobs start")});
  return s;
}

void UpsSpec::derive(Problems&) {
  if (efficiencies_frac.size() == 4 && std::isnan(efficiency_frac)) efficiency_frac = efficiencies_frac.back();
  if (std::isnan(no_load_loss_w)) no_load_loss_w = 0.25 * nominal_power_w * (1.0 / efficiency_frac - 1.0);
}

void UpsSpec::check(Problems& problems) const {
  if (!efficiencies_frac.empty() && efficiencies_frac.size() != 4)
    problems.error("efficiencies", std::to_string(efficiencies_frac.size()) +
                                       " values (four are needed, at 25, 50, 75 and 100 % of nominal power)");
  if (efficiencies_frac.empty() && std::isnan(efficiency_frac))
    problems.error("efficiency", "missing; give the efficiency at nominal power, or `efficiencies` at 25, 50, 75 and 100 %");
  if (efficiencies_frac.empty() && no_load_loss_w > nominal_power_w * (1.0 / efficiency_frac - 1.0))
    problems.error("no_load_loss", "larger than the loss at nominal power (loss grows with load); lower it or the efficiency");
}

const Schema& UpsSpec::schema() {
  static const Schema s =
      describe<UpsSpec>("ups", "Uninterruptible power supply between the grid and the servers.",
                        {row<&UpsSpec::nominal_power_w>("nominal_power", "W", {.need = required, .above = 0}, "nominal output"),
                         row<&UpsSpec::efficiency_frac>("efficiency", "1", {.need = derived, .above = 0, .max = 1},
                                                        "efficiency at nominal power; derived: last of `efficiencies`"),
                         row<&UpsSpec::no_load_loss_w>("no_load_loss", "W", {.need = derived, .min = 0},
                                                       "loss without load; derived: a quarter of the loss at nominal power"),
                         row<&UpsSpec::efficiencies_frac>("efficiencies", "1", {.above = 0, .max = 1},
                                                          "efficiency at 25, 50, 75 and 100 % of nominal power")});
  return s;
}

const Schema& PowerSpec::schema() {
  static const Schema s = describe<PowerSpec>(
      "power", "From the grid to the boards.",
      {row<&PowerSpec::supply_limit_w>("supply_limit", "W", {.above = 0},
                                       "what the grid connection grants; exceeding it is reported, not prevented"),
       row<&PowerSpec::ups>("ups", "", {}, "uninterruptible supply; without it nothing is lost before the servers"),
       row<&PowerSpec::loads>("loads", "W", {.min = 0, .scope = "load"},
                              "named loads beside IT and cooling: lighting, switchgear, ventilation"),
       row<&PowerSpec::loads_to_room_frac>("loads_to_room", "1", {.min = 0, .max = 1},
                                           "share of the loads' heat that reaches the room")});
  return s;
}

}  // namespace hypocaust::compute
