#include "sim/output/row_table.hpp"

#include <fmt/format.h>

#include <cstring>

namespace hypocaust::output {
namespace {

constexpr std::size_t field_bytes = 8;                           // both kinds of number
constexpr std::size_t most_fields = 500, longest_names = 40000;  // of the 64 KiB that HDF5 has for describing a row

struct Field {
  const TableColumn* column;
  const void* numbers;
  bool real;
};

std::vector<Field> fields_of(const Table& table) {
  std::vector<Field> fields;
  std::size_t names = 0;
  for (const TableColumn& column : table.columns) {
    names += column.name.size();
    if (fields.size() == most_fields || names > longest_names) break;
    if (const auto* reals = std::get_if<std::vector<double>>(&column.values)) fields.push_back({&column, reals->data(), true});
    else if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values))
      fields.push_back({&column, integers->data(), false});
  }
  return fields;
}

}  // namespace

void write_row_table(Layout& layout, const std::string& name, const std::string& title, const Table& table) {
  const std::vector<Field> fields = fields_of(table);
  const auto rows =
      std::visit([](const auto& values) { return static_cast<hsize_t>(values.size()); }, table.columns.front().values);
  const std::size_t row_bytes = fields.size() * field_bytes;
  const auto make = [&](hid_t id, herr_t (*close)(hid_t), const char* what) { return Hid(id, close, layout.shown(), what); };
  const Hid type = make(H5Tcreate(H5T_COMPOUND, row_bytes), H5Tclose, "prepare a table");
  std::vector<char> bytes(rows * row_bytes);
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const std::string field = stored_name(fields[f].column->name);
    check_hdf5(H5Tinsert(type, field.c_str(), f * field_bytes, fields[f].real ? H5T_IEEE_F64LE : H5T_STD_I64LE), layout.shown(),
               "name a field `" + field + "`");
    for (std::size_t row = 0; row < rows; ++row)
      std::memcpy(bytes.data() + row * row_bytes + f * field_bytes,
                  static_cast<const char*>(fields[f].numbers) + row * field_bytes, field_bytes);
  }
  const Hid space = make(H5Screate_simple(1, &rows, nullptr), H5Sclose, "prepare a table");
  const Hid properties = make(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "prepare a table");
  H5Pset_obj_track_times(properties, false);  // no clock in the bytes
  const Hid made = make(H5Dcreate2(layout.file(), name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT), H5Dclose,
                        "create a table");
  check_hdf5(H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), layout.shown(), "write `" + name + "`");
  layout.write_attribute(made, {"CLASS", std::string("TABLE")});
  layout.write_attribute(made, {"VERSION", std::string("3.0")});
  layout.write_attribute(made, {"TITLE", title});
  for (std::size_t f = 0; f < fields.size(); ++f) {
    layout.write_attribute(made, {fmt::format("FIELD_{}_NAME", f), stored_name(fields[f].column->name)});
    layout.write_attribute(made, {fmt::format("FIELD_{}_UNITS", f), fields[f].column->unit});
  }
}

}  // namespace hypocaust::output
