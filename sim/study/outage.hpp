// What happens when something is out of order for a while, at any time of the year: the year is simulated once, and from its exact
// state at each start a branch is forked, with the outage in it, through outage and recovery. docs/methods/outage.md.
#pragma once
#include <array>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "models/control/fault.hpp"
#include "models/meter/energies.hpp"
#include "models/weather/spell.hpp"
#include "sim/config/config.hpp"
#include "sim/run/quarter_hours.hpp"

namespace hypocaust::study {

enum class ItLoad : int { trace, full };
struct Circumstances {  // that come with the outage
  ItLoad it_load = ItLoad::trace;
  weather::SpellKind spell = weather::SpellKind::typical;
  double return_years = 20;
};

struct OutageOptions {
  config::LoadOptions load;
  std::vector<std::string> what;  // names of components, cooling or heat users that are out together
  bool each_alone = false;        // --n-1 all: one branch for every component that has a condition, alone
  std::string kind;               // empty: interface_off for a heat user, out_of_order for anything else
  double remaining_frac = not_given, offset_k = not_given;
  std::vector<double> durations_s;
  std::vector<std::string> starts;  // "every:1w", or dates
  double recovery_s = 7 * 86400.0;
  Circumstances circumstances{};
  bool corners = true;  // trace and full load, typical weather and heat wave, at the tightest start
  std::string folder;   // empty: ./results/<scenario>.outage
  int jobs = 0;         // branches side by side; 0: one a core
  bool record = false;  // the recorded channels of each branch, as a run file
  bool resume = false, quiet = false;
};

struct Branch {
  int id = 0;
  std::string what;             // "pool", "pool and cooler"
  std::int64_t start_step = 0;  // of the outage
  std::int64_t outage_steps = 0, recovery_steps = 0;
  std::vector<control::FaultSpec> faults;  // `at` and `lasts` filled in
  Circumstances circumstances{};
  std::int64_t steps() const { return outage_steps + recovery_steps; }
};

enum class Medium : int { coolant, air, junction };
inline constexpr std::string_view medium_names[] = {"coolant", "air", "junction"};

struct WindowFigures {  // of a stretch of steps, of the base year or of a branch
  meter::Energies energies;
  double minutes_over_limit = 0, minutes_throttled = 0, minutes_unmet = 0;
  double minutes_down = 0;  // hosts or classes of work stopped, off or starting, by the supply's word
  double power_cuts = 0;    // times hosts lost their power without having shut down
  double jobs_finished = 0, jobs_late = 0, jobs_lost = 0, core_s = 0;  // none past the end of the year: the engine has ended
  std::array<double, std::size(medium_names)> minutes_over{};          // its limit, of each medium by itself
};

// What a branch costs more than the base year, in the scenario's currency and kgCO2e; NaN: nothing prices it.
struct Price {
  double lost_sales_money = not_given, take_or_pay_money = not_given, shortfall_money = not_given,
         other_contract_money = not_given;
  double electricity_money = not_given, compute_money = not_given, backup_fuel_money = not_given;
  double operator_money = not_given, buyer_money = not_given;  // sums of each party
  double operator_kgco2e = not_given, buyer_kgco2e = not_given;
};

struct Tightest {  // of one medium: the minute with the least left of its margin
  double t_c = not_given, limit_c = not_given;
  double nominal_c = not_given;  // at the nominal point: the margin is from there to the limit
  std::string name;              // of the cooling
  std::int64_t utc_s = 0;
  double left_frac() const { return (limit_c - t_c) / (limit_c - nominal_c); }  // 1: as at the nominal point, 0: at the limit
};

struct Worst {
  std::array<Tightest, std::size(medium_names)> of;
  const Tightest& at(Medium medium) const { return of[static_cast<std::size_t>(medium)]; }
  double dump_frac = not_given;  // heat rejected over what could be rejected with the coolant at its limit; NaN: no dump plant
  std::string dump;              // name of the plant that rejects most
  std::int64_t dump_utc_s = 0;
  double outdoor_limit_c = not_given;  // outdoor temperature at which that ratio would have been 1 in that minute
};

enum class Verdict : int { survives, degraded, fails };
std::string_view name_of(Verdict verdict);

struct JobEnd {
  double end_s;  // since the start of the warm-up
  std::int64_t job;
};
struct JobDelays {  // of jobs that end in the stretch of the base year; NaN: jobs do not run
  double delayed = 0, longest_s = 0;
};

struct BranchResult {
  Branch branch;
  std::string trouble;          // a solve that failed, a process that died; then the figures say nothing
  bool died = false;            // the process, not the physics: nothing was judged
  bool refused = false;         // it ended for a reason the user can mend (a full disk)
  WindowFigures with, without;  // the branch; the base year over the same steps
  Worst worst;
  double recovered_after_s = not_given;  // from the end of the outage; NaN: not within the recovery time
  std::int64_t events = 0;
  double spell_extreme_c = not_given;  // reached by the spell
  run::QuarterHourTable quarters;      // of its steps
  Price price;
  std::vector<JobEnd> jobs;  // that ended in it
  JobDelays delays;
  std::vector<float> stores_c;  // of every step: mean temperature of each store and coolant, branch by branch
  Verdict verdict = Verdict::survives;
  bool also_without = false;          // a limit is broken in the base year too, in the same steps
  double tightness_frac = not_given;  // 1: as at the set-point, 0: at the limit
};

struct OutageResult {
  std::string scenario, folder;
  std::int64_t start_utc_s = 0, step_s = 60, steps = 0;
  std::vector<BranchResult> branches;
  std::vector<BranchResult> corners;  // four at the tightest start, or none
  std::string currency;
  std::vector<std::string> notes;
  double base_cpu_s = 0, total_cpu_s = 0;
};

// Throws UserError, PhysicsError (of the base year), Interrupted; finished branches stay in the folder.
OutageResult run_outage(const OutageOptions& options);

}  // namespace hypocaust::study
