// First fit: the queue is gone through in its order, and every job that fits now starts. Nothing is promised to anyone, so a
// wide job may wait for ever behind narrow ones.
#include "models/compute/scheduler.hpp"

namespace hypocaust::compute {
namespace {

class FirstFit final : public Scheduler {
 public:
  FirstFit(const JobTable& jobs, Rank ranking, std::int64_t depth) : Scheduler(jobs, std::move(ranking)), depth_(depth) {}

 private:
  void on_submit(std::int32_t rank) override {
    if (first_new_ < 0) first_new_ = rank;
    all_again_ = all_again_ || after(rank) >= 0;  // not the last of the queue
  }
  void on_release(const Freed&) override { all_again_ = true; }
  void on_put_back() override { all_again_ = true; }

  void choose(double now_s, std::int64_t free_cores) override {
    // What did not fit does not fit while nothing ends, so after arrivals alone only these are looked at.
    std::int32_t rank = all_again_ ? head() : first_new_;
    if (all_again_) looked_at_ = 0;
    first_new_ = -1;
    all_again_ = false;
    while (rank >= 0 && looked_at_ <= depth_) {
      if (free_cores == 0) {
        all_again_ = true;  // the rest was not looked at
        return;
      }
      const std::int32_t following = after(rank), cores = cores_of(rank);
      if (cores <= free_cores) {
        free_cores -= cores;
        start(rank, now_s);
      } else {
        ++looked_at_;
      }
      rank = following;
    }
  }

  std::int64_t depth_, looked_at_ = 0;  // waiting jobs looked at since something ended
  std::int32_t first_new_ = -1;         // first job submitted since the last look
  bool all_again_ = true;
};

}  // namespace

std::unique_ptr<Scheduler> make_first_fit(const JobTable& jobs, Rank ranking, std::int64_t depth) {
  return std::make_unique<FirstFit>(jobs, std::move(ranking), depth);
}

}  // namespace hypocaust::compute
