// The doors of the compute side: live (closed loop), run to a trace and replayed (open loop), or a trace from the cache.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/compute/compute_side.hpp"
#include "sim/compute/job_record.hpp"
#include "sim/compute/work.hpp"

namespace hypocaust::compute {

// Joules and peak watts of every rack and step, and the totals that belong to them.
struct PowerTrace {
  std::vector<std::string> rack_names;  // sorted
  std::int64_t steps = 0;
  std::vector<RackStep> racks;  // steps x racks, row by row
  ComputeTotals totals;
  std::vector<std::string> notes;  // jobs left out, a log that ends early: what the user should know
};

// Runs the SimGrid engine, advanced by the caller step by step. notes: as PowerTrace::notes, appended when not null.
// records: of every job in the order of its end, appended when not null.
std::unique_ptr<ComputeSide> live(const ComputeInputs& inputs, std::vector<std::string>* notes = nullptr,
                                  std::vector<JobRecord>* records = nullptr);

// Runs the engine once over warm-up and duration, without feedback. poll (may be empty) is called every simulated hour.
PowerTrace run_to_trace(const ComputeInputs& inputs, const std::function<void()>& poll = {});

// A site without hosts: no engine, no heat, and feedback that nobody hears.
std::unique_ptr<ComputeSide> no_hosts();

// Plays a trace; a step with feedback other than neutral is an InternalError: the caller must run closed instead.
std::unique_ptr<ComputeSide> replay(std::shared_ptr<const PowerTrace> trace);

struct CacheOptions {
  std::string folder;  // empty: HYPOCAUST_CACHE, else $XDG_CACHE_HOME/hypocaust, else ~/.cache/hypocaust
  bool use = true;
  std::int64_t most_bytes = std::int64_t{4} << 30;  // oldest entries are removed beyond this
};
enum class CacheOutcome { off, miss, hit };
struct CachedTrace {
  std::shared_ptr<const PowerTrace> trace;
  CacheOutcome outcome = CacheOutcome::off;
  std::vector<std::string> warnings;  // unwritable or full cache, damaged entry
};
// The trace of these inputs, read from the cache or made and stored. Every outcome gives the same bits. Throws UserError for
// inputs that cannot be read; never for the cache itself.
CachedTrace cached_trace(const ComputeInputs& inputs, const CacheOptions& options, const std::function<void()>& poll = {});

// Everything the trace depends on, as text: the key of the cache.
std::string cache_key(const ComputeInputs& inputs);
// "hit", "miss", "off"
std::string_view name_of(CacheOutcome outcome);

}  // namespace hypocaust::compute
