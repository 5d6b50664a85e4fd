// Renewal arrivals: moments of gaps and run times against those of their distributions, load, and hours of the profile.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "models/compute/synthetic_jobs.hpp"

using namespace hypocaust::compute;

namespace {

constexpr std::int64_t span_s = 365 * 86400;
const std::vector<double> even(365 * 24, 1.0);

SyntheticWork renders() {
  SyntheticWork work;
  work.load_frac = 0.6, work.mean_run_s = 1800, work.cores = {1, 4, 16};
  return work;
}
SyntheticInputs on(std::int64_t cores, std::span<const double> factors = even) {
  return {.seed = 3, .name = "renders", .span_s = span_s, .hour_factor = factors, .cores = cores, .group = 0};
}
JobTable made(const SyntheticWork& work, std::span<const double> factors = even) {
  return synthetic_jobs(work, on(256, factors)).jobs;
}

struct Moments {
  double mean = 0, variation = 0;  // standard deviation over mean
};
template <class Value> Moments moments(std::size_t count, Value value) {
  double sum = 0, squares = 0;
  for (std::size_t k = 0; k < count; ++k) sum += value(k), squares += value(k) * value(k);
  const double n = static_cast<double>(count), mean = sum / n;
  return {mean, std::sqrt(squares / n - mean * mean) / mean};
}

}  // namespace

TEST_CASE("synthetic jobs: load, gaps and run times have the moments of their distributions") {
  for (const Arrivals arrivals : {Arrivals::poisson, Arrivals::weibull}) {
    SyntheticWork work = renders();
    work.arrivals = arrivals;
    const JobTable jobs = made(work);
    double core_s = 0;
    for (const Job& job : jobs) core_s += static_cast<double>(job.run_s * job.cores);
    CHECK(core_s / (256.0 * span_s) == Approx(0.6).epsilon(0.02));
    const Moments gaps =
        moments(jobs.size() - 1, [&](std::size_t k) { return static_cast<double>(jobs[k + 1].submit_s - jobs[k].submit_s); });
    CHECK(gaps.mean == Approx(1800.0 * 7.0 / (0.6 * 256.0)).epsilon(0.02));
    // exponential gaps: 1; Weibull of shape 0.7: sqrt(gamma(1 + 2/k) / gamma(1 + 1/k)^2 - 1) = 1.4624
    CHECK(gaps.variation == Approx(arrivals == Arrivals::poisson ? 1.0 : 1.4624).epsilon(0.02));
    const Moments runs = moments(jobs.size(), [&](std::size_t k) { return static_cast<double>(jobs[k].run_s); });
    CHECK(runs.mean == Approx(1800.0).epsilon(0.02));
    CHECK(runs.variation == Approx(std::sqrt(std::exp(1.0) - 1.0)).epsilon(0.04));  // lognormal, sigma 1
  }
}

TEST_CASE("synthetic jobs come when the profile says, and none where it says zero") {
  std::vector<double> factors(365 * 24);
  for (std::size_t hour = 0; hour < factors.size(); ++hour) factors[hour] = hour % 24 < 8 ? 0.0 : hour % 24 < 16 ? 2.0 : 1.0;
  const JobTable jobs = made(renders(), factors);
  std::size_t night = 0, day = 0;
  for (const Job& job : jobs)
    night += job.submit_s % 86400 < 8 * 3600 ? 1 : 0, day += job.submit_s % 86400 / 3600 / 8 == 1 ? 1 : 0;
  CHECK(night == 0);
  CHECK(static_cast<double>(day) / static_cast<double>(jobs.size()) == Approx(2.0 / 3.0).epsilon(0.02));
}

TEST_CASE("synthetic jobs larger than the group are left out or cut, counted, and the load is kept") {
  SyntheticWork work = renders();
  work.cores = {1, 3, 16}, work.too_large = GENERATE(TooLarge::reject, TooLarge::truncate);
  const SyntheticJobs made = synthetic_jobs(work, on(8));
  double core_s = 0, widest = 0;
  for (const Job& job : made.jobs) {
    core_s += static_cast<double>(job.run_s * job.cores);
    widest = std::max(widest, static_cast<double>(job.cores));
  }
  const bool cut = work.too_large == TooLarge::truncate;
  CHECK(widest == (cut ? 8 : 3));
  CHECK(core_s / (8.0 * span_s) == Approx(0.6).epsilon(0.05));
  // A third of what comes is too large: half as many again as are left where they are left out, a third of them where they are cut.
  const auto left = static_cast<double>(made.jobs.size());
  CHECK(static_cast<double>(made.too_large) == Approx(cut ? left / 3.0 : left / 2.0).epsilon(0.05));
  // (1 + 3 + 0 or 8) / 3 cores x 1800 s at 0.6 x 8 cores: a gap of 500 s, or of 1500 s.
  CHECK(expected_jobs(work, on(8)) == Approx(span_s / (cut ? 1500.0 : 500.0)));
  work.cores = {16}, work.too_large = TooLarge::reject;
  CHECK(std::isinf(expected_jobs(work, on(8))));
}
