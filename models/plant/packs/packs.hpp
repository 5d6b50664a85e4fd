// Laws on packs of like components: which types have them, and the loops the processor at hand can run.
#pragma once
#include <string_view>

namespace hypocaust_packs {

// The loops of one type for one instruction set. They take Batch<double> and Step<double> (models/plant/registry.hpp), told by
// address alone, since each copy of the laws has a namespace of its own; `packed` of the batch is what pack() fills.
struct Loops {
  const char* word;
  int width;  // components in a pack
  void (*pack)(const void* batch);
  void (*hydraulics)(const void* batch);
  void (*heat)(const void* batch, const void* step);
  void (*advance)(const void* batch, const void* step);
};
inline constexpr int types = 2;
extern const Loops avx2[types], avx512[types];  // widths 0 where the compiler has no such instructions

// Of the widest instruction set here, at most `widest` components; null: one by one.
const Loops* loops(std::string_view word, int widest = 8);

}  // namespace hypocaust_packs
