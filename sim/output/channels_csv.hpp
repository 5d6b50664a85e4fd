// The recorded channels as text: a column `time`, then `group.variable.name [unit]` for each, a row for each interval.
#pragma once
#include <cstdio>
#include <string>

#include "sim/output/intervals.hpp"

namespace hypocaust::output {

// Written beside its final name, which it gets when it is complete. What is missing is an empty field. Throws UserError.
class ChannelsCsv {
 public:
  ChannelsCsv(std::string path, const std::vector<Variable>& variables, const TimeAxis& time);
  ~ChannelsCsv();
  ChannelsCsv(const ChannelsCsv&) = delete;
  ChannelsCsv& operator=(const ChannelsCsv&) = delete;
  void append(std::span<const double> row);  // one step
  void commit();

 private:
  void write(const std::string& line);
  std::string path_, partial_;
  Intervals intervals_;
  TimeAxis time_;
  std::int64_t row_ = 0;
  std::FILE* file_ = nullptr;
};

}  // namespace hypocaust::output
