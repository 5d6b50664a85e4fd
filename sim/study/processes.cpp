#include "sim/study/processes.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "models/core/errors.hpp"
#include "sim/base/signals.hpp"

namespace hypocaust::study {

Word::Word() {
  if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_) != 0)
    throw UserError("hypocaust: error: no channel between processes could be opened; close some files and try again");
}

Word::~Word() { leave(); }

void Word::leave() {
  for (int& end : ends_)
    if (end >= 0) ::close(end), end = -1;
}

void Word::tell(std::span<const std::int64_t> numbers) {
  std::vector<std::int64_t> all{static_cast<std::int64_t>(numbers.size())};
  all.insert(all.end(), numbers.begin(), numbers.end());
  // Where nobody is left to hear, the results that are missing tell it.
  (void)!::send(ends_[0], all.data(), all.size() * sizeof(std::int64_t), MSG_NOSIGNAL);
}

std::vector<std::int64_t> Word::hear() {
  ::close(ends_[0]), ends_[0] = -1;  // else the end of who tells would not be seen
  const auto take = [&](std::int64_t* to, std::size_t count) {
    const std::size_t bytes = count * sizeof(std::int64_t);
    return bytes == 0 || ::recv(ends_[1], to, bytes, MSG_WAITALL) == static_cast<ssize_t>(bytes);
  };
  std::int64_t count = 0;
  if (!take(&count, 1)) return {};
  std::vector<std::int64_t> numbers(static_cast<std::size_t>(count));
  return take(numbers.data(), numbers.size()) ? numbers : std::vector<std::int64_t>{};
}

Processes::~Processes() {
  for (const auto& [pid, id] : running_) ::kill(pid, SIGTERM);
  for (const auto& [pid, id] : running_) ::waitpid(pid, nullptr, 0);
}

void Processes::start(int id, const std::string& name, const std::function<void()>& work) {
  while (static_cast<int>(running_.size()) >= most_) reap(true);
  std::fflush(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0) throw UserError("hypocaust: error: no process could be started for " + name + " (fork failed); give --jobs 1");
  if (pid > 0) {
    running_[pid] = id;
    return;
  }
  running_.clear();  // they are the parent's
  int code = 0;
  const auto told = [&](const std::exception& error, int exit_code) {
    std::fprintf(stderr, "%s: %s\n", name.c_str(), error.what());
    code = exit_code;
  };
  try {
    work();
  } catch (const Interrupted&) {
    code = 4;
  } catch (const UserError& error) {
    told(error, 2);
  } catch (const PhysicsError& error) {
    told(error, 3);
  } catch (const std::exception& error) {
    told(error, 1);
  }
  std::_Exit(code);
}

void Processes::reap(bool wait) {
  if (running_.empty()) return;
  const std::size_t before = running_.size();
  for (auto it = running_.begin(); it != running_.end(); ++it) {
    int status = 0;
    const pid_t pid = ::waitpid(it->first, &status, WNOHANG);
    if (pid <= 0) continue;
    const int id = it->second;
    if (WIFSIGNALED(status)) deaths_[id] = fmt::format("the process died by signal {}", WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0) deaths_[id] = fmt::format("the process ended with code {}", WEXITSTATUS(status));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2) refused_.insert(id);
    running_.erase(it);
    break;
  }
  // Other processes of this one may run beside these, so that no wait for any of them would do.
  if (wait && running_.size() == before) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  base::poll_interrupt();
}

void Processes::wait_for_all() {
  while (!running_.empty()) reap(true);
}

std::string Processes::death_of(int id) const {
  const auto found = deaths_.find(id);
  return found == deaths_.end() ? std::string() : found->second;
}

}  // namespace hypocaust::study
