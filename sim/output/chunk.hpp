// One chunk of one column: bytes shuffled (all first bytes, all second bytes ...) and compressed, so that HDF5's own shuffle and
// deflate filters read it.
#pragma once
#include <libdeflate.h>

#include <cstddef>
#include <memory>
#include <vector>

namespace hypocaust::output {

// What a column's earlier chunks taught. The low bytes of a physical quantity are noise that no compressor shrinks but on which
// it spends most of its time: such planes are stored as they are (deflate's stored blocks), and tried again now and then.
struct NoisePlanes {
  std::size_t count = 0;   // leading planes that are noise
  int trusted_chunks = 0;  // chunks until the next trial
};

class ChunkCompressor {
 public:
  explicit ChunkCompressor(int level) : compressor_(libdeflate_alloc_compressor(level), &libdeflate_free_compressor) {}

  // in: `count` elements of `size` bytes. out: a zlib stream (RFC 1950). The bytes depend on `in`, the level and `noise` alone.
  void compress(const std::byte* in, std::size_t count, std::size_t size, NoisePlanes& noise, std::vector<std::byte>& out);

 private:
  void find_noise(std::size_t count, std::size_t size, NoisePlanes& noise);

  std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor_;
  std::vector<std::byte> shuffled_, trial_;
};

}  // namespace hypocaust::output
