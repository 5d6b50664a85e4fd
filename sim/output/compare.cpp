#include "sim/output/compare.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <map>

#include "sim/output/open_run_file.hpp"

namespace hypocaust::output {
namespace {

std::vector<std::string> datasets_of(hid_t file) {  // each object once, by the first name it is met under
  std::vector<std::string> names;
  H5Ovisit2(
      file, H5_INDEX_NAME, H5_ITER_INC,
      [](hid_t, const char* name, const H5O_info_t* info, void* list) -> herr_t {
        if (info->type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(list)->push_back(name);
        return 0;
      },
      &names, H5O_INFO_BASIC);
  std::sort(names.begin(), names.end());
  return names;
}

// Size, type and raw bytes of a dataset; text as one string after the other.
struct Raw {
  H5T_class_t kind = H5T_NO_CLASS;
  std::size_t size = 0, count = 0;
  std::vector<std::byte> bytes;
  std::vector<std::string> texts;
};
Raw read_raw(hid_t dataset, const std::string& path) {
  Raw raw;
  const Hid type(H5Dget_type(dataset), H5Tclose, path, "read a type"),
      space(H5Dget_space(dataset), H5Sclose, path, "read a shape");
  raw.kind = H5Tget_class(type), raw.size = H5Tget_size(type);
  raw.count = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space));
  if (H5Tis_variable_str(type) > 0) {
    std::vector<char*> texts(raw.count, nullptr);
    const Hid memory(H5Tcopy(type), H5Tclose, path, "read text");
    if (raw.count > 0) check_hdf5(H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), path, "read text");
    for (const char* text : texts) raw.texts.push_back(text ? text : "");
    if (raw.count > 0) H5Dvlen_reclaim(memory, space, H5P_DEFAULT, texts.data());
    return raw;
  }
  raw.bytes.resize(raw.count * raw.size);
  if (raw.count > 0) check_hdf5(H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.bytes.data()), path, "read values");
  return raw;
}

double value_at(const Raw& raw, std::size_t k) {
  const std::byte* at = raw.bytes.data() + k * raw.size;
  if (raw.kind == H5T_FLOAT && raw.size == 4) {
    float value;
    std::memcpy(&value, at, 4);
    return static_cast<double>(value);
  }
  if (raw.kind == H5T_FLOAT && raw.size == 8) {
    double value;
    std::memcpy(&value, at, 8);
    return value;
  }
  std::int64_t value = 0;
  std::memcpy(&value, at, std::min<std::size_t>(raw.size, 8));
  return static_cast<double>(value);
}

std::string difference(const Raw& a, const Raw& b) {
  if (a.kind != b.kind || a.size != b.size) return "is of another type";
  if (a.count != b.count) return "has " + std::to_string(a.count) + " values against " + std::to_string(b.count);
  std::size_t differ = 0, first = 0;
  for (std::size_t k = 0; k < a.count; ++k) {
    bool same = a.texts.empty() ? std::memcmp(a.bytes.data() + k * a.size, b.bytes.data() + k * b.size, a.size) == 0
                                : a.texts[k] == b.texts[k];
    if (!same && a.kind == H5T_FLOAT) same = std::isnan(value_at(a, k)) && std::isnan(value_at(b, k));
    if (!same && differ++ == 0) first = k;
  }
  if (differ == 0) return {};
  const auto shown = [&](const Raw& raw) {
    if (!raw.texts.empty())
      return raw.texts[first].size() > 60 ? "a text of " + std::to_string(raw.texts[first].size()) + " bytes" : raw.texts[first];
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", value_at(raw, first));
    return std::string(text);
  };
  return std::to_string(differ) + " of " + std::to_string(a.count) + " values differ, first at " + std::to_string(first) + ": " +
         shown(a) + " against " + shown(b);
}

// Bytes of every attribute of every object, by "/plant/x: units". How axes hang together (references inside the file) is left
// out: the values of coordinates say it.
using Attributes = std::map<std::string, std::string>;
std::string attribute_bytes(hid_t attribute, std::size_t size, const std::string& path) {
  const Hid type(H5Aget_type(attribute), H5Tclose, path, "read an attribute's type");
  if (H5Tis_variable_str(type) <= 0) {
    std::string bytes(size, '\0');
    if (size > 0) check_hdf5(H5Aread(attribute, type, bytes.data()), path, "read an attribute");
    return bytes;
  }
  const Hid space(H5Aget_space(attribute), H5Sclose, path, "read an attribute's shape");
  std::vector<char*> texts(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)), nullptr);
  if (!texts.empty()) check_hdf5(H5Aread(attribute, type, texts.data()), path, "read an attribute");
  std::string bytes;
  for (const char* text : texts) bytes += text ? std::string(text) + '\0' : std::string(1, '\0');
  if (!texts.empty()) H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
  return bytes;
}

Attributes attributes_of(hid_t file, const std::string& path) {
  Attributes all;
  std::vector<std::string> objects;
  check_hdf5(H5Ovisit2(
                 file, H5_INDEX_NAME, H5_ITER_INC,
                 [](hid_t, const char* name, const H5O_info_t*, void* list) -> herr_t {
                   static_cast<std::vector<std::string>*>(list)->push_back(name);
                   return 0;
                 },
                 &objects, H5O_INFO_BASIC),
             path, "list its objects");
  for (const std::string& object : objects) {
    const Hid opened(H5Oopen(file, object.c_str(), H5P_DEFAULT), H5Oclose, path, "open `" + object + "`");
    const int count = H5Aget_num_attrs(opened);
    for (int k = 0; k < count; ++k) {
      const Hid attribute(
          H5Aopen_by_idx(opened, ".", H5_INDEX_NAME, H5_ITER_INC, static_cast<hsize_t>(k), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
          path, "open an attribute of `" + object + "`");
      H5A_info_t info;
      check_hdf5(H5Aget_info(attribute, &info), path, "read an attribute");
      std::string name(static_cast<std::size_t>(std::max<ssize_t>(H5Aget_name(attribute, 0, nullptr), 0)), '\0');
      H5Aget_name(attribute, name.size() + 1, name.data());
      if (name == "DIMENSION_LIST" || name == "REFERENCE_LIST") continue;
      all[object == "." ? "attribute " + name : "/" + object + ": attribute " + name] =
          attribute_bytes(attribute, static_cast<std::size_t>(info.data_size), path);
    }
  }
  return all;
}

std::string unit_of(hid_t dataset, const std::string& path) {
  if (H5Aexists(dataset, "units") <= 0) return {};
  const Hid attribute(H5Aopen(dataset, "units", H5P_DEFAULT), H5Aclose, path, "read a unit");
  H5A_info_t info;
  check_hdf5(H5Aget_info(attribute, &info), path, "read a unit");
  std::string bytes = attribute_bytes(attribute, static_cast<std::size_t>(info.data_size), path);
  bytes.resize(std::min(bytes.size(), bytes.find('\0')));
  return bytes;
}

}  // namespace

std::vector<FigureDifference> compare_figures(const std::string& path_a, const std::string& path_b) {
  const Hid a = open_run_file(path_a), b = open_run_file(path_b);
  std::map<std::string, FigureDifference> figures;
  const double none = std::numeric_limits<double>::quiet_NaN();
  const auto read = [&](hid_t file, const std::string& path, bool first) {
    for (const std::string& name : datasets_of(file)) {
      if (!name.starts_with("kpi/") && !name.starts_with("energy/") && !name.starts_with("jobs/")) continue;
      const Hid dataset(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, path, "open `" + name + "`");
      const Raw raw = read_raw(dataset, path);
      if (raw.count != 1 || !raw.texts.empty()) continue;
      FigureDifference& figure = figures.try_emplace(name, FigureDifference{name, "", none, none}).first->second;
      (first ? figure.a : figure.b) = value_at(raw, 0);
      figure.unit = unit_of(dataset, path);
    }
  };
  read(a, path_a, true), read(b, path_b, false);
  std::vector<FigureDifference> list;
  for (const auto& [name, figure] : figures) list.push_back(figure);
  return list;
}

std::vector<BitDifference> compare_bits(const std::string& path_a, const std::string& path_b) {
  const Hid a = open_run_file(path_a), b = open_run_file(path_b);
  std::vector<BitDifference> list;
  const auto attributes_a = attributes_of(a, path_a), attributes_b = attributes_of(b, path_b);
  for (const auto& [name, value] : attributes_a)
    if (const auto other = attributes_b.find(name); other == attributes_b.end())
      list.push_back({name, "is only in the first file"});
    else if (other->second != value) list.push_back({name, "differs"});
  for (const auto& [name, value] : attributes_b)
    if (!attributes_a.count(name)) list.push_back({name, "is only in the second file"});
  const std::vector<std::string> names_a = datasets_of(a), names_b = datasets_of(b);
  for (const std::string& name : names_a) {
    if (!std::binary_search(names_b.begin(), names_b.end(), name)) {
      list.push_back({"/" + name, "is only in the first file"});
      continue;
    }
    const Hid one(H5Dopen2(a, name.c_str(), H5P_DEFAULT), H5Dclose, path_a, "open `" + name + "`");
    const Hid other(H5Dopen2(b, name.c_str(), H5P_DEFAULT), H5Dclose, path_b, "open `" + name + "`");
    if (const std::string what = difference(read_raw(one, path_a), read_raw(other, path_b)); !what.empty())
      list.push_back({"/" + name, what});
  }
  for (const std::string& name : names_b)
    if (!std::binary_search(names_a.begin(), names_a.end(), name)) list.push_back({"/" + name, "is only in the second file"});
  return list;
}

}  // namespace hypocaust::output
