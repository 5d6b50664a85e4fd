#include "sim/output/run_reader.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>

#include "models/core/errors.hpp"
#include "sim/output/format.hpp"
#include "sim/output/open_run_file.hpp"

namespace hypocaust::output {

namespace {

// What can be told of a path before HDF5 is asked.
void require_hdf5_file(const std::string& path) {
  std::error_code failed;
  const std::string wanted = "give a file that `hypocaust run` wrote";
  if (std::filesystem::is_directory(path, failed)) {
    const std::filesystem::path inside = std::filesystem::path(path) / "run.h5";
    throw UserError(path + ": error: is a folder; " +
                    (std::filesystem::exists(inside, failed) ? "did you mean `" + inside.string() + "`?" : wanted));
  }
  if (!std::filesystem::exists(path, failed)) throw UserError(path + ": error: there is no such file; " + wanted);
  if (::access(path.c_str(), R_OK) == 0 && H5Fis_hdf5(path.c_str()) == 0)
    throw UserError(path + ": error: is no HDF5 file (or was cut short at its beginning); " + wanted);
}

}  // namespace

Hid open_run_file(const std::string& path) {
  quiet_hdf5();
  require_hdf5_file(path);
  Hid file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, path, "open it as HDF5");
  if (H5Aexists(file, "filetype") <= 0 || H5Aexists(file, "format_version") <= 0)
    throw UserError(path +
                    ": error: is HDF5, but no hypocaust run file (it has no `filetype`); give a file that `hypocaust run` wrote");
  const Hid attribute(H5Aopen(file, "format_version", H5P_DEFAULT), H5Aclose, path, "read its format");
  std::int64_t format[2] = {0, 0};
  check_hdf5(H5Aread(attribute, H5T_NATIVE_INT64, format), path, "read its format");
  if (format[0] != format_version[0] || format[1] > format_version[1])
    throw UserError(path + ": error: has format " + std::to_string(format[0]) + "." + std::to_string(format[1]) +
                    ", this release reads up to " + std::to_string(format_version[0]) + "." + std::to_string(format_version[1]) +
                    "; use the release named in its `source` attribute");
  return file;
}

struct RunReader::Impl {
  Hid file;
};

namespace {

Hid open_dataset(hid_t file, const RunReader& reader, const std::string& name) {
  if (!reader.has(name))
    throw UserError(reader.path() + ": error: holds no `" + name + "` (an older release wrote it?); run the scenario again");
  return Hid(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, reader.path(), "open `" + name + "`");
}

std::string text_attribute(hid_t at, const std::string& name, const std::string& path) {
  if (H5Aexists(at, name.c_str()) <= 0) return {};
  const Hid attribute(H5Aopen(at, name.c_str(), H5P_DEFAULT), H5Aclose, path, "read attribute `" + name + "`");
  const Hid type(H5Aget_type(attribute), H5Tclose, path, "read an attribute's type");
  if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) > 0) return {};
  std::string text(H5Tget_size(type), '\0');
  check_hdf5(H5Aread(attribute, type, text.data()), path, "read attribute `" + name + "`");
  return text.substr(0, text.find('\0'));
}

// What it holds, as T; a dataset of the other kind (text, number) is refused.
template <class T> std::vector<T> numbers(const Hid& dataset, hid_t native, const RunReader& reader, const std::string& name) {
  const Hid type(H5Dget_type(dataset), H5Tclose, reader.path(), "read a type");
  const Hid space(H5Dget_space(dataset), H5Sclose, reader.path(), "read a shape");
  if (H5Tget_class(type) == H5T_STRING)
    throw UserError(reader.path() + ": error: `" + name + "` is text where numbers are expected; run the scenario again");
  std::vector<T> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
  if (!values.empty())
    check_hdf5(H5Dread(dataset, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), reader.path(), "read `" + name + "`");
  return values;
}

}  // namespace

RunReader::RunReader(const std::string& path) : path_(path), impl_(std::make_unique<Impl>()) {
  impl_->file = open_run_file(path);
}
RunReader::~RunReader() = default;

bool RunReader::has(const std::string& name) const {
  for (std::size_t slash = name.find('/'); slash != name.npos; slash = name.find('/', slash + 1))
    if (H5Lexists(impl_->file, name.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return false;
  return H5Lexists(impl_->file, name.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> RunReader::datasets(const std::string& group) const {
  std::vector<std::string> names;
  if (!has(group)) return names;
  const Hid opened(H5Gopen2(impl_->file, group.c_str(), H5P_DEFAULT), H5Gclose, path_, "open `" + group + "`");
  H5Literate(
      opened, H5_INDEX_NAME, H5_ITER_INC, nullptr,
      [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
        static_cast<std::vector<std::string>*>(list)->push_back(name);
        return 0;
      },
      &names);
  std::sort(names.begin(), names.end());
  return names;
}

std::string RunReader::attribute(const std::string& name) const { return text_attribute(impl_->file, name, path_); }

double RunReader::scalar(const std::string& name) const {
  const std::vector<double> values = reals(name);
  if (values.size() != 1) throw UserError(path_ + ": error: `" + name + "` is no single number; run the scenario again");
  return values[0];
}

std::vector<double> RunReader::reals(const std::string& name) const {
  return numbers<double>(open_dataset(impl_->file, *this, name), H5T_NATIVE_DOUBLE, *this, name);
}

std::vector<std::int64_t> RunReader::integers(const std::string& name) const {
  return numbers<std::int64_t>(open_dataset(impl_->file, *this, name), H5T_NATIVE_INT64, *this, name);
}

std::vector<std::string> RunReader::texts(const std::string& name) const {
  const Hid dataset = open_dataset(impl_->file, *this, name);
  const Hid type(H5Dget_type(dataset), H5Tclose, path_, "read a type"),
      space(H5Dget_space(dataset), H5Sclose, path_, "read a shape");
  if (H5Tis_variable_str(type) <= 0) throw UserError(path_ + ": error: `" + name + "` is no text; run the scenario again");
  std::vector<char*> raw(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)), nullptr);
  if (raw.empty()) return {};
  check_hdf5(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()), path_, "read `" + name + "`");
  std::vector<std::string> texts;
  for (const char* one : raw) texts.emplace_back(one ? one : "");
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, raw.data());
  return texts;
}

std::string RunReader::units(const std::string& name) const {
  return text_attribute(open_dataset(impl_->file, *this, name), "units", path_);
}

std::int64_t RunReader::start_utc_s() const {
  const std::string text = units("time");  // "seconds since 2025-01-01 00:00:00"
  int part[6] = {};
  std::size_t at = text.find_first_of("0123456789");
  for (int& value : part) {
    if (at == text.npos) break;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (error != std::errc{}) break;
    at = text.find_first_of("0123456789", static_cast<std::size_t>(end - text.data()));
  }
  const std::chrono::year_month_day day{std::chrono::year{part[0]}, std::chrono::month{static_cast<unsigned>(part[1])},
                                        std::chrono::day{static_cast<unsigned>(part[2])}};
  if (!day.ok()) throw UserError(path_ + ": error: `time` counts from no date (" + text + "); run the scenario again");
  return std::int64_t{std::chrono::sys_days{day}.time_since_epoch().count()} * 86400 + part[3] * 3600 + part[4] * 60 + part[5];
}

}  // namespace hypocaust::output
