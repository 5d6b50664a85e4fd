// The file of bills.
#include <cstddef>
#include <string>

#include "models/core/units.hpp"
#include "sim/input/text_file.hpp"
#include "sim/study/bills.hpp"

namespace hypocaust::study {
namespace {

constexpr int months = 12;

// "2024-01", "2024-01-31": the month of it; 0 for other text.
int months_since_0(std::string_view text) {
  const auto digit = [&](std::size_t k) { return text[k] >= '0' && text[k] <= '9' ? text[k] - '0' : -100000; };
  if (text.size() < 7 || text[4] != '-') return 0;
  const int year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3), month = digit(5) * 10 + digit(6);
  return year >= 1970 && year <= 2199 && month >= 1 && month <= months ? year * months + month - 1 : 0;
}

}  // namespace

std::vector<Bill> read_bills(const std::string& path) {
  const input::TextFile file = input::read_text_file(path, "write twelve rows of month and gas, headed `month,kWh`");
  std::vector<input::Field> fields;
  input::split_fields(file.lines.at(0), fields);
  if (fields.size() != 2 || fields[0].text != "month")
    file.fail({1, 1}, "the heading is not `month,UNIT`; write e.g. `month,kWh`");
  const UnitText unit = parse_unit(fields[1].text);
  if (!unit.problem.empty() || !(unit.unit.dimension == parse_unit("kWh").unit.dimension))
    file.fail({1, fields[1].column}, input::shown(fields[1].text) + " is no unit of energy; write kWh, MWh or GJ");

  std::vector<Bill> bills;
  int last = 0;
  for (std::size_t k = 1; k < file.lines.size(); ++k) {
    if (file.lines[k].empty()) continue;
    input::split_fields(file.lines[k], fields);
    if (fields.size() != 2) file.fail({k + 1, 0}, "has " + std::to_string(fields.size()) + " fields (month and fuel are wanted)");
    const int month = months_since_0(fields[0].text);
    if (month == 0) file.fail({k + 1, fields[0].column}, input::shown(fields[0].text) + " is no month; write e.g. 2024-01");
    if (last > 0 && month != last + 1)
      file.fail({k + 1, fields[0].column},
                input::shown(fields[0].text) + " is not the month after the row before; give twelve months in order, each once");
    double fuel = 0;
    if (!input::read_number(fields[1].text, fuel) || fuel < 0)
      file.fail({k + 1, fields[1].column}, input::shown(fields[1].text) + " is no amount of fuel (a number, 0 or more)");
    bills.push_back({month / months, month % months + 1, fuel * unit.unit.scale});
    last = month;
  }
  if (bills.size() != months)
    file.fail({}, "holds " + std::to_string(bills.size()) + " months (twelve are wanted: fewer do not tell summer from winter)");
  double sum_j = 0;
  for (const Bill& bill : bills) sum_j += bill.fuel_j;
  if (!(sum_j > 0)) file.fail({}, "no fuel was burnt in any month; there is nothing to scale to");
  return bills;
}

}  // namespace hypocaust::study
