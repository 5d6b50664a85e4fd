// Where the processor time of the year loop goes, sampled: stamping every stage of every step would itself cost a tenth of a
// second a year, so one step in `every` is stamped and its shares stand for the others.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>

namespace hypocaust::run {

enum class Stage : int { compute, demand, plant, output, count };

class StageClock {
 public:
  void begin_step(std::int64_t k) {
    sampling_ = k % every == 0;
    if (sampling_) last_ = std::chrono::steady_clock::now();
  }
  void end_of(Stage stage) {
    if (!sampling_) return;
    const auto now = std::chrono::steady_clock::now();
    spent_s_[static_cast<std::size_t>(stage)] += std::chrono::duration<double>(now - last_).count();
    last_ = now;
  }
  // This stage's share of what was sampled, 0 to 1.
  double share(Stage stage) const {
    double sum_s = 0;
    for (const double s : spent_s_) sum_s += s;
    return sum_s > 0 ? spent_s_[static_cast<std::size_t>(stage)] / sum_s : 0.0;
  }

 private:
  static constexpr std::int64_t every = 17;  // prime to hours and days, so that no daily pattern is favoured
  bool sampling_ = false;
  std::chrono::steady_clock::time_point last_{};
  std::array<double, static_cast<std::size_t>(Stage::count)> spent_s_{};
};

}  // namespace hypocaust::run
