#include "sim/input/swf.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "sim/input/text_file.hpp"

namespace hypocaust::input {
namespace {

constexpr std::size_t columns = 18;
constexpr std::string_view source =
    "logs come from the Parallel Workloads Archive (https://www.cs.huji.ac.il/labs/parallel/workload/logs.html) as .swf or "
    ".swf.gz";
enum Column : std::size_t { job_number, submit, wait, run, allocated, cpu, memory, requested_processors, requested_time };
constexpr std::array<std::string_view, columns> titles{"job number",
                                                       "submit time",
                                                       "wait time",
                                                       "run time",
                                                       "allocated processors",
                                                       "average CPU time",
                                                       "used memory",
                                                       "requested processors",
                                                       "requested time",
                                                       "requested memory",
                                                       "status",
                                                       "user",
                                                       "group",
                                                       "executable",
                                                       "queue",
                                                       "partition",
                                                       "preceding job",
                                                       "think time"};

bool blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

void read_header(std::string_view line, SwfLog& log) {
  line.remove_prefix(line.find_first_not_of("; \t") == std::string_view::npos ? line.size() : line.find_first_not_of("; \t"));
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  log.header.emplace(std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))));
}

std::int64_t header_number(const SwfLog& log, const char* key) {
  const auto found = log.header.find(key);
  if (found == log.header.end()) return -1;
  std::int64_t value = -1;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

struct Row {
  std::array<double, columns> values{};
  std::array<std::size_t, columns> at{};  // column of the first character, from 1
};

Row read_row(const TextFile& file, std::size_t number) {
  const std::string_view whole = file.lines[number - 1], line = whole.substr(0, whole.find(';'));
  const bool cut = number == file.lines.size() && !file.text.ends_with('\n');
  Row row;
  std::size_t n = 0, at = 0;
  while (true) {
    while (at < line.size() && blank(line[at])) ++at;
    if (at == line.size()) break;
    const std::size_t from = at;
    while (at < line.size() && !blank(line[at])) ++at;
    const std::string_view word = line.substr(from, at - from);
    if (n < columns) {
      if (!read_number(word, row.values[n]) || std::fabs(row.values[n]) > 1e15)
        file.fail(
            {.line = number, .column = from + 1},
            shown(word) + " is no number (" + std::string(titles[n]) + ", column " + std::to_string(n + 1) + " of 18" +
                (cut ? "; the file ends in mid-line); fetch it again" : "); is this a log in the Standard Workload Format?"));
      row.at[n] = from + 1;
    }
    ++n;
  }
  if (n < columns)
    file.fail({.line = number, .column = 1}, std::to_string(n) + " columns in " + shown(line) + " (a job has 18" +
                                                 (cut ? "; the file ends in mid-line)" : ")") +
                                                 "; fetch the file again or mend the line");
  return row;
}

}  // namespace

SwfLog read_swf(const std::string& path) {
  const TextFile file = read_text_file(path, source);
  SwfLog log;
  for (std::size_t number = 1; number <= file.lines.size(); ++number) {
    const std::string_view content = trimmed(file.lines[number - 1]);
    if (content.empty()) continue;
    if (content.front() == '#') continue;
    if (content.front() == ';') {
      read_header(content, log);
      continue;
    }
    const Row row = read_row(file, number);
    const TextFile::Place place{.line = number, .column = row.at[submit]};
    LogJob job{.number = static_cast<std::int64_t>(row.values[job_number]),
               .submit_s = static_cast<std::int64_t>(std::floor(row.values[submit]))};
    if (row.values[submit] < 0)
      file.fail(place,
                "submit time " + std::to_string(job.submit_s) + " (a job needs one, 0 or more); remove the job or correct it");
    ++log.counts.read;
    job.run_s = static_cast<std::int64_t>(std::ceil(row.values[run]));
    job.processors =
        static_cast<std::int64_t>(row.values[allocated] > 0 ? row.values[allocated] : row.values[requested_processors]);
    if (row.values[requested_time] > 0) job.requested_s = static_cast<std::int64_t>(std::ceil(row.values[requested_time]));
    if (job.run_s <= 0) ++log.counts.zero_time;
    else if (job.processors <= 0) ++log.counts.zero_processors;
    else ++log.counts.valid, log.jobs.push_back(job);
  }
  if (log.counts.read == 0) file.fail({}, "not a single job (only header or blank lines); " + std::string(source));
  sort_by_submission(log);
  log.max_procs = header_number(log, "MaxProcs");
  log.unix_start_time_s = header_number(log, "UnixStartTime");
  return log;
}

}  // namespace hypocaust::input
