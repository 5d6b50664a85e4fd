#include "sim/output/run_reader.hpp"

#include <catch2/catch.hpp>

#include "models/core/errors.hpp"
#include "sim/output/format.hpp"
#include "sim/output/run_file.hpp"
#include "stored.hpp"

using namespace hypocaust;
using namespace hypocaust::output;

namespace {

void write(const std::string& path, std::int64_t minor = format_version[1]) {
  RunFile file(
      {.path = path}, {{.group = "weather", .name = "outdoor_temperature", .unit = "degC", .long_name = "air"}},
      {.start_utc_s = 1735689600, .step_s = 3600, .interval_s = 3600, .steps = 2},
      {{"filetype", run_filetype}, {"format_version", std::vector<std::int64_t>{format_version[0], minor}}, {"currency", "GBP"}});
  for (int k = 0; k < 2; ++k) file.append(std::vector<double>{1.5 + k});
  file.add({.group = "kpi", .columns = {{"pue", "1", "a figure", std::vector<double>{1.25}}}});
  file.add({.group = "events",
            .dimension = "event",
            .columns = {{"time", "s", "when", std::vector<std::int64_t>{7, 8}},
                        {"text", "", "what", std::vector<std::string>{"one", "two"}}}});
  file.commit();
}

}  // namespace

TEST_CASE("what a run file holds is read back by name") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.h5";
  write(path);
  const RunReader run(path);
  CHECK(run.attribute("currency") == "GBP");
  CHECK(run.attribute("nothing").empty());
  CHECK(run.start_utc_s() == 1735689600);
  CHECK(run.scalar("kpi/pue") == 1.25);
  CHECK(run.units("kpi/pue") == "1");
  CHECK(run.integers("events/time") == std::vector<std::int64_t>{7, 8});
  CHECK(run.texts("events/text") == std::vector<std::string>{"one", "two"});
  CHECK(run.reals("weather/outdoor_temperature") == std::vector<double>{1.5, 2.5});
  CHECK(run.has("kpi/pue"));
  CHECK_FALSE(run.has("kpi/nothing"));
  CHECK_FALSE(run.has("nothing/pue"));
  CHECK(run.datasets("kpi") == std::vector<std::string>{"pue"});
  CHECK(run.datasets("nothing").empty());
}

TEST_CASE("what a run file does not hold, or holds otherwise, is refused") {
  const TemporaryFolder folder;
  const std::string path = folder / "run.h5";
  write(path);
  const RunReader run(path);
  CHECK_THROWS_WITH(run.scalar("kpi/erf"), Catch::Matchers::Contains("holds no `kpi/erf`"));
  CHECK_THROWS_WITH(run.scalar("events/time"), Catch::Matchers::Contains("is no single number"));
  CHECK_THROWS_WITH(run.reals("events/text"), Catch::Matchers::Contains("is text where numbers are expected"));
  CHECK_THROWS_WITH(run.texts("kpi/pue"), Catch::Matchers::Contains("is no text"));
  CHECK_THROWS_AS(RunReader(folder / "none.h5"), UserError);
  write(folder / "newer.h5", format_version[1] + 1);
  CHECK_THROWS_WITH(RunReader(folder / "newer.h5"), Catch::Matchers::Contains("this release reads up to"));
}
