#include "sim/output/chunk.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>

using namespace hypocaust::output;

namespace {

// zlib stream -> elements, by libdeflate's checked inflate and a plain unshuffle.
std::vector<std::byte> unpacked(const std::vector<std::byte>& packed, std::size_t count, std::size_t size) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> inflate(libdeflate_alloc_decompressor(),
                                                                                             &libdeflate_free_decompressor);
  std::vector<std::byte> shuffled(count * size), out(count * size);
  std::size_t got = 0;
  REQUIRE(libdeflate_zlib_decompress(inflate.get(), packed.data(), packed.size(), shuffled.data(), shuffled.size(), &got) ==
          LIBDEFLATE_SUCCESS);
  REQUIRE(got == shuffled.size());
  for (std::size_t plane = 0; plane < size; ++plane)
    for (std::size_t k = 0; k < count; ++k) out[k * size + plane] = shuffled[plane * count + k];
  return out;
}

std::uint64_t next(std::uint64_t& state) { return state = state * 6364136223846793005u + 1442695040888963407u; }

std::vector<std::byte> elements(std::size_t count, std::size_t size, std::size_t noisy_bytes, std::uint64_t& state) {
  std::vector<std::byte> out(count * size, std::byte{7});
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t b = 0; b < noisy_bytes; ++b) out[k * size + b] = static_cast<std::byte>(next(state) >> 56);
  return out;
}

}  // namespace

TEST_CASE("noise is stored, the rest compressed, and every byte comes back while the noise comes and goes") {
  const std::size_t size = GENERATE(std::size_t{4}, std::size_t{8}),
                    count = GENERATE(std::size_t{1}, std::size_t{10080}, std::size_t{70000});
  ChunkCompressor compressor(1);
  NoisePlanes noise;
  std::vector<std::byte> packed;
  std::uint64_t state = 3;
  for (int chunk = 0; chunk < 30; ++chunk) {
    const std::size_t noisy = static_cast<std::size_t>(chunk / 5) % (size + 1);
    const auto given = elements(count, size, noisy, state);
    compressor.compress(given.data(), count, size, noise, packed);
    REQUIRE(unpacked(packed, count, size) == given);
    CHECK(packed.size() < given.size() + given.size() / 1000 + 64);
  }
}

TEST_CASE("low bytes that are noise do not hide what can be compressed") {
  ChunkCompressor compressor(1);
  NoisePlanes noise;
  std::vector<std::byte> packed;
  std::uint64_t state = 3;
  const auto given = elements(10080, 4, 2, state);
  compressor.compress(given.data(), 10080, 4, noise, packed);
  CHECK(noise.count == 2);
  CHECK(packed.size() < 2 * 10080 + 200);  // two planes as they are, two of one value
  const auto calm = elements(10080, 4, 0, state);
  for (int chunk = 0; chunk < 8; ++chunk) compressor.compress(calm.data(), 10080, 4, noise, packed);
  CHECK(noise.count == 0);  // tried again
  CHECK(packed.size() < 200);
}
