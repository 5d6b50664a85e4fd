#include "sim/output/hdf5.hpp"

#include "models/core/errors.hpp"

namespace hypocaust::output {

std::string hdf5_reason() {
  std::string reason;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned n, const H5E_error2_t* error, void* text) -> herr_t {
        if (n == 0 && error->desc) *static_cast<std::string*>(text) = error->desc;
        return 0;
      },
      &reason);
  for (char& c : reason)
    if (c == '\n') c = ' ';
  return reason.empty() ? "no reason given" : reason;
}

void quiet_hdf5() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

void fail_hdf5(const std::string& path, const std::string& doing) {
  const std::string reason = hdf5_reason();
  const bool space = reason.find("No space left") != reason.npos || reason.find("File too large") != reason.npos ||
                     reason.find("quota") != reason.npos;
  throw UserError(path + ": error: cannot " + doing + " (" + reason + "); " +
                  (space ? "free space there, or name another place with -o" : "check the file and its folder"));
}

}  // namespace hypocaust::output
