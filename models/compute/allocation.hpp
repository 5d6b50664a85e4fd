// Which cores of which hosts a job gets. A job goes to the first host that can hold it whole; if none can, it is spread over
// the hosts in order. So a job fits exactly when the group has as many free cores, as in the processor-count model of
// batch scheduling (Feitelson and Weil 1998), and no core is ever lost to fragmentation.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace hypocaust::compute {

struct Piece {
  std::int32_t host, cores;
};

class HostPool {
 public:
  struct Size {
    std::int32_t hosts, cores;
  };
  explicit HostPool(const Size& size);
  std::int64_t free_cores() const { return free_; }
  std::int64_t all_cores() const { return all_; }
  std::int32_t busy_on(std::int32_t host) const { return size_.cores - free_on_[static_cast<std::size_t>(host)]; }
  // Appends the pieces to `pieces`; EXPECTs cores <= free_cores().
  void take(std::int32_t cores, std::vector<Piece>& pieces);
  void give(const Piece& piece);

 private:
  std::size_t first_with(std::int32_t cores) const;
  void set(std::size_t host, std::int32_t free);
  Size size_;
  std::vector<std::int32_t> free_on_;
  std::vector<std::int32_t> block_max_;  // largest free count in blocks of 16 hosts: the scan skips full blocks
  std::int64_t free_, all_;
};

}  // namespace hypocaust::compute
