#include "sim/output/chunk.hpp"

#include <algorithm>
#include <cstdint>

#include "models/core/errors.hpp"

namespace hypocaust::output {
namespace {

constexpr int chunks_between_trials = 8;
constexpr std::size_t stored_block_bytes = 65535;  // the most a stored block holds (RFC 1951, 3.2.4)

void shuffle(const std::byte* in, std::size_t count, std::size_t size, std::byte* out) {
  for (std::size_t plane = 0; plane < size; ++plane) {
    std::byte* const to = out + plane * count;
    for (std::size_t k = 0; k < count; ++k) to[k] = in[k * size + plane];
  }
}

void put(std::vector<std::byte>& out, std::initializer_list<std::uint32_t> bytes) {
  for (const std::uint32_t byte : bytes) out.push_back(static_cast<std::byte>(byte & 0xffu));
}

// Not the last of the stream; begins and ends on a byte.
void put_stored(std::vector<std::byte>& out, const std::byte* in, std::size_t bytes) {
  for (std::size_t done = 0; done < bytes;) {
    const auto length = static_cast<std::uint32_t>(std::min(bytes - done, stored_block_bytes));
    put(out, {0, length, length >> 8, ~length, ~length >> 8});
    out.insert(out.end(), in + done, in + done + length);
    done += length;
  }
}

}  // namespace

void ChunkCompressor::find_noise(std::size_t count, std::size_t size, NoisePlanes& noise) {
  if (noise.trusted_chunks-- > 0) return;
  noise = {.count = 0, .trusted_chunks = chunks_between_trials - 1};
  trial_.resize(libdeflate_deflate_compress_bound(compressor_.get(), count));
  for (; noise.count + 1 < size; ++noise.count) {
    const std::size_t bytes = libdeflate_deflate_compress(compressor_.get(), shuffled_.data() + noise.count * count, count,
                                                          trial_.data(), trial_.size());
    if (bytes < count - count / 32) break;  // less than 3 % saved is noise
  }
}

void ChunkCompressor::compress(const std::byte* in, std::size_t count, std::size_t size, NoisePlanes& noise,
                               std::vector<std::byte>& out) {
  if (!compressor_) throw InternalError("no compressor for this level");
  shuffled_.resize(count * size);
  shuffle(in, count, size, shuffled_.data());
  find_noise(count, size, noise);
  const std::size_t stored = noise.count * count, rest = shuffled_.size() - stored;
  out.clear();
  put(out, {0x78, 0x01});  // deflate, 32 kB window, fastest (RFC 1950, 2.2)
  put_stored(out, shuffled_.data(), stored);
  const std::size_t before = out.size();
  out.resize(before + libdeflate_deflate_compress_bound(compressor_.get(), rest) + 4);
  const std::size_t bytes =
      libdeflate_deflate_compress(compressor_.get(), shuffled_.data() + stored, rest, out.data() + before, out.size() - before);
  if (bytes == 0) throw InternalError("a chunk outgrew its bound while compressed");
  out.resize(before + bytes);
  const std::uint32_t sum = libdeflate_adler32(1, shuffled_.data(), shuffled_.size());
  put(out, {sum >> 24, sum >> 16, sum >> 8, sum});
}

}  // namespace hypocaust::output
