// A set of whole numbers below a fixed size, in ascending order: words of 64 bits, and above them words that tell which words
// below are not empty. Every operation touches one word a level (three levels for 262,144); nothing is allocated.
#pragma once
#include <cstdint>
#include <vector>

namespace hypocaust::compute {

class RankSet {
 public:
  explicit RankSet(std::size_t size);
  void insert(std::int32_t rank);
  void erase(std::int32_t rank);
  bool contains(std::int32_t rank) const;
  std::int32_t first() const { return first_; }                                         // -1: the set is empty
  std::int32_t after(std::int32_t rank) const { return from(std::int64_t{rank} + 1); }  // the next larger one; -1: there is none

 private:
  std::int32_t from(std::int64_t rank) const;
  std::int32_t first_ = -1;
  std::vector<std::vector<std::uint64_t>> levels_;  // the first holds the numbers, the last is one word
};

}  // namespace hypocaust::compute
