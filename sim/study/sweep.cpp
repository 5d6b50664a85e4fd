#include "sim/study/sweep.hpp"

#include <fmt/format.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <optional>

#include "models/core/errors.hpp"
#include "sim/base/child_pool.hpp"
#include "sim/base/progress.hpp"
#include "sim/base/resources.hpp"
#include "sim/base/signals.hpp"
#include "sim/run/year.hpp"
#include "sim/study/block.hpp"
#include "sim/study/folder.hpp"
#include "sim/study/traces.hpp"

namespace hypocaust::study {
namespace {

constexpr std::size_t most_failures = 20;

void count(const StoredBlock& stored, Tally& tally) {
  ++tally.blocks_complete;
  for (std::size_t p = 0; p < stored.id.size(); ++p) {
    const bool failed = stored.status[p] != static_cast<std::int64_t>(Status::done);
    ++(failed ? tally.failed : tally.done);
    if (failed) tally.failures.emplace(stored.id[p], stored.message[p]);
    if (tally.failures.size() > most_failures) tally.failures.erase(std::prev(tally.failures.end()));
  }
}

bool has_failed(const StoredBlock& stored) {
  return std::any_of(stored.status.begin(), stored.status.end(),
                     [](std::int64_t s) { return s != static_cast<int>(Status::done); });
}

double age_s(const std::filesystem::path& path) {
  std::error_code none;
  const auto written = std::filesystem::last_write_time(path, none);
  return none ? 1e30 : std::chrono::duration<double>(std::filesystem::file_time_type::clock::now() - written).count();
}

// Points of the blocks finished within the last minutes, over that time.
double recent_points_per_s(const Study& study, const std::string& folder) {
  constexpr double window_s = 600;
  std::int64_t points = 0;
  for (std::int64_t block = 0; block < study.blocks(); ++block)
    if (age_s(block_path(folder, block)) < window_s) points += block_range(study, block).size();
  const double since_s = std::min(window_s, age_s(std::filesystem::path(folder) / "study.txt"));
  return since_s > 0 ? static_cast<double>(points) / since_s : 0.0;
}

// The blocks of one shard that are still to be computed, worked on by many threads.
class Work {
 public:
  Work(const Study& study, const SweepOptions& options, base::ChildPool& children, Tally& tally)
      : study_(study), options_(options), children_(children), traces_(children, options.threads), tally_(tally) {
    for (std::int64_t block = options.shard - 1; block < study.blocks(); block += options.shards) {
      ++tally.blocks, tally.points += block_range(study, block).size();
      const StoredBlock stored = read_block(study, options.folder, block, {});
      if (stored.state == StoredBlock::State::unusable) tally.troubles.push_back(stored.trouble + "; computed again");
      const bool complete = stored.state == StoredBlock::State::complete;
      if (complete && !(options.retry_failed && has_failed(stored))) {
        count(stored, tally);
        remove_journals(options.folder, block);  // of a process killed over a block that another had finished
      } else {
        blocks_.push_back(block), kept_.push_back(complete);
      }
    }
    for (const std::int64_t block : blocks_) to_do_ += block_range(study, block).size();
  }

  void run() {
    base::Progress progress(study_.name, to_do_, options_.quiet);
    progress_ = &progress;
    const auto workers = static_cast<std::size_t>(std::max(1, options_.threads));
    const auto one = [&](std::size_t) {
      try {
        while (std::optional<Job> job = next()) finish(*job, simulate(job->id));
      } catch (...) {
        stopped_ = true;  // the others finish their points
        throw;
      }
    };
    if (workers == 1) return one(0);
    tbb::task_arena arena(static_cast<int>(workers));
    arena.execute([&] { tbb::parallel_for(std::size_t{0}, workers, one, tbb::simple_partitioner{}); });
  }

 private:
  struct OpenBlock {
    std::int64_t block;
    std::vector<PointResult> results;
    std::vector<std::int64_t> to_do;  // taken from the end
    std::int64_t size;
    std::unique_ptr<Journal> journal;
  };
  struct Job {
    std::shared_ptr<OpenBlock> block;
    std::int64_t id;
  };

  // Null: another process has finished it meanwhile.
  std::shared_ptr<OpenBlock> open(std::size_t k) {
    const BlockRange range = block_range(study_, blocks_[k]);
    if (!kept_[k]) {
      const std::lock_guard hdf5(hdf5_);
      const StoredBlock stored = read_block(study_, options_.folder, blocks_[k], {});
      if (stored.state == StoredBlock::State::complete) {
        finished_ += range.size();
        count(stored, tally_);
        return nullptr;
      }
    }
    auto block = std::make_shared<OpenBlock>(OpenBlock{.block = blocks_[k], .size = range.size()});
    block->results = read_journals(study_, options_.folder, block->block);
    if (kept_[k]) {
      const std::lock_guard hdf5(hdf5_);
      for (PointResult& result : read_results(study_, options_.folder, block->block)) block->results.push_back(std::move(result));
    }
    if (options_.retry_failed) std::erase_if(block->results, [](const PointResult& r) { return r.status != Status::done; });
    std::vector<bool> there(static_cast<std::size_t>(range.size()), false);
    std::erase_if(block->results, [&](const PointResult& r) {  // a point may stand in a journal and in the block
      const auto place = static_cast<std::size_t>(r.id - range.first);
      const bool twice = there[place];
      there[place] = true;
      return twice;
    });
    for (std::int64_t id = range.end; id-- > range.first;)
      if (!there[static_cast<std::size_t>(id - range.first)]) block->to_do.push_back(id);
    finished_ += range.size() - static_cast<std::int64_t>(block->to_do.size());
    return block;
  }

  // The next point to compute; none when all are taken or a signal came.
  std::optional<Job> next() {
    const std::lock_guard lock(mutex_);
    while (!base::interrupted() && !stopped_) {
      if (current_ && !current_->to_do.empty()) {
        if (!current_->journal) current_->journal = std::make_unique<Journal>(options_.folder, current_->block);
        const std::int64_t id = current_->to_do.back();
        current_->to_do.pop_back();
        return Job{current_, id};
      }
      if (next_block_ == blocks_.size()) return {};
      current_ = open(next_block_++);
      if (current_ && current_->to_do.empty()) store(*current_);  // killed between its last point and its file
    }
    return {};
  }

  PointResult simulate(std::int64_t id) {
    const Point point = study_.point(id);
    try {
      return simulate_open(study_, point,
                           [this](const compute::ComputeInputs& inputs, const Point& at) { return traces_.find(inputs, at); });
    } catch (const run::TraceVoid&) {  // the plant throttles compute: both together, in a process of their own
    }
    PointResult result;
    try {
      if (!from_bytes(children_.call(fmt::format("closed {}", id)), result))
        throw InternalError("a result was damaged on its way");
    } catch (const UserError& error) {
      result = {.id = id, .status = Status::failed, .hash = point.hash, .message = error.what()};
      result.figures.assign(study_.figures.size(), not_given);
    }
    const std::lock_guard lock(mutex_);
    ++tally_.closed;
    return result;
  }

  void finish(const Job& job, PointResult result) {
    std::unique_lock lock(mutex_);
    job.block->journal->append(result);
    job.block->results.push_back(std::move(result));
    ++tally_.computed;
    progress_->at(++finished_);
    const bool complete = static_cast<std::int64_t>(job.block->results.size()) == job.block->size;
    lock.unlock();
    if (complete) store(*job.block);
  }

  void store(OpenBlock& block) {
    std::sort(block.results.begin(), block.results.end(), [](const PointResult& a, const PointResult& b) { return a.id < b.id; });
    const std::lock_guard hdf5(hdf5_);
    write_block(study_, options_.folder, block.block, block.results);
    block.journal.reset();
    remove_journals(options_.folder, block.block);
    block.results.clear();
    count(read_block(study_, options_.folder, block.block, {}), tally_);
  }

  const Study& study_;
  const SweepOptions& options_;
  base::ChildPool& children_;
  Traces traces_;
  Tally& tally_;
  base::Progress* progress_ = nullptr;
  std::vector<std::int64_t> blocks_;
  std::vector<bool> kept_;  // a block that is complete but for failed points
  std::size_t next_block_ = 0;
  std::shared_ptr<OpenBlock> current_;
  std::int64_t to_do_ = 0, finished_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_, hdf5_;  // hdf5_: one thread at a time calls the library
};

}  // namespace

Tally sweep(const Study& study, const SweepOptions& options) {
  const double wall_s = base::wall_seconds();
  open_folder(study, options.folder);
  base::ChildPool children(std::max(1, options.threads), child_work(study, options.folder));
  Tally tally;
  Work(study, options, children, tally).run();
  if (const char* name = base::interrupted()) tally.interrupted = name;
  tally.missing = tally.points - tally.done - tally.failed;
  tally.wall_s = base::wall_seconds() - wall_s;
  if (tally.computed > 0) tally.points_per_s = static_cast<double>(tally.computed) / tally.wall_s;
  return tally;
}

Tally status(const Study& study, const SweepOptions& options) {
  constexpr double lively_s = 300;  // a journal that has not grown for longer belongs to nobody
  Tally tally;
  open_folder(study, options.folder);
  for (std::int64_t block = options.shard - 1; block < study.blocks(); block += options.shards) {
    ++tally.blocks, tally.points += block_range(study, block).size();
    const StoredBlock stored = read_block(study, options.folder, block, {});
    if (stored.state == StoredBlock::State::unusable) tally.troubles.push_back(stored.trouble);
    if (stored.state == StoredBlock::State::complete) {
      count(stored, tally);
      continue;
    }
    for (const PointResult& result : read_journals(study, options.folder, block))
      ++(result.status == Status::done ? tally.done : tally.failed);
    const double age_s = journal_age_s(options.folder, block);
    if (age_s >= 0 && age_s < lively_s) ++tally.running;
  }
  tally.missing = tally.points - tally.done - tally.failed;
  tally.points_per_s = recent_points_per_s(study, options.folder);
  return tally;
}

}  // namespace hypocaust::study
