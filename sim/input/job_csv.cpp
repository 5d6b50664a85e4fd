#include "sim/input/job_csv.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <unordered_map>

#include "models/core/nearest.hpp"
#include "models/core/units.hpp"
#include "sim/input/csv.hpp"
#include "sim/input/text_file.hpp"

namespace hypocaust::input {
namespace {

// One wanted column: where it stands and what its numbers mean.
struct Column {
  std::size_t place;
  double scale;
  bool date;
};

class Row {
 public:
  Row(const TextFile& file, std::size_t line, const std::vector<Field>& cells) : file_(file), line_(line), cells_(cells) {}

  [[noreturn]] void fail(const Column& column, const std::string& text) const {
    file_.fail({.line = line_, .column = cells_[column.place].column}, shown(cells_[column.place].text) + text);
  }
  // SI, or seconds of 1970 for a date. Nothing where the cell is empty.
  std::optional<double> read(const std::optional<Column>& column) const {
    if (!column) return {};
    const std::string_view text = cells_[column->place].text;
    if (text.empty()) return {};
    if (column->date) {
      const std::optional<std::int64_t> utc_s = read_utc(text);
      if (!utc_s) fail(*column, " is no date and time; write 2025-07-14T06:00:00, with Z or +02:00 where it is not UTC");
      return static_cast<double>(*utc_s);
    }
    double value = 0;
    if (!read_number(text, value) || std::fabs(value) > 1e15) fail(*column, " is no number; mend the line or correct the column");
    return value * column->scale;
  }
  double needed(const Column& column) const {
    const std::optional<double> value = read(column);
    if (!value) fail(column, " is empty (every job needs one); mend the line");
    return *value;
  }

 private:
  const TextFile& file_;
  std::size_t line_;
  const std::vector<Field>& cells_;
};

std::int64_t whole(double value) { return static_cast<std::int64_t>(std::ceil(value - 1e-9)); }

class Table {
 public:
  Table(const TextFile& file, const compute::JobColumns& names) : file_(file), names_(names) {
    split_fields(file.lines[0], header_);
  }

  std::optional<Column> find(const std::optional<compute::ColumnSpec>& spec) const {
    if (!spec) return {};
    std::vector<std::string_view> list;
    for (std::size_t k = 0; k < header_.size(); ++k) {
      if (header_[k].text == spec->name)
        return Column{.place = k, .scale = spec->date() ? 1.0 : parse_unit(spec->unit).unit.scale, .date = spec->date()};
      list.push_back(header_[k].text);
    }
    const std::string_view near = nearest(spec->name, list);
    std::string all;
    for (std::size_t k = 0; k < list.size() && k < 20; ++k) all += (k ? ", " : "") + shown(list[k]);
    file_.fail({.line = 1}, "there is no column " + shown(spec->name) + " (the header has " + all + "); " +
                                (near.empty() ? std::string("name one of them") : "did you mean " + shown(near) + "?"));
  }

  JobLog read() const {
    const auto submit = find(names_.submit), begin = find(names_.begin), end = find(names_.end), run = find(names_.run),
               requested = find(names_.requested), cores = find(names_.cores), accelerators = find(names_.gpus),
               memory = find(names_.memory), power = find(names_.power), priority = find(names_.priority),
               deadline = find(names_.deadline), id = find(names_.id);
    JobLog log;
    log.jobs.reserve(file_.lines.size());
    std::unordered_map<std::string_view, std::size_t> ids;
    double first_s = std::numeric_limits<double>::infinity();
    std::vector<Field> cells;
    for (std::size_t line = 2; line <= file_.lines.size(); ++line) {
      const std::string_view text = file_.lines[line - 1];
      if (text.find_first_not_of(" \t") == std::string_view::npos) continue;
      split_fields(text, cells);
      const bool cut = line == file_.lines.size() && !file_.text.ends_with('\n');
      if (cells.size() != header_.size())
        file_.fail({.line = line, .column = 1}, std::to_string(cells.size()) + " columns in " + shown(text) +
                                                    " (the header has " + std::to_string(header_.size()) +
                                                    (cut ? "; the file ends in mid-line)" : ")") + "; mend the line");
      const Row row(file_, line, cells);
      ++log.counts.read;
      if (id) {
        const auto [before, is_new] = ids.emplace(cells[id->place].text, line);
        if (!is_new) row.fail(*id, " is the id of line " + std::to_string(before->second) + " too; remove one, or name no `id`");
      }
      LogJob job{.number = log.counts.read};
      const double submit_s = row.needed(*submit);
      if (!submit->date && submit_s < 0) row.fail(*submit, " is a negative time; correct the value");
      double run_s = 0;
      if (run) {
        run_s = row.read(run).value_or(0);
        if (run_s < 0) row.fail(*run, " is a negative time; correct the value");
      } else if (const auto begin_s = row.read(begin), end_s = row.read(end); begin_s && end_s) {
        run_s = *end_s - *begin_s;
        if (run_s < 0) row.fail(*end, " is before the job began; correct the value");
      }
      job.run_s = whole(run_s);
      if (const auto value = row.read(requested); value && *value > 0) job.requested_s = whole(*value);
      const auto amount = [&](const std::optional<Column>& column) {
        const double value = row.read(column).value_or(0);
        if (value < 0) row.fail(*column, " is negative; correct the value");
        return value;
      };
      job.processors = whole(amount(cores));
      job.accelerators = amount(accelerators), job.memory_byte = amount(memory);
      if (row.read(power)) job.power_w = amount(power);
      job.priority = static_cast<std::int64_t>(row.read(priority).value_or(0));
      job.submit_s = static_cast<std::int64_t>(std::floor(submit_s));
      if (const auto value = row.read(deadline)) {
        job.deadline_s = static_cast<std::int64_t>(std::floor(*value));
        if (job.deadline_s < job.submit_s) row.fail(*deadline, " is a deadline before the submission; correct one of the two");
      }
      first_s = std::fmin(first_s, std::floor(submit_s));
      if (job.run_s <= 0) ++log.counts.zero_time;
      else if (job.processors <= 0 && job.accelerators <= 0) ++log.counts.zero_processors;
      else ++log.counts.valid, log.jobs.push_back(job);
    }
    if (log.counts.read == 0) file_.fail({}, "not a single job after the header; give a longer table");
    const auto zero_s = static_cast<std::int64_t>(first_s);
    for (LogJob& job : log.jobs) {
      job.submit_s -= zero_s;
      if (job.deadline_s >= 0) job.deadline_s -= zero_s;
    }
    sort_by_submission(log);
    return log;
  }

 private:
  const TextFile& file_;
  const compute::JobColumns& names_;
  std::vector<Field> header_;
};

}  // namespace

JobLog read_job_csv(const std::string& path, const compute::JobColumns& columns) {
  const TextFile file =
      read_text_file(path, "a job table is a CSV file with a header line; `columns` says which column holds what");
  return Table(file, columns).read();
}

}  // namespace hypocaust::input
