// The queue of one host group and the rule by which waiting jobs start. A policy orders the queue (schedulers/orders.cpp); what
// may overtake the head of the queue is one file each in schedulers/.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/compute/job.hpp"
#include "models/compute/rank_set.hpp"
#include "models/compute/spec.hpp"

namespace hypocaust::compute {

// Place of every job in the order of a policy, all jobs of the run together. Both empty: the order of submission.
struct Ranking {
  std::vector<std::int32_t> rank_of, job_at;
};
std::shared_ptr<const Ranking> make_ranking(Policy policy, const JobTable& jobs);

class Scheduler {
 public:
  Scheduler(const JobTable& jobs, std::shared_ptr<const Ranking> ranking);
  virtual ~Scheduler() = default;
  void submit(std::int32_t job);  // joins the queue in the place its rank gives it
  struct Release {
    double started_s, now_s;
  };
  void release(std::int32_t job, const Release& when);  // a started job ended or was stopped
  void put_back(std::span<const std::int32_t> jobs);    // stopped jobs return to the queue
  // The jobs that start at `now_s` on `free_cores`, in order; they count as running from here on.
  std::span<const std::int32_t> pick(double now_s, std::int64_t free_cores);
  bool waiting() const { return head() >= 0; }
  std::int32_t first_waiting() const { return waiting() ? number(head()) : -1; }
  bool waits(std::int32_t job) const { return queue_.contains(rank(job)); }
  void withdraw(std::span<const std::int32_t> jobs);  // waiting jobs leave the queue

 protected:
  struct Running {
    double planned_end_s;  // start + requested time; the true end may be earlier or later
    std::int32_t job, cores;
  };
  struct Freed {
    double now_s, planned_end_s;
    std::int64_t cores;
  };
  virtual void choose(double now_s, std::int64_t free_cores) = 0;
  virtual void on_submit(std::int32_t /*rank*/) {}
  virtual void on_release(const Freed&) {}
  virtual void on_put_back() {}  // jobs came or went anywhere in the queue: all of it counts again
  virtual void on_withdraw(std::int32_t /*rank*/) {}
  // Policies speak of ranks: the lower goes first. -1: no such job.
  std::int32_t head() const { return queue_.first(); }
  std::int32_t after(std::int32_t rank) const { return queue_.after(rank); }
  void start(std::int32_t rank, double now_s);  // from the queue to running_
  std::int32_t cores_of(std::int32_t rank) const { return job_at(rank).cores; }
  double requested_s(std::int32_t rank) const { return static_cast<double>(job_at(rank).requested_s); }
  std::vector<Running> running_;  // by planned end, then number
  bool looks_when_full_ = false;  // choose() is asked even when no core is free

 private:
  bool by_submission() const { return ranking_->job_at.empty(); }
  std::int32_t number(std::int32_t rank) const {
    return by_submission() ? rank : ranking_->job_at[static_cast<std::size_t>(rank)];
  }
  std::int32_t rank(std::int32_t job) const { return by_submission() ? job : ranking_->rank_of[static_cast<std::size_t>(job)]; }
  const Job& job_at(std::int32_t rank) const { return (*jobs_)[static_cast<std::size_t>(number(rank))]; }
  const JobTable* jobs_;
  std::shared_ptr<const Ranking> ranking_;
  RankSet queue_;
  std::vector<std::int32_t> started_;
};

using Rank = std::shared_ptr<const Ranking>;
std::unique_ptr<Scheduler> make_no_backfilling(const JobTable& jobs, Rank ranking);
std::unique_ptr<Scheduler> make_first_fit(const JobTable& jobs, Rank ranking, std::int64_t depth);
std::unique_ptr<Scheduler> make_easy(const JobTable& jobs, Rank ranking, std::int64_t depth);
std::unique_ptr<Scheduler> make_conservative(const JobTable& jobs, Rank ranking, std::int64_t depth);
std::unique_ptr<Scheduler> make_scheduler(const SchedulerSpec& spec, const JobTable& jobs, Rank ranking);

}  // namespace hypocaust::compute
