// A stored run, read: attributes and tables by name. No HDF5 word leaves the .cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hypocaust::output {

class RunReader {
 public:
  // Throws UserError when the file is missing, no run file, or of a format this release does not read.
  explicit RunReader(const std::string& path);
  ~RunReader();
  RunReader(const RunReader&) = delete;
  RunReader& operator=(const RunReader&) = delete;

  const std::string& path() const { return path_; }
  bool has(const std::string& name) const;  // "energy/it"
  std::vector<std::string> datasets(
      const std::string& group) const;                   // names inside it, sorted; empty when there is no such group
  std::string attribute(const std::string& name) const;  // of the root, text; empty when absent
  // Throw UserError (the file lacks it, or it is of another kind): such a file was written by another release.
  double scalar(const std::string& name) const;
  std::vector<double> reals(const std::string& name) const;  // any number type
  std::vector<std::int64_t> integers(const std::string& name) const;
  std::vector<std::string> texts(const std::string& name) const;
  std::string units(const std::string& name) const;  // attribute `units` of a dataset
  // Start (POSIX seconds) and recorded time of the run.
  std::int64_t start_utc_s() const;

 private:
  struct Impl;
  std::string path_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hypocaust::output
