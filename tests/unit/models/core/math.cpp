#include "models/core/math.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "models/core/random.hpp"

using namespace hypocaust;

namespace {
// Distance from the truth in units of the truth's last place.
double units_off(double value, long double truth) {
  const double size = std::fabs(static_cast<double>(truth)), unit = std::nextafter(size, HUGE_VAL) - size;
  return static_cast<double>(std::fabs(static_cast<long double>(value) - truth) / unit);
}
}  // namespace

TEST_CASE("exp and log of the laws on packs are right to one unit in the last place") {
  const RandomStream stream(3, "math");
  double exp_off = 0, log_off = 0;
  for (std::uint64_t i = 0; i < 300000; ++i) {
    const double reach = i % 3 == 0 ? 700 : i % 3 == 1 ? 1 : 30, x = reach * (2 * stream.uniform(i) - 1);
    exp_off = std::max(exp_off, units_off(vexp(x), std::exp(static_cast<long double>(x))));
    const double y = std::exp(x);
    log_off = std::max(log_off, units_off(vlog(y), std::log(static_cast<long double>(y))));
  }
  CHECK(exp_off < 1);
  CHECK(log_off < 1);
}

TEST_CASE("beyond their formulas they are those of the standard library") {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  for (const double x : {-infinite, -1e5, -746.5, -740.0, -708.5, 709.5, 710.0, infinite}) CHECK(vexp(x) == std::exp(x));
  for (const double x : {0.0, 5e-324, 1e-310, infinite}) CHECK(vlog(x) == std::log(x));
  CHECK(vexp(0.0) == 1.0);
  CHECK(vlog(1.0) == 0.0);
  CHECK(std::isnan(vexp(NAN)));
  CHECK(std::isnan(vlog(NAN)));
  CHECK(std::isnan(vlog(-1.0)));
}
