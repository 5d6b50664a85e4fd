// Blocks: the points of one file. A block file is complete or not there; until it is, each finished point stands in a journal.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/study/point.hpp"

namespace hypocaust::study {

struct BlockRange {  // ids [first, end)
  std::int64_t first, end;
  std::int64_t size() const { return end - first; }
};
BlockRange block_range(const Study& study, std::int64_t block);
std::string block_path(const std::string& folder, std::int64_t block);  // <folder>/blocks/block_000012.h5

// "plant.tank.temperature.tank": one column of a channel.
std::string column_name(const output::Variable& variable, std::size_t column);

// A file of finished points, appended to by one process; what a kill leaves at its end is ignored by readers.
class Journal {
 public:
  Journal(const std::string& folder, std::int64_t block);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  void append(const PointResult& result);  // Throws UserError: a full disk

 private:
  std::string path_;
  int file_ = -1;
};
// Results of a block's journals, whoever wrote them, that belong to the study's points; in order of id, each once.
std::vector<PointResult> read_journals(const Study& study, const std::string& folder, std::int64_t block);
void remove_journals(const std::string& folder, std::int64_t block);
// Seconds since a journal of this block grew; negative: there is none.
double journal_age_s(const std::string& folder, std::int64_t block);

// Writes the block file: `results` in order of id, all of the block. Its bytes depend on the study and the results alone.
void write_block(const Study& study, const std::string& folder, std::int64_t block, const std::vector<PointResult>& results);

struct StoredBlock {
  enum class State { absent, complete, unusable };
  State state = State::absent;
  std::string trouble;  // unusable: why
  std::vector<std::int64_t> id, status;
  std::vector<std::string> hash, message;
  std::vector<std::vector<double>> figures;  // by figure, then by point
};
struct ReadOptions {
  bool figures = false;
};
StoredBlock read_block(const Study& study, const std::string& folder, std::int64_t block, const ReadOptions& options);
// The whole results again, to compute some of them afresh.
std::vector<PointResult> read_results(const Study& study, const std::string& folder, std::int64_t block);

}  // namespace hypocaust::study
