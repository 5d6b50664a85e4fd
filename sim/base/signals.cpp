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
  sigaction(SIGUSR1, &action, nullptr);
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

const char* interrupted() {
  return arrived == 0 ? nullptr : arrived == SIGINT ? "SIGINT" : arrived == SIGTERM ? "SIGTERM" : "SIGUSR1";
}

void poll_interrupt() {
  if (const char* name = interrupted()) throw Interrupted(name);
}

}  // namespace hypocaust::base
