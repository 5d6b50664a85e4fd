// Writes a run file of plausible signals and prints what it cost: write_run_file PATH ROWS THREADS INTERVAL_S COLUMNS.
#include <sys/stat.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "models/core/errors.hpp"
#include "models/core/math.hpp"
#include "sim/base/resources.hpp"
#include "sim/base/signals.hpp"
#include "sim/output/format.hpp"
#include "sim/output/run_file.hpp"

namespace {

using namespace hypocaust;

// Four kinds of column in turn: a temperature with a daily swing and sensor-like noise, a power in steps of jobs, a constant,
// and a register that only grows (float64).
std::vector<output::Variable> variables_of(int columns) {
  const int each = columns / 4;
  std::vector<std::string> names;
  for (int k = 0; k < each; ++k) names.push_back("unit_" + std::to_string(k));
  return {
      {.group = "plant",
       .name = "tank.temperature",
       .dimension = "tank",
       .columns = names,
       .unit = "degC",
       .long_name = "temperature of a tank"},
      {.group = "compute", .name = "power", .dimension = "rack", .columns = names, .unit = "W", .long_name = "power of a rack"},
      {.group = "plant",
       .name = "pump.speed",
       .dimension = "pump",
       .columns = names,
       .unit = "1",
       .long_name = "speed of a pump"},
      {.group = "meters",
       .name = "register",
       .dimension = "meter",
       .columns = names,
       .unit = "J",
       .long_name = "heat counted since the start",
       .float64 = true,
       .keep = output::Keep::last}};
}

class Signals {
 public:
  explicit Signals(int each)
      : each_(static_cast<std::size_t>(each)), power_w_(each_, 9000.0), register_j_(each_, 0.0), row(4 * each_) {}
  void step(std::int64_t k) {
    const double day = 2.0 * pi * static_cast<double>(k) / 1440.0, swing = 3.0 * std::sin(day);
    for (std::size_t c = 0; c < each_; ++c) {
      if (uniform() < 0.02) power_w_[c] = 4000.0 + std::floor(64.0 * uniform()) * 125.0;
      register_j_[c] += power_w_[c] * 60.0;
      row[c] = 45.0 + swing + 0.05 * uniform() + static_cast<double>(c);
      row[each_ + c] = power_w_[c];
      row[2 * each_ + c] = 0.8;
      row[3 * each_ + c] = register_j_[c];
    }
  }

 private:
  double uniform() {  // the same everywhere: a 64-bit congruential generator (Knuth, MMIX)
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<double>(state_ >> 11) * 0x1.0p-53;
  }
  std::size_t each_;
  std::vector<double> power_w_, register_j_;
  std::uint64_t state_ = 1;

 public:
  std::vector<double> row;
};

void write(const std::string& path, std::int64_t rows, int threads, std::int64_t interval_s, int columns) {
  const output::TimeAxis time{.start_utc_s = 1672531200, .step_s = 60, .interval_s = interval_s, .steps = rows};  // 2023-01-01
  output::RunFile file({.path = path, .threads = threads}, variables_of(columns), time,
                       {{"Conventions", std::string("CF-1.10")},
                        {"filetype", std::string(output::run_filetype)},
                        {"format_version", std::vector<std::int64_t>{output::format_version[0], output::format_version[1]}}});
  Signals signals(columns / 4);
  double spent_s = 0;
  for (std::int64_t from = 0; from < rows; from += 1440) {  // the signals' own cost is left out, day by day
    std::vector<std::vector<double>> day;
    for (std::int64_t k = from; k < std::min<std::int64_t>(from + 1440, rows); ++k) {
      signals.step(k);
      day.push_back(signals.row);
    }
    const double before_s = base::cpu_seconds();
    for (const std::vector<double>& row : day) file.append(row);
    spent_s += base::cpu_seconds() - before_s;
    base::poll_interrupt();
  }
  file.add({.group = "kpi",
            .dimension = "",
            .columns = {{"pue", "1", "power usage effectiveness", std::vector<double>{1.25}},
                        {"erf", "1", "energy reuse factor", std::vector<double>{std::nan("")}}}});
  file.add({.group = "events",
            .dimension = "event",
            .columns = {{"at", "s", "seconds since the start", std::vector<std::int64_t>{60, 120}},
                        {"what", "", "what happened", std::vector<std::string>{"pump on", "pump off"}}}});
  file.add({.group = "scenario",
            .dimension = "",
            .columns = {{"yaml", "", "resolved scenario",
                         std::vector<std::string>{"hypocaust: 1 # \xc2\xb0"
                                                  "C\n"}}}});
  const double before_s = base::cpu_seconds();
  file.commit();
  spent_s += base::cpu_seconds() - before_s;
  struct stat found {};
  ::stat(path.c_str(), &found);
  const double raw_bytes =
      static_cast<double>(rows * 60 / interval_s) * static_cast<double>(columns) * 5.0;  // 3 of 4 columns are float32
  std::printf("{\"cpu_s\": %.4f, \"bytes\": %lld, \"raw_mb_s\": %.0f, \"peak_bytes\": %lld}\n", spent_s,
              static_cast<long long>(found.st_size), raw_bytes / spent_s / 1e6, static_cast<long long>(base::peak_bytes()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return std::fputs("write_run_file PATH ROWS THREADS INTERVAL_S COLUMNS\n", stderr), 2;
  base::watch_signals();
  try {
    write(argv[1], std::atoll(argv[2]), std::atoi(argv[3]), std::atoll(argv[4]), std::atoi(argv[5]));
    return 0;
  } catch (const UserError& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 2;
  } catch (const Interrupted& error) {
    return std::fprintf(stderr, "interrupted: %s\n", error.what()), 4;
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "internal error: %s\n", error.what()), 1;
  }
}
