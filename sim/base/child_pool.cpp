#include "sim/base/child_pool.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "models/core/errors.hpp"

namespace hypocaust::base {
namespace {

bool write_all(int file, const void* data, std::size_t size) {
  for (const char* at = static_cast<const char*>(data); size > 0;) {
    const ssize_t wrote = ::write(file, at, size);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    at += wrote, size -= static_cast<std::size_t>(wrote);
  }
  return true;
}

bool read_all(int file, void* data, std::size_t size) {
  for (char* at = static_cast<char*>(data); size > 0;) {
    const ssize_t got = ::read(file, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got, size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool send(int file, const std::string& message) {
  const std::uint64_t size = message.size();
  return write_all(file, &size, sizeof size) && write_all(file, message.data(), message.size());
}

bool receive(int file, std::string& message) {
  std::uint64_t size = 0;
  if (!read_all(file, &size, sizeof size)) return false;
  message.resize(size);
  return read_all(file, message.data(), size);
}

std::string read_to_end(int file) {
  std::string all;
  char piece[65536];
  for (;;) {
    const ssize_t got = ::read(file, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return all;
    all.append(piece, static_cast<std::size_t>(got));
  }
}

// One letter (o: answer, u: UserError, p: PhysicsError, i: our bug), then the text.
std::string answer_of(const ChildPool::Work& work, const std::string& request) {
  try {
    return "o" + work(request);
  } catch (const UserError& error) {
    return std::string("u") + error.what();
  } catch (const PhysicsError& error) {
    return std::string("p") + error.what();
  } catch (const std::bad_alloc&) {
    return "uout of memory";
  } catch (const std::exception& error) {
    return std::string("i") + error.what();
  }
}

std::string in_child(const ChildPool::Work& work, const std::string& request) {
  int ends[2];
  if (::pipe(ends) != 0) return std::string("ucannot make a pipe: ") + std::strerror(errno);
  const pid_t child = ::fork();
  if (child < 0) {
    ::close(ends[0]), ::close(ends[1]);
    return std::string("ucannot start a process: ") + std::strerror(errno);
  }
  if (child == 0) {
    ::close(ends[0]);
    ::_exit(send(ends[1], answer_of(work, request)) ? 0 : 1);
  }
  ::close(ends[1]);
  const std::string told = read_to_end(ends[0]);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  std::uint64_t size = 0;
  if (told.size() >= sizeof size) std::memcpy(&size, told.data(), sizeof size);
  if (told.size() > sizeof size && told.size() == size + sizeof size) return told.substr(sizeof size);
  if (WIFSIGNALED(status))
    return fmt::format("uits process was killed by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  return fmt::format("iits process ended with {} and no answer", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

[[noreturn]] void serve(int socket, const ChildPool::Work& work) {
  std::string request;
  while (receive(socket, request) && send(socket, in_child(work, request))) {}
  ::_exit(0);  // the other end is gone
}

}  // namespace

ChildPool::ChildPool(int servers, Work work) {
  std::fflush(nullptr);  // or a child would print it again
  for (int k = 0; k < servers; ++k) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
      throw UserError(std::string("cannot make a socket: ") + std::strerror(errno));
    const pid_t process = ::fork();
    if (process < 0) throw UserError(std::string("cannot start a process: ") + std::strerror(errno));
    if (process == 0) {
      for (const Server& earlier : servers_) ::close(earlier.socket);  // or they would outlive this process
      ::close(ends[0]);
      serve(ends[1], work);
    }
    ::close(ends[1]);
    servers_.push_back({ends[0], process});
  }
}

ChildPool::~ChildPool() {
  for (const Server& server : servers_) ::close(server.socket);
  for (const Server& server : servers_)
    while (::waitpid(server.process, nullptr, 0) < 0 && errno == EINTR) {}
}

std::string ChildPool::call(const std::string& request) {
  std::unique_lock lock(mutex_);
  Server* mine = nullptr;
  freed_.wait(lock, [&] {
    for (Server& server : servers_)
      if (!server.busy) mine = &server;
    return mine != nullptr;
  });
  mine->busy = true;
  lock.unlock();
  std::string answer;
  const bool whole = send(mine->socket, request) && receive(mine->socket, answer) && !answer.empty();
  lock.lock();
  mine->busy = false;
  freed_.notify_one();
  lock.unlock();
  if (!whole) throw UserError("the process that starts others is gone (was it killed?); --resume goes on");
  const std::string text = answer.substr(1);
  if (answer[0] == 'u') throw UserError(text);
  if (answer[0] == 'p') throw PhysicsError(text);
  if (answer[0] == 'i') throw InternalError(text);
  return text;
}

}  // namespace hypocaust::base
