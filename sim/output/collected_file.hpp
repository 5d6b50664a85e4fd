// Many block files as one: a table of all points, and every hourly variable as a virtual dataset over the blocks.
#pragma once
#include <string>
#include <vector>

#include "sim/output/run_file.hpp"

namespace hypocaust::output {

struct BlockColumns {  // which points stand in which file
  std::string file;    // relative to the folder of the collected file
  std::size_t first, count;
};
struct Collected {
  std::vector<Attribute> attributes;
  Table points;
  std::vector<Variable> hourly;  // each with a column for every point
  TimeAxis time;
  std::vector<BlockColumns> blocks;
};
// Written beside its final name and renamed when complete. Throws UserError.
void write_collected(const std::string& path, const Collected& collected);

}  // namespace hypocaust::output
