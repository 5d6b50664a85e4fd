#include "models/compute/synthetic_jobs.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"
#include "models/core/random.hpp"

namespace hypocaust::compute {
namespace {

// A gap of mean 1: Weibull with shape k has the quantile scale x (-ln(1 - u))^(1/k) and the mean scale x gamma(1 + 1/k).
double gap(const SyntheticWork& work, double exponential) {
  if (work.arrivals == Arrivals::poisson) return exponential;
  const double inverse = 1.0 / work.shape;
  return vpow(exponential, inverse) / vtgamma(1.0 + inverse);
}

// Cores that a job of this size gets; 0: it is left out.
std::int64_t fitted(const SyntheticWork& work, std::int64_t cores, std::int64_t group_cores) {
  if (cores <= group_cores) return cores;
  return work.too_large == TooLarge::truncate ? group_cores : 0;
}

// Between submissions, those left out among them, so that the others offer the load; 0 when none is left.
double mean_gap_s(const SyntheticWork& work, std::int64_t group_cores) {
  double mean_cores = 0;
  for (const std::int64_t cores : work.cores) mean_cores += static_cast<double>(fitted(work, cores, group_cores));
  mean_cores /= static_cast<double>(work.cores.size());
  return mean_cores * work.mean_run_s / (work.load_frac * static_cast<double>(group_cores));
}

}  // namespace

double expected_jobs(const SyntheticWork& work, const SyntheticInputs& inputs) {
  const double gap_s = mean_gap_s(work, inputs.cores),
               hours = std::accumulate(inputs.hour_factor.begin(), inputs.hour_factor.end(), 0.0);
  return gap_s > 0 ? hours * 3600.0 / gap_s : std::numeric_limits<double>::infinity();
}

SyntheticJobs synthetic_jobs(const SyntheticWork& work, const SyntheticInputs& inputs) {
  EXPECT(!work.cores.empty() && inputs.cores > 0 && work.load_frac > 0);
  const RandomStream random(inputs.seed, "arrivals/" + std::string(inputs.name));
  const double gap_s = mean_gap_s(work, inputs.cores);
  EXPECT(gap_s > 0);
  // exp of a normal variable with these has the mean run time: ln mean = mu + sigma^2 / 2.
  const double ln_run = vlog(work.mean_run_s) - 0.5 * work.run_spread * work.run_spread;
  SyntheticJobs made;
  std::size_t hour = 0;
  double in_hour_s = 0;  // the clock: hour x 3600 + in_hour_s
  for (std::uint64_t k = 0; hour < inputs.hour_factor.size(); ++k) {
    double ahead_s = gap(work, random.exponential(k, 0)) * gap_s;  // on a clock that runs with the profile
    while (hour < inputs.hour_factor.size() && (3600.0 - in_hour_s) * inputs.hour_factor[hour] <= ahead_s) {
      ahead_s -= (3600.0 - in_hour_s) * inputs.hour_factor[hour];
      ++hour, in_hour_s = 0;
    }
    if (hour == inputs.hour_factor.size()) break;
    in_hour_s += ahead_s / inputs.hour_factor[hour];
    const auto submit_s = static_cast<std::int64_t>(hour) * 3600 + static_cast<std::int64_t>(in_hour_s);
    if (submit_s >= inputs.span_s) break;
    const auto run_s =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(vexp(ln_run + work.run_spread * random.normal(k, 1)) + 0.5));
    const auto size = static_cast<std::size_t>(random.uniform(k, 3) * static_cast<double>(work.cores.size()));
    const std::int64_t asked = work.cores[std::min(size, work.cores.size() - 1)], cores = fitted(work, asked, inputs.cores);
    made.too_large += asked > inputs.cores ? 1 : 0;
    if (cores == 0) continue;
    made.jobs.push_back({.submit_s = submit_s,
                         .run_s = run_s,
                         .requested_s = run_s,
                         .cores = static_cast<std::int32_t>(cores),
                         .group = inputs.group,
                         .priority = static_cast<std::int32_t>(work.priority)});
  }
  return made;
}

}  // namespace hypocaust::compute
