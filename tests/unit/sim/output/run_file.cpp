#include "sim/output/run_file.hpp"

#include <hdf5_hl.h>

#include <cmath>
#include <limits>

#include "models/core/errors.hpp"
#include "stored.hpp"

using namespace hypocaust;
using namespace hypocaust::output;
using Catch::Contains;

namespace {

const double missing = std::numeric_limits<double>::quiet_NaN();

Variable one(const std::string& name, Keep keep = Keep::mean, bool float64 = true) {
  return {.group = "plant",
          .name = name,
          .dimension = "",
          .columns = {},
          .unit = "W",
          .long_name = "a power",
          .float64 = float64,
          .keep = keep};
}

// Writes a file with one variable a function of the row; gives back nothing but the file.
template <class Value>
void write(const RunFile::Options& options, std::vector<Variable> variables, const TimeAxis& time, Value value) {
  std::size_t width = 0;
  for (const Variable& v : variables) width += v.width();
  RunFile file(options, std::move(variables), time, {{"title", std::string("a test")}});
  std::vector<double> row(width);
  for (std::int64_t k = 0; k < time.steps; ++k) {
    for (std::size_t c = 0; c < width; ++c) row[c] = value(k, c);
    file.append(row);
  }
  file.commit();
}

}  // namespace

TEST_CASE("every value comes back, whatever the number of rows does to chunks and stages") {
  const std::int64_t steps = GENERATE(1, 7, 16, 17, 10079, 10080, 10081, 10096, 20160, 20163);
  const TemporaryFolder folder;
  const auto value = [](std::int64_t k, std::size_t c) {
    return 1.0 / static_cast<double>(k + 3) + 100.0 * static_cast<double>(c);
  };
  const Variable wide{.group = "plant",
                      .name = "tank.temperature",
                      .dimension = "tank",
                      .columns = {"a", "b", "c"},
                      .unit = "degC",
                      .long_name = "t"};
  write({.path = folder / "run.h5"}, {one("first"), wide, one("last")}, {.step_s = 60, .interval_s = 60, .steps = steps}, value);

  const auto first = stored(folder / "run.h5", "/plant/first"), table = stored(folder / "run.h5", "/plant/tank_temperature"),
             last = stored(folder / "run.h5", "/plant/last"), time = stored(folder / "run.h5", "/plant/time");
  REQUIRE(first.size() == static_cast<std::size_t>(steps));
  REQUIRE(table.size() == 3 * first.size());
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < first.size(); ++k) {
    const auto row = static_cast<std::int64_t>(k);
    wrong += first[k] != value(row, 0) || last[k] != value(row, 4) || time[k] != 60.0 * static_cast<double>(k);
    for (std::size_t c = 0; c < 3; ++c) wrong += table[3 * k + c] != static_cast<double>(static_cast<float>(value(row, 1 + c)));
  }
  CHECK(wrong == 0);
}

TEST_CASE("a column at rest, moved once and at rest again keeps every value") {
  const TemporaryFolder folder;
  const std::int64_t week = 10080;
  const auto value = [&](std::int64_t k, std::size_t c) {
    if (c == 0)
      return k < 2 * week   ? 5.0
             : k < 3 * week ? 5.0 + static_cast<double>(k % 7)
             : k < 4 * week ? 5.0
                            : 6.0;         // constant chunks around a moving one
    return k < 3 * week - 1 ? 0.0 : -0.0;  // the last row of a chunk differs
  };
  write({.path = folder / "run.h5"}, {one("x"), one("zero")}, {.steps = 5 * week + 3}, value);
  const auto x = stored(folder / "run.h5", "/plant/x"), zero = stored(folder / "run.h5", "/plant/zero");
  std::size_t wrong = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    const auto row = static_cast<std::int64_t>(k);
    wrong += x[k] != value(row, 0) || std::signbit(zero[k]) != std::signbit(value(row, 1));
  }
  CHECK(wrong == 0);
}

TEST_CASE("columns that are equal for a while and part again keep their own values") {
  const std::int64_t steps = GENERATE(1, 2, 3, 5, 16, 10081, 20163);
  const TemporaryFolder folder;
  const auto value = [&](std::int64_t k, std::size_t c) {
    const double same = std::sin(static_cast<double>(k));
    return c == 2 && k == steps - 1   ? -7.0
           : c == 1 && k / 10080 == 1 ? same + 1.0
                                      : same;  // 1 leaves 0 for a week, 2 in the last row
  };
  const bool float64 = GENERATE(false, true);
  write({.path = folder / "run.h5"},
        {one("a", Keep::mean, float64), one("b", Keep::mean, float64), one("c", Keep::mean, float64)}, {.steps = steps}, value);
  std::size_t wrong = 0, column = 0;
  for (const char* name : {"/plant/a", "/plant/b", "/plant/c"}) {
    const auto values = stored(folder / "run.h5", name);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const double given = value(static_cast<std::int64_t>(k), column);
      wrong += values[k] != (float64 ? given : static_cast<double>(static_cast<float>(given)));
    }
    ++column;
  }
  CHECK(wrong == 0);
}

TEST_CASE("an interval keeps the mean, least, largest or last of its steps") {
  const TemporaryFolder folder;
  const double given[6] = {3, -1, 4, 1, 5, -9};  // two intervals of three steps
  write({.path = folder / "run.h5"}, {one("mean"), one("min", Keep::min), one("max", Keep::max), one("last", Keep::last)},
        {.step_s = 60, .interval_s = 180, .steps = 6}, [&](std::int64_t k, std::size_t) { return given[k]; });
  CHECK(stored(folder / "run.h5", "/plant/mean") == std::vector<double>{2, -1});
  CHECK(stored(folder / "run.h5", "/plant/min") == std::vector<double>{-1, -9});
  CHECK(stored(folder / "run.h5", "/plant/max") == std::vector<double>{4, 5});
  CHECK(stored(folder / "run.h5", "/plant/last") == std::vector<double>{4, -9});
  CHECK(stored(folder / "run.h5", "/time") == std::vector<double>{0, 180});
}

TEST_CASE("a missing step makes its interval missing, wherever in the interval it lies") {
  const TemporaryFolder folder;
  const std::int64_t place = GENERATE(0, 1, 2);
  write({.path = folder / "run.h5"}, {one("mean"), one("min", Keep::min), one("max", Keep::max)},
        {.step_s = 60, .interval_s = 180, .steps = 6}, [&](std::int64_t k, std::size_t) { return k == place ? missing : 2.0; });
  for (const char* name : {"/plant/mean", "/plant/min", "/plant/max"}) {
    const auto values = stored(folder / "run.h5", name);
    INFO(name << ", missing step " << place);
    CHECK(std::isnan(values[0]));
    CHECK(values[1] == Approx(2.0).epsilon(1e-15));
  }
}

TEST_CASE("the mean of a constant is that constant, to the last bit of an hour") {
  const TemporaryFolder folder;
  write({.path = folder / "run.h5"}, {one("mean")}, {.step_s = 60, .interval_s = 3600, .steps = 120},
        [](std::int64_t, std::size_t) { return 4096.0; });
  CHECK(stored(folder / "run.h5", "/plant/mean") == std::vector<double>{4096.0, 4096.0});
}

TEST_CASE("bytes do not depend on the number of threads, nor on the run", "[threads]") {
  const TemporaryFolder folder;
  std::vector<Variable> variables;
  for (int v = 0; v < 9; ++v) variables.push_back(one("v" + std::to_string(v), Keep::mean, v % 2 == 0));
  const auto value = [](std::int64_t k, std::size_t c) {
    return c == 3 ? 5.0 : std::sin(static_cast<double>(k) * 0.01 * static_cast<double>(c + 1));
  };
  const TimeAxis time{.start_utc_s = 1672531200, .step_s = 60, .interval_s = 60, .steps = 25000};
  write({.path = folder / "one.h5", .threads = 1}, variables, time, value);
  write({.path = folder / "two.h5", .threads = 2}, variables, time, value);
  write({.path = folder / "five.h5", .threads = 5}, variables, time, value);
  const std::string bytes = bytes_of(folder / "one.h5");
  REQUIRE(bytes.size() > 100000);
  CHECK(bytes == bytes_of(folder / "two.h5"));
  CHECK(bytes == bytes_of(folder / "five.h5"));
}

TEST_CASE("nothing has the final name before commit, and nothing is left without one") {
  const TemporaryFolder folder;
  {
    RunFile file({.path = folder / "run.h5"}, {one("x")}, {.step_s = 60, .interval_s = 60, .steps = 2}, {});
    file.append(std::vector<double>{1.0});
    CHECK_FALSE(std::filesystem::exists(folder / "run.h5"));
    CHECK(std::filesystem::exists(file.partial_path()));
  }
  CHECK(folder.names().empty());
  write({.path = folder / "run.h5"}, {one("x")}, {.step_s = 60, .interval_s = 60, .steps = 2},
        [](std::int64_t, std::size_t) { return 1.0; });
  CHECK(folder.names() == std::vector<std::string>{"run.h5"});
}

TEST_CASE("an interval that does not fit is refused before anything is made") {
  const TemporaryFolder folder;
  const auto refuse = [&](const TimeAxis& time) { RunFile file({.path = folder / "run.h5"}, {one("x")}, time, {}); };
  CHECK_THROWS_WITH(refuse({.step_s = 60, .interval_s = 90, .steps = 60}), Contains("90 s") && Contains("60 s"));
  CHECK_THROWS_WITH(refuse({.step_s = 60, .interval_s = 3600, .steps = 90}), Contains("3600 s"));
  CHECK_THROWS_AS(refuse({.step_s = 60, .interval_s = 3600, .steps = 90}), UserError);
  CHECK(folder.names().empty());
}

TEST_CASE("a folder that is missing or no folder is the user's error, named") {
  const TemporaryFolder folder;
  const auto make = [](const std::string& path) { RunFile file({.path = path}, {one("x")}, {.steps = 60}, {}); };
  CHECK_THROWS_AS(make(folder / "absent/run.h5"), UserError);
  CHECK_THROWS_WITH(make(folder / "absent/run.h5"), Contains("absent/run.h5: error:") && Contains("No such file"));
  CHECK_THROWS_WITH(make(folder.path), Contains("is a folder"));
}

TEST_CASE("tables: scalars, missing figures, texts, and a table without rows") {
  const TemporaryFolder folder;
  {
    RunFile file({.path = folder / "run.h5"}, {one("x")}, {.steps = 1}, {});
    file.append(std::vector<double>{1.0});
    file.add({.group = "kpi",
              .dimension = "",
              .columns = {{"pue", "1", "power usage effectiveness", std::vector<double>{1.25}},
                          {"erf", "1", "energy reuse factor", std::vector<double>{missing}}}});
    file.add({.group = "events",
              .dimension = "event",
              .columns = {{"time", "s", "when", std::vector<std::int64_t>{}}, {"what", "", "what", std::vector<std::string>{}}}});
    file.add({.group = "scenario",
              .dimension = "",
              .columns = {{"yaml", "", "resolved scenario", std::vector<std::string>{std::string(200000, 'y')}}}});
    file.commit();
  }
  CHECK(stored(folder / "run.h5", "/kpi/pue") == std::vector<double>{1.25});
  CHECK(std::isnan(stored(folder / "run.h5", "/kpi/erf").at(0)));
  CHECK(stored(folder / "run.h5", "/events/time").empty());
}

TEST_CASE("five thousand variables share one time and are all there", "[slow]") {
  const TemporaryFolder folder;
  std::vector<Variable> variables;
  for (int v = 0; v < 5000; ++v) variables.push_back(one("v" + std::to_string(v)));
  write({.path = folder / "run.h5"}, variables, {.steps = 3},
        [](std::int64_t k, std::size_t c) { return static_cast<double>(c) + 0.25 * static_cast<double>(k); });
  for (const std::size_t v : {0u, 4084u, 4085u, 4086u, 4999u})
    CHECK(stored(folder / "run.h5", "/plant/v" + std::to_string(v)) ==
          std::vector<double>{static_cast<double>(v), static_cast<double>(v) + 0.25, static_cast<double>(v) + 0.5});
  const hid_t file = H5Fopen((folder / "run.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  REQUIRE(file >= 0);
  const hid_t last = H5Dopen2(file, "/plant/v4999", H5P_DEFAULT), time = H5Dopen2(file, "/time", H5P_DEFAULT);
  CHECK(H5DSis_attached(last, time, 0) > 0);
  H5Dclose(last), H5Dclose(time), H5Fclose(file);
}

TEST_CASE("a weighted mean weighs its steps, and is 0 where no step has a weight") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.h5";
  RunFile file({.path = path}, {one("plain"), one("cop", Keep::weighted), one("last", Keep::last)},
               {.step_s = 60, .interval_s = 180, .steps = 6}, {});
  const double rows[6][4] = {{1, 4, 7, 100}, {2, 2, 8, 300}, {3, 9, 9, 0},
                             {4, 0, 1, 0},   {5, 0, 2, 0},   {6, 0, 3, 0}};  // the weight last
  for (const auto& row : rows) file.append(row);
  file.commit();
  CHECK(stored(path, "/plant/plain") == std::vector<double>{2, 5});
  CHECK(stored(path, "/plant/cop") == std::vector<double>{(4.0 * 100 + 2.0 * 300) / 400, 0});
  CHECK(stored(path, "/plant/last") == std::vector<double>{9, 3});
}
