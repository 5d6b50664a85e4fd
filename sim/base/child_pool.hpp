// Work that may not share a process with threads or with other work of its kind (an engine of which a process has one): each
// call runs in a child of its own, forked by a server that was itself forked before anything else existed.
#pragma once
#include <sys/types.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace hypocaust::base {

class ChildPool {
 public:
  using Work = std::function<std::string(const std::string& request)>;
  // servers: calls that can run side by side. Make it before the first thread, engine or open HDF5 file of the process.
  ChildPool(int servers, Work work);
  ~ChildPool();
  ChildPool(const ChildPool&) = delete;
  ChildPool& operator=(const ChildPool&) = delete;

  // What `work` returns for this request; from any thread. UserError and PhysicsError come back as they were thrown;
  // a child that died (out of memory, killed) is a UserError that says how.
  std::string call(const std::string& request);

 private:
  struct Server {
    int socket;
    pid_t process;
    bool busy = false;
  };
  std::vector<Server> servers_;
  std::mutex mutex_;
  std::condition_variable freed_;
};

}  // namespace hypocaust::base
