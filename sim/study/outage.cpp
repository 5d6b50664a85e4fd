#include "sim/study/outage.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <optional>
#include <thread>
#include <utility>

#include "models/core/errors.hpp"
#include "sim/base/resources.hpp"
#include "sim/study/outage_base.hpp"
#include "sim/study/outage_branch.hpp"
#include "sim/study/outage_folder.hpp"
#include "sim/study/outage_plan.hpp"
#include "sim/study/outage_prices.hpp"
#include "sim/study/outage_verdict.hpp"
#include "sim/study/outage_watch.hpp"
#include "sim/study/outage_year.hpp"
#include "sim/study/processes.hpp"

namespace hypocaust::study {
namespace {

constexpr std::array<Circumstances, 4> corners{{{ItLoad::trace, weather::SpellKind::typical},
                                                {ItLoad::trace, weather::SpellKind::heatwave},
                                                {ItLoad::full, weather::SpellKind::typical},
                                                {ItLoad::full, weather::SpellKind::heatwave}}};

const BranchResult* tightest_of(const std::vector<BranchResult>& branches) {
  const BranchResult* least = nullptr;
  for (const BranchResult& b : branches)
    if (!b.died && std::isfinite(b.tightness_frac) && (!least || b.tightness_frac < least->tightness_frac)) least = &b;
  return least;
}

class Study {
 public:
  explicit Study(const OutageOptions& options)
      : options_(options), loaded_(config::load(options.load)), site_(run::checked_site(loaded_)) {
    branches_ = plan_outage(options_, *site_);
    result_.scenario = std::filesystem::path(loaded_.path).stem().string();
    result_.folder = options_.folder.empty() ? outage_folder(options_, result_.scenario) : options_.folder;
    result_.currency = site_->scenario.currency;
    result_.start_utc_s = site_->start_utc_s, result_.step_s = site_->step_s, result_.steps = site_->steps;
    jobs_ = options_.jobs > 0 ? options_.jobs : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  }

  OutageResult run() {
    open_outage_folder(result_.folder, options_, branches_, config::resolved_yaml(loaded_));
    OutageBase base(site_->steps, site_->step_s);
    const std::string base_file = result_.folder + "/base.bin";
    const int worst = worst_starts(options_, *site_);
    // These have no engine yet; they wait for what the year will have told, and run it again up to there.
    Word starts, tightest;
    Processes branching(1), cornering(1), processes(jobs_);
    if (worst > 0)
      branching.start(0, "the branches", [&] {
        tightest.leave();
        branch_at(starts.hear());
      });
    if (options_.corners)
      cornering.start(0, "the four corners", [&] {
        starts.leave();
        live_in_corners(tightest.hear());
      });
    const std::vector<const Branch*> missing = worst > 0 ? std::vector<const Branch*>{} : missing_of(branches_);
    if (!missing.empty() || !base.read(base_file)) {
      simulate_branches(year(missing), processes, &base);
      processes.wait_for_all();
      base.write(base_file);
    }
    if (worst > 0) {
      chosen_ = weeks_of_most_demand(base, worst);
      branches_ = plan_outage(options_, *site_, chosen_);
      starts.tell(chosen_);
      branching.wait_for_all();
    }
    const std::size_t stores = OutageWatch(*site_).stores();
    OutagePrices prices(*site_, base.quarters());
    for (const Branch& branch : branches_) result_.branches.push_back(judged(branch, base, stores, processes, prices));
    if (options_.corners) {
      const BranchResult* least = tightest_of(result_.branches);
      std::vector<std::int64_t> told = chosen_;
      told.push_back(least ? least->branch.id : -1);
      tightest.tell(told);
      cornering.wait_for_all();
      if (least) take_corners(least->branch, base, stores, cornering, prices);
    }
    result_.notes = prices.notes();
    rusage children{};
    ::getrusage(RUSAGE_CHILDREN, &children);
    result_.base_cpu_s = base::cpu_seconds();
    result_.total_cpu_s = result_.base_cpu_s + static_cast<double>(children.ru_utime.tv_sec + children.ru_stime.tv_sec) +
                          1e-6 * static_cast<double>(children.ru_utime.tv_usec + children.ru_stime.tv_usec);
    return std::move(result_);
  }

 private:
  std::vector<const Branch*> missing_of(const std::vector<Branch>& branches) const {
    std::vector<const Branch*> missing;
    for (const Branch& branch : branches)
      if (!read_branch(result_.folder, branch)) missing.push_back(&branch);
    std::stable_sort(missing.begin(), missing.end(),
                     [](const Branch* a, const Branch* b) { return a->start_step < b->start_step; });
    return missing;
  }

  BranchResult judged(const Branch& branch, const OutageBase& base, std::size_t stores, const Processes& processes,
                      const OutagePrices& prices) const {
    const std::optional<BranchResult> left = read_branch(result_.folder, branch);
    BranchResult r = left.value_or(BranchResult{.branch = branch});
    r.died = !left || processes.died(branch.id);
    if (r.died) r.trouble = processes.died(branch.id) ? processes.death_of(branch.id) : "its process left no result";
    r.refused = processes.refused(branch.id);
    r.without = base.window(branch.start_step, branch.steps());
    const std::vector<float> without = base.stores_in(branch.start_step, branch.steps(), stores);
    r.recovered_after_s = recovered_after_s(
        {.with = r.stores_c, .without = without, .stores = stores, .outage_steps = branch.outage_steps, .step_s = site_->step_s});
    r.delays = delays_of(r, base);
    if (!r.died) judge(r);
    r.price = prices.of(r, base.whole());
    return r;
  }

  // Jobs run to the end of the simulated time at most.
  JobDelays delays_of(const BranchResult& r, const OutageBase& base) const {
    if (!std::isfinite(r.with.jobs_finished)) return {.delayed = not_given, .longest_s = not_given};
    const auto since_s = [&](std::int64_t step) {
      return static_cast<double>((site_->warm_up_steps + std::min(step, site_->steps)) * site_->step_s);
    };
    const Branch& b = r.branch;
    return job_delays(
        {.with = r.jobs, .without = base.jobs(), .from_s = since_s(b.start_step), .to_s = since_s(b.start_step + b.steps())});
  }

  BranchedYear year(std::vector<const Branch*> branches) {
    return {.site = *site_,
            .folder = result_.folder,
            .title = result_.scenario,
            .record = options_.record,
            .quiet = options_.quiet,
            .branches = std::move(branches)};
  }

  std::vector<std::int64_t> weeks_of_most_demand(const OutageBase& base, int count) const {
    const std::int64_t week = 7 * 86400 / site_->step_s;
    std::vector<std::pair<double, std::int64_t>> weeks;  // demand, negative: the largest first
    for (std::int64_t k = 0; k + week <= site_->steps; k += week) weeks.emplace_back(-base.window(k, week).energies.demand_j, k);
    std::sort(weeks.begin(), weeks.end());
    std::vector<std::int64_t> starts;
    for (int k = 0; k < count; ++k) starts.push_back(weeks[static_cast<std::size_t>(k)].second);
    std::sort(starts.begin(), starts.end());
    return starts;
  }

  // In a process of its own: the branches at these starts.
  void branch_at(const std::vector<std::int64_t>& starts) {
    if (starts.empty()) return;
    branches_ = plan_outage(options_, *site_, starts);
    const std::vector<const Branch*> missing = missing_of(branches_);
    Processes processes(jobs_);
    simulate_branches(year(missing), processes, nullptr);
    processes.wait_for_all();
  }

  // In a process of its own: the corners of the branch told last, the starts that were found before it.
  void live_in_corners(std::vector<std::int64_t> told) {
    if (told.empty() || told.back() < 0) return;
    const auto tightest = static_cast<std::size_t>(told.back());
    told.pop_back();
    if (!told.empty()) branches_ = plan_outage(options_, *site_, told);
    const std::vector<Branch> list = corners_of(branches_[tightest]);
    Processes processes(jobs_);
    BranchedYear corner_year = year(missing_of(list));
    corner_year.title = "four corners", corner_year.record = false;
    simulate_branches(corner_year, processes, nullptr);
    processes.wait_for_all();
  }

  void take_corners(const Branch& tightest, const OutageBase& base, std::size_t stores, const Processes& processes,
                    const OutagePrices& prices) {
    for (const Branch& corner : corners_of(tightest)) {
      BranchResult r = judged(corner, base, stores, processes, prices);
      if (!r.died) result_.corners.push_back(std::move(r));
    }
    if (result_.corners.size() < corners.size()) result_.corners.clear();
  }

  std::vector<Branch> corners_of(const Branch& branch) const {
    std::vector<Branch> list;
    for (const Circumstances& corner : corners) {
      list.push_back(branch);
      list.back().id = static_cast<int>(branches_.size() + list.size()) - 1;
      list.back().circumstances = corner;
      list.back().circumstances.return_years = options_.circumstances.return_years;
    }
    return list;
  }

  OutageOptions options_;
  config::Loaded loaded_;
  std::unique_ptr<run::Site> site_;
  std::vector<Branch> branches_;
  std::vector<std::int64_t> chosen_;  // starts that --start worst:N found
  int jobs_ = 1;
  OutageResult result_;
};

}  // namespace

OutageResult run_outage(const OutageOptions& options) { return Study(options).run(); }

}  // namespace hypocaust::study
