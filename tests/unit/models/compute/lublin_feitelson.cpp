// The synthetic workload: load, sizes, run times and daily cycle against the model's own distributions.
#include <catch2/catch.hpp>

#include <cmath>

#include "models/compute/lublin_feitelson.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

namespace {
LublinFeitelsonWork work(double load_frac, Sample sample = Sample::all) {
  return {.hosts = {"gpu"}, .load_frac = load_frac, .sample = sample, .cores_per_processor = 1};
}
}  // namespace

TEST_CASE("the jobs offer the asked load, sorted, within the span, and follow the seed and the name") {
  const WorkloadRequest request{.seed = 5, .name = "training", .span_s = 365 * 86400, .cores = 128};
  const JobTable jobs = lublin_feitelson_jobs(work(0.7), request);
  double core_s = 0;
  std::int64_t last_s = 0;
  bool fine = true;
  for (const Job& job : jobs) {
    core_s += static_cast<double>(job.cores) * static_cast<double>(job.run_s);
    fine = fine && job.submit_s >= last_s && job.submit_s < request.span_s && job.cores >= 1 && job.cores <= 128 &&
           job.run_s >= 1 && job.run_s <= 162755;
    last_s = job.submit_s;
  }
  CHECK(fine);
  CHECK(core_s / (128.0 * 365 * 86400) == Approx(0.7).epsilon(0.006));  // the last job may exceed by 128 cores x 45 h
  CHECK(last_s > 360 * 86400);
  const JobTable again = lublin_feitelson_jobs(work(0.7), request);
  CHECK(again.size() == jobs.size());
  CHECK(again[7].run_s == jobs[7].run_s);
  WorkloadRequest other = request;
  other.name = "inference";
  CHECK(lublin_feitelson_jobs(work(0.7), other)[7].run_s != jobs[7].run_s);
}

TEST_CASE("shares of serial and power-of-two jobs, and run times of serial jobs, are the published ones") {
  const JobTable jobs = lublin_feitelson_jobs(work(0.7), {.seed = 1, .name = "x", .span_s = 4 * 365 * 86400, .cores = 128});
  double n = 0, serial = 0, ln_run = 0;
  for (const Job& job : jobs) {
    n += 1;
    if (job.cores != 1) continue;
    serial += 1;
    ln_run += std::log(static_cast<double>(job.run_s));
  }
  REQUIRE(n > 20000);
  // serial: 0.244, and parallel sizes that round to one: log2 below 0.5 never occurs (low is 0.8)
  CHECK(serial / n == Approx(0.244).margin(0.01));
  // hyper-gamma at one node: p = 0.7746 on gamma(4.2, 0.94), else gamma(312, 0.03); both nearly untouched by the cap of 12
  CHECK(ln_run / serial == Approx(0.7746 * 4.2 * 0.94 + 0.2254 * 312 * 0.03).epsilon(0.03));
}

TEST_CASE("most jobs come in the afternoon, fewest before dawn, whatever second of the day the span starts at") {
  for (const std::int64_t start_s : {0, 50000}) {
    const JobTable jobs = lublin_feitelson_jobs(
        work(0.7), {.seed = 1, .name = "x", .span_s = 730 * 86400, .second_of_day_s = start_s, .cores = 128});
    double by_hour[24] = {};
    for (const Job& job : jobs) by_hour[(job.submit_s + start_s) % 86400 / 3600] += 24.0 / static_cast<double>(jobs.size());
    // gamma(8.1737, 3.9631) in half hours from midnight has its mode at 28.4: a quarter past two in the afternoon
    CHECK(by_hour[14] > 1.3);
    CHECK(by_hour[5] < 0.5);
  }
}
