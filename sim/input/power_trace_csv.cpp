#include "sim/input/power_trace_csv.hpp"

#include <cmath>

#include "sim/input/text_file.hpp"

namespace hypocaust::input {

PowerTraceCsv read_power_trace(const std::string& path, const PowerColumn& column) {
  const TextFile file = read_text_file(
      path, "a power trace is a CSV file with the time in seconds and one column of power (docs/formats/power_trace.md)");
  std::vector<Field> cells;
  split_fields(file.lines.front(), cells);
  const std::size_t width = cells.size();
  std::size_t wanted = 0;
  std::string known;
  for (std::size_t k = 1; k < width; ++k) {
    if (cells[k].text == column.name) wanted = k;
    known += (k > 1 ? ", " : "") + shown(cells[k].text);
  }
  if (wanted == 0)
    file.fail({.line = 1, .column = 1}, "no column " + shown(column.name) + " (after the time come " +
                                            (known.empty() ? "none" : known) + "); correct `column` or the header");
  PowerTraceCsv trace;
  std::int64_t first_s = 0;
  for (std::size_t line = 2; line <= file.lines.size(); ++line) {
    if (file.lines[line - 1].find_first_not_of(" \t") == std::string_view::npos) continue;
    split_fields(file.lines[line - 1], cells);
    const bool cut = line == file.lines.size() && !file.text.ends_with('\n');
    if (cells.size() != width)
      file.fail({.line = line, .column = 1}, std::to_string(cells.size()) + " columns in " + shown(file.lines[line - 1]) +
                                                 " (the header has " + std::to_string(width) +
                                                 (cut ? "; the file ends in mid-line)" : ")") + "; mend the line");
    const auto wrong = [&](std::size_t k, const std::string& text) {
      file.fail({.line = line, .column = cells[k].column}, shown(cells[k].text) + text);
    };
    const auto number = [&](std::size_t k) {
      double value = 0;
      if (!read_number(cells[k].text, value)) wrong(k, " is no number; fill the gap or mend the line");
      return value;
    };
    const double time_s = number(0), power_w = number(wanted) * column.watts;
    if (time_s != std::floor(time_s) || std::fabs(time_s) > 1e12) wrong(0, " is no time in whole seconds; convert the column");
    if (power_w < 0) wrong(wanted, " is a negative power; correct the value");
    if (power_w > 1e9) wrong(wanted, " is above 1 GW; correct `unit` or `scale`");
    const auto t_s = static_cast<std::int64_t>(time_s);
    if (trace.time_s.empty()) first_s = t_s;
    else if (t_s - first_s <= trace.time_s.back())
      wrong(0, " does not come after the time of the row before (times must ascend); sort the file");
    trace.time_s.push_back(t_s - first_s);
    trace.power_w.push_back(power_w);
  }
  const std::size_t n = trace.time_s.size();
  if (n < 2)
    file.fail({}, std::to_string(n) +
                      " rows of power (the last one holds as long as the one before, so two are needed); give a longer trace");
  trace.end_s = trace.time_s[n - 1] + (trace.time_s[n - 1] - trace.time_s[n - 2]);
  return trace;
}

}  // namespace hypocaust::input
