// run.h5 as the year loop sees it: declare variables, append one row of doubles a step, add tables at the end, commit.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace hypocaust::output {

// What is kept of the steps inside one recording interval. weighted: the mean by a weight of its own for each column; these weights
// (not recorded) follow behind the values of all variables in a row, in the order of the weighted columns.
enum class Keep { mean, min, max, last, weighted };

// One dataset under /<group>/<name>: time, or time x columns (components of one type share a variable).
struct Variable {
  std::string group, name;           // "plant", "tank.temperature" -> /plant/tank_temperature (dots become underscores)
  std::string dimension;             // name of the second axis ("tank"), empty for a one-dimensional variable
  std::vector<std::string> columns;  // its coordinate values; empty for a one-dimensional variable
  std::string unit, long_name;       // UDUNITS spelling: W, degC, kg s-1, Pa, 1
  bool float64 = false;              // joules, registers, money
  Keep keep = Keep::mean;
  std::size_t width() const { return columns.empty() ? 1 : columns.size(); }
};

struct TimeAxis {
  std::int64_t start_utc_s = 0;
  std::int64_t step_s = 60;      // of the rows appended
  std::int64_t interval_s = 60;  // of the rows stored: a multiple of step_s
  std::int64_t steps = 0;        // rows that will be appended
};

using Attribute = std::pair<std::string, std::variant<std::string, std::int64_t, double, std::vector<std::int64_t>>>;

// A table after the run: columns of equal length, each with unit and long_name.
struct TableColumn {
  std::string name, unit, long_name;
  std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>> values;
};
struct Table {
  std::string group;      // "kpi", "events", "meters_by_month"
  std::string dimension;  // its axis: "event", "month"; empty: every column is a scalar dataset (KPIs)
  std::vector<TableColumn> columns;
};

// Writes <path>.partial; commit() makes <path>. A RunFile destroyed before commit() removes its partial file.
// One thread makes every HDF5 call; with threads > 1 TBB compresses. The bytes never depend on `threads`.
class RunFile {
 public:
  struct Options {
    std::string path;
    int threads = 1;
    int compression = 1;  // libdeflate level 1 to 12
  };
  RunFile(const Options& options, std::vector<Variable> variables, const TimeAxis& time,
          const std::vector<Attribute>& root_attributes);
  ~RunFile();
  RunFile(const RunFile&) = delete;
  RunFile& operator=(const RunFile&) = delete;
  // One value a column, in the order of the variables and their columns, then the weights; NaN is a missing value.
  void append(std::span<const double> row);
  void add(const Table& table);
  void commit();  // flush, close, fsync, rename
  std::string partial_path() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hypocaust::output
