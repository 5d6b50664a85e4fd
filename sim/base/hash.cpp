#include "sim/base/hash.hpp"

#define XXH_INLINE_ALL
#include <fmt/format.h>
#include <xxhash.h>

#include <fstream>
#include <iterator>

#include "models/core/errors.hpp"

namespace hypocaust::base {

std::string hash_of(std::string_view contents) {
  const XXH128_hash_t hash = XXH3_128bits(contents.data(), contents.size());
  return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

std::string hash_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw UserError(path + ": error: cannot read it; check its name and permissions");
  const std::string contents{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return hash_of(contents);
}

}  // namespace hypocaust::base
