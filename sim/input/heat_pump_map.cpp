#include "sim/input/heat_pump_map.hpp"

#include "models/core/math.hpp"
#include "sim/input/text_file.hpp"

namespace hypocaust::input {
namespace {

struct Table {
  TextFile file;
  std::vector<double> source_k, sink_k;
  std::vector<std::vector<double>> rows;
  std::vector<std::size_t> lines;  // where each row stands
};

double number(const TextFile& file, const Field& field, std::size_t line) {
  double value = 0;
  if (!read_number(field.text, value)) file.fail({line, field.column}, shown(field.text) + " is not a number; write 308.15");
  return value;
}

void append(const TextFile& file, TextFile::Place place, std::vector<double>& axis_k, double t_k) {
  if (t_k < 200 || t_k > 500) file.fail(place, "a temperature is expected in K, 200 to 500");
  if (!axis_k.empty() && t_k <= axis_k.back())
    file.fail(place, "is not above the temperature before it (both axes must rise); sort rows and columns");
  axis_k.push_back(t_k);
}

Table read_table(const std::string& path) {
  Table table{.file = read_text_file(path, "give the table of a heat pump's capacities or powers"),
              .source_k = {},
              .sink_k = {},
              .rows = {},
              .lines = {}};
  std::vector<Field> fields;
  for (std::size_t k = 0; k < table.file.lines.size(); ++k) {
    if (table.file.lines[k].empty()) continue;
    split_fields(table.file.lines[k], fields);
    const std::size_t line = k + 1;
    if (table.source_k.empty()) {
      for (std::size_t f = 1; f < fields.size(); ++f)
        append(table.file, {line, fields[f].column}, table.source_k, number(table.file, fields[f], line));
      if (table.source_k.empty())
        table.file.fail({line, 0}, "the first row must hold source temperatures, K, from its second field on");
      continue;
    }
    if (fields.size() != table.source_k.size() + 1)
      table.file.fail({line, 0}, "has " + std::to_string(fields.size()) + " fields, the first row has " +
                                     std::to_string(table.source_k.size() + 1));
    append(table.file, {line, fields[0].column}, table.sink_k, number(table.file, fields[0], line));
    table.rows.emplace_back();
    table.lines.push_back(line);
    for (std::size_t f = 1; f < fields.size(); ++f) {
      table.rows.back().push_back(number(table.file, fields[f], line));
      if (table.rows.back().back() < 0)
        table.file.fail({line, fields[f].column}, "is negative; write W, or 0 where the unit does not run");
    }
  }
  return table;
}

struct CapacityTableError : UserError {
  using UserError::UserError;
};
[[noreturn]] void fail_capacity(const Table& capacity, TextFile::Place place, const std::string& message) {
  try {
    capacity.file.fail(place, message);
  } catch (const UserError& error) {
    throw CapacityTableError(error.what());
  }
}

std::vector<plant::MapPoint> points_of(const Table& capacity, const Table& power) {
  if (capacity.source_k != power.source_k || capacity.sink_k != power.sink_k)
    power.file.fail({1, 0},
                    "its temperatures differ from those of " + capacity.file.path + "; give both tables on the same axes");
  std::vector<plant::MapPoint> points;
  for (std::size_t i = 0; i < capacity.rows.size(); ++i)
    for (std::size_t j = 0; j < capacity.source_k.size(); ++j) {
      const double capacity_w = capacity.rows[i][j], power_w = power.rows[i][j];
      if (capacity_w == 0 && power_w == 0) continue;
      const std::string which = "number " + std::to_string(j + 1);
      if (capacity_w == 0)
        fail_capacity(
            capacity, {capacity.lines[i], 0},
            which + " is 0, but not in " + power.file.path + " (where the unit does not run both are 0); correct one of them");
      if (power_w == 0)
        power.file.fail({power.lines[i], 0}, which + " is 0, but not in " + capacity.file.path +
                                                 " (where the unit does not run both are 0); correct one of them");
      if (power_w >= capacity_w)
        power.file.fail({power.lines[i], 0},
                        which + " is not below its capacity in " + capacity.file.path +
                            " (a heat pump gives more than it draws); correct one of them, or swap the files");
      points.push_back({.source_c = capacity.source_k[j] - kelvin_offset_k,
                        .sink_c = capacity.sink_k[i] - kelvin_offset_k,
                        .capacity_w = capacity_w,
                        .power_w = power_w});
    }
  if (points.empty()) fail_capacity(capacity, {1, 0}, "no capacity is above 0 (the unit would never run); give W");
  return points;
}

}  // namespace

std::vector<plant::MapPoint> read_heat_pump_map(const HeatPumpMapFiles& files) {
  const Table capacity = read_table(files.capacity);
  try {
    return points_of(capacity, read_table(files.power));
  } catch (const CapacityTableError& error) {
    throw UserError(error.what());
  } catch (const UserError& error) {
    throw PowerTableError(error.what());
  }
}

}  // namespace hypocaust::input
