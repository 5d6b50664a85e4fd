#include "sim/output/layout.hpp"

#include <fmt/format.h>

#include <limits>

#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/base/utc_text.hpp"

namespace hypocaust::output {
namespace {

Hid object_properties(hid_t kind, const std::string& path) {
  Hid p(H5Pcreate(kind), H5Pclose, path, "prepare it");
  H5Pset_obj_track_times(p, false);  // no clock in the bytes
  H5Pset_attr_creation_order(p, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  return p;
}

Hid text_type(const std::string& path, std::size_t length) {  // fixed length, UTF-8, NUL-terminated: read as text by netCDF
  Hid type(H5Tcopy(H5T_C_S1), H5Tclose, path, "prepare text");
  H5Tset_size(type, length + 1);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

Hid vlen_text_type(const std::string& path) {
  Hid type(H5Tcopy(H5T_C_S1), H5Tclose, path, "prepare text");
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

const char* cell_methods(Keep keep) {
  return keep == Keep::mean       ? "time: mean"
         : keep == Keep::min      ? "time: minimum"
         : keep == Keep::max      ? "time: maximum"
         : keep == Keep::weighted ? "time: mean (weighted by electricity)"
                                  : "time: point";
}

}  // namespace

std::string stored_name(std::string name) {
  for (char& c : name)
    if (c == '.') c = '_';
  return name;
}

void Layout::create(Readers readers) {
  quiet_hdf5();
  Hid creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, shown_, "prepare it");
  H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  H5Pset_obj_track_times(creation, false);
  Hid access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, shown_, "prepare it");
  H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, readers == Readers::all ? H5F_LIBVER_V18 : H5F_LIBVER_V110);
  H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
  check_hdf5(use_disk_driver(access, trouble_), shown_, "prepare it");
  const hid_t made = H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, creation, access);
  check_disk();
  file_ = Hid(made, H5Fclose, shown_, "create it");
}

Hid Layout::make_dataset(hid_t where, const std::string& name, hid_t type, hid_t space, hid_t properties) {
  return Hid(H5Dcreate2(where, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose, shown_,
             "create `" + name + "`");
}

void Layout::write_text_attribute(hid_t at, const std::string& name, const std::string& value) {
  const Hid type = text_type(shown_, value.size()), space(H5Screate(H5S_SCALAR), H5Sclose, shown_, "prepare text");
  const Hid attribute(H5Acreate2(at, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, shown_,
                      "create attribute `" + name + "`");
  check_hdf5(H5Awrite(attribute, type, value.c_str()), shown_, "write attribute `" + name + "`");
}

void Layout::write_attribute(hid_t at, const Attribute& attribute) {
  const std::string& name = attribute.first;
  const auto& value = attribute.second;
  if (const auto* text = std::get_if<std::string>(&value)) return write_text_attribute(at, name, *text);
  const auto write = [&](hid_t type, const void* data, hsize_t count, bool scalar) {
    const Hid space(scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr), H5Sclose, shown_,
                    "prepare an attribute");
    const Hid made(H5Acreate2(at, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT), H5Aclose, shown_,
                   "create attribute `" + name + "`");
    check_hdf5(H5Awrite(made, type, data), shown_, "write attribute `" + name + "`");
  };
  if (const auto* integer = std::get_if<std::int64_t>(&value)) write(H5T_NATIVE_INT64, integer, 1, true);
  else if (const auto* real = std::get_if<double>(&value)) write(H5T_NATIVE_DOUBLE, real, 1, true);
  else if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value))
    write(H5T_NATIVE_INT64, list->data(), list->size(), false);
}

void Layout::describe(hid_t dataset, const std::string& unit, const std::string& long_name, const std::string& methods) {
  if (!unit.empty()) write_text_attribute(dataset, "units", unit);
  write_text_attribute(dataset, "long_name", long_name);
  if (!methods.empty()) write_text_attribute(dataset, "cell_methods", methods);
}

void Layout::write_time(const TimeAxis& time, hsize_t rows) {
  const Hid space(H5Screate_simple(1, &rows, nullptr), H5Sclose, shown_, "prepare time"),
      properties = object_properties(H5P_DATASET_CREATE, shown_);
  time_ = make_dataset(file_, "time", H5T_STD_I64LE, space, properties);
  std::vector<std::int64_t> values(rows);
  for (hsize_t k = 0; k < rows; ++k) values[k] = static_cast<std::int64_t>(k) * time.interval_s;
  check_hdf5(H5Dwrite(time_, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), shown_, "write `time`");
  write_text_attribute(time_, "units", "seconds since " + base::utc_text(time.start_utc_s));
  write_text_attribute(time_, "calendar", "proleptic_gregorian");
  write_text_attribute(time_, "standard_name", "time");
  write_text_attribute(time_, "long_name", "start of the interval, UTC");
  write_text_attribute(time_, "axis", "T");
  check_hdf5(H5DSset_scale(time_, "time"), shown_, "make `time` a dimension");
}

hid_t Layout::group(const std::string& name) {
  const auto found = groups_.find(name);
  if (found != groups_.end()) return found->second;
  Hid properties = object_properties(H5P_GROUP_CREATE, shown_);
  H5Pset_link_creation_order(properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  Hid made(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT), H5Gclose, shown_,
           "create group `" + name + "`");
  return groups_.emplace(name, std::move(made)).first->second;
}

Hid Layout::coordinate(const std::string& group_name, const std::string& dimension, const std::vector<std::string>& values) {
  // Variables of one group may keep different columns of a dimension: each set of columns is a dimension of its own.
  std::string name = stored_name(dimension);
  for (int copy = 2;; ++copy) {
    const auto known = coordinates_.find(group_name + "/" + name);
    if (known == coordinates_.end()) break;
    if (known->second == values)
      return Hid(H5Dopen2(group(group_name), name.c_str(), H5P_DEFAULT), H5Dclose, shown_, "open `" + name + "`");
    name = stored_name(dimension) + "_" + std::to_string(copy);
  }
  const hsize_t count = values.size();
  const Hid space(H5Screate_simple(1, &count, nullptr), H5Sclose, shown_, "prepare names"), type = vlen_text_type(shown_);
  const Hid properties = object_properties(H5P_DATASET_CREATE, shown_);
  Hid made = make_dataset(group(group_name), name, type, space, properties);
  std::vector<const char*> texts;
  for (const std::string& value : values) texts.push_back(value.c_str());
  check_hdf5(H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), shown_, "write `" + name + "`");
  write_text_attribute(made, "long_name", "names along the second axis");
  check_hdf5(H5DSset_scale(made, name.c_str()), shown_, "make `" + name + "` a dimension");
  coordinates_[group_name + "/" + name] = values;
  return made;
}

void Layout::finish_variable(hid_t made, const Variable& variable) {
  describe(made, variable.unit, variable.long_name, cell_methods(variable.keep));
  check_hdf5(H5DSattach_scale(made, time_, 0), shown_, "attach `time` to `" + variable.name + "`");
  if (!variable.columns.empty())
    check_hdf5(H5DSattach_scale(made, coordinate(variable.group, variable.dimension, variable.columns), 1), shown_,
               "attach names");
}

hid_t Layout::group_with_time(const std::string& name) {
  const hid_t where = group(name);
  if (H5Lexists(where, "time", H5P_DEFAULT) <= 0)
    check_hdf5(H5Lcreate_hard(file_, "/time", where, "time", H5P_DEFAULT, H5P_DEFAULT), shown_, "link `time`");
  return where;
}

Hid Layout::create_variable(const Variable& variable, hsize_t rows, int compression) {
  const hid_t where = group_with_time(variable.group);
  const bool table = !variable.columns.empty();
  const hsize_t size[2] = {rows, variable.columns.size()}, chunk[2] = {std::min<hsize_t>(rows, chunk_steps), 1};
  const Hid space(H5Screate_simple(table ? 2 : 1, size, nullptr), H5Sclose, shown_, "prepare a variable");
  const Hid properties = object_properties(H5P_DATASET_CREATE, shown_);
  H5Pset_chunk(properties, table ? 2 : 1, chunk);
  H5Pset_shuffle(properties);
  H5Pset_deflate(properties, static_cast<unsigned>(std::min(compression, 9)));
  const hid_t type = variable.float64 ? H5T_IEEE_F64LE : H5T_IEEE_F32LE;
  Hid made = make_dataset(where, stored_name(variable.name), type, space, properties);
  finish_variable(made, variable);
  return made;
}

void Layout::create_virtual(const Variable& variable, hsize_t rows, const std::vector<VirtualColumns>& sources) {
  const hid_t where = group_with_time(variable.group);
  const std::string name = stored_name(variable.name), path = "/" + variable.group + "/" + name;
  const hsize_t size[2] = {rows, variable.columns.size()};
  const Hid space(H5Screate_simple(2, size, nullptr), H5Sclose, shown_, "prepare a variable");
  const Hid properties = object_properties(H5P_DATASET_CREATE, shown_);
  const double missing = std::numeric_limits<double>::quiet_NaN();
  H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &missing);
  for (const VirtualColumns& source : sources) {
    const hsize_t at[2] = {0, source.first}, count[2] = {rows, source.count};
    const Hid there(H5Screate_simple(2, count, nullptr), H5Sclose, shown_, "prepare a part");
    check_hdf5(H5Sselect_hyperslab(space, H5S_SELECT_SET, at, nullptr, count, nullptr), shown_, "place a part");
    check_hdf5(H5Pset_virtual(properties, space, source.file.c_str(), path.c_str(), there), shown_, "name a part");
  }
  const Hid whole(H5Screate_simple(2, size, nullptr), H5Sclose, shown_, "prepare a variable");
  const Hid made = make_dataset(where, name, variable.float64 ? H5T_IEEE_F64LE : H5T_IEEE_F32LE, whole, properties);
  finish_variable(made, variable);
}

void Layout::write_table(const Table& table) {
  const hid_t where = group(table.group);
  const Hid properties = object_properties(H5P_DATASET_CREATE, shown_);
  const bool scalar = table.dimension.empty();
  hsize_t count = 1;
  Hid index;
  if (!scalar) {
    count = std::visit([](const auto& values) { return static_cast<hsize_t>(values.size()); }, table.columns.front().values);
    // An empty table is a growing dimension of length 0: netCDF knows no other.
    const hsize_t most = H5S_UNLIMITED, chunk = 1024;
    const Hid space(H5Screate_simple(1, &count, count == 0 ? &most : nullptr), H5Sclose, shown_, "prepare a table");
    if (count == 0) H5Pset_chunk(properties, 1, &chunk);
    index = make_dataset(where, table.dimension + "_number", H5T_STD_I64LE, space, properties);
    std::vector<std::int64_t> numbers(count);
    for (hsize_t k = 0; k < count; ++k) numbers[k] = static_cast<std::int64_t>(k);
    if (count > 0)
      check_hdf5(H5Dwrite(index, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers.data()), shown_, "write a table");
    write_text_attribute(index, "long_name", "row of the table");
    check_hdf5(H5DSset_scale(index, (table.dimension + "_number").c_str()), shown_, "make a table's dimension");
  }
  for (const TableColumn& column : table.columns) {
    const hsize_t most = H5S_UNLIMITED;
    const Hid space(scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, count == 0 ? &most : nullptr), H5Sclose, shown_,
                    "prepare a column");
    Hid made;
    const std::string name = stored_name(column.name);
    if (const auto* reals = std::get_if<std::vector<double>>(&column.values)) {
      made = make_dataset(where, name, H5T_IEEE_F64LE, space, properties);
      if (count > 0)
        check_hdf5(H5Dwrite(made, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, reals->data()), shown_,
                   "write `" + name + "`");
    } else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values)) {
      made = make_dataset(where, name, H5T_STD_I64LE, space, properties);
      if (count > 0)
        check_hdf5(H5Dwrite(made, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, integers->data()), shown_,
                   "write `" + name + "`");
    } else {
      const Hid type = vlen_text_type(shown_);
      made = make_dataset(where, name, type, space, properties);
      std::vector<const char*> texts;
      for (const std::string& text : std::get<std::vector<std::string>>(column.values)) texts.push_back(text.c_str());
      if (count > 0)
        check_hdf5(H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), shown_, "write `" + name + "`");
    }
    describe(made, column.unit, column.long_name, "");
    if (!scalar) check_hdf5(H5DSattach_scale(made, index, 0), shown_, "attach a table's dimension");
  }
}

void Layout::close() {
  check_hdf5(H5Fflush(file_, H5F_SCOPE_GLOBAL), shown_, "flush it");
  groups_.clear();
  time_.close();
  check_hdf5(file_.close(), shown_, "close it");
  check_disk();
}

void Layout::check_disk() const {
  if (trouble_.error != 0) base::refuse(shown_, "write it", trouble_.error);
}

}  // namespace hypocaust::output
