#include "sim/study/axis.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace hypocaust::study;
using Distribution = AxisSpec::Distribution;

TEST_CASE("the normal quantile is that of the tables") {
  CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-12));
  CHECK(normal_quantile(0.5) == Approx(0.0).margin(1e-12));
  CHECK(normal_quantile(1e-6) == Approx(-4.753424308822899).epsilon(1e-12));
}

TEST_CASE("quantiles of ranges are those of their closed forms") {
  const Axis uniform{.from = 10, .to = 30};
  CHECK(uniform.quantile(0.25) == Approx(15));
  const Axis logarithmic{.distribution = Distribution::log_uniform, .from = 2, .to = 50};
  CHECK(logarithmic.quantile(0.5) == Approx(10));  // the geometric mean
  // P(X <= mode) = (mode - from) / (to - from); the median of a symmetric triangle is its mode.
  const Axis triangle{.distribution = Distribution::triangular, .from = 0, .to = 10, .mode = 2};
  CHECK(triangle.quantile(0.2) == Approx(2));
  CHECK(triangle.quantile(1 - 0.2) == Approx(10 - std::sqrt(0.2 * 10 * 8)));
  const Axis normal{.distribution = Distribution::normal, .mean = 5, .deviation = 2};
  CHECK(normal.quantile(0.975) == Approx(5 + 2 * 1.959963984540054));
  const Axis cut{.distribution = Distribution::normal, .from = 5, .to = 100, .mean = 5, .deviation = 2};
  CHECK(cut.quantile(0.5) == Approx(5 + 2 * 0.6744897501960817));  // the upper half: its median is at 3/4
}

TEST_CASE("whole numbers of a range are equally likely, ends included") {
  const Axis axis{.whole = true, .from = 2, .to = 5};
  int seen[6] = {};
  for (int k = 0; k < 4000; ++k) ++seen[std::stoi(axis.text({.share_frac = (k + 0.5) / 4000}))];
  for (int value = 2; value <= 5; ++value) CHECK(seen[value] == 1000);
}

TEST_CASE("a grid takes the ends of a range, and twelve digits") {
  const Axis axis{.unit = "kW", .from = 0.1, .to = 0.4, .count = 4};
  CHECK(axis.text({.level = 0}) == "0.1");
  CHECK(axis.text({.level = 2}) == "0.3");  // not 0.30000000000000004
  CHECK(axis.text({.level = 3}) == "0.4");
  CHECK(axis.written("0.3") == "0.3 kW");
  CHECK(axis.text({}).empty());  // as in the base
}
