#include "sim/study/outage.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/base/progress.hpp"
#include "sim/base/resources.hpp"
#include "sim/base/signals.hpp"
#include "sim/output/run_file.hpp"
#include "sim/output/version.hpp"
#include "sim/run/pass.hpp"
#include "sim/run/result_tables.hpp"
#include "sim/study/outage_base.hpp"
#include "sim/study/outage_branch.hpp"
#include "sim/study/outage_plan.hpp"
#include "sim/study/outage_verdict.hpp"
#include "sim/study/outage_watch.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;

// The engine while it has work; past the recorded time, where branches go on, what it drew at the beginning of that time.
class AroundTheYear final : public compute::ComputeSide {
 public:
  AroundTheYear(std::unique_ptr<compute::ComputeSide> inner, const run::Site& site)
      : inner_(std::move(inner)), warm_up_(site.warm_up_steps), end_(site.warm_up_steps + site.steps) {}
  std::span<const std::string> rack_names() const override { return inner_->rack_names(); }
  void step(std::int64_t k, const compute::PlantFeedback& feedback, std::span<compute::RackStep> racks) override {
    if (k >= end_) {
      const auto at = static_cast<std::size_t>(k - end_) * racks.size();
      std::copy_n(first_.begin() + static_cast<std::ptrdiff_t>(at), racks.size(), racks.begin());
      return;
    }
    inner_->step(k, feedback, racks);
    if (k >= warm_up_) first_.insert(first_.end(), racks.begin(), racks.end());
  }
  compute::ComputeTotals totals() const override { return inner_->totals(); }

 private:
  std::unique_ptr<compute::ComputeSide> inner_;
  std::int64_t warm_up_, end_;
  std::vector<compute::RackStep> first_;
};

WindowFigures figures(const run::YearLoop& loop, const OutageWatch& watch, const compute::ComputeSide& side) {
  const run::YearResult& year = loop.so_far();
  return {.energies = year.energies,
          .minutes_over_limit = year.minutes_over_limit,
          .minutes_throttled = watch.minutes_throttled(),
          .minutes_unmet = year.minutes_unmet,
          .jobs_finished = static_cast<double>(side.totals().jobs_finished)};
}

class Study {
 public:
  explicit Study(const OutageOptions& options)
      : options_(options), loaded_(config::load(options.load)), site_(run::checked_site(loaded_)) {
    branches_ = plan_outage(options_, *site_);
    result_.scenario = fs::path(loaded_.path).stem().string();
    result_.folder = options_.folder.empty() ? default_folder() : options_.folder;
    result_.start_utc_s = site_->start_utc_s, result_.step_s = site_->step_s, result_.steps = site_->steps;
    jobs_ = options_.jobs > 0 ? options_.jobs : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  }

  OutageResult run() {
    open_folder();
    OutageBase base(site_->steps, site_->step_s);
    for (const Branch& branch : branches_)
      if (!read_branch(result_.folder, branch)) missing_.push_back(branch.id);
    std::stable_sort(missing_.begin(), missing_.end(), [&](int a, int b) { return start_of(a) < start_of(b); });
    const std::string base_file = result_.folder + "/base.bin";
    OutageWatch watch(*site_);
    if (!missing_.empty() || !base.read(base_file)) {
      try {
        simulate(base, watch);
        while (!running_.empty()) reap(true);
      } catch (...) {
        for (const auto& [pid, branch] : running_) ::kill(pid, SIGTERM);
        for (const auto& [pid, branch] : running_) ::waitpid(pid, nullptr, 0);
        throw;
      }
      base.write(base_file);
    }
    collect(base, watch.stores());
    rusage children{};
    ::getrusage(RUSAGE_CHILDREN, &children);
    result_.base_cpu_s = base::cpu_seconds();
    result_.total_cpu_s = result_.base_cpu_s + static_cast<double>(children.ru_utime.tv_sec + children.ru_stime.tv_sec) +
                          1e-6 * static_cast<double>(children.ru_utime.tv_usec + children.ru_stime.tv_usec);
    return std::move(result_);
  }

 private:
  std::int64_t start_of(int id) const { return branches_[static_cast<std::size_t>(id)].start_step; }

  // One for each question about a site.
  std::string default_folder() const {
    std::string name = "results/" + result_.scenario + ".outage";
    for (const std::string& what : options_.what) name += "_" + what;
    return name + (options_.each_alone ? "_each_alone" : "") + (options_.kind.empty() ? "" : "_" + options_.kind);
  }

  // What was begun in this folder must be this study, or its branches would be mixed with others.
  void open_folder() {
    std::string identity = "hypocaust outage " + std::string(output::version()) + "\n" + output::git_commit() + "\n";
    for (const Branch& b : branches_)
      identity += fmt::format("{},{},{},{},{},{}\n", b.id, b.what, static_cast<int>(b.faults.front().kind), b.start_step,
                              b.outage_steps, b.recovery_steps);
    identity +=
        fmt::format("{},{},{}\n", options_.remaining_frac, options_.offset_k, options_.record) + config::resolved_yaml(loaded_);
    const std::string manifest = result_.folder + "/manifest.txt";
    std::error_code none;
    fs::create_directories(result_.folder, none);
    base::require_writable_folder(manifest);
    std::ifstream in(manifest, std::ios::binary);
    const std::string before{std::istreambuf_iterator<char>(in), {}};
    if (options_.resume) {
      if (before.empty()) throw UserError(result_.folder + ": error: nothing to resume here; run without --resume");
      if (before != identity)
        throw UserError(
            result_.folder +
            ": error: the scenario, the outage or the build has changed since this study began (its branches would be "
            "mixed); run without --resume, or name another folder with -o");
      return;
    }
    if (!before.empty() && before != identity)
      throw UserError(result_.folder +
                      ": error: holds another outage study, or one of another scenario or build (it would be lost); name another "
                      "folder with -o, or remove this one");
    for (const auto& entry : fs::directory_iterator(result_.folder, none)) {
      const std::string name = entry.path().filename().string();
      if (name == "base.bin" ||
          (name.starts_with("branch_") && (name.ends_with(".json") || name.ends_with(".f32") || name.ends_with(".h5"))))
        fs::remove(entry.path(), none);
    }
    base::write_file(manifest, identity);
  }

  void simulate(OutageBase& base, OutageWatch& watch) {
    const run::Site& site = *site_;
    const bool alone = site.scenario.compute.hosts.entries.empty();
    AroundTheYear side(alone ? compute::no_hosts() : compute::live(run::compute_inputs(site)), site);
    run::YearLoop loop(*site_, side, nullptr, true);
    base::Progress progress(result_.scenario, site.steps, options_.quiet);
    const std::int64_t steps_an_hour = 3600 / site.step_s;
    std::size_t next = 0;
    loop.start();
    for (std::int64_t k = -site.warm_up_steps; k < site.steps; ++k) {
      if (k % steps_an_hour == 0) {
        base::poll_interrupt();
        progress.at(k);
        if (k >= 0) base.at_hour(figures(loop, watch, side));
      }
      for (; next < missing_.size() && start_of(missing_[next]) == k; ++next) fork_branch(missing_[next], loop, watch, side);
      loop.advance(k);
      if (k >= 0) watch.after(loop, k);
      reap(false);
    }
    base.at_hour(figures(loop, watch, side));
    base.stores_c() = watch.stores_c();
  }

  void fork_branch(int id, run::YearLoop& loop, OutageWatch& watch, const compute::ComputeSide& side) {
    while (static_cast<int>(running_.size()) >= jobs_) reap(true);
    std::fflush(nullptr);
    const pid_t pid = ::fork();
    if (pid < 0) throw UserError("hypocaust: error: no process could be started for a branch (fork failed); give --jobs 1");
    if (pid == 0) live_through(branches_[static_cast<std::size_t>(id)], loop, watch, side);
    running_[pid] = id;
  }

  // In the child: never returns.
  [[noreturn]] void live_through(const Branch& branch, run::YearLoop& loop, OutageWatch& watch,
                                 const compute::ComputeSide& side) {
    int code = 0;
    try {
      BranchResult r{.branch = branch};
      const double finished_before = static_cast<double>(side.totals().jobs_finished);
      loop.count_anew(), watch.count_anew();
      for (const control::FaultSpec& fault : branch.faults) {
        const std::int64_t to_s = fault.at.utc_s + branch.outage_steps * site_->step_s;
        site_->faults.add("outage", fault, {{fault.at.utc_s, to_s}});
      }
      const std::int64_t steps_an_hour = 3600 / site_->step_s;
      std::optional<run::YearRecord> record;
      std::optional<output::RunFile> file;
      if (options_.record) {
        record.emplace(*site_, side.rack_names());
        file.emplace(output::RunFile::Options{.path = fmt::format("{}/branch_{:04}.h5", result_.folder, branch.id)},
                     record->layout().kept(),
                     output::TimeAxis{.start_utc_s = site_->start_utc_s + branch.start_step * site_->step_s,
                                      .step_s = site_->step_s,
                                      .interval_s = static_cast<std::int64_t>(site_->scenario.output.every_s),
                                      .steps = branch.steps()},
                     run::root_attributes(site_->scenario));
        loop.record_into(&*record);
      }
      try {
        for (std::int64_t k = branch.start_step; k < branch.start_step + branch.steps(); ++k) {
          if (k % steps_an_hour == 0) base::poll_interrupt();
          loop.advance(k);
          watch.after(loop, k);
          if (file) file->append(record->kept_row());
        }
        if (file) file->commit();
      } catch (const PhysicsError& error) {
        r.trouble = error.what();
      }
      r.with = figures(loop, watch, side);
      r.with.jobs_finished -= finished_before;
      r.events = static_cast<std::int64_t>(loop.so_far().events.size());
      r.worst = watch.worst();
      r.stores_c = watch.stores_c();
      write_branch(result_.folder, r);
    } catch (const Interrupted&) {
      code = 4;
    } catch (const UserError& error) {
      std::fprintf(stderr, "branch %d: %s\n", branch.id, error.what());
      code = 2;
    } catch (const std::exception& error) {
      std::fprintf(stderr, "branch %d: %s\n", branch.id, error.what());
      code = 1;
    }
    std::_Exit(code);  // no destructors: the parent's files and engine are not this process' to close
  }

  void reap(bool wait) {
    if (running_.empty()) return;
    int status = 0;
    const pid_t pid = ::waitpid(-1, &status, wait ? 0 : WNOHANG);
    if (pid <= 0) {
      base::poll_interrupt();
      return;
    }
    const auto found = running_.find(pid);
    if (found == running_.end()) return;
    if (WIFSIGNALED(status)) deaths_[found->second] = fmt::format("the process died by signal {}", WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
      deaths_[found->second] = fmt::format("the process ended with code {}", WEXITSTATUS(status));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2) refused_.insert(found->second);
    running_.erase(found);
    base::poll_interrupt();
  }

  void collect(const OutageBase& base, std::size_t stores) {
    for (const Branch& branch : branches_) {
      const std::optional<BranchResult> left = read_branch(result_.folder, branch);
      BranchResult r = left.value_or(BranchResult{.branch = branch});
      const auto death = deaths_.find(branch.id);
      r.died = !left || death != deaths_.end();
      if (r.died) r.trouble = death != deaths_.end() ? death->second : "its process left no result";
      r.refused = refused_.contains(branch.id);
      r.without = base.window(branch.start_step, branch.steps());
      const std::vector<float> without = base.stores_in(branch.start_step, branch.steps(), stores);
      r.recovered_after_s = recovered_after_s({.with = r.stores_c,
                                               .without = without,
                                               .stores = stores,
                                               .outage_steps = branch.outage_steps,
                                               .step_s = site_->step_s});
      if (!r.died) judge(r);
      result_.branches.push_back(std::move(r));
    }
  }

  OutageOptions options_;
  config::Loaded loaded_;
  std::unique_ptr<run::Site> site_;
  std::vector<Branch> branches_;
  std::vector<int> missing_;
  std::map<pid_t, int> running_;
  std::map<int, std::string> deaths_;
  std::set<int> refused_;
  int jobs_ = 1;
  OutageResult result_;
};

}  // namespace

OutageResult run_outage(const OutageOptions& options) { return Study(options).run(); }

}  // namespace hypocaust::study
