// A study simulated: whole blocks, points side by side, whatever is there already kept.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace hypocaust::study {

struct SweepOptions {
  std::string folder;
  int threads = 1;
  std::int64_t shard = 1, shards = 1;  // computes the blocks b with b mod shards = shard - 1
  bool retry_failed = false, quiet = false;
};

struct Tally {
  std::int64_t points = 0, done = 0, failed = 0, missing = 0;  // of the shard's blocks
  std::int64_t blocks = 0, blocks_complete = 0;
  std::int64_t computed = 0, closed = 0;         // in this process; closed: of them, run with compute and plant together
  std::int64_t running = 0;                      // blocks that some process is working on (status only)
  double wall_s = 0, points_per_s = 0;           // status: over the last minutes
  std::vector<std::string> troubles;             // blocks that were there and cannot be used
  std::map<std::int64_t, std::string> failures;  // why, of the first 20 points that failed
  std::string interrupted;                       // name of the signal; empty: it went to its end
};

// Before any thread, engine or open HDF5 file. Throws UserError: a folder of another study, a full disk.
Tally sweep(const Study& study, const SweepOptions& options);

// What is there and what is not, without computing.
Tally status(const Study& study, const SweepOptions& options);

}  // namespace hypocaust::study
