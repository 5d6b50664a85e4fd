#include "sim/study/quarters_file.hpp"

#include <cstring>

namespace hypocaust::study {
namespace {

void put(std::string& bytes, const void* data, std::size_t size) { bytes.append(static_cast<const char*>(data), size); }

}  // namespace

// Rows, columns; starts; then each column: length of its name, name, values.
std::string quarters_bytes(const run::QuarterHourTable& table) {
  std::string bytes;
  const std::uint64_t counts[2] = {table.start_s.size(), table.columns.size()};
  put(bytes, counts, sizeof counts);
  put(bytes, table.start_s.data(), table.start_s.size() * sizeof(std::int64_t));
  for (const run::QuarterColumn& column : table.columns) {
    const std::uint64_t name = column.name.size();
    put(bytes, &name, sizeof name), put(bytes, column.name.data(), name);
    put(bytes, column.values.data(), column.values.size() * sizeof(double));
  }
  return bytes;
}

bool read_quarters(std::string_view bytes, run::QuarterHourTable& table) {
  bool whole = true;
  const auto take = [&](void* to, std::size_t size) {
    whole = whole && bytes.size() >= size;
    if (!whole || size == 0) return;
    std::memcpy(to, bytes.data(), size);
    bytes.remove_prefix(size);
  };
  std::uint64_t counts[2] = {0, 0};
  take(counts, sizeof counts);
  if (!whole || counts[0] > bytes.size() / sizeof(std::int64_t)) return false;
  table = {};
  table.start_s.resize(counts[0]);
  take(table.start_s.data(), counts[0] * sizeof(std::int64_t));
  for (std::uint64_t k = 0; whole && k < counts[1]; ++k) {
    std::uint64_t name = 0;
    take(&name, sizeof name);
    if (!whole || name > bytes.size()) return false;
    run::QuarterColumn column{
        .name = std::string(bytes.substr(0, name)), .unit = {}, .doc = {}, .values = std::vector<double>(counts[0])};
    bytes.remove_prefix(name);
    take(column.values.data(), counts[0] * sizeof(double));
    table.columns.push_back(std::move(column));
  }
  return whole && bytes.empty();
}

}  // namespace hypocaust::study
