// Tables of our own files read back: attributes and whole columns by their path. Names are as they were declared, with dots.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace hypocaust::output {

// Every call throws UserError: no such file, not HDF5, cut short, no such column.
class StoredFile {
 public:
  explicit StoredFile(const std::string& path);
  ~StoredFile();
  StoredFile(const StoredFile&) = delete;
  StoredFile& operator=(const StoredFile&) = delete;
  std::string text(const std::string& attribute) const;
  std::vector<std::int64_t> integers(const std::string& column) const;  // "points/id"
  std::vector<double> reals(const std::string& column) const;           // "points/energy.it"; tables row by row
  std::vector<std::string> texts(const std::string& column) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hypocaust::output
