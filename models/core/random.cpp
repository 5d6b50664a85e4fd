#include "models/core/random.hpp"

#include <Random123/philox.h>

#include "models/core/math.hpp"

namespace hypocaust {
namespace {

std::uint64_t fnv1a(std::string_view text, std::uint64_t hash = 14695981039346656037ull) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

double open_unit(std::uint32_t high, std::uint32_t low) {  // 53 bits, centred: never 0, never 1
  const std::uint64_t bits = (static_cast<std::uint64_t>(high) << 32 | low) >> 11;
  return (static_cast<double>(bits) + 0.5) * 0x1p-53;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view stream, std::uint32_t entity) : entity_(entity) {
  const std::uint64_t mixed = fnv1a(stream) ^ (seed * 0x9E3779B97F4A7C15ull);
  key_[0] = static_cast<std::uint32_t>(mixed);
  key_[1] = static_cast<std::uint32_t>(mixed >> 32);
}

double RandomStream::uniform(std::uint64_t step, std::uint32_t draw) const {
  const r123::Philox4x32::ctr_type counter{
      {static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(step >> 32), entity_, draw}};
  const r123::Philox4x32::key_type key{{key_[0], key_[1]}};
  const auto words = r123::Philox4x32{}(counter, key);
  return open_unit(words[0], words[1]);
}

double RandomStream::normal(std::uint64_t step, std::uint32_t draw) const {
  const r123::Philox4x32::ctr_type counter{
      {static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(step >> 32), entity_, draw}};
  const r123::Philox4x32::key_type key{{key_[0], key_[1]}};
  const auto words = r123::Philox4x32{}(counter, key);
  return vsqrt(-2.0 * vlog(open_unit(words[0], words[1]))) * vcos(2.0 * pi * open_unit(words[2], words[3]));
}

double RandomStream::exponential(std::uint64_t step, std::uint32_t draw) const { return -vlog(uniform(step, draw)); }

double RandomStream::gamma(double shape, std::uint64_t step, std::uint32_t draw) const {
  // A shape below 1 is raised by one and scaled back with a uniform number (their section 6).
  const double boost = shape < 1.0 ? vpow(uniform(step, draw + 63), 1.0 / shape) : 1.0;
  const double d = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3.0, c = 1.0 / vsqrt(9.0 * d);
  for (std::uint32_t k = 0; k < 62; k += 2) {
    const double x = normal(step, draw + k), v = 1.0 + c * x;
    if (v <= 0.0) continue;
    const double v3 = v * v * v;
    if (vlog(uniform(step, draw + k + 1)) < 0.5 * x * x + d - d * v3 + d * vlog(v3)) return boost * d * v3;
  }
  return boost * d;  // 31 refusals in a row: probability below 1e-40
}

}  // namespace hypocaust
