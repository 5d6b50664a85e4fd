// compute: and power: the hosts, the work, the scheduler, and the chain from the grid to the boards.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::compute {

// Power supply of one server: efficiency at four shares of its nominal output, as 80 PLUS reports give them.
struct PsuSpec {
  double nominal_power_w = not_given;
  double efficiency_10_frac = not_given, efficiency_20_frac = not_given, efficiency_50_frac = not_given,
         efficiency_100_frac = not_given;
  static const Schema& schema();
};

// Like parts of a server (processors, accelerators, memory, fans): each idle + load^exponent x (peak - idle).
struct UnitSpec {
  std::int64_t count = 1;
  double idle_w = not_given, peak_w = not_given;  // peak derived: idle
  double exponent = 1.0;
  void derive(Problems&);
  void check(Problems&) const;
  static const Schema& schema();
};

// One conversion between plug and boards: loss = constant + P (1/efficiency - 1).
struct ConversionSpec {
  double efficiency_frac = not_given, constant_loss_w = 0.0;
  static const Schema& schema();
};

struct LoadPoint {
  double load_frac = not_given, power_w = not_given;
  static const Schema& schema();
};

// One frequency of the processors: speed of the cores, and share of the dynamic power that it takes.
struct LevelPoint {
  double speed_frac = not_given, power_frac = not_given;
  static const Schema& schema();
};

// What a server draws more when what cools it comes in warm: leakage of its chips, and fans that turn faster.
struct InletSpec {
  double reference_c = 25.0;                       // at and below it the powers are as stated
  double leakage_frac_k = 0.0;                     // growth of the power on the boards with each K above the reference
  double fan_power_w = 0.0;                        // of all fans of one server at full speed
  double fan_speed_frac = 0.4, fan_full_c = 40.0;  // speed up to the reference, and where it is full
  void check(Problems&) const;
  static const Schema& schema();
};

// Electricity of one server by the share of its cores that work. Linear between idle and peak, or a curve of eleven points at
// 0, 10 ... 100 % load (SPECpower_ssj2008), or points of one's own, or the sum of its units. Measured at the plug; with `psu` or
// `conversion`, behind the power supply (on the boards).
struct ServerSpec {
  double idle_power_w = not_given, peak_power_w = not_given;
  std::vector<double> curve_w;
  std::optional<PsuSpec> psu;
  std::vector<LoadPoint> points{};
  Named<UnitSpec> units{};
  std::vector<ConversionSpec> conversion{};  // from the boards outwards, behind the psu
  std::vector<LevelPoint> levels{};          // empty: power goes with speed
  std::optional<InletSpec> inlet{};
  void derive(Problems&);
  void check(Problems&) const;
  static const Schema& schema();
};

// Hosts without a job fall asleep and wake for the next one.
struct SleepSpec {
  double after_s = not_given, power_w = not_given, wake_s = 0.0;
  static const Schema& schema();
};

// Hosts that are switched on draw this power for so long before they work.
struct StartSpec {
  double power_w = not_given, lasts_s = not_given;
  static const Schema& schema();
};

// A group of like hosts: the plant's unit of heat.
struct HostSpec {
  std::int64_t count = integer_not_given, cores = integer_not_given;
  std::int64_t gpus = 0;           // accelerators of one host
  double memory_byte = not_given;  // of one host
  ServerSpec server;
  std::optional<SleepSpec> sleep{};
  std::optional<StartSpec> start{};
  void check(Problems&) const;
  static const Schema& schema();
};

// What may be done to a work; what has no class is left alone.
struct ClassSpec {
  double delay_s = 0.0;       // longest time the start may be put off
  bool pause = false;         // may be stopped in order and go on later
  double checkpoint_s = 0.0;  // run time that one pause costs
  bool off_site = false;      // runs elsewhere when it is shed
  double cap_to_frac = 1.0;   // lowest speed of its hosts under a cap or a signal
  std::int64_t shed = 0;      // when the supply fails: 1 first; 0: stays until the hosts go down
  void check(Problems&) const;
  static const Schema& schema();
};

enum class ForecastKind : int { perfect, persistence, noisy };
std::span<const std::string_view> names(ForecastKind);
struct ForecastSpec {
  ForecastKind kind = ForecastKind::perfect;
  double horizon_s = 48 * 3600.0, error_frac = 0.1;
  static const Schema& schema();
};
// Jobs that may wait are held until it costs least: price, carbon and the worth of heat that is wanted, each in money.
struct ShiftSpec {
  Varying price_money_j{}, carbon_kgco2e_j{};
  double carbon_price_money_kgco2e = not_given, heat_value_money_j = 0.0;
  ForecastSpec forecast{};
  std::int64_t most_waiting = 1000000000;  // with more jobs in the queue none is held
  double alike_money_j = 0.0;              // with an order: costs that differ by no more leave the choice to the next aim
  void check(Problems&) const;
  static const Schema& schema();
};

enum class Policy : int { fcfs, sjf, ljf, priority };
enum class Backfilling : int { none, first_fit, easy, conservative };
enum class AfterStop : int { restart, resume };
std::span<const std::string_view> names(Policy);
std::span<const std::string_view> names(Backfilling);
std::span<const std::string_view> names(AfterStop);

// What decides to which hour a job is held, one after another.
enum class Aim : int { service_level, thermal_limit, power_cap, demand_response, price_shift, carbon_shift, heat_demand_shift };
std::span<const std::string_view> names(Aim);

// A signal of the grid: the speed that hosts whose work may be capped keep.
struct ResponseSpec {
  Varying level_frac{};
  double pause_below_frac = 0.0;  // below this signal, work that may be paused is
  static const Schema& schema();
};

struct SchedulerSpec {
  Policy policy = Policy::fcfs;
  Backfilling backfilling = Backfilling::easy;
  std::int64_t backfill_depth = 1000;  // waiting jobs looked at (or promised a start), at most
  AfterStop after_stop = AfterStop::restart;
  bool preempts = false;  // a job of higher priority stops jobs that may be paused
  Varying power_cap_w{};  // of all hosts together
  std::optional<ResponseSpec> demand_response{};
  std::optional<ShiftSpec> shift{};
  std::vector<Aim> order{};  // service level first; empty: then price, carbon and heat weighed in money
  void check(Problems&) const;
  static const Schema& schema();
};

// ---- work: each entry of compute.work is one of these, chosen by `type:` ------------------------------------------
enum class Sample : int { all, batch, interactive };
std::span<const std::string_view> names(Sample);
struct LublinFeitelsonWork {
  Ref hosts;
  double load_frac = not_given;
  Sample sample = Sample::all;
  std::int64_t cores_per_processor = 0;  // 0: the fewest that leave the group at most 512 processors
  std::int64_t priority = 0;
  Ref work_class{};
};

enum class TooLarge : int { reject, truncate };
std::span<const std::string_view> names(TooLarge);
struct LogWindow {  // the part of a log that is played; its beginning becomes second 0
  double from_s = 0, length_s = not_given;
  static const Schema& schema();
};
struct SwfWork {
  Ref hosts;
  FilePath file;
  std::int64_t cores_per_processor = 1;
  TooLarge too_large = TooLarge::reject;
  std::int64_t repeat = 1;  // times the log is played, one after another
  double scale = 1.0;       // gaps between submissions are multiplied by this
  std::int64_t priority = 0;
  double thin_frac = 1.0;  // share of the jobs that is kept
  std::optional<LogWindow> window;
  Ref work_class{};
};

// Which column of a job table holds what, and in which unit.
struct ColumnSpec {
  std::string name, unit;  // unit `date`: date and time
  bool date() const { return unit == "date"; }
  static const Schema& schema();
};
struct JobColumns {
  ColumnSpec submit;
  std::optional<ColumnSpec> begin, end, run, requested, cores, gpus, memory, power, priority, deadline, id;
  void check(Problems&) const;
  static const Schema& schema();
};
struct JobCsvWork {
  Ref hosts;
  FilePath file;
  JobColumns columns;
  TooLarge too_large = TooLarge::reject;
  std::int64_t repeat = 1;
  double scale = 1.0;
  std::int64_t priority = 0;  // added to that of the table
  double thin_frac = 1.0;
  std::optional<LogWindow> window;
  Ref work_class{};
};

// Jobs of one run, at most: about 130 bytes each while it lasts.
inline constexpr double largest_job_count = 20e6;

// Jobs of a renewal process; the shares of day and week are relative.
enum class Arrivals : int { poisson, weibull };
std::span<const std::string_view> names(Arrivals);
struct SyntheticWork {
  Ref hosts;
  double load_frac = not_given;
  Arrivals arrivals = Arrivals::poisson;
  double shape = 0.7;  // of Weibull gaps: below 1 they come in bursts
  double mean_run_s = not_given;
  double run_spread = 1.0;            // standard deviation of ln run time
  std::vector<std::int64_t> cores{};  // one of these, each as often; empty: 1
  TooLarge too_large = TooLarge::reject;
  std::vector<double> day, week;  // relative arrivals by local hour, and by day from Monday; empty: even
  std::int64_t priority = 0;
  Ref work_class{};
  void derive(Problems&);
  void check(Problems&) const;
};

// A service: every host of the group alike, at a load that follows a day and a week.
struct ServiceWork {
  Ref hosts;
  double load_frac = not_given;  // mean over a week
  std::vector<double> day, week;
  Ref work_class{};
  void check(Problems&) const;
};

enum class ShareUnit : int { share, percent };
std::span<const std::string_view> names(ShareUnit);
struct UtilisationCsvWork {
  Ref hosts;
  FilePath file;
  std::string column;
  ShareUnit unit = ShareUnit::share;
  double every_s = 3600.0, scale = 1.0;
  bool repeat = false;
  Ref work_class{};
  void check(Problems&) const;
};

enum class PowerUnit : int { W, kW, MW };
std::span<const std::string_view> names(PowerUnit);
struct PowerCsvWork {
  Ref hosts;
  FilePath file;
  std::string column;
  PowerUnit unit = PowerUnit::W;
  double scale = 1.0;
  bool repeat = false;
  Ref work_class{};
};
std::span<const Schema* const> work_types();

struct ComputeSpec {
  Named<HostSpec> hosts;
  Named<ClassSpec> classes;
  Named<Typed> work;
  SchedulerSpec scheduler;
  void check(Problems&) const;
  static const Schema& schema();
};

// ---- power ---------------------------------------------------------------------------------------------------------
struct BatterySpec {
  double capacity_j = not_given;  // given out between full and empty
  double recharge_w = not_given;  // taken from the grid while it is not full
  double efficiency_frac = 0.9;   // given out over taken in
  double reserve_frac = 0.2;      // of the capacity: kept for shutting down
  double power_w = not_given;     // the most it gives; not given: whatever is asked
  static const Schema& schema();
};

enum class LossLaw : int { straight, square };
std::span<const std::string_view> names(LossLaw);
struct UpsSpec {
  double nominal_power_w = not_given;     // output
  double efficiency_frac = not_given;     // at nominal output
  double no_load_loss_w = not_given;      // derived: a quarter of the loss at nominal output
  std::vector<double> efficiencies_frac;  // at 25, 50, 75 and 100 % of nominal output, as IEC 62040-3 asks makers to state
  LossLaw law = LossLaw::straight;        // of what exceeds the loss without load
  double loss_to_room_frac = 1.0;
  std::optional<BatterySpec> battery{};
  std::vector<Ref> carries{};  // components of the plant that it feeds too
  void derive(Problems&);
  void check(Problems&) const;
  static const Schema& schema();
};

struct TransformerSpec {
  double nominal_power_w = not_given, no_load_loss_w = not_given, load_loss_w = not_given;  // load loss: at nominal power
  double loss_to_room_frac = 0.0;
  static const Schema& schema();
};

// What is done when the grid fails, and when it is back.
struct SupplyFailureSpec {
  double shed_after_s = 0.0, shed_every_s = 60.0;  // the first class goes, then one after another
  double shut_down_s = 300.0;                      // hosts idle so long before they are off
  double restart_after_s = 300.0;                  // the grid must have been back so long
  static const Schema& schema();
};

struct PowerSpec {
  double supply_limit_w = not_given;  // warned about, not enforced
  std::optional<TransformerSpec> transformer{};
  std::optional<UpsSpec> ups;
  SupplyFailureSpec failure{};
  Named<Varying> loads;             // lighting, switchgear: electricity beside IT and cooling
  double loads_to_room_frac = 1.0;  // share of their heat that reaches the room
  static const Schema& schema();
};

}  // namespace hypocaust::compute
