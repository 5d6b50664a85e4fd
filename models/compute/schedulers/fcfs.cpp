// First come, first served: the head of the queue starts as soon as it fits; nothing overtakes it.
#include "models/compute/scheduler.hpp"

namespace hypocaust::compute {
namespace {

class Fcfs final : public Scheduler {
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

std::unique_ptr<Scheduler> make_fcfs(const JobTable& jobs) { return std::make_unique<Fcfs>(jobs); }

}  // namespace hypocaust::compute
