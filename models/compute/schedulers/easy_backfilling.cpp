// EASY backfilling (Lifka 1995; Mu'alem and Feitelson 2001): first come, first served, and when the head of the queue does not
// fit, it is promised the earliest time at which, by the requested times, enough cores will be free (the shadow time). A later
// job may start now if it fits and either ends by then, or needs no more than the cores left over then (the extra cores).
#include <algorithm>

#include "models/compute/scheduler.hpp"

namespace hypocaust::compute {
namespace {

class EasyBackfilling final : public Scheduler {
 public:
  EasyBackfilling(const JobTable& jobs, std::int64_t depth) : Scheduler(jobs), depth_(depth) {}

 private:
  struct Promise {
    double shadow_s;
    std::int64_t extra_cores;
  };

  void on_submit(std::int32_t job) override {
    if (first_new_ < 0) first_new_ = job;
  }
  void on_release() override { all_again_ = true; }

  void choose(double now_s, std::int64_t free_cores) override {
    // What was refused stays refused while nothing ends: free cores and extra cores only shrink, the shadow time comes nearer.
    // So after arrivals alone only these are looked at. A running job past its requested time voids that argument.
    const bool overdue = !running_.empty() && running_.front().planned_end_s <= now_s;
    const bool only_new = !all_again_ && !overdue && blocked_;
    std::int32_t job = first_new_;
    if (!only_new) {
      while (head() >= 0 && cores_of(head()) <= free_cores) {
        free_cores -= cores_of(head());
        start(head(), now_s);
      }
      looked_at_ = 0;
      job = head() >= 0 ? after(head()) : -1;
    }
    first_new_ = -1;
    all_again_ = false;
    blocked_ = head() >= 0;
    if (!blocked_ || job < 0) return;
    Promise promise = promised(now_s, free_cores);
    while (job >= 0 && looked_at_ < depth_) {
      if (free_cores == 0) {
        all_again_ = true;  // the rest was not looked at; nothing can start before something ends anyway
        return;
      }
      const std::int32_t following = after(job), cores = cores_of(job);
      ++looked_at_;
      if (cores <= free_cores) {
        const bool ends_in_time = now_s + requested_s(job) <= promise.shadow_s;
        if (ends_in_time || cores <= promise.extra_cores) {
          if (!ends_in_time) promise.extra_cores -= cores;
          free_cores -= cores;
          start(job, now_s);
          --looked_at_;
        }
      }
      job = following;
    }
  }

  // A running job past its requested time is taken to end at once.
  Promise promised(double now_s, std::int64_t free_cores) const {
    const std::int64_t needed = cores_of(head());
    std::size_t k = 0;
    for (; k < running_.size() && free_cores < needed; ++k) free_cores += running_[k].cores;
    const double shadow_s = std::max(now_s, running_[k - 1].planned_end_s);
    for (; k < running_.size() && running_[k].planned_end_s <= shadow_s; ++k) free_cores += running_[k].cores;
    return {shadow_s, free_cores - needed};
  }

  std::int64_t depth_, looked_at_ = 0;
  std::int32_t first_new_ = -1;  // first job submitted since the last look
  bool all_again_ = true, blocked_ = false;
};

}  // namespace

std::unique_ptr<Scheduler> make_easy_backfilling(const JobTable& jobs, std::int64_t backfill_depth) {
  return std::make_unique<EasyBackfilling>(jobs, backfill_depth);
}

}  // namespace hypocaust::compute
