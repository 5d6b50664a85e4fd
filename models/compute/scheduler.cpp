#include "models/compute/scheduler.hpp"

#include <algorithm>

#include "models/core/contracts.hpp"

namespace hypocaust::compute {

Scheduler::Scheduler(const JobTable& jobs)
    : jobs_(&jobs), next_(jobs.size(), -1), previous_(jobs.size(), -1), planned_end_s_(jobs.size(), 0.0) {}

void Scheduler::append(std::int32_t job) {
  const auto j = static_cast<std::size_t>(job);
  next_[j] = -1, previous_[j] = tail_;
  (tail_ < 0 ? head_ : next_[static_cast<std::size_t>(tail_)]) = job;
  tail_ = job;
}

void Scheduler::submit(std::int32_t job) {
  append(job);
  on_submit(job);
}

void Scheduler::put_back(std::span<const std::int32_t> jobs) {
  std::vector<std::int32_t> all(jobs.begin(), jobs.end());
  for (std::int32_t job = head_; job >= 0; job = after(job)) all.push_back(job);
  std::sort(all.begin(), all.end());
  head_ = tail_ = -1;
  for (const std::int32_t job : all) append(job);
  on_release();  // the whole queue counts again
}

void Scheduler::start(std::int32_t job, double now_s) {
  const auto j = static_cast<std::size_t>(job);
  (previous_[j] < 0 ? head_ : next_[static_cast<std::size_t>(previous_[j])]) = next_[j];
  (next_[j] < 0 ? tail_ : previous_[static_cast<std::size_t>(next_[j])]) = previous_[j];
  const Running running{now_s + requested_s(job), job, cores_of(job)};
  planned_end_s_[j] = running.planned_end_s;
  const auto place = std::upper_bound(running_.begin(), running_.end(), running, [](const Running& a, const Running& b) {
    return a.planned_end_s != b.planned_end_s ? a.planned_end_s < b.planned_end_s : a.job < b.job;
  });
  running_.insert(place, running);
  started_.push_back(job);
}

void Scheduler::release(std::int32_t job) {
  const double end_s = planned_end_s_[static_cast<std::size_t>(job)];
  auto place = std::lower_bound(running_.begin(), running_.end(), end_s,
                                [](const Running& a, double t_s) { return a.planned_end_s < t_s; });
  while (place != running_.end() && place->job != job) ++place;
  EXPECT(place != running_.end());
  running_.erase(place);
  on_release();
}

std::span<const std::int32_t> Scheduler::pick(double now_s, std::int64_t free_cores) {
  started_.clear();
  if (head_ >= 0 && free_cores > 0) choose(now_s, free_cores);
  return started_;
}

std::unique_ptr<Scheduler> make_scheduler(const SchedulerSpec& spec, const JobTable& jobs) {
  return spec.backfilling == Backfilling::easy ? make_easy_backfilling(jobs, spec.backfill_depth) : make_fcfs(jobs);
}

}  // namespace hypocaust::compute
