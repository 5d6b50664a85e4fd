#include "sim/output/channels_csv.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <iterator>

#include "sim/base/atomic_file.hpp"
#include "sim/base/csv_text.hpp"
#include "sim/base/utc_text.hpp"

namespace hypocaust::output {
ChannelsCsv::ChannelsCsv(std::string path, const std::vector<Variable>& variables, const TimeAxis& time)
    : path_(std::move(path)),
      partial_(base::partial_name(path_)),
      intervals_(variables, time.interval_s / time.step_s),
      time_(time) {
  base::require_writable_folder(path_);
  file_ = std::fopen(partial_.c_str(), "w");
  if (!file_) base::refuse(path_, "write", errno);
  std::string line = "time";
  for (const Variable& variable : variables)
    for (std::size_t c = 0; c < variable.width(); ++c)
      line += "," + base::csv_field(variable.group + "." + variable.name +
                                    (variable.columns.empty() ? "" : "." + variable.columns[c]) + " [" + variable.unit + "]");
  write(line + "\n");
}

ChannelsCsv::~ChannelsCsv() {
  if (!file_) return;
  std::fclose(file_);
  ::unlink(partial_.c_str());
}

void ChannelsCsv::append(std::span<const double> row) {
  if (!intervals_.take(row)) return;
  fmt::memory_buffer line;
  fmt::format_to(std::back_inserter(line), "{}Z", base::utc_text(time_.start_utc_s + row_++ * time_.interval_s));
  for (const double value : intervals_.kept()) {
    line.push_back(',');
    if (std::isfinite(value)) fmt::format_to(std::back_inserter(line), "{:.10g}", value);
  }
  line.push_back('\n');
  write(fmt::to_string(line));
}

void ChannelsCsv::write(const std::string& line) {
  if (std::fwrite(line.data(), 1, line.size(), file_) != line.size()) base::refuse(path_, "write", errno);
}

void ChannelsCsv::commit() {
  const bool whole = std::fflush(file_) == 0;
  if (!whole) base::refuse(path_, "write", errno);
  std::fclose(file_);
  file_ = nullptr;
  base::publish(partial_, path_);
}

}  // namespace hypocaust::output
