#include "sim/report/formula.hpp"

#include <catch2/catch.hpp>

using namespace hypocaust;

namespace {

const Dimension joule = parse_unit("J").unit.dimension;
const report::Figures known{{"a", {12, joule}}, {"b", {4, joule}}, {"kpi.2025-01.pue", {1.25, {}}}};

report::FormulaResult result(const std::string& text) {
  return report::evaluate(text, [](std::string_view name, std::string& why) -> const report::Quantity* {
    const auto found = known.find(name);
    why = "; there are a and b";
    return found == known.end() ? nullptr : &found->second;
  });
}
double value(const std::string& text) {
  const report::FormulaResult r = result(text);
  INFO(text << ": " << r.problem);
  CHECK(r.problem.empty());
  return r.quantity.value;
}

}  // namespace

TEST_CASE("formulas: precedence, brackets, numbers, quantities, names with hyphens") {
  CHECK(value("a") == 12);
  CHECK(value("a - b - b") == 4);
  CHECK(value("a / b / 3") == 1);
  CHECK(value("a + b * 2") == 20);
  CHECK(value("( a + b ) * 2") == 32);
  CHECK(value("a / [2 kJ]") == Approx(0.006));
  CHECK(value("kpi.2025-01.pue * [3]") == 3.75);
  CHECK(value("  a  ") == 12);
  CHECK(result("a / b").quantity.dimension == Dimension{});
  CHECK(result("a * b / b").quantity.dimension == joule);
  CHECK(result("a / [1 s]").quantity.dimension == parse_unit("W").unit.dimension);
}

TEST_CASE("formulas: what is wrong is named") {
  CHECK(result("").problem == "ends where a figure should stand");
  CHECK(result("a +").problem == "ends where a figure should stand");
  CHECK(result("a b").problem == "`b` stands where an operator should");
  CHECK(result("a + 1").problem == "adds quantities of different dimensions");
  CHECK(result("( a").problem == "has a bracket that is not closed (blanks stand around brackets)");
  CHECK(result("c").problem == "`c` is no figure; there are a and b");
  CHECK(result("a-b").problem == "`a-b` is no figure; there are a and b");
  CHECK(result("[3 kX]").problem.find("kX") != std::string::npos);
  CHECK(result("[x MWh]").problem != "");
  CHECK(result("[3 MWh").problem == "has a `[` that is not closed");
  CHECK(result("[").problem == "has a `[` that is not closed");
  std::string deep;
  for (int k = 0; k < 100000; ++k) deep += "( ";
  CHECK(result(deep).problem == "has more than 32 brackets inside each other");
}
