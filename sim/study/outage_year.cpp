#include "sim/study/outage_year.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "models/core/errors.hpp"
#include "models/weather/spell.hpp"
#include "sim/base/progress.hpp"
#include "sim/base/signals.hpp"
#include "sim/output/run_file.hpp"
#include "sim/run/result_tables.hpp"
#include "sim/run/year.hpp"
#include "sim/study/outage_branch.hpp"
#include "sim/study/outage_compute.hpp"
#include "sim/study/outage_watch.hpp"

namespace hypocaust::study {
namespace {

WindowFigures figures(const run::YearLoop& loop, const OutageWatch& watch, const compute::ComputeSide& side) {
  const run::YearResult& year = loop.so_far();
  const compute::ComputeTotals totals = side.totals();
  return {.energies = year.energies,
          .minutes_over_limit = watch.minutes_over_limit(),
          .minutes_throttled = watch.minutes_throttled(),
          .minutes_unmet = year.minutes_unmet,
          .minutes_down = watch.minutes_down(),
          .power_cuts = watch.power_cuts(),
          .jobs_finished = static_cast<double>(totals.jobs_finished),
          .jobs_late = static_cast<double>(totals.jobs_late + totals.jobs_overdue),
          .jobs_lost = static_cast<double>(totals.jobs_lost),
          .core_s = totals.core_s,
          .minutes_over = watch.minutes_over()};
}

std::vector<JobEnd> job_ends(const std::vector<compute::JobRecord>& records, std::size_t from) {
  std::vector<JobEnd> list;
  for (std::size_t k = from; k < records.size(); ++k) list.push_back({records[k].end_s, records[k].job});
  return list;
}

class Simulated {
 public:
  explicit Simulated(const BranchedYear& year)
      : year_(year),
        site_(year.site),
        side_(compute_around_the_year(site_)),
        loop_(site_, *side_, nullptr, true),
        watch_(site_),
        steps_an_hour_(3600 / site_.step_s) {}

  void run(Processes& processes, OutageBase* base) {
    base::Progress progress(year_.title, site_.steps, year_.quiet);
    std::size_t next = 0;
    loop_.count_quarters(0);
    loop_.start();
    for (std::int64_t k = -site_.warm_up_steps; k < site_.steps; ++k) {
      if (k % steps_an_hour_ == 0) {
        base::poll_interrupt();
        progress.at(k);
        if (k >= 0 && base) base->at_hour(figures(loop_, watch_, *side_));
      }
      for (; next < year_.branches.size() && year_.branches[next]->start_step == k; ++next) {
        const Branch& branch = *year_.branches[next];
        processes.start(branch.id, fmt::format("branch {}", branch.id), [&] { live_through(branch); });
      }
      if (!base && next == year_.branches.size()) return;
      loop_.advance(k);
      if (k >= 0 && base) watch_.after(loop_, k);
      processes.reap(false);
    }
    base->at_hour(figures(loop_, watch_, *side_));
    base->stores_c() = watch_.stores_c();
    base->jobs() = job_ends(side_->ended(), 0);
    base->quarters() = loop_.finish().quarter_hours;
  }

 private:
  // In the branch's own process, which ends without destructors: a file that was not finished is taken away here.
  void live_through(const Branch& branch) {
    try {
      live_on(branch);
    } catch (...) {
      file_.reset();
      throw;
    }
    file_.reset();
  }

  void live_on(const Branch& branch) {
    BranchResult r{.branch = branch};
    const WindowFigures before = figures(loop_, watch_, *side_);
    const std::size_t ended_before = side_->ended().size();
    loop_.count_anew(), watch_.count_anew();
    loop_.count_quarters(branch.start_step * site_.step_s);
    for (const control::FaultSpec& fault : branch.faults) {
      const std::int64_t to_s = fault.at.utc_s + branch.outage_steps * site_.step_s;
      site_.faults.add("outage", fault, {{fault.at.utc_s, to_s}});
    }
    r.spell_extreme_c = begin_circumstances(branch);
    open_record(branch);
    try {
      for (std::int64_t k = branch.start_step; k < branch.start_step + branch.steps(); ++k) {
        if (k % steps_an_hour_ == 0) base::poll_interrupt();
        loop_.advance(k);
        watch_.after(loop_, k);
        if (file_) file_->append(record_->kept_row());
      }
      if (file_) file_->commit();
    } catch (const PhysicsError& error) {
      r.trouble = error.what();
    }
    r.with = figures(loop_, watch_, *side_);
    for (const auto figure :
         {&WindowFigures::jobs_finished, &WindowFigures::jobs_late, &WindowFigures::jobs_lost, &WindowFigures::core_s})
      r.with.*figure = side_->is_full() ? not_given : r.with.*figure - before.*figure;  // the jobs do not run then
    r.jobs = job_ends(side_->ended(), ended_before);
    r.events = static_cast<std::int64_t>(loop_.so_far().events.size());
    r.worst = watch_.worst();
    r.stores_c = watch_.stores_c();
    r.quarters = loop_.quarters();
    write_branch(year_.folder, r);
  }

  // Full load and spell begin with the outage and last as long: the branch leaves the exact state of the typical year. Returns
  // the temperature that the spell reaches.
  double begin_circumstances(const Branch& branch) {
    if (branch.circumstances.it_load == ItLoad::full) side_->at_full_load();
    if (branch.circumstances.spell == weather::SpellKind::typical) return not_given;
    const std::int64_t from_s = site_.start_utc_s + branch.start_step * site_.step_s;
    const weather::SpelledYear spelled =
        weather::with_spell(site_.weather.year(), {.kind = branch.circumstances.spell,
                                                   .from_utc_s = from_s,
                                                   .to_utc_s = from_s + branch.outage_steps * site_.step_s,
                                                   .return_years = branch.circumstances.return_years});
    site_.weather = weather::WeatherTable(spelled.year);
    return spelled.extreme_c;
  }

  void open_record(const Branch& branch) {
    if (!year_.record) return;
    record_.emplace(site_, side_->rack_names());
    file_.emplace(output::RunFile::Options{.path = fmt::format("{}/branch_{:04}.h5", year_.folder, branch.id)},
                  record_->layout().kept(),
                  output::TimeAxis{.start_utc_s = site_.start_utc_s + branch.start_step * site_.step_s,
                                   .step_s = site_.step_s,
                                   .interval_s = static_cast<std::int64_t>(site_.scenario.output.every_s),
                                   .steps = branch.steps()},
                  run::root_attributes(site_.scenario));
    loop_.record_into(&*record_);
  }

  const BranchedYear& year_;
  run::Site& site_;
  std::unique_ptr<AroundTheYear> side_;
  run::YearLoop loop_;
  OutageWatch watch_;
  std::int64_t steps_an_hour_;
  std::optional<run::YearRecord> record_;
  std::optional<output::RunFile> file_;
};

}  // namespace

void simulate_branches(const BranchedYear& year, Processes& processes, OutageBase* base) { Simulated(year).run(processes, base); }

}  // namespace hypocaust::study
