// The HDF5 C API with owners: every identifier is closed, every failure is a UserError with HDF5's own reason.
#pragma once
#include <hdf5.h>
#include <hdf5_hl.h>

#include <string>
#include <utility>

namespace hypocaust::output {

// The innermost description on HDF5's error stack ("write failed: ... No space left on device").
std::string hdf5_reason();
// Silences HDF5's own printing once.
void quiet_hdf5();
[[noreturn]] void fail_hdf5(const std::string& path, const std::string& doing);

class Hid {
 public:
  using Close = herr_t (*)(hid_t);
  Hid() = default;
  Hid(hid_t id, Close closer, const std::string& path, const std::string& doing) : id_(id), close_(closer) {
    if (id_ < 0) fail_hdf5(path, doing);
  }
  Hid(Hid&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hid& operator=(Hid&& other) noexcept {
    std::swap(id_, other.id_), std::swap(close_, other.close_);
    return *this;
  }
  ~Hid() {
    if (id_ >= 0) close_(id_);
  }
  operator hid_t() const { return id_; }
  herr_t close() { return id_ >= 0 ? close_(std::exchange(id_, -1)) : 0; }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

inline void check_hdf5(herr_t outcome, const std::string& path, const std::string& doing) {
  if (outcome < 0) fail_hdf5(path, doing);
}

}  // namespace hypocaust::output
