#include <catch2/catch.hpp>
#include <vector>

#include "sim/study/spread.hpp"

using namespace hypocaust::study;

// Quantiles of Student's t at 97.5 %: any table of the distribution.
TEST_CASE("quantiles of Student's t are those of the tables", "[study]") {
  CHECK(student_97_5(1) == Approx(12.706).epsilon(1e-4));
  CHECK(student_97_5(2) == Approx(4.303).epsilon(1e-4));
  CHECK(student_97_5(3) == Approx(3.182).epsilon(2e-3));
  CHECK(student_97_5(5) == Approx(2.571).epsilon(1e-3));
  CHECK(student_97_5(10) == Approx(2.228).epsilon(3e-4));
  CHECK(student_97_5(30) == Approx(2.042).epsilon(3e-4));
  CHECK(student_97_5(1000) == Approx(1.962).epsilon(3e-4));
}

TEST_CASE("a mean has its interval, one value has none", "[study]") {
  const std::vector<double> four{1, 2, 3, 4};
  const MeanEstimate e = estimate(four);
  CHECK(e.mean == 2.5);
  CHECK(e.high - e.mean == Approx(3.182 * 1.2909944 / 2).epsilon(2e-3));
  CHECK(e.mean - e.low == Approx(e.high - e.mean));
  CHECK(estimate(std::vector<double>{7}).mean == 7);
  CHECK(estimate(std::vector<double>{7}).low != estimate(std::vector<double>{7}).low);
}

TEST_CASE("the interval of a share ends at the whole", "[study]") {
  const MeanEstimate e = estimate_share(std::vector<double>{1, 1, 0.99});
  CHECK(e.high == 1);
  CHECK(e.low < e.mean);
  CHECK(estimate_share(std::vector<double>{0, 0, 0.01}).low == 0);
}

TEST_CASE("quantiles lie straight between their neighbours", "[study]") {
  const std::vector<double> sorted{0, 1, 2, 10};
  CHECK(quantile(sorted, 0) == 0);
  CHECK(quantile(sorted, 0.5) == 1.5);
  CHECK(quantile(sorted, 1) == 10);
  CHECK(quantile({}, 0.5) != quantile({}, 0.5));
}
