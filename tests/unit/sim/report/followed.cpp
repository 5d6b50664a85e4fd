#include "sim/report/followed.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "stored.hpp"

using namespace hypocaust;

// The file of the tests has daily intervals, here taken as long hours.
TEST_CASE("constant compute and heat say nothing of following") {
  const test::Folder folder;
  const report::Followed f = report::followed(report::StoredRun(test::stored_run(folder, "hypocaust: 1\n")));
  CHECK(std::isnan(f.correlation));
  CHECK(std::isnan(f.most_w));
}

TEST_CASE("compute that runs when heat is wanted, and compute that does not") {
  const test::Folder folder;
  for (const double sign : {1.0, -1.0}) {
    test::StoredDays days;
    days.it_swing = sign * 0.5, days.demand_swing = 1.0;
    const report::Followed f = report::followed(report::StoredRun(test::stored_run(folder, "hypocaust: 1\n", days)));
    CHECK(f.correlation == Approx(sign));
    const double mean_w = 4e6 / 24;  // half the days above it by the swing, half below
    CHECK(f.most_w == Approx(mean_w * (1 + sign * 0.5)));
    CHECK(f.least_w == Approx(mean_w * (1 - sign * 0.5)));
  }
}
