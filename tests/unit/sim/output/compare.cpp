#include "sim/output/compare.hpp"

#include <cmath>
#include <fstream>
#include <limits>

#include "models/core/errors.hpp"
#include "sim/output/format.hpp"
#include "sim/output/run_file.hpp"
#include "stored.hpp"

using namespace hypocaust;
using namespace hypocaust::output;
using Catch::Contains;

namespace {

struct Made {
  double pue = 1.25, at_row_7 = 0.0;
  std::string unit = "W", title = "a";
  std::int64_t major = format_version[0], minor = format_version[1];
};

void make(const std::string& path, const Made& made) {
  RunFile file({.path = path},
               {{.group = "plant", .name = "x", .dimension = "", .columns = {}, .unit = made.unit, .long_name = "x"}},
               {.steps = 20},
               {{"filetype", std::string(run_filetype)},
                {"format_version", std::vector<std::int64_t>{made.major, made.minor}},
                {"title", made.title}});
  for (int k = 0; k < 20; ++k)
    file.append(std::vector<double>{k == 7 ? made.at_row_7 : std::numeric_limits<double>::quiet_NaN()});
  file.add(
      {.group = "kpi", .dimension = "", .columns = {{"pue", "1", "power usage effectiveness", std::vector<double>{made.pue}}}});
  file.commit();
}

}  // namespace

TEST_CASE("compare: figures of both files with their units") {
  const TemporaryFolder folder;
  make(folder / "a.h5", {}), make(folder / "b.h5", {.pue = 1.5});
  const auto figures = compare_figures(folder / "a.h5", folder / "b.h5");
  REQUIRE(figures.size() == 1);
  CHECK(figures[0].name == "kpi/pue");
  CHECK(figures[0].unit == "1");
  CHECK(figures[0].a == 1.25);
  CHECK(figures[0].b == 1.5);
}

TEST_CASE(
    "compare --bits: equal files have no difference, and one value, one attribute of a variable, one of the file are found") {
  const TemporaryFolder folder;
  make(folder / "a.h5", {}), make(folder / "same.h5", {}), make(folder / "value.h5", {.at_row_7 = 1.0});
  make(folder / "unit.h5", {.unit = "J"}), make(folder / "title.h5", {.title = "b"});
  CHECK(compare_bits(folder / "a.h5", folder / "same.h5").empty());

  const auto value = compare_bits(folder / "a.h5", folder / "value.h5");
  REQUIRE(value.size() == 1);
  CHECK(value[0].name == "/plant/x");
  CHECK_THAT(value[0].what, Contains("1 of 20") && Contains("first at 7") && Contains("0 against 1"));

  const auto unit = compare_bits(folder / "a.h5", folder / "unit.h5");
  REQUIRE(unit.size() == 1);
  CHECK_THAT(unit[0].name, Contains("/plant/x") && Contains("units"));

  const auto title = compare_bits(folder / "a.h5", folder / "title.h5");
  REQUIRE(title.size() == 1);
  CHECK_THAT(title[0].name, Contains("title"));
}

TEST_CASE("compare: what is no run file, or of another format, is refused by name") {
  const TemporaryFolder folder;
  make(folder / "a.h5", {});
  make(folder / "next.h5", {.major = format_version[0] + 1, .minor = 0}),
      make(folder / "newer.h5", {.minor = format_version[1] + 1});
  std::ofstream(folder / "text.h5") << "not HDF5";
  const auto against = [&](const char* name) { compare_figures(folder / "a.h5", folder / name); };
  for (const char* name : {"text.h5", "absent.h5", "next.h5", "newer.h5"}) {
    INFO(name);
    CHECK_THROWS_AS(against(name), UserError);
    CHECK_THROWS_WITH(against(name), Contains(std::string(name) + ": error:"));
  }
  CHECK_THROWS_WITH(against("next.h5"), Contains("has format 2.0"));
}
