// The synthetic climates beside real years (EPW): spread and memory of daily means, daily range, degree-days. Prints the rows of
// the table of docs/methods/weather.md, and fails if that page says otherwise.
#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "models/weather/synthetic.hpp"
#include "sim/input/weather_file.hpp"
#include "tests/support/validation_data.hpp"

using namespace hypocaust;
using namespace hypocaust::weather;

namespace {

using Months = std::array<double, 12>;
using Days = std::vector<double>;

std::size_t month_of(std::size_t day) { return static_cast<std::size_t>(month_of_hour(static_cast<int>(day) * 24)); }

Months means(const Days& days) {
  Months sum{}, count{};
  for (std::size_t d = 0; d < days.size(); ++d) sum[month_of(d)] += days[d], count[month_of(d)] += 1;
  for (std::size_t m = 0; m < 12; ++m) sum[m] /= count[m];
  return sum;
}

// Straight lines between the middles of the months whose monthly means are those given.
Days smooth(const Months& wanted) {
  std::array<double, 12> middle{}, course = wanted;
  for (std::size_t d = 0; d < 365; ++d) middle[month_of(d)] = 0;
  for (std::size_t m = 0, first = 0; m < 12; ++m) {
    std::size_t end = first;
    while (end < 365 && month_of(end) == m) ++end;
    middle[m] = 0.5 * static_cast<double>(first + end), first = end;
  }
  Days days(365);
  for (int round = 0; round < 50; ++round) {
    for (std::size_t d = 0; d < 365; ++d) {
      const double at = static_cast<double>(d) + 0.5;
      const auto next = static_cast<std::size_t>(std::upper_bound(middle.begin(), middle.end(), at) - middle.begin());
      const double from = next == 0 ? middle[11] - 365 : middle[next - 1], to = next == 12 ? middle[0] + 365 : middle[next];
      const double share = (at - from) / (to - from);
      days[d] = course[(next + 11) % 12] * (1 - share) + course[next % 12] * share;
    }
    const Months got = means(days);
    for (std::size_t m = 0; m < 12; ++m) course[m] += wanted[m] - got[m];
  }
  return days;
}

struct Figures {
  Months month_spread_k{}, humidity_frac{};
  double spread_k = 0, lag_one = 0, range_k = 0, degree_days_k_d = 0;
};

// shift_to: monthly means to which the days are moved before degree-days are counted.
Figures figures(const std::vector<WeatherHour>& hours, const Months& shift_to) {
  Days mean_c(365);
  Figures f;
  for (std::size_t d = 0; d < 365; ++d) {
    double low = 99, high = -99;
    for (std::size_t h = 0; h < 24; ++h) {
      const double t_c = hours[d * 24 + h].outdoor_c;
      f.humidity_frac[month_of(d)] += hours[d * 24 + h].relative_humidity_frac;
      mean_c[d] += t_c / 24, low = std::min(low, t_c), high = std::max(high, t_c);
    }
    f.range_k += (high - low) / 365;
  }
  const Months month_c = means(mean_c);
  const Days course = smooth(month_c);
  Months count{};
  double square = 0, product = 0, last = 0;
  for (std::size_t d = 0; d < 365; ++d) {
    const double anomaly = mean_c[d] - course[d];
    f.month_spread_k[month_of(d)] += anomaly * anomaly, count[month_of(d)] += 1;
    square += anomaly * anomaly, product += anomaly * last, last = anomaly;
    f.degree_days_k_d += std::max(0.0, 15.5 - (mean_c[d] + shift_to[month_of(d)] - month_c[month_of(d)]));
  }
  for (std::size_t m = 0; m < 12; ++m)
    f.month_spread_k[m] = std::sqrt(f.month_spread_k[m] / count[m]), f.humidity_frac[m] /= 24 * count[m];
  f.spread_k = std::sqrt(square / 365), f.lag_one = product / square;
  return f;
}

Figures of_seeds(Climate climate) {
  constexpr int seeds = 20;
  Figures sum;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Figures f = figures(synthetic_year({.climate = climate}, seed).hours, normals(climate).mean_c);
    sum.spread_k += f.spread_k / seeds, sum.lag_one += f.lag_one / seeds;
    sum.range_k += f.range_k / seeds, sum.degree_days_k_d += f.degree_days_k_d / seeds;
  }
  return sum;
}

void row(const std::string& name, const Figures& f) {
  char line[200];
  std::snprintf(line, sizeof line, "| %s | %.1f | %.2f | %.1f | %.0f |", name.c_str(), f.spread_k, f.lag_one, f.range_k,
                f.degree_days_k_d);
  std::puts(line);
  std::ifstream page(HYPOCAUST_SOURCE_DIR "/docs/methods/weather.md");
  std::stringstream text;
  text << page.rdbuf();
  INFO("docs/methods/weather.md lacks the row " << line);
  CHECK(text.str().find(line) != std::string::npos);
}

}  // namespace

TEST_CASE("synthetic climates have the spread, memory and degree-days of real years") {
  struct Place {
    Climate climate;
    const char *name, *file, *file_name;
  };
  for (const Place& place :
       {Place{Climate::london, "London", "GBR_ENG_London.Wea.Ctr-St.James.Park.037700_TMYx.2007-2021", "EPW London"},
        Place{Climate::stockholm, "Stockholm", "SWE_Stockholm.Arlanda.024600_IWEC", "EPW Stockholm Arlanda"},
        Place{Climate::chicago, "Chicago", "USA_IL_Chicago-OHare.Intl.AP.725300_TMY3", "EPW Chicago O'Hare"}}) {
    CAPTURE(place.name);
    const auto file = input::read_epw(test::validation_file(std::string("weather/") + place.file + ".epw.gz"));
    const Figures real = figures(file.hours, normals(place.climate).mean_c), made = of_seeds(place.climate);
    row(place.name, made), row(place.file_name, real);
    CHECK(made.spread_k == Approx(real.spread_k).epsilon(0.10));
    // Where the humidity and the spread of models/weather/normals.cpp are from.
    double year_k = 0, winter_k = 0;
    for (std::size_t m = 0; m < 12; ++m) {
      CHECK(normals(place.climate).humidity_frac[m] == Approx(real.humidity_frac[m]).margin(0.0051));
      year_k += real.month_spread_k[m] / 12;
      winter_k += real.month_spread_k[m] * std::cos(2 * 3.14159265358979 * static_cast<double>(m) / 12) / 6;
    }
    CHECK(normals(place.climate).spread.year_k == Approx(year_k).margin(0.051));
    CHECK(normals(place.climate).spread.winter_k == Approx(winter_k).margin(0.051));
    CHECK(made.lag_one == Approx(real.lag_one).margin(0.06));
    CHECK(made.degree_days_k_d == Approx(real.degree_days_k_d).epsilon(0.05));
  }
}

TEST_CASE("the page tells the figures of the climates without a real year") {
  row("Frankfurt", of_seeds(Climate::frankfurt));
  row("Paris", of_seeds(Climate::paris));
  row("Helsinki", of_seeds(Climate::helsinki));
}
