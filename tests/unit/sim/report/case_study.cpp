#include "sim/report/case_study.hpp"

#include <catch2/catch.hpp>

#include "models/core/errors.hpp"
#include "stored.hpp"

using namespace hypocaust;

TEST_CASE("the 500 MWh case: arithmetic is met, two of three claims are missed") {
  int met = 0, missed = 0;
  const std::string path = HYPOCAUST_SOURCE_DIR "/configs/case_studies/seed_500mwh.yaml";
  for (const report::Comparison& c : report::compare_columns(report::load_case(path), path)) {
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
  const auto reproduce = [](const std::string& path) { return report::compare_columns(report::load_case(path), path); };
  const auto list = reproduce(study("{gross_revenue: {value: 70.1}}"));
  REQUIRE(list.size() == 1);
  CHECK(list[0].verdict == "missed");
  CHECK(list[0].difference_frac == Approx(-0.1 / 70.1));
  CHECK_THROWS_AS(reproduce(study("{roi: {value: 1}}")), UserError);
  CHECK_THROWS_AS(reproduce(study("{gross_revenue: {value: 1, low: 1, high: 2}}")), UserError);
}

TEST_CASE("a run is judged relatively, absolutely, or by a range, in the unit of the case") {
  const test::Folder folder;
  constexpr double mwh = 3.6e9;
  const Dimension joule = parse_unit("J").unit.dimension;
  const std::map<std::string, report::Figures> runs{
      {"year", {{"energy.delivered", {500 * mwh, joule}}, {"energy.it", {1000 * mwh, joule}}, {"kpi.cop", {NAN, {}}}}}};
  const auto compare = [&](const std::string& published) {
    const std::string path =
        folder.file("case.yaml", "hypocaust: 1\nruns: {year: {site: site.yaml}}\npublished: {one: " + published + "}\n");
    return report::compare_runs(report::load_case(path), path, runs).at(0);
  };
  const auto verdict = [&](const std::string& published) { return compare(published).verdict; };
  CHECK(verdict("{of: year.energy.delivered, unit: MWh, value: 490, tolerance: 2.1 %}") == "met");
  CHECK(verdict("{of: year.energy.delivered, unit: MWh, value: 490, tolerance: 2 %}") == "missed");
  CHECK(verdict("{of: year.energy.delivered / year.energy.it, value: 0.58, within: 0.08}") == "met");
  CHECK(verdict("{of: year.energy.delivered / year.energy.it, value: 0.59, within: 0.08}") == "missed");
  CHECK(verdict("{of: year.energy.delivered, unit: GWh, low: 0.4, high: 0.5}") == "met");
  CHECK(verdict("{of: year.energy.delivered, unit: GWh, low: 0.51, high: 0.6}") == "missed");
  CHECK(compare("{of: year.energy.delivered, unit: MWh, value: 490}").simulated == Approx(500));
  CHECK(verdict("{of: year.kpi.cop, value: 4}") == "missed");  // without a value nothing is met
  CHECK(compare("{of: year.kpi.cop, value: 4}").simulated_text == "-");
  CHECK_THROWS_WITH(compare("{value: 4}"), Catch::Contains("published.one.of: is missing"));
  CHECK_THROWS_WITH(compare("{of: year.energy.deliverd, value: 4}"), Catch::Contains("did you mean `year.energy.delivered`?"));
  CHECK_THROWS_WITH(compare("{of: summer.energy.it, value: 4}"), Catch::Contains("run is one of year"));
  CHECK_THROWS_WITH(compare("{of: year.energy.it, unit: kW, value: 4}"), Catch::Contains("`kW` has not the dimension of"));
  CHECK_THROWS_WITH(compare("{of: year.energy.it, unit: MWhh, value: 4}"), Catch::Contains("MWhh"));
  CHECK_THROWS_WITH(compare("{of: year.energy.it, unit: MWh, value: 4, within: 1, tolerance: 1 %}"), Catch::Contains("keep one"));
}

TEST_CASE("a case without anything to compare is refused, a run that nobody names too") {
  const test::Folder folder;
  CHECK_THROWS_WITH(report::load_case(folder.file("case.yaml", "hypocaust: 1\n")), Catch::Contains("nothing is compared here"));
  CHECK_THROWS_WITH(
      report::load_case(folder.file("case.yaml", "hypocaust: 1\nruns: {year: {site: a.yaml, without_reuse: alone}}\n")),
      Catch::Contains("alone"));
}

TEST_CASE("the figures of a stored run have names") {
  const test::Folder folder;
  const std::string run = test::stored_run(folder, R"(
hypocaust: 1
currency: GBP
contracts: {sale: {type: energy, meter: sold, energy_price: 70 GBP/MWh}}
meters: {sold: {at: a.b}}
heat_users: {pool: {type: degree_hours}}
)");
  const report::Figures figures = report::figures_of_run(run, "");
  CHECK(figures.at("energy.delivered").value == Approx(500 * 3.6e9));
  CHECK(figures.at("energy.winter.delivered").value == Approx(500 * 3.6e9 * 90 / 365));
  CHECK(figures.at("energy.2025-01.it").value == Approx(4 * 31 * 3.6e9));
  CHECK(figures.at("kpi.pue").value == Approx(5.2 / 4));
  CHECK(figures.at("statement.sale.total").value == Approx(35000));
  CHECK(figures.at("statement.sale.total").dimension == parse_unit("GBP").unit.dimension);
}
