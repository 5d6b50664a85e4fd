// Job tables as CSV and utilisation traces: what is read, and what each kind of damage says.
#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "models/core/errors.hpp"
#include "sim/input/job_csv.hpp"
#include "sim/input/utilisation_csv.hpp"
#include "tests/support/validation_data.hpp"

using namespace hypocaust;
using namespace hypocaust::input;
using compute::JobColumns;

namespace {

struct File {
  explicit File(const std::string& contents)
      : path((std::filesystem::temp_directory_path() / ("hypocaust_job_csv_" + std::to_string(getpid()))).string()) {
    std::ofstream(path, std::ios::binary) << contents;
  }
  ~File() { std::filesystem::remove(path); }
  std::string path;
};

JobColumns seconds() {
  JobColumns columns;
  columns.submit = {"submit", "s"}, columns.run = {"run", "s"}, columns.cores = {"cores", ""};
  return columns;
}

std::string refusal(const std::string& contents, const JobColumns& columns = seconds()) {
  const File file(contents);
  try {
    read_job_csv(file.path, columns);
  } catch (const UserError& error) {
    return std::string(error.what()).substr(file.path.size());
  }
  return "read without a word";
}

bool holds(const std::string& text, const std::string& part) {
  INFO(text);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a GPU cluster's table: dates, minutes, gigabytes and kilowatts become SI, counted from the first submission") {
  const File file(
      "job,queued,from,until,limit,gpu,mem,power,due\n"
      "a,2024-03-01 10:00:00,2024-03-01 10:05:00,2024-03-01 10:35:30,60,4,256,1.2,2024-03-01T12:00:00Z\n"
      "b,2024-03-01 09:59:00,2024-03-01 10:00:00,2024-03-01 10:00:00,5,1,8,,\n"
      "c,2024-03-01 09:58:00,2024-03-01 10:00:00,2024-03-01 10:01:00,,0.5,,,\n");
  JobColumns columns;
  columns.submit = {"queued", "date"}, columns.begin = {"from", "date"}, columns.end = {"until", "date"};
  columns.requested = {"limit", "min"}, columns.gpus = {"gpu", ""}, columns.memory = {"mem", "GB"};
  columns.power = {"power", "kW"}, columns.deadline = {"due", "date"}, columns.id = {"job", ""};
  const JobLog log = read_job_csv(file.path, columns);
  CHECK(log.counts.read == 3);
  CHECK(log.counts.zero_time == 1);
  CHECK(log.out_of_order == 1);
  REQUIRE(log.jobs.size() == 2);
  CHECK(log.jobs[0].submit_s == 0);
  CHECK(log.jobs[0].accelerators == 0.5);
  CHECK(log.jobs[0].requested_s == -1);
  CHECK(log.jobs[0].power_w < 0);
  CHECK(log.jobs[0].deadline_s == -1);
  const LogJob& job = log.jobs[1];
  CHECK(job.submit_s == 120);
  CHECK(job.run_s == 1830);
  CHECK(job.requested_s == 3600);
  CHECK(job.memory_byte == 256e9);
  CHECK(job.power_w == 1200.0);
  CHECK(job.deadline_s == 7320);
}

TEST_CASE("damaged tables name file, line, column, value and remedy") {
  CHECK(holds(refusal("submit,ran,cores\n0,1,1\n"),
              ":1: error: there is no column `run` (the header has `submit`, `ran`, `cores`); did you mean `ran`?"));
  CHECK(holds(refusal("submit,run,cores\n0,1,1\n5,abc,1\n"), ":3:3: error: `abc` is no number"));
  CHECK(holds(refusal("submit,run,cores\n0,1,1\n5,1\n"), ":3:1: error: 2 columns in `5,1` (the header has 3)"));
  CHECK(holds(refusal("submit,run,cores\n0,1,1\n5,1"), "(the header has 3; the file ends in mid-line)"));
  CHECK(holds(refusal("submit,run,cores\n-5,1,1\n"), ":2:1: error: `-5` is a negative time"));
  CHECK(holds(refusal("submit,run,cores\n5,-1,1\n"), ":2:3: error: `-1` is a negative time"));
  CHECK(holds(refusal("submit,run,cores\n,1,1\n"), ":2:1: error: `` is empty (every job needs one)"));
  CHECK(holds(refusal("submit,run,cores\n"), "not a single job"));
  JobColumns more = seconds();
  more.id = {"cores", ""};
  CHECK(holds(refusal("submit,run,cores\n0,1,7\n1,1,8\n2,1,7\n", more), ":4:5: error: `7` is the id of line 2 too"));
  more = seconds();
  more.deadline = {"cores", "s"};
  CHECK(holds(refusal("submit,run,cores\n10,1,9\n", more), ":2:6: error: `9` is a deadline before the submission"));
  more = seconds();
  more.submit = {"submit", "date"};
  CHECK(holds(refusal("submit,run,cores\nyesterday,1,9\n", more), ":2:1: error: `yesterday` is no date and time"));
}

TEST_CASE("columns in a wrong unit, or too few of them, are told before the file is read") {
  JobColumns columns = seconds();
  columns.run->unit = "kW", columns.submit.unit = "sec";
  columns.deadline = {"due", "date"};
  columns.cores.reset();
  Problems problems;
  columns.check(problems);
  REQUIRE(problems.items.size() == 4);
  CHECK(problems.items[0].key == "submit.unit");
  CHECK(problems.items[1].key == "run.unit");
  CHECK(holds(problems.items[1].text, "`kW` is no unit of this column; write one of: "));
  CHECK(problems.items[2].key == "cores");
  CHECK(problems.items[3].key == "deadline.unit");
}

TEST_CASE("a table of two million jobs with one bad line: its number is told") {
  std::string text = "submit,run,cores\n";
  for (int k = 0; k < 2'000'000; ++k) text += k == 1'234'567 ? "9,1O,4\n" : "9,10,4\n";
  CHECK(holds(refusal(text), ":1234569:3: error: `1O` is no number"));
}

TEST_CASE("an hourly utilisation trace of a cloud cluster is read, and what is no share is refused") {
  const std::string path = test::validation_file("traces/dcrl_GoogleClusteData_CPU_Data_Hourly_1.csv");
  const std::vector<double> shares = read_utilisation(path, {.name = "cpu_load"});
  CHECK(shares.size() == 8760);
  CHECK(shares[0] == 0.474304627);
  CHECK_THROWS_WITH(read_utilisation(path, {.name = "cpu"}),
                    Catch::Matchers::Contains("no column `cpu` (there are ``, `cpu_load`)"));
  const File file("t,u\n0,50\n1,101\n");
  CHECK_THROWS_WITH(read_utilisation(file.path, {.name = "u", .scale = 0.01}),
                    Catch::Matchers::Contains(":3:3: error: `101` is no share of the hosts"));
}
