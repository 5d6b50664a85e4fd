// Where a run writes, held against what it reads and what is there already.
#pragma once
#include <string>

#include "sim/config/config.hpp"
#include "sim/run/run.hpp"

namespace hypocaust::run {

struct Outputs {
  std::string file, log, channels_csv;  // run.h5; the log beside it; empty: no CSV
};

// Names the files of a run and makes the folder of the default one (that of a path given must exist). Throws UserError before
// anything is made where a name, or the partial file behind it, is a file the run reads, is there and not a regular file
// (a device, a pipe, a symbolic link: the new file would replace the link), or two names are one file.
Outputs checked_outputs(const config::Loaded& loaded, const RunOptions& options);

}  // namespace hypocaust::run
