#include "sim/output/stored_table.hpp"

#include "models/core/errors.hpp"
#include "sim/output/hdf5.hpp"
#include "sim/output/layout.hpp"

namespace hypocaust::output {

struct StoredFile::Impl {
  std::string path;
  Hid file;

  Hid open(const std::string& column) const {
    const std::size_t slash = column.find('/') + 1;
    const std::string name = column.substr(0, slash) + stored_name(column.substr(slash));
    return Hid(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, path, "find `" + column + "`");
  }
  template <class T> std::vector<T> read(const std::string& column, hid_t type) const {
    const Hid data = open(column), space(H5Dget_space(data), H5Sclose, path, "read `" + column + "`");
    std::vector<T> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    if (!values.empty())
      check_hdf5(H5Dread(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), path, "read `" + column + "`");
    return values;
  }
};

StoredFile::StoredFile(const std::string& path) : impl_(std::make_unique<Impl>()) {
  quiet_hdf5();
  impl_->path = path;
  impl_->file = Hid(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, path, "open it as HDF5");
}
StoredFile::~StoredFile() = default;

std::string StoredFile::text(const std::string& attribute) const {
  const std::string& path = impl_->path;
  const Hid at(H5Aopen(impl_->file, attribute.c_str(), H5P_DEFAULT), H5Aclose, path, "find its `" + attribute + "`");
  const Hid type(H5Aget_type(at), H5Tclose, path, "read a type");
  std::string value(H5Tget_size(type), '\0');
  check_hdf5(H5Aread(at, type, value.data()), path, "read its `" + attribute + "`");
  return value.substr(0, value.find('\0'));
}

std::vector<std::int64_t> StoredFile::integers(const std::string& column) const {
  return impl_->read<std::int64_t>(column, H5T_NATIVE_INT64);
}

std::vector<double> StoredFile::reals(const std::string& column) const { return impl_->read<double>(column, H5T_NATIVE_DOUBLE); }

std::vector<std::string> StoredFile::texts(const std::string& column) const {
  const Hid data = impl_->open(column), type(H5Dget_type(data), H5Tclose, impl_->path, "read a type"),
            space(H5Dget_space(data), H5Sclose, impl_->path, "read a shape");
  std::vector<char*> raw(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)), nullptr);
  if (!raw.empty())
    check_hdf5(H5Dread(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()), impl_->path, "read `" + column + "`");
  std::vector<std::string> values;
  for (const char* one : raw) values.emplace_back(one ? one : "");
  if (!raw.empty()) H5Dvlen_reclaim(type, space, H5P_DEFAULT, raw.data());
  return values;
}

}  // namespace hypocaust::output
