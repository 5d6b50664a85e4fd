// The compute side in motion: arrivals, the schedulers, the allocation and the power ledger around an engine that keeps time.
// At one instant: ends, arrivals, starts; then the step is closed and the plant's word for the next one takes effect.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "models/compute/allocation.hpp"
#include "models/compute/ledger.hpp"
#include "models/compute/scheduler.hpp"
#include "models/compute/shift.hpp"
#include "sim/compute/compute_side.hpp"
#include "sim/compute/engine.hpp"
#include "sim/compute/job_record.hpp"
#include "sim/compute/work.hpp"

namespace hypocaust::compute {

using MakeEngine =
    std::function<std::unique_ptr<JobEngine>(std::span<const std::int32_t> host_cores, std::size_t jobs, EndHandler&)>;

struct SimulationOptions {
  MakeEngine make_engine = make_simgrid_engine;
  std::vector<JobRecord>* records = nullptr;  // every job in the order of its end
};

class Simulation final : public ComputeSide, private EndHandler {
 public:
  Simulation(const ComputeInputs& inputs, Work work, const SimulationOptions& options = {});
  std::span<const std::string> rack_names() const override { return names_; }
  void step(std::int64_t k, const PlantFeedback& feedback, std::span<RackStep> racks) override;
  ComputeTotals totals() const override;

 private:
  struct Idle {  // a host without a job, and when it falls asleep if it stays so
    double sleep_s;
    std::int32_t host;
  };
  enum class Mode { works, stopped, starting, off };  // stopped: its hosts idle
  struct Group {
    const HostSpec* spec;
    std::unique_ptr<Scheduler> scheduler;
    HostPool pool;
    std::int32_t first_host;
    double idle_core_w;  // idle power of a host by its cores
    const std::optional<SleepSpec> sleep;
    std::deque<Idle> idle{};  // by time; entries of hosts that got work since are stale
    static constexpr double works = -1.0, asleep = -2.0;
    std::vector<double> sleep_s{};  // of each host: when it falls asleep; or works, or asleep
    std::size_t next_power = 0;     // index into work_.measured
    bool changed = false;           // something ended or arrived since the last look
    Mode mode = Mode::works;
    double start_end_s = 0;  // of Mode::starting
    Throttle throttle{};
    int hard_percent = 100, soft_percent = 100;  // speeds that keep its throttle
    int percent = 100, ledger_percent = 100;
  };
  struct Slot {  // of a running job
    std::int32_t job = -1;
    double start_s = 0;
    std::vector<Piece> pieces;
  };
  void ended(double now_s, std::span<const std::int32_t> jobs) override;
  // control.cpp: what may run, and how fast
  bool follow(const PlantFeedback& feedback, double now_s);
  void set_mode(std::int32_t group, Mode wanted, double now_s);
  void started(double now_s);
  void limits(double now_s);
  void set_levels(double now_s);
  int floor_percent(std::size_t group) const;
  bool cap_and_response(double now_s);
  void leave();
  void block_classes(double now_s);
  bool blocked(std::int32_t work_class) const { return work_class >= 0 && blocked_[static_cast<std::size_t>(work_class)]; }
  void stop(std::int32_t job, double now_s, bool in_order);
  void stop_group(std::int32_t group, double now_s, bool in_order);
  void preempt(Group& group, std::int32_t index, double now_s);
  void instant();
  void arrivals(double now_s);
  void withhold(std::int32_t job);
  void submit(std::int32_t job);
  void release_held(double now_s);
  void measured_powers(double now_s);
  void services(double now_s);
  void serve(std::int32_t group, double now_s);
  double own_power_w(const Job& job) const;
  double next_event_s(double until_s) const;
  void idles(std::int32_t group, std::int32_t host, double now_s);
  void fall_asleep(double now_s);
  double wake(std::int32_t group, std::span<const Piece> pieces, double now_s);
  void dispatch(double now_s);
  void start(Group& group, std::int32_t job, double now_s);
  void free_cores_of(std::int32_t job, double now_s);

  Work work_;
  std::int64_t step_s_, warm_up_steps_;
  AfterStop after_stop_;
  bool preempts_;
  std::vector<ClassSpec> classes_;
  std::vector<PowerChange> cap_;
  std::vector<LevelChange> response_;
  double pause_below_frac_;
  std::int64_t most_waiting_, waiting_ = 0;  // jobs in the queues
  std::vector<std::string> names_;
  Ledger ledger_;
  std::vector<Group> groups_;
  std::vector<Slot> slots_;
  std::vector<std::int32_t> free_slots_, slot_of_;
  std::vector<double> rest_s_;  // of jobs that were stopped once; empty until one is
  struct Held {
    double until_s;
    std::int32_t job;
    bool operator<(const Held& other) const { return until_s != other.until_s ? until_s > other.until_s : job > other.job; }
  };
  std::unique_ptr<Shift> shift_;  // null: nothing is shifted
  std::vector<Held> held_;        // heap, first release on top
  std::vector<bool> begun_;
  std::vector<bool> ended_;             // empty where no job has a deadline
  std::vector<std::size_t> next_load_;  // of each service
  std::vector<GroupEnergy> closed_;
  std::vector<JobRecord>* records_;
  std::size_t next_job_ = 0;
  double now_s_ = 0, target_s_ = 0, warm_up_end_s_, all_cores_ = 0, wait_sum_s_ = 0, recorded_s_ = 0;
  std::size_t next_cap_ = 0, next_response_ = 0;
  int cap_percent_ = 100, response_percent_ = 100;  // speeds; below 0: the cap cannot be kept
  int classes_shed_ = 0;
  bool pausing_ = false, heard_nothing_ = false;
  std::vector<bool> blocked_;           // by class
  std::vector<bool> leaves_;            // by class: its work is moved off site, because cap or signal cannot be kept otherwise
  std::vector<std::int32_t> withheld_;  // jobs of blocked classes
  ComputeTotals totals_;
  std::unique_ptr<JobEngine> engine_;  // null without jobs
};

}  // namespace hypocaust::compute
