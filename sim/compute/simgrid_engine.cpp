// SimGrid 3.32 as the clock of the jobs: Execs started from maestro, no actors, no plugins. docs/methods/compute.md says which of
// its defects are stepped around here.
//
// A rigid job's cores start and end together, and the allocation never gives a core twice; so one Exec, with as many threads as
// the job has cores on its first host, stands for the whole job.
#include <csignal>

#include <simgrid/s4u.hpp>

// clang-format off: it needs what stands above
#include <simgrid/version.h>
// clang-format on

#include <algorithm>
#include <array>
#include <limits>
#include <utility>
#include <vector>

#include "models/core/contracts.hpp"
#include "models/core/errors.hpp"
#include "sim/compute/engine.hpp"

namespace hypocaust::compute {
namespace {

namespace sg = simgrid::s4u;
constexpr double flops_a_second = 1e9;
// At an end, SimGrid's clock goes this far beyond it: an end at t comes within rounding of t, and is in by t + lag. It is
// more than the 1e-5 s within which run_until returns early, and less than the 1/1024 s between two ends.
constexpr double lag_s = 1e-4;
// run_until returns in the round of an event that comes within 1e-5 s of where it was asked to: asked a little beyond an end, it
// spares the round to get there.
constexpr double near_s = 5e-6;
// SimGrid's next round within the same instant: what was cancelled lets go of its cores there.
constexpr double round_s = 2e-5;

class SimGridEngine;

// The process's only SimGrid engine, with the hosts it was sealed with.
struct Platform {
  sg::Engine* engine = nullptr;
  std::vector<sg::Host*> hosts;
  std::vector<std::int32_t> cores;
  SimGridEngine* user = nullptr;
};
Platform& platform() {
  static Platform instance;
  return instance;
}

class SimGridEngine final : public JobEngine {
 public:
  SimGridEngine(std::span<const std::int32_t> host_cores, std::size_t jobs, EndHandler& handler);
  ~SimGridEngine() override;
  SimGridEngine(const SimGridEngine&) = delete;
  SimGridEngine& operator=(const SimGridEngine&) = delete;

  void start(const StartCommand& command) override;
  double stop(std::int32_t job, double now_s) override;
  void set_level(const LevelCommand& command) override;
  void advance_to(double t_s) override;
  void completed(const sg::Activity& activity);

 private:
  struct Running {
    sg::ExecPtr exec;
    double rest_s, since_s, end_s;  // work left at since_s; end_s by our own arithmetic
    std::int32_t job, host;
  };
  double speed_on(std::int32_t host) const { return speed_of(percent_[static_cast<std::size_t>(host)]); }
  double clock_s() const { return sg::Engine::get_clock() - origin_s_; }
  void run_to(double t_s);
  void report(double until_s);
  void expect(const Running& running);
  double next_due_s();  // first end of the jobs that run
  double next_end_s();  // of these, or of those whose end SimGrid has seen and nobody was told

  EndHandler& handler_;
  double origin_s_;           // SimGrid's clock at our second 0
  std::vector<int> percent_;  // of each host
  bool round_due_ = false;    // a cancelled Exec holds its cores until SimGrid's next round
  std::vector<Running> running_;
  std::vector<std::int32_t> place_;  // of a job in running_, -1: not running
  struct End {
    double at_s;
    std::int32_t job;
    bool operator<(const End& other) const { return at_s != other.at_s ? at_s < other.at_s : job < other.job; }
  };
  static bool later(const End& a, const End& b) { return b < a; }
  std::vector<End> due_;    // heap, first end on top; entries of jobs that were stopped or slowed are stale
  std::vector<End> ended_;  // seen in SimGrid, not yet reported
  std::vector<std::int32_t> reported_;
  std::vector<sg::ExecPtr> grave_;  // freed outside of SimGrid's callbacks
};

void create_platform(std::span<const std::int32_t> host_cores) {
  Platform& p = platform();
  // SimGrid takes SIGINT and SIGSEGV for itself; the program keeps its own handlers.
  constexpr std::array<int, 4> signals{SIGINT, SIGTERM, SIGSEGV, SIGABRT};
  std::array<struct sigaction, signals.size()> before{};
  for (std::size_t k = 0; k < signals.size(); ++k) sigaction(signals[k], nullptr, &before[k]);
  std::array<std::string, 3> words{"hypocaust", "--log=root.thresh:critical", "--cfg=debug/verbose-exit:no"};
  std::array<char*, 4> argv{words[0].data(), words[1].data(), words[2].data(), nullptr};
  int argc = 3;
  p.engine = new sg::Engine(&argc, argv.data());  // lives as long as the process: deleting it leaves SimGrid unusable
  for (std::size_t k = 0; k < signals.size(); ++k) sigaction(signals[k], &before[k], nullptr);

  auto* zone = sg::create_star_zone("site");  // no routes are asked for; a full zone would keep hosts x hosts of them
  std::vector<double> speeds;                 // performance states 0 to 100 are levels 100 to 0 %
  for (int percent = 100; percent >= 0; --percent) speeds.push_back(flops_a_second * speed_of(percent));
  for (std::size_t k = 0; k < host_cores.size(); ++k)
    p.hosts.push_back(zone->create_host("host" + std::to_string(k), speeds)->set_core_count(host_cores[k])->seal());
  zone->seal();
  p.cores.assign(host_cores.begin(), host_cores.end());
  sg::Activity::on_completion_cb([](const sg::Activity& activity) {
    if (platform().user) platform().user->completed(activity);
  });
}

SimGridEngine::SimGridEngine(std::span<const std::int32_t> host_cores, std::size_t jobs, EndHandler& handler)
    : handler_(handler), origin_s_(0), percent_(host_cores.size(), 100), place_(jobs, -1) {
  Platform& p = platform();
  if (p.user) throw InternalError("a second SimGrid engine in one process while the first is in use");
  if (!p.engine) create_platform(host_cores);
  else if (!std::equal(p.cores.begin(), p.cores.end(), host_cores.begin(), host_cores.end()))
    throw InternalError("a second SimGrid engine in one process with other hosts; run it in a process of its own");
  p.user = this;
  const double clock = sg::Engine::get_clock();
  if (clock > 0) run_to(std::ceil(clock) + 1.0);
  origin_s_ = sg::Engine::get_clock();
}

SimGridEngine::~SimGridEngine() {
  platform().user = nullptr;
  for (const Running& running : running_) running.exec->cancel();
  const double clock = sg::Engine::get_clock() - origin_s_;
  for (sg::Host* host : platform().hosts)
    if (host->get_pstate() != 0) host->set_pstate(0);
  run_to(std::ceil(clock) + 1.0);  // a cancelled Exec reports once more in the next round
}

void SimGridEngine::run_to(double t_s) {
  const double target = origin_s_ + t_s;
  while (sg::Engine::get_clock() < target) platform().engine->run_until(target);  // it returns early near an event
}

void SimGridEngine::start(const StartCommand& command) {
  const auto job = static_cast<std::size_t>(command.job);
  EXPECT(place_[job] < 0 && command.rest_s > 0);
  const double speed = speed_on(command.host);
  if (std::exchange(round_due_, false)) run_to(std::max(command.now_s + lag_s, clock_s() + round_s));
  // SimGrid's clock is a little ahead, and the work it missed is left out; or it rests at an earlier end, and gets more to do.
  const double behind_s = clock_s() - command.now_s;
  auto exec = sg::Exec::init();
  exec->set_flops_amount(std::max(1e-6, command.rest_s - behind_s * speed) * flops_a_second);
  exec->set_thread_count(command.cores)->set_host(platform().hosts[static_cast<std::size_t>(command.host)]);
  exec->set_data(reinterpret_cast<void*>(static_cast<std::intptr_t>(command.job) + 1));
  place_[job] = static_cast<std::int32_t>(running_.size());
  running_.push_back({exec, command.rest_s, command.now_s,
                      end_of({.now_s = command.now_s, .rest_s = command.rest_s, .speed = speed}), command.job, command.host});
  expect(running_.back());
  exec->vetoable_start();
}

double SimGridEngine::stop(std::int32_t job, double now_s) {
  run_to(now_s + lag_s);
  if (place_[static_cast<std::size_t>(job)] < 0) {  // SimGrid has seen its end already, less than 1/1024 s ahead of ours
    const auto end = std::find_if(ended_.begin(), ended_.end(), [&](const End& e) { return e.job == job; });
    EXPECT(end != ended_.end());
    ended_.erase(end);
    return 1e-3;
  }
  round_due_ = true;
  const auto place = static_cast<std::size_t>(place_[static_cast<std::size_t>(job)]);
  Running running = std::move(running_[place]);
  place_[static_cast<std::size_t>(job)] = -1;  // from here on its completions are stale
  if (place + 1 < running_.size()) {
    running_[place] = std::move(running_.back());
    place_[static_cast<std::size_t>(running_[place].job)] = static_cast<std::int32_t>(place);
  }
  running_.pop_back();
  running.exec->cancel();
  grave_.push_back(std::move(running.exec));
  return std::max(1e-3, running.rest_s - (now_s - running.since_s) * speed_on(running.host));
}

void SimGridEngine::set_level(const LevelCommand& command) {
  const double now_s = command.now_s;
  run_to(now_s + lag_s);
  const auto first = static_cast<std::size_t>(command.first_host), end = first + static_cast<std::size_t>(command.hosts);
  const double old_speed = speed_on(command.first_host), speed = speed_of(command.percent);
  for (Running& running : running_) {
    if (running.host < command.first_host || running.host >= command.first_host + command.hosts) continue;
    running.rest_s = std::max(1e-3, running.rest_s - (now_s - running.since_s) * old_speed);
    running.since_s = now_s;
    running.end_s = end_of({.now_s = now_s, .rest_s = running.rest_s, .speed = speed});
  }
  due_.clear();
  for (const Running& running : running_) expect(running);
  for (std::size_t host = first; host < end; ++host) {
    percent_[host] = command.percent;
    platform().hosts[host]->set_pstate(static_cast<unsigned long>(100 - command.percent));
  }
}

// In SimGrid's callback: note the end, to be reported when all ends of the same instant are in. Fires twice for a cancelled
// Exec, which is no longer running then.
void SimGridEngine::completed(const sg::Activity& activity) {
  const auto job = static_cast<std::int32_t>(reinterpret_cast<std::intptr_t>(activity.get_data<void>()) - 1);
  const std::int32_t place = place_[static_cast<std::size_t>(job)];
  if (place < 0 || running_[static_cast<std::size_t>(place)].exec.get() != &activity) return;
  Running running = std::move(running_[static_cast<std::size_t>(place)]);
  if (std::fabs(running.end_s - clock_s()) > 2e-3)
    throw InternalError("job " + std::to_string(job) + " ended at " + std::to_string(clock_s()) + " s in SimGrid, expected at " +
                        std::to_string(running.end_s) + " s");
  place_[static_cast<std::size_t>(job)] = -1;
  if (static_cast<std::size_t>(place) + 1 < running_.size()) {
    running_[static_cast<std::size_t>(place)] = std::move(running_.back());
    place_[static_cast<std::size_t>(running_[static_cast<std::size_t>(place)].job)] = place;
  }
  running_.pop_back();
  grave_.push_back(std::move(running.exec));
  ended_.push_back({running.end_s, job});  // SimGrid sees a throttled job's end up to 1/1024 s before our rounded one
}

// Instant by instant, and within one by number: SimGrid's own order there means nothing.
void SimGridEngine::report(double until_s) {
  while (!ended_.empty()) {
    std::sort(ended_.begin(), ended_.end());
    const double now_s = ended_.front().at_s;
    if (now_s > until_s) return;
    std::size_t n = 0;
    reported_.clear();
    for (; n < ended_.size() && ended_[n].at_s == now_s; ++n) reported_.push_back(ended_[n].job);
    ended_.erase(ended_.begin(), ended_.begin() + static_cast<std::ptrdiff_t>(n));
    handler_.ended(now_s, reported_);
  }
}

void SimGridEngine::expect(const Running& running) {
  due_.push_back({running.end_s, running.job});
  std::push_heap(due_.begin(), due_.end(), later);
}

double SimGridEngine::next_due_s() {
  const auto stale = [&](const End& end) {
    const std::int32_t place = place_[static_cast<std::size_t>(end.job)];
    return place < 0 || running_[static_cast<std::size_t>(place)].end_s != end.at_s;
  };
  while (!due_.empty() && stale(due_.front())) {
    std::pop_heap(due_.begin(), due_.end(), later);
    due_.pop_back();
  }
  return due_.empty() ? std::numeric_limits<double>::infinity() : due_.front().at_s;
}

double SimGridEngine::next_end_s() {
  double next_s = next_due_s();
  for (const End& end : ended_) next_s = std::min(next_s, end.at_s);
  return next_s;
}

// SimGrid is asked to run only to where a job ends: in between nothing of its can change, and a call for every minute and every
// arrival costs more than the ends themselves.
void SimGridEngine::advance_to(double t_s) {
  for (double end_s = next_end_s(); end_s <= t_s; end_s = next_end_s()) {
    const auto done = static_cast<std::ptrdiff_t>(grave_.size());
    platform().engine->run_until(origin_s_ + end_s + near_s);
    if (next_due_s() <= end_s) run_to(end_s + lag_s);
    grave_.erase(grave_.begin(), grave_.begin() + done);  // SimGrid has had its round since they were cancelled or ended
    report(end_s);
    if (next_end_s() <= end_s)
      throw InternalError("a job that ends at " + std::to_string(end_s) + " s has not ended in SimGrid at " +
                          std::to_string(clock_s()) + " s");
  }
}

}  // namespace

std::unique_ptr<JobEngine> make_simgrid_engine(std::span<const std::int32_t> host_cores, std::size_t jobs, EndHandler& handler) {
  return std::make_unique<SimGridEngine>(host_cores, jobs, handler);
}

std::string simgrid_version() {
  int major = 0, minor = 0, patch = 0;
  sg_version_get(&major, &minor, &patch);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

}  // namespace hypocaust::compute
