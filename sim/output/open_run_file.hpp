// Opens a run file for reading and checks that it is one of a format this release reads. Throws UserError.
#pragma once
#include "sim/output/hdf5.hpp"

namespace hypocaust::output {

Hid open_run_file(const std::string& path);

}  // namespace hypocaust::output
