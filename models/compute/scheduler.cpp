#include "models/compute/scheduler.hpp"

#include <algorithm>

#include "models/core/contracts.hpp"

namespace hypocaust::compute {

Scheduler::Scheduler(const JobTable& jobs, std::shared_ptr<const Ranking> ranking)
    : jobs_(&jobs), ranking_(std::move(ranking)), queue_(jobs.size()) {}

void Scheduler::submit(std::int32_t job) {
  queue_.insert(rank(job));
  on_submit(rank(job));
}

void Scheduler::put_back(std::span<const std::int32_t> jobs) {
  for (const std::int32_t job : jobs) queue_.insert(rank(job));
  on_put_back();
}

void Scheduler::withdraw(std::span<const std::int32_t> jobs) {
  for (const std::int32_t job : jobs) {
    queue_.erase(rank(job));
    on_withdraw(rank(job));
  }
  on_put_back();
}

void Scheduler::start(std::int32_t rank, double now_s) {
  queue_.erase(rank);
  const Running running{now_s + requested_s(rank), number(rank), cores_of(rank)};
  const auto place = std::upper_bound(running_.begin(), running_.end(), running, [](const Running& a, const Running& b) {
    return a.planned_end_s != b.planned_end_s ? a.planned_end_s < b.planned_end_s : a.job < b.job;
  });
  running_.insert(place, running);
  started_.push_back(running.job);
}

void Scheduler::release(std::int32_t job, const Release& when) {
  const double end_s = when.started_s + static_cast<double>((*jobs_)[static_cast<std::size_t>(job)].requested_s);
  auto place = std::lower_bound(running_.begin(), running_.end(), end_s,
                                [](const Running& a, double t_s) { return a.planned_end_s < t_s; });
  while (place != running_.end() && place->job != job) ++place;
  EXPECT(place != running_.end());
  const Freed freed{.now_s = when.now_s, .planned_end_s = end_s, .cores = place->cores};
  running_.erase(place);
  on_release(freed);
}

std::span<const std::int32_t> Scheduler::pick(double now_s, std::int64_t free_cores) {
  started_.clear();
  if (waiting() && (free_cores > 0 || looks_when_full_)) choose(now_s, free_cores);
  return started_;
}

std::unique_ptr<Scheduler> make_scheduler(const SchedulerSpec& spec, const JobTable& jobs, Rank ranking) {
  switch (spec.backfilling) {
    case Backfilling::none:
      return make_no_backfilling(jobs, std::move(ranking));
    case Backfilling::first_fit:
      return make_first_fit(jobs, std::move(ranking), spec.backfill_depth);
    case Backfilling::easy:
      return make_easy(jobs, std::move(ranking), spec.backfill_depth);
    case Backfilling::conservative:
      break;
  }
  return make_conservative(jobs, std::move(ranking), spec.backfill_depth);
}

}  // namespace hypocaust::compute
