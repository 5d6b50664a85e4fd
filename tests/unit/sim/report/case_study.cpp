#include "sim/report/case_study.hpp"

#include <catch2/catch.hpp>

#include "models/core/errors.hpp"
#include "stored.hpp"

using namespace hypocaust;

TEST_CASE("the 500 MWh case: arithmetic is met, two of three claims are missed") {
  int met = 0, missed = 0;
  for (const report::Comparison& c : report::reproduce(HYPOCAUST_SOURCE_DIR "/configs/case_studies/seed_500mwh.yaml")) {
    INFO(c.column << " " << c.quantity << ": " << c.published << " against " << c.simulated);
    if (c.quantity == "claimed_simple_payback") {
      CHECK(c.verdict == (c.column == "base" ? "met" : "missed"));
      if (c.column == "low") CHECK(c.simulated == Approx(22.5));
      if (c.column == "low") CHECK(c.published == "9 to 12");
    } else {
      CHECK(c.verdict == "met");
    }
    c.verdict == "met" ? ++met : ++missed;
  }
  CHECK(met == 24);
  CHECK(missed == 2);
}

TEST_CASE("a wrong figure is missed, a quantity nobody computes refused") {
  const test::Folder folder;
  const auto study = [&](const std::string& published) {
    return folder.file(
        "case.yaml",
        "hypocaust: 1\ncolumns: {one: {heat: 1 MWh, heat_price: 70 EUR/MWh, economics: {discount_rate: 8 %}, published: " +
            published + "}}\n");
  };
  const auto list = report::reproduce(study("{gross_revenue: {value: 70.1}}"));
  REQUIRE(list.size() == 1);
  CHECK(list[0].verdict == "missed");
  CHECK(list[0].difference_frac == Approx(-0.1 / 70.1));
  CHECK_THROWS_AS(report::reproduce(study("{roi: {value: 1}}")), UserError);
  CHECK_THROWS_AS(report::reproduce(study("{gross_revenue: {value: 1, low: 1, high: 2}}")), UserError);
}
