#include "sim/input/hour_factors.hpp"

#include <cmath>
#include <cstdint>

#include "sim/input/text_file.hpp"

namespace hypocaust::input {
namespace {

constexpr std::string_view source =
    "a table of hour factors is published with the standard load profiles of gas customers (BDEW)";
constexpr double sum_tolerance_frac = 0.01;  // four decimals in 24 hours

std::string lower(std::string_view text) {
  std::string word(text);
  for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return word;
}

class Table {
 public:
  explicit Table(const std::string& path) : file_(read_text_file(path, source)) {
    std::vector<Field> heading;
    split_fields(file_.lines.at(0), heading);
    width_ = heading.size();
    const auto place = [&](const std::string& name) {
      for (std::size_t k = 0; k < heading.size(); ++k)
        if (lower(heading[k].text) == name) return k;
      file_.fail({1, 0}, "has no column `" + name +
                             "`; the heading wants hour_of_day, weekday, building_class, shlp_type and "
                             "temp_intervall_01 to temp_intervall_10");
    };
    hour_ = place("hour_of_day"), weekday_ = place("weekday"), class_ = place("building_class"), type_ = place("shlp_type");
    for (std::size_t b = 0; b < demand::temperature_bands; ++b)
      band_[b] = place("temp_intervall_" + std::string(b < 9 ? "0" : "") + std::to_string(b + 1));
  }

  demand::HourFactors read(std::string_view customer, int building_class) {
    factors_.by_weekday.assign(7, {});
    std::array<std::array<std::size_t, 24>, 7> line_of{};
    std::vector<Field> fields;
    for (std::size_t k = 1; k < file_.lines.size(); ++k) {
      if (file_.lines[k].empty()) continue;
      split_fields(file_.lines[k], fields);
      if (fields.size() != width_)
        file_.fail({k + 1, 0}, "has " + std::to_string(fields.size()) + " fields, the heading " + std::to_string(width_));
      if (lower(fields[type_].text) != customer || whole(fields[class_], k, 0, 11) != building_class) continue;
      const int day = whole(fields[weekday_], k, 0, 7), hour = whole(fields[hour_], k, 1, 24);
      for (int d = day == 0 ? 1 : day; d <= (day == 0 ? 7 : day); ++d) add(fields, k, d, hour, line_of);
    }
    for (int d = 1; d <= 7; ++d)
      for (int h = 1; h <= 24; ++h)
        if (line_of[index(d)][index(h)] == 0)
          file_.fail({}, "has no row of customer `" + std::string(customer) + "`, class " + std::to_string(building_class) +
                             ", weekday " + std::to_string(d) + ", hour " + std::to_string(h) +
                             " (weekday 0 is every day); add it, or remove `hour_factors`");
    scale();
    return std::move(factors_);
  }

 private:
  static std::size_t index(int from_one) { return static_cast<std::size_t>(from_one - 1); }

  int whole(const Field& field, std::size_t k, int least, int most) const {
    double value = 0;
    if (!read_number(field.text, value) || value != std::floor(value) || value < least || value > most)
      file_.fail({k + 1, field.column},
                 shown(field.text) + " is no whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return static_cast<int>(value);
  }

  void add(const std::vector<Field>& fields, std::size_t k, int day, int hour,
           std::array<std::array<std::size_t, 24>, 7>& line_of) {
    std::size_t& line = line_of[index(day)][index(hour)];
    if (line > 0) file_.fail({k + 1, 0}, "repeats the hour of line " + std::to_string(line) + "; remove one of them");
    line = k + 1;
    for (std::size_t b = 0; b < demand::temperature_bands; ++b) {
      const Field& field = fields[band_[b]];
      double share = 0;
      if (!read_number(field.text, share) || share < 0 || share > 1)
        file_.fail({k + 1, field.column}, shown(field.text) + " is no share of a day's heat (0 to 1)");
      factors_.by_weekday[index(day)][b][index(hour)] = share;
    }
  }

  void scale() {
    for (std::size_t d = 0; d < 7; ++d)
      for (std::size_t b = 0; b < demand::temperature_bands; ++b) {
        double sum = 0;
        for (const double share : factors_.by_weekday[d][b]) sum += share;
        if (std::abs(sum - 1) > sum_tolerance_frac)
          file_.fail({}, "the 24 shares of weekday " + std::to_string(d + 1) + " in column temp_intervall_" +
                             std::string(b < 9 ? "0" : "") + std::to_string(b + 1) + " add up to " + std::to_string(sum) +
                             " (1 is wanted); correct them");
        for (double& share : factors_.by_weekday[d][b]) share /= sum;
      }
  }

  TextFile file_;
  std::size_t width_ = 0, hour_ = 0, weekday_ = 0, class_ = 0, type_ = 0;
  std::array<std::size_t, demand::temperature_bands> band_{};
  demand::HourFactors factors_;
};

}  // namespace

demand::HourFactors read_hour_factors(const HourFactorsRequest& request) {
  const bool house = request.customer == demand::Customer::efh || request.customer == demand::Customer::mfh;
  const std::string_view customer = demand::names(request.customer)[static_cast<std::size_t>(request.customer)];
  return Table(request.path).read(customer, house ? request.building_class : 0);
}

}  // namespace hypocaust::input
