// Trace, live run and cache give the same bits; a damaged, unwritable or overfull cache never harms a run.
#include <catch2/catch.hpp>

#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "machines.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;
namespace fs = std::filesystem;

namespace {

struct Folder {
  Folder() : path(fs::temp_directory_path() / ("hypocaust_cache_test_" + std::to_string(getpid()))) {
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  std::size_t files() const {
    std::size_t n = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(path)) ++n;
    return n;
  }
  fs::path path;
};

ComputeSpec site(double load_frac) {
  ComputeSpec spec = machine(10, 16);
  LublinFeitelsonWork work;
  work.hosts.name = "gpu", work.load_frac = load_frac;
  spec.work.entries.push_back({"training", work_of(work)});
  return spec;
}

bool same(const PowerTrace& a, const PowerTrace& b) {
  return a.steps == b.steps && a.rack_names == b.rack_names && a.racks.size() == b.racks.size() && a.notes == b.notes &&
         std::memcmp(a.racks.data(), b.racks.data(), a.racks.size() * sizeof(RackStep)) == 0 &&
         std::memcmp(&a.totals, &b.totals, sizeof a.totals) == 0;
}

}  // namespace

TEST_CASE("off, miss, hit and the live run give the same bits, totals included") {
  const Folder folder;
  const ComputeSpec spec = site(0.7);
  const ComputeInputs inputs{.spec = spec, .start_utc_s = 1735689600, .warm_up_steps = 1440, .steps = 30 * 1440, .seed = 3};
  const CacheOptions options{.folder = folder.path.string()};
  int polls = 0;
  const CachedTrace off = cached_trace(inputs, {.use = false}), miss = cached_trace(inputs, options, [&] { ++polls; }),
                    hit = cached_trace(inputs, options);
  CHECK(off.outcome == CacheOutcome::off);
  CHECK(miss.outcome == CacheOutcome::miss);
  CHECK(hit.outcome == CacheOutcome::hit);
  CHECK(polls == 30 * 24);
  CHECK(same(*off.trace, *miss.trace));
  CHECK(same(*off.trace, *hit.trace));
  CHECK(off.trace->totals.jobs_started > 10);
  const std::unique_ptr<ComputeSide> closed = live(inputs), open = replay(hit.trace);
  std::vector<RackStep> a(1), b(1);
  std::size_t different = 0;
  for (std::int64_t k = 0; k < inputs.steps; ++k) {
    closed->step(k, {}, a), open->step(k, {}, b);
    different += std::memcmp(a.data(), b.data(), sizeof(RackStep)) != 0 ? 1 : 0;
  }
  CHECK(different == 0);
  const ComputeTotals x = closed->totals(), y = open->totals();
  CHECK(std::memcmp(&x, &y, sizeof x) == 0);
}

TEST_CASE("the key follows every input that matters") {
  const ComputeSpec spec = site(0.7), other = site(0.71);
  const ComputeInputs base{.spec = spec, .steps = 1440};
  ComputeInputs seeded = base;
  seeded.seed = 2;
  ComputeInputs longer = base;
  longer.steps = 1441;
  CHECK(cache_key(base) == cache_key({.spec = spec, .steps = 1440}));
  CHECK(cache_key(base) != cache_key({.spec = other, .steps = 1440}));
  CHECK(cache_key(base) != cache_key(seeded));
  CHECK(cache_key(base) != cache_key(longer));
}

TEST_CASE("a damaged entry is computed again with a warning, the overfull cache is pruned to its newest entries") {
  const Folder folder;
  const ComputeSpec spec = site(0.7);
  const ComputeInputs inputs{.spec = spec, .steps = 1440};
  const CacheOptions options{.folder = folder.path.string()};
  const CachedTrace first = cached_trace(inputs, options);
  REQUIRE(folder.files() == 1);
  const fs::path entry = fs::directory_iterator(folder.path)->path();
  const auto size = fs::file_size(entry);
  SECTION("one byte changed") {
    std::fstream file(entry, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size / 2));
    file.put('\x7f').put('\x01');
  }
  SECTION("cut") { fs::resize_file(entry, size - 100); }
  SECTION("empty") { fs::resize_file(entry, 0); }
  const CachedTrace again = cached_trace(inputs, options);
  CHECK(again.outcome == CacheOutcome::miss);
  CHECK(again.warnings.size() == 1);
  CHECK(same(*first.trace, *again.trace));
  CHECK(cached_trace(inputs, options).outcome == CacheOutcome::hit);
  ComputeInputs seeded = inputs;
  seeded.seed = 9;
  cached_trace(seeded, {.folder = folder.path.string(), .most_bytes = static_cast<std::int64_t>(size) + 1000});
  CHECK(folder.files() == 1);
  CHECK(cached_trace(seeded, options).outcome == CacheOutcome::hit);
}

TEST_CASE("a cache that cannot be written warns and the run goes on") {
  const Folder folder;
  std::ofstream(folder.path / "file") << "x";
  const ComputeSpec spec = site(0.7);
  const CachedTrace trace = cached_trace({.spec = spec, .steps = 600}, {.folder = (folder.path / "file" / "below").string()});
  CHECK(trace.outcome == CacheOutcome::miss);
  REQUIRE(trace.warnings.size() == 1);
  CHECK(trace.warnings[0].find("the run goes on") != std::string::npos);
  CHECK(trace.trace->steps == 600);
}
