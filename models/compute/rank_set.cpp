#include "models/compute/rank_set.hpp"

#include <bit>

namespace hypocaust::compute {
namespace {
constexpr std::uint64_t bit(std::size_t place) { return std::uint64_t{1} << (place % 64); }
}  // namespace

RankSet::RankSet(std::size_t size) {
  do {
    size = (size + 63) / 64;
    levels_.emplace_back(size == 0 ? 1 : size, 0);
  } while (size > 1);
}

void RankSet::insert(std::int32_t rank) {
  if (first_ < 0 || rank < first_) first_ = rank;
  auto place = static_cast<std::size_t>(rank);
  for (std::vector<std::uint64_t>& level : levels_) {
    level[place / 64] |= bit(place);
    place /= 64;
  }
}

void RankSet::erase(std::int32_t rank) {
  auto place = static_cast<std::size_t>(rank);
  for (std::vector<std::uint64_t>& level : levels_) {
    level[place / 64] &= ~bit(place);
    if (level[place / 64] != 0) break;
    place /= 64;
  }
  if (rank == first_) first_ = after(rank);
}

bool RankSet::contains(std::int32_t rank) const {
  const auto place = static_cast<std::size_t>(rank);
  return (levels_[0][place / 64] & bit(place)) != 0;
}

// Up until a word holds something at or after the place, then down to its first number.
std::int32_t RankSet::from(std::int64_t rank) const {
  auto place = static_cast<std::size_t>(rank);
  for (std::size_t k = 0; k < levels_.size(); ++k) {
    if (place / 64 >= levels_[k].size()) return -1;
    const std::uint64_t word = levels_[k][place / 64] & (~std::uint64_t{0} << (place % 64));
    if (word == 0) {
      place = place / 64 + 1;
      continue;
    }
    place = place / 64 * 64 + static_cast<std::size_t>(std::countr_zero(word));
    while (k-- > 0) place = place * 64 + static_cast<std::size_t>(std::countr_zero(levels_[k][place]));
    return static_cast<std::int32_t>(place);
  }
  return -1;
}

}  // namespace hypocaust::compute
