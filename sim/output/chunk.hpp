// One chunk of one column: bytes shuffled (all first bytes, all second bytes ...) and compressed as HDF5's own shuffle and
// deflate filters would, by libdeflate, so that any reader opens it.
#pragma once
#include <libdeflate.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace hypocaust::output {

class ChunkCompressor {
 public:
  explicit ChunkCompressor(int level) : compressor_(libdeflate_alloc_compressor(level), &libdeflate_free_compressor) {}

  // in: `count` elements of `size` bytes. out: the zlib stream.
  void compress(const std::byte* in, std::size_t count, std::size_t size, std::vector<std::byte>& out);

 private:
  std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor_;
  std::vector<std::byte> shuffled_;
};

}  // namespace hypocaust::output
