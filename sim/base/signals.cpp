#include "sim/base/signals.hpp"

#include <csignal>

#include "models/core/errors.hpp"

namespace hypocaust::base {
namespace {

volatile std::sig_atomic_t arrived = 0;
void remember(int signal) { arrived = signal; }

}  // namespace

void watch_signals() {
  struct sigaction action {};
  action.sa_handler = remember;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

void poll_interrupt() {
  if (arrived != 0) throw Interrupted(arrived == SIGINT ? "SIGINT" : "SIGTERM");
}

}  // namespace hypocaust::base
