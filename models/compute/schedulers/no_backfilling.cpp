// No backfilling: the head of the queue starts as soon as it fits; nothing overtakes it.
#include "models/compute/scheduler.hpp"

namespace hypocaust::compute {
namespace {

class NoBackfilling final : public Scheduler {
 public:
  using Scheduler::Scheduler;

 private:
  void choose(double now_s, std::int64_t free_cores) override {
    while (head() >= 0 && cores_of(head()) <= free_cores) {
      free_cores -= cores_of(head());
      start(head(), now_s);
    }
  }
};

}  // namespace

std::unique_ptr<Scheduler> make_no_backfilling(const JobTable& jobs, Rank ranking) {
  return std::make_unique<NoBackfilling>(jobs, std::move(ranking));
}

}  // namespace hypocaust::compute
