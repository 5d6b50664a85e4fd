#include "models/compute/allocation.hpp"

#include <algorithm>

#include "models/core/contracts.hpp"

namespace hypocaust::compute {
namespace {
constexpr std::size_t block = 16;
}

HostPool::HostPool(const Size& size)
    : size_(size),
      free_on_(static_cast<std::size_t>(size.hosts), size.cores),
      block_max_((static_cast<std::size_t>(size.hosts) + block - 1) / block, size.cores),
      free_(static_cast<std::int64_t>(size.hosts) * size.cores),
      all_(free_) {
  EXPECT(size.hosts > 0 && size.cores > 0);
}

std::size_t HostPool::first_with(std::int32_t cores) const {
  for (std::size_t b = 0; b < block_max_.size(); ++b) {
    if (block_max_[b] < cores) continue;
    std::size_t host = b * block;
    while (free_on_[host] < cores) ++host;
    return host;
  }
  return free_on_.size();
}

void HostPool::set(std::size_t host, std::int32_t free) {
  free_on_[host] = free;
  const std::size_t first = host / block * block, last = std::min(first + block, free_on_.size());
  std::int32_t most = 0;
  for (std::size_t h = first; h < last; ++h) most = std::max(most, free_on_[h]);
  block_max_[host / block] = most;
}

void HostPool::take(std::int32_t cores, std::vector<Piece>& pieces) {
  EXPECT(cores > 0 && cores <= free_);
  free_ -= cores;
  if (const std::size_t host = first_with(cores); host < free_on_.size()) {
    pieces.push_back({static_cast<std::int32_t>(host), cores});
    set(host, free_on_[host] - cores);
    return;
  }
  while (cores > 0) {
    const std::size_t host = first_with(1);
    const std::int32_t taken = std::min(cores, free_on_[host]);
    pieces.push_back({static_cast<std::int32_t>(host), taken});
    set(host, free_on_[host] - taken);
    cores -= taken;
  }
}

void HostPool::give(const Piece& piece) {
  const auto host = static_cast<std::size_t>(piece.host);
  set(host, free_on_[host] + piece.cores);
  free_ += piece.cores;
  ENSURE(free_on_[host] <= size_.cores && free_ <= all_);
}

}  // namespace hypocaust::compute
