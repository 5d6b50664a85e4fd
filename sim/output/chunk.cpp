#include "sim/output/chunk.hpp"

#include "models/core/errors.hpp"

namespace hypocaust::output {

void ChunkCompressor::compress(const std::byte* in, std::size_t count, std::size_t size, std::vector<std::byte>& out) {
  if (!compressor_) throw InternalError("no compressor for this level");
  shuffled_.resize(count * size);
  for (std::size_t plane = 0; plane < size; ++plane) {
    std::byte* const to = shuffled_.data() + plane * count;
    for (std::size_t k = 0; k < count; ++k) to[k] = in[k * size + plane];
  }
  out.resize(libdeflate_zlib_compress_bound(compressor_.get(), shuffled_.size()));
  const std::size_t bytes = libdeflate_zlib_compress(compressor_.get(), shuffled_.data(), shuffled_.size(), out.data(), out.size());
  if (bytes == 0) throw InternalError("a chunk outgrew its bound while compressed");
  out.resize(bytes);
}

}  // namespace hypocaust::output
