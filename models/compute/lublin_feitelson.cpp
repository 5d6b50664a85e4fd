#include "models/compute/lublin_feitelson.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"
#include "models/core/random.hpp"

namespace hypocaust::compute {
namespace {

struct Parameters {
  double serial_frac, power_of_two_frac;
  double low, middle_below_high, prob;  // log2 of the size: two-stage uniform on (low, high - middle_below_high, high)
  double a1, b1, a2, b2, pa, pb;        // ln of the run time: hyper-gamma, first branch with p = pa nodes + pb
  double gap_shape, gap_scale;          // ln of the gap: gamma; the shape includes the factor of the whole day
  double day_shape, day_scale;          // arrivals over the half hours of a day: gamma
};

// The published medium size is given for machines of 2^7 (batch, all) and 2^5.5 (interactive) processors; its distance to the
// largest size is kept for other machines, as the authors advise.
const Parameters& parameters(Sample sample) {
  static const std::array<Parameters, 3> list{{
      {0.244, 0.576, 0.8, 2.5, 0.86, 4.2, 0.94, 312, 0.03, -0.0054, 0.78, 10.2303 * 1.0225, 0.4871, 8.1737, 3.9631},
      {0.2927, 0.6686, 1.2, 2.0, 0.875, 6.57, 0.823, 639.1, 0.0156, -0.003, 0.6986, 6.0415 * 1.0519, 0.8531, 6.1271, 5.2740},
      {0.1541, 0.625, 1.0, 2.5, 0.705, 3.8351, 0.6605, 7.073, 0.6856, -0.0118, 0.9156, 6.5510 * 0.9797, 0.6621, 8.9186, 3.6680},
  }};
  return list[static_cast<std::size_t>(sample)];
}

constexpr double longest_ln_run = 12.0, longest_ln_gap = 13.0;  // about 45 h and 123 h
constexpr std::int64_t bucket_s = 1800;
constexpr std::size_t buckets = 48, first_bucket = 11;  // the day of the model runs from 05:30 to 05:30

// Draw numbers within one job, far enough apart that no draw is used twice.
enum Draw : std::uint32_t { serial = 0, stage = 1, size = 2, power_of_two = 3, branch = 4, run = 100, gap = 10000 };

double truncated_gamma(const RandomStream& random, double shape, double scale, double most, std::uint64_t job,
                       std::uint32_t draw) {
  for (std::uint32_t k = 0; k < 64; ++k) {
    const double x = scale * random.gamma(shape, job, draw + 64 * k);
    if (x <= most) return x;
  }
  return most;
}

std::int64_t draw_processors(const Parameters& p, const RandomStream& random, std::uint64_t job, std::int64_t machine) {
  if (machine == 1 || random.uniform(job, serial) <= p.serial_frac) return 1;
  const double high = vlog(static_cast<double>(machine)) / vlog(2.0);
  const double low = vmin(p.low, 0.5 * high), middle = vmax(low, high - p.middle_below_high);
  const double u = random.uniform(job, size);
  double log2_size = random.uniform(job, stage) <= p.prob ? low + u * (middle - low) : middle + u * (high - middle);
  if (random.uniform(job, power_of_two) <= p.power_of_two_frac) log2_size = vfloor(log2_size + 0.5);
  return std::clamp<std::int64_t>(std::llround(vpow(2.0, log2_size)), 1, machine);
}

std::int64_t draw_run_s(const Parameters& p, const RandomStream& random, std::uint64_t job, std::int64_t processors) {
  const double first_frac = clamp01(p.pa * static_cast<double>(processors) + p.pb);
  const bool first = random.uniform(job, branch) <= first_frac;
  const double ln_run = truncated_gamma(random, first ? p.a1 : p.a2, first ? p.b1 : p.b2, longest_ln_run, job, run);
  return std::max<std::int64_t>(1, std::llround(vexp(ln_run)));
}

// Share of the day's arrivals in each half hour from midnight, mean 1: the gamma density over the half hours 11 to 58, those
// from 48 on being the small hours of the day. Each integral by Simpson's rule (relative error below 1e-6).
std::array<double, buckets> daily_weights(const Parameters& p) {
  std::array<double, buckets> weights{};
  const auto density = [&](double x) { return vexp((p.day_shape - 1.0) * vlog(x) - x / p.day_scale); };
  double sum = 0;
  for (std::size_t k = first_bucket; k < first_bucket + buckets; ++k) {
    const double x = static_cast<double>(k);
    double integral = 0;
    for (int part = 0; part < 4; ++part) {
      const double a = x - 0.5 + 0.25 * part;
      integral += (density(a) + 4.0 * density(a + 0.125) + density(a + 0.25)) * 0.25 / 6.0;
    }
    weights[k % buckets] = integral;
    sum += integral;
  }
  for (double& weight : weights) weight *= static_cast<double>(buckets) / sum;
  return weights;
}

// Turns points (ascending) into times: a bucket of weight w holds w x 1800 points.
class DayClock {
 public:
  DayClock(const Parameters& p, std::int64_t second_of_day_s, std::int64_t span_s)
      : weights_(daily_weights(p)), second_of_day_s_(second_of_day_s), span_s_(span_s) {}

  double all_points() {
    double points = 0;
    for (rewind(); from_s_ < span_s_; advance()) points += held();
    rewind();
    return points;
  }
  std::int64_t time_s(double points) {
    while (to_s_ < span_s_ && points_before_ + held() < points) {
      points_before_ += held();
      advance();
    }
    const double weight = weights_[bucket()];
    const double t_s = static_cast<double>(from_s_) + (points - points_before_) / weight;
    return std::clamp(static_cast<std::int64_t>(t_s), from_s_, to_s_ - 1);
  }

 private:
  std::size_t bucket() const { return static_cast<std::size_t>((second_of_day_s_ + from_s_) % 86400 / bucket_s); }
  double held() const { return weights_[bucket()] * static_cast<double>(to_s_ - from_s_); }
  void rewind() { from_s_ = 0, points_before_ = 0, set_end(); }
  void advance() { from_s_ = to_s_, set_end(); }
  void set_end() { to_s_ = std::min(span_s_, from_s_ + bucket_s - (second_of_day_s_ + from_s_) % bucket_s); }

  std::array<double, buckets> weights_;
  std::int64_t second_of_day_s_, span_s_, from_s_ = 0, to_s_ = 0;
  double points_before_ = 0;
};

}  // namespace

std::int64_t cores_per_processor(const LublinFeitelsonWork& work, std::int64_t cores) {
  return work.cores_per_processor > 0 ? std::min(work.cores_per_processor, cores) : (cores + 511) / 512;
}

double expected_jobs(const LublinFeitelsonWork& work, const WorkloadRequest& request) {
  const Parameters& p = parameters(work.sample);
  const RandomStream random(request.seed, std::string("arrivals/") + std::string(request.name));
  const std::int64_t cores_each = cores_per_processor(work, request.cores), machine = request.cores / cores_each;
  constexpr std::uint64_t sample = 1000;
  double core_s = 0;
  for (std::uint64_t n = 0; n < sample; ++n) {
    const std::int64_t processors = draw_processors(p, random, n, machine);
    core_s += static_cast<double>(draw_run_s(p, random, n, processors)) * static_cast<double>(processors * cores_each);
  }
  return work.load_frac * static_cast<double>(request.cores) * static_cast<double>(request.span_s) * static_cast<double>(sample) /
         core_s;
}

JobTable lublin_feitelson_jobs(const LublinFeitelsonWork& work, const WorkloadRequest& request) {
  EXPECT(request.span_s > 0 && request.cores > 0 && work.load_frac > 0);
  const Parameters& p = parameters(work.sample);
  const RandomStream random(request.seed, std::string("arrivals/") + std::string(request.name));
  const std::int64_t cores_each = cores_per_processor(work, request.cores), machine = request.cores / cores_each;
  const double wanted_core_s = work.load_frac * static_cast<double>(request.cores) * static_cast<double>(request.span_s);

  JobTable jobs;
  std::vector<double> points;  // of each submission, unscaled
  double offered_core_s = 0, last = 0;
  for (std::uint64_t n = 0; offered_core_s < wanted_core_s; ++n) {
    const std::int64_t processors = draw_processors(p, random, n, machine);
    const std::int64_t run_s = draw_run_s(p, random, n, processors);
    jobs.push_back({.run_s = run_s,
                    .requested_s = run_s,
                    .cores = static_cast<std::int32_t>(processors * cores_each),
                    .group = request.group});
    offered_core_s += static_cast<double>(run_s) * static_cast<double>(processors * cores_each);
    last += vexp(truncated_gamma(random, p.gap_shape, p.gap_scale, longest_ln_gap, n, gap));
    points.push_back(last);
  }
  DayClock clock(p, request.second_of_day_s, request.span_s);
  // One more mean gap after the last submission, so that the jobs are spread over the span and not up to its last second.
  const double n = static_cast<double>(jobs.size()), scale = clock.all_points() / (last * (n + 1.0) / n);
  for (std::size_t k = 0; k < jobs.size(); ++k) jobs[k].submit_s = clock.time_s(points[k] * scale);
  return jobs;
}

}  // namespace hypocaust::compute
