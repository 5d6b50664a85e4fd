#include "sim/base/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace hypocaust::base {

Progress::Progress(std::string what, std::int64_t total, bool quiet)
    : what_(std::move(what)), total_(std::max<std::int64_t>(total, 1)), quiet_(quiet), terminal_(::isatty(2) != 0) {}

Progress::~Progress() {
  if (!quiet_ && terminal_ && shown_ >= 0) std::fputs("\r\033[K", stderr);
}

void Progress::at(std::int64_t done) {
  if (quiet_) return;
  const std::int64_t parts = terminal_ ? 100 : 10, part = std::clamp<std::int64_t>(done * parts / total_, 0, parts);
  if (part == shown_) return;
  shown_ = part;
  if (terminal_) {
    const int filled = static_cast<int>(part * 30 / parts);
    std::fprintf(stderr, "\r%s [%.*s%.*s] %3d %%", what_.c_str(), filled, "##############################", 30 - filled,
                 "..............................", static_cast<int>(part));
    std::fflush(stderr);
  } else if (part > 0) {
    std::fprintf(stderr, "%s: %d %%\n", what_.c_str(), static_cast<int>(part * 10));
  }
}

}  // namespace hypocaust::base
