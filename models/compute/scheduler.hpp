// The queue of one host group and the rule by which waiting jobs start. One policy a file in schedulers/.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/compute/job.hpp"
#include "models/compute/spec.hpp"

namespace hypocaust::compute {

class Scheduler {
 public:
  explicit Scheduler(const JobTable& jobs);
  virtual ~Scheduler() = default;
  void submit(std::int32_t job);   // joins the end of the queue
  void release(std::int32_t job);  // a started job ended or was stopped
  // Stopped jobs go back to the place their number gives them. jobs: ascending.
  void put_back(std::span<const std::int32_t> jobs);
  // The jobs that start at `now_s` on `free_cores`, in order; they count as running from here on.
  std::span<const std::int32_t> pick(double now_s, std::int64_t free_cores);
  bool waiting() const { return head_ >= 0; }

 protected:
  struct Running {
    double planned_end_s;  // start + requested time; the true end may be earlier or later
    std::int32_t job, cores;
  };
  virtual void choose(double now_s, std::int64_t free_cores) = 0;
  virtual void on_submit(std::int32_t) {}
  virtual void on_release() {}
  void start(std::int32_t job, double now_s);  // from the queue to running_
  std::int32_t cores_of(std::int32_t job) const { return (*jobs_)[static_cast<std::size_t>(job)].cores; }
  double requested_s(std::int32_t job) const { return static_cast<double>((*jobs_)[static_cast<std::size_t>(job)].requested_s); }
  std::int32_t head() const { return head_; }
  std::int32_t after(std::int32_t job) const { return next_[static_cast<std::size_t>(job)]; }
  std::vector<Running> running_;  // by planned end, then number

 private:
  void append(std::int32_t job);
  const JobTable* jobs_;
  std::vector<std::int32_t> next_, previous_;  // the queue, a list through the job numbers
  std::vector<double> planned_end_s_;
  std::int32_t head_ = -1, tail_ = -1;
  std::vector<std::int32_t> started_;
};

std::unique_ptr<Scheduler> make_fcfs(const JobTable& jobs);
std::unique_ptr<Scheduler> make_easy_backfilling(const JobTable& jobs, std::int64_t backfill_depth);
std::unique_ptr<Scheduler> make_scheduler(const SchedulerSpec& spec, const JobTable& jobs);

}  // namespace hypocaust::compute
