// Progress on stderr: a bar on a terminal, a line every tenth elsewhere, nothing when quiet.
#pragma once
#include <cstdint>
#include <string>

namespace hypocaust::base {

class Progress {
 public:
  Progress(std::string what, std::int64_t total, bool quiet);
  ~Progress();  // ends the bar's line
  void at(std::int64_t done);

 private:
  std::string what_;
  std::int64_t total_, shown_ = -1;
  bool quiet_, terminal_;
};

}  // namespace hypocaust::base
