// EASY backfilling (Lifka 1995; Mu'alem and Feitelson 2001): the queue is served in its order, and when its head does not
// fit, it is promised the earliest time at which, by the requested times, enough cores will be free (the shadow time). A later
// job may start now if it fits and either ends by then, or needs no more than the cores left over then (the extra cores).
#include <algorithm>

#include "models/compute/scheduler.hpp"

namespace hypocaust::compute {
namespace {

class Easy final : public Scheduler {
 public:
  Easy(const JobTable& jobs, Rank ranking, std::int64_t depth) : Scheduler(jobs, std::move(ranking)), depth_(depth) {}

 private:
  struct Promise {
    double shadow_s;
    std::int64_t extra_cores;
  };

  void on_submit(std::int32_t rank) override {
    if (first_new_ < 0) first_new_ = rank;
    all_again_ = all_again_ || after(rank) >= 0;  // not the last of the queue
  }
  void on_release(const Freed&) override { all_again_ = true; }
  void on_put_back() override { all_again_ = true; }

  void choose(double now_s, std::int64_t free_cores) override {
    // What was refused stays refused while nothing ends: free cores and extra cores only shrink, the shadow time comes nearer.
    // So after arrivals alone only these are looked at. A running job past its requested time voids that argument.
    const bool overdue = !running_.empty() && running_.front().planned_end_s <= now_s;
    const bool only_new = !all_again_ && !overdue && blocked_;
    std::int32_t rank = first_new_;
    if (!only_new) {
      while (head() >= 0 && cores_of(head()) <= free_cores) {
        free_cores -= cores_of(head());
        start(head(), now_s);
      }
      looked_at_ = 0;
      rank = head() >= 0 ? after(head()) : -1;
    }
    first_new_ = -1;
    all_again_ = false;
    blocked_ = head() >= 0;
    if (!blocked_ || rank < 0) return;
    Promise promise = promised(now_s, free_cores);
    while (rank >= 0 && looked_at_ < depth_) {
      if (free_cores == 0) {
        all_again_ = true;  // the rest was not looked at; nothing can start before something ends anyway
        return;
      }
      const std::int32_t following = after(rank), cores = cores_of(rank);
      ++looked_at_;
      if (cores <= free_cores) {
        const bool ends_in_time = now_s + requested_s(rank) <= promise.shadow_s;
        if (ends_in_time || cores <= promise.extra_cores) {
          if (!ends_in_time) promise.extra_cores -= cores;
          free_cores -= cores;
          start(rank, now_s);
          --looked_at_;
        }
      }
      rank = following;
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

std::unique_ptr<Scheduler> make_easy(const JobTable& jobs, Rank ranking, std::int64_t depth) {
  return std::make_unique<Easy>(jobs, std::move(ranking), depth);
}

}  // namespace hypocaust::compute
