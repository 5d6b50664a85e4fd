// Standard Workload Format and power traces: what is read, and what each kind of damage says.
#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "models/core/errors.hpp"
#include "sim/input/power_trace_csv.hpp"
#include "sim/input/swf.hpp"
#include "tests/support/validation_data.hpp"

using namespace hypocaust;
using namespace hypocaust::input;

namespace {

struct File {
  explicit File(const std::string& contents)
      : path((std::filesystem::temp_directory_path() / ("hypocaust_swf_test_" + std::to_string(getpid()))).string()) {
    std::ofstream(path, std::ios::binary) << contents;
  }
  ~File() { std::filesystem::remove(path); }
  std::string path;
};

std::string refusal(const std::string& contents) {
  const File file(contents);
  try {
    read_swf(file.path);
  } catch (const UserError& error) {
    return std::string(error.what()).substr(file.path.size());
  }
  return "read without a word";
}

std::string power_refusal(const std::string& contents) {
  const File file(contents);
  try {
    read_power_trace(file.path, {.name = "rack", .watts = 1000.0});
  } catch (const UserError& error) {
    return std::string(error.what()).substr(file.path.size());
  }
  return "read without a word";
}

bool holds(const std::string& text, const std::string& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

const std::string good = "; MaxProcs: 128\n;UnixStartTime: 749458803\n1 0 -1 1451 128 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1\n";

}  // namespace

TEST_CASE("header, missing values, fractions, and jobs without time or processors") {
  const File file(good +
                  "2 5 -1 0 4 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1\r\n3 6 -1 10 0 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1\n\n"
                  "4 7 1 10.2 -1 -1 -1 16 60 -1 1 1 1 -1 -1 -1 -1 -1");
  const SwfLog log = read_swf(file.path);
  CHECK(log.max_procs == 128);
  CHECK(log.unix_start_time_s == 749458803);
  CHECK(log.counts.read == 4);
  CHECK(log.counts.valid == 2);
  CHECK(log.counts.zero_time == 1);
  CHECK(log.counts.zero_processors == 1);
  REQUIRE(log.jobs.size() == 2);
  CHECK(log.jobs[0].requested_s == -1);
  CHECK(log.jobs[1].run_s == 11);
  CHECK(log.jobs[1].processors == 16);
  CHECK(log.jobs[1].requested_s == 60);
}

TEST_CASE("variants: columns beyond the eighteenth, comments of both kinds, submissions out of order") {
  const File file(
      "# exported\n; MaxProcs: 8\n1 9 -1 1 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1 gpu=2 node7\n"
      "2 8 -1 1 2 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1 ; retried\n3 9 -1 1 3 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1\n");
  const SwfLog log = read_swf(file.path);
  CHECK(log.max_procs == 8);
  CHECK(log.out_of_order == 1);
  REQUIRE(log.jobs.size() == 3);
  CHECK(log.jobs[0].number == 2);
  CHECK(log.jobs[1].number == 1);
  CHECK(log.jobs[2].number == 3);
}

TEST_CASE("damaged logs name file, line, value and remedy") {
  CHECK(holds(refusal(good + "2 9 -1 10 4 -1 -1"),
              ":4:1: error: 7 columns in `2 9 -1 10 4 -1 -1` (a job has 18; the file ends in mid-line)"));
  CHECK(holds(refusal(good + "2 9 -1 10 4 -1 -1\n" + good), ":4:1: error: 7 columns"));
  CHECK(holds(refusal("1 0 -1 x51 128 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1\n"),
              ":1:8: error: `x51` is no number (run time, column 4 of 18)"));
  CHECK(holds(refusal("1 -1 -1 1 1 -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1\n"), ":1:3: error: submit time -1"));
  CHECK(holds(refusal(std::string("1 0\0 2", 6)), "zero byte"));
  CHECK(holds(refusal(""), "empty"));
  CHECK(holds(refusal("; only a header\n"), "not a single job"));
  CHECK_THROWS_WITH(read_swf("/nowhere/log.swf"), Catch::Matchers::Contains("/nowhere/log.swf: error: there is no such file") &&
                                                      Catch::Matchers::Contains("Parallel Workloads Archive"));
}

TEST_CASE("NASA log: 18,239 jobs, 18,066 of them valid, 4.74238e8 core-seconds, 128 processors") {
  const SwfLog log = read_swf(test::validation_file("traces/NASA-iPSC-1993-3.1-cln.swf.gz"));
  CHECK(log.counts.read == 18239);
  CHECK(log.counts.valid == 18066);
  CHECK(log.max_procs == 128);
  double core_s = 0;
  for (const LogJob& job : log.jobs) core_s += static_cast<double>(job.run_s * job.processors);
  CHECK(core_s == Approx(4.74238e8).epsilon(2e-6));
}

TEST_CASE("a log without a line end at its end is read whole") {
  const SwfLog log = read_swf(test::validation_file("traces/accasim_test_workload.swf"));
  CHECK(log.counts.read == 25);
  CHECK(log.counts.valid == 25);
}

TEST_CASE("power traces: scaled powers and times from the first row, and damage is named") {
  const File file("time,other,rack\n100,1,2.5\n160,1,3\n220,1,4\n");
  const PowerTraceCsv trace = read_power_trace(file.path, {.name = "rack", .watts = 1000.0});
  CHECK(trace.time_s == std::vector<std::int64_t>{0, 60, 120});
  CHECK(trace.power_w == std::vector<double>{2500, 3000, 4000});
  CHECK(trace.end_s == 180);
  CHECK(holds(power_refusal("time,a\n0,1\n60,1\n"), ":1:1: error: no column `rack` (after the time come `a`)"));
  CHECK(holds(power_refusal("time,rack\n0,1\n60,-1\n"), ":3:4: error: `-1` is a negative power"));
  CHECK(holds(power_refusal("time,rack\n0,1\n0,2\n"), ":3:1: error: `0` does not come after"));
  CHECK(
      holds(power_refusal("time,rack\n0,1\n60"), ":3:1: error: 1 columns in `60` (the header has 2; the file ends in mid-line)"));
  CHECK(holds(power_refusal("time,rack\n0,1\n60,nan\n"), ":3:4: error: `nan` is no number"));
  CHECK(holds(power_refusal("time,rack\n0,1\n"), "1 rows of power"));
}
