#include "models/plant/packs/packs.hpp"

namespace hypocaust_packs {

const Loops* loops(std::string_view word, int widest) {
#ifdef __x86_64__
  const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"),
             has_avx2 = __builtin_cpu_supports("avx2");
  for (int i = 0; i < types; ++i)
    if (avx512[i].width > 0 && avx512[i].width <= widest && has_avx512 && avx512[i].word == word) return &avx512[i];
  for (int i = 0; i < types; ++i)
    if (avx2[i].width > 0 && avx2[i].width <= widest && has_avx2 && avx2[i].word == word) return &avx2[i];
#endif
  (void)word, (void)widest;
  return nullptr;
}

}  // namespace hypocaust_packs
