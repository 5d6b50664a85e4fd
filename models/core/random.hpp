// Counter-based random numbers (Philox4x32-10, Salmon et al. 2011, through Random123): a number depends only on
// (seed, stream name, entity, step, draw). A new component, thread or shard never shifts another's numbers.
#pragma once
#include <cstdint>
#include <string_view>

namespace hypocaust {

class RandomStream {
 public:
  // stream: "arrivals", "weather", "demand", "faults", "prices"; entity: an id within it.
  RandomStream(std::uint64_t seed, std::string_view stream, std::uint32_t entity = 0);

  double uniform(std::uint64_t step, std::uint32_t draw = 0) const;      // open interval (0, 1)
  double normal(std::uint64_t step, std::uint32_t draw = 0) const;       // mean 0, variance 1 (Box-Muller)
  double exponential(std::uint64_t step, std::uint32_t draw = 0) const;  // mean 1
  // Gamma(shape, 1), shape > 0: Marsaglia and Tsang (2000), draws numbered from `draw` on (at most 64 of them).
  double gamma(double shape, std::uint64_t step, std::uint32_t draw = 0) const;

 private:
  std::uint32_t key_[2];
  std::uint32_t entity_;
};

}  // namespace hypocaust
