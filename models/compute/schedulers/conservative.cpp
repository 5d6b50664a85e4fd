// Conservative backfilling (Feitelson and Weil 1998; Mu'alem and Feitelson 2001): every waiting job is promised a start when it
// arrives, the earliest at which it delays no promise made before. When a job ends before its requested time, the promises
// are made anew one by one in the order of the queue, each with all others in place, so that none moves back; and again until
// none moves at all. So every promise begins where another job is planned to end, and is looked at when that job does.
//
// A running job past its requested time breaks what was planned on it: it is taken to end within the next second, and every
// promise is made anew, in order, until no such job is left.
#include <algorithm>

#include "models/compute/core_plan.hpp"
#include "models/compute/scheduler.hpp"
#include "models/core/contracts.hpp"

namespace hypocaust::compute {
namespace {

class Conservative final : public Scheduler {
 public:
  Conservative(const JobTable& jobs, Rank ranking, std::int64_t depth)
      : Scheduler(jobs, std::move(ranking)), depth_(static_cast<std::size_t>(depth)), without_(jobs.size()) {
    looks_when_full_ = true;
  }

 private:
  struct Promise {
    std::int32_t rank;
    double start_s;
  };

  void on_submit(std::int32_t rank) override { without_.insert(rank); }
  void on_release(const Freed& freed) override {
    anew_ = anew_ || freed.planned_end_s < freed.now_s;
    if (anew_ || freed.planned_end_s == freed.now_s) return;
    plan_.change({.from_s = freed.now_s, .to_s = freed.planned_end_s, .cores = freed.cores});
    freed_early_ = true;
  }
  void on_put_back() override { anew_ = true; }
  void on_withdraw(std::int32_t rank) override { without_.erase(rank); }

  void choose(double now_s, std::int64_t free_cores) override {
    const bool overdue = !running_.empty() && running_.front().planned_end_s <= now_s;
    if (anew_ || overdue) plan_anew(now_s, free_cores);
    else plan_.forget_before(now_s);
    anew_ = overdue;
    if (freed_early_) compress(now_s);
    freed_early_ = false;
    for (std::int32_t rank = without_.first(); rank >= 0 && promises_.size() < depth_; rank = without_.first()) {
      without_.erase(rank);
      const auto place = std::lower_bound(promises_.begin(), promises_.end(), rank,
                                          [](const Promise& promise, std::int32_t r) { return promise.rank < r; });
      promises_.insert(place, {rank, promise(rank, now_s)});
    }
    for (const Promise& promise : promises_) {
      if (promise.start_s > now_s) continue;
      ENSURE(promise.start_s == now_s && cores_of(promise.rank) <= free_cores);
      free_cores -= cores_of(promise.rank);
      start(promise.rank, now_s);
    }
    std::erase_if(promises_, [&](const Promise& promise) { return promise.start_s <= now_s; });
  }

  double promise(std::int32_t rank, double now_s) {
    const double start_s = plan_.earliest({.from_s = now_s, .length_s = requested_s(rank), .cores = cores_of(rank)});
    plan_.change({.from_s = start_s, .to_s = start_s + requested_s(rank), .cores = -cores_of(rank)});
    return start_s;
  }

  void compress(double now_s) {
    for (bool moved = true; moved;) {
      moved = false;
      for (Promise& one : promises_) {
        const double before_s = one.start_s;
        plan_.change({.from_s = before_s, .to_s = before_s + requested_s(one.rank), .cores = cores_of(one.rank)});
        one.start_s = promise(one.rank, now_s);
        ENSURE(one.start_s <= before_s);
        moved = moved || one.start_s < before_s;
      }
    }
  }

  void plan_anew(double now_s, std::int64_t free_cores) {
    plan_.reset(now_s, free_cores);
    for (const Running& running : running_) plan_.change_from(std::max(running.planned_end_s, now_s + 1.0), running.cores);
    promises_.clear();
    for (std::int32_t rank = head(); rank >= 0; rank = after(rank)) without_.insert(rank);
    freed_early_ = false;
  }

  std::size_t depth_;
  RankSet without_;                // waiting jobs nothing was promised to yet
  std::vector<Promise> promises_;  // by rank
  CorePlan plan_;                  // free cores to come, promises taken off
  bool anew_ = true, freed_early_ = false;
};

}  // namespace

std::unique_ptr<Scheduler> make_conservative(const JobTable& jobs, Rank ranking, std::int64_t depth) {
  return std::make_unique<Conservative>(jobs, std::move(ranking), depth);
}

}  // namespace hypocaust::compute
