// The netCDF-4 shape of run.h5: dimension scales, coordinates, units and long names (docs/formats/run_h5.md).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "sim/output/disk_driver.hpp"
#include "sim/output/hdf5.hpp"
#include "sim/output/run_file.hpp"

namespace hypocaust::output {

inline constexpr hsize_t chunk_steps = 10080;  // a week of minutes

// Dots separate names in YAML and globs; netCDF names have none.
std::string stored_name(std::string name);

struct VirtualColumns {  // consecutive columns that are those of the dataset of the same name in another file
  std::string file;      // relative to the folder of this one
  hsize_t first, count;
};

class Layout {
 public:
  Layout(std::string path, std::string shown_path) : path_(std::move(path)), shown_(std::move(shown_path)) {}

  enum class Readers { all, virtual_datasets };  // the latter: HDF5 1.10 and newer
  void create(Readers readers = Readers::all);   // the file
  void write_time(const TimeAxis& time, hsize_t rows);
  Hid create_variable(const Variable& variable, hsize_t rows, int compression);
  // As a variable, its columns standing in other files: those of a file that is not there read as NaN.
  void create_virtual(const Variable& variable, hsize_t rows, const std::vector<VirtualColumns>& sources);
  void write_table(const Table& table);
  void write_attribute(hid_t at, const Attribute& attribute);
  void close();             // flush and close everything
  void check_disk() const;  // throws UserError when a write has failed so far
  hid_t file() const { return file_; }
  const std::string& shown() const { return shown_; }  // the path that messages name

 private:
  hid_t group(const std::string& name);  // made at first use, with /time linked in
  hid_t group_with_time(const std::string& name);
  void finish_variable(hid_t made, const Variable& variable);
  Hid coordinate(const std::string& group, const std::string& dimension, const std::vector<std::string>& values);
  Hid make_dataset(hid_t where, const std::string& name, hid_t type, hid_t space, hid_t properties);
  void write_text_attribute(hid_t at, const std::string& name, const std::string& value);
  void describe(hid_t dataset, const std::string& unit, const std::string& long_name, const std::string& cell_methods);

  std::string path_, shown_;
  DiskTrouble trouble_;  // before file_: outlives it
  Hid file_, time_;
  std::map<std::string, Hid> groups_;
  std::map<std::string, std::vector<std::string>> coordinates_;  // "group/dimension" -> values
};

}  // namespace hypocaust::output
