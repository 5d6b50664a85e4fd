// The policies: which waiting job is first. Ties go to the earlier submission.
#include <algorithm>
#include <numeric>

#include "models/compute/scheduler.hpp"

namespace hypocaust::compute {
namespace {

// The smaller goes first.
std::int64_t key_of(Policy policy, const Job& job) {
  switch (policy) {
    case Policy::fcfs:
      return 0;
    case Policy::sjf:  // shortest job first, by the time it asked for
      return job.requested_s;
    case Policy::ljf:  // largest job first, by its cores
      return -std::int64_t{job.cores};
    case Policy::priority:
      break;
  }
  return -std::int64_t{job.priority};
}

}  // namespace

std::shared_ptr<const Ranking> make_ranking(Policy policy, const JobTable& jobs) {
  auto ranking = std::make_shared<Ranking>();
  if (policy == Policy::fcfs) return ranking;
  ranking->job_at.resize(jobs.size());
  std::iota(ranking->job_at.begin(), ranking->job_at.end(), 0);
  const auto key = [&](std::int32_t job) { return key_of(policy, jobs[static_cast<std::size_t>(job)]); };
  std::sort(ranking->job_at.begin(), ranking->job_at.end(), [&](std::int32_t a, std::int32_t b) {
    const std::int64_t key_a = key(a), key_b = key(b);
    return key_a != key_b ? key_a < key_b : a < b;
  });
  ranking->rank_of.resize(jobs.size());
  for (std::size_t k = 0; k < jobs.size(); ++k)
    ranking->rank_of[static_cast<std::size_t>(ranking->job_at[k])] = static_cast<std::int32_t>(k);
  return ranking;
}

}  // namespace hypocaust::compute
