#include "sim/output/collected_file.hpp"

#include <unistd.h>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/output/layout.hpp"
#include "sim/output/row_table.hpp"

namespace hypocaust::output {

void write_collected(const std::string& path, const Collected& collected) {
  base::require_writable_folder(path);
  const std::string partial = base::partial_name(path);
  try {
    Layout layout(partial, path);
    layout.create(Layout::Readers::virtual_datasets);
    for (const Attribute& attribute : collected.attributes) layout.write_attribute(layout.file(), attribute);
    const auto rows = static_cast<hsize_t>(collected.time.steps);
    if (!collected.hourly.empty()) layout.write_time(collected.time, rows);
    std::vector<VirtualColumns> sources;
    for (const BlockColumns& block : collected.blocks) sources.push_back({block.file, block.first, block.count});
    for (const Variable& variable : collected.hourly) layout.create_virtual(variable, rows, sources);
    layout.write_table(collected.points);
    write_row_table(layout, "points_table", "points of the study", collected.points);
    layout.close();
    base::publish(partial, path);
  } catch (const UserError&) {
    ::unlink(partial.c_str());
    throw;
  }
}

}  // namespace hypocaust::output
