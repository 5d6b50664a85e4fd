#include <catch2/catch.hpp>

#include <cstdio>
#include <functional>

#include "models/core/errors.hpp"
#include "models/weather/spec.hpp"
#include "sim/input/weather.hpp"
#include "sim/input/weather_file.hpp"
#include "tests/support/validation_data.hpp"
#include "tests/unit/sim/input/temporary_file.hpp"

using namespace hypocaust;
using namespace hypocaust::input;
using Catch::Contains;

namespace {

constexpr int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
using Edit = std::function<void(int row, std::string& line)>;

// A year of 10 degC; edit changes a row (0 to 8,759, or 8,783).
std::string made(const Edit& edit, bool leap = false) {
  std::string text = "LOCATION,Town,-,GBR,made,000000,51.5,-0.1,1.0,25.0\n";
  for (int k = 0; k < 7; ++k) text += "HEADER\n";
  int row = 0;
  for (int m = 1; m <= 12; ++m)
    for (int d = 1; d <= month_days[m - 1] + (leap && m == 2 ? 1 : 0); ++d)
      for (int h = 1; h <= 24; ++h, ++row) {
        char line[200];
        std::snprintf(
            line, sizeof line,
            "2021,%d,%d,%d,0,?9,10.0,5.0,70,101325,0,0,300,0,100,50,0,0,0,0,200,3.0,5,5,20,77777,9,999999999,10,0.1,0,88,0.1,0,0",
            m, d, h);
        std::string edited = line;
        edit(row, edited);
        text += edited;
        if (!edited.empty() && edited.back() != '\1') text += '\n';
      }
  return text;
}
void replace(std::string& line, const std::string& from, const std::string& to) {
  line.replace(line.find(from), from.size(), to);
}

std::string message(const std::string& text) {
  const TemporaryFile file("bad.epw", text);
  try {
    read_epw(file.path);
  } catch (const UserError& error) {
    const std::string what = error.what();
    REQUIRE(what.starts_with(file.path));
    return what.substr(file.path.size());
  }
  return "accepted";
}

double mean_c(const WeatherFile& file) {
  double sum = 0;
  for (const auto& hour : file.hours) sum += hour.outdoor_c;
  return sum / static_cast<double>(file.hours.size());
}
double heating_degree_days(const WeatherFile& file) {  // of daily means, base 15.5 degC
  double sum = 0;
  for (std::size_t d = 0; d < 365; ++d) {
    double day = 0;
    for (std::size_t h = 0; h < 24; ++h) day += file.hours[d * 24 + h].outdoor_c / 24.0;
    if (day < 15.5) sum += 15.5 - day;
  }
  return sum;
}

}  // namespace

TEST_CASE("London, Stockholm and Chicago: rows, mean and degree days") {
  struct {
    const char* name;
    double mean, degree_days, offset_h;
  } const expected[] = {{"weather/GBR_ENG_London.Wea.Ctr-St.James.Park.037700_TMYx.2007-2021.epw.gz", 12.09, 1535, 0},
                        {"weather/SWE_Stockholm.Arlanda.024600_IWEC.epw.gz", 6.49, 3435, 1},
                        {"weather/USA_IL_Chicago-OHare.Intl.AP.725300_TMY3.epw.gz", 9.99, 2835, -6}};
  for (const auto& site : expected) {
    const WeatherFile file = read_epw(hypocaust::test::validation_file(site.name));
    CHECK(file.hours.size() == 8760);
    CHECK(mean_c(file) == Approx(site.mean).margin(0.005));
    CHECK(heating_degree_days(file) == Approx(site.degree_days).margin(1.0));
    CHECK(static_cast<double>(file.utc_offset_s) == site.offset_h * 3600);
  }
}

TEST_CASE("ground temperature at 2 m beside the header of the London file") {
  // The header comes from its author's own soil and phase: the worst month differs by 1.9 K, the year by 0.1 K.
  Typed typed(weather::EpwSpec::schema());
  typed.as<weather::EpwSpec>()->file.path =
      hypocaust::test::validation_file("weather/GBR_ENG_London.Wea.Ctr-St.James.Park.037700_TMYx.2007-2021.epw.gz");
  typed.as<weather::EpwSpec>()->ground_depth_m = 2.0;
  const weather::WeatherTable table = load_weather(typed, {});
  const double header[] = {10.61, 8.82, 7.97, 7.94, 9.30, 11.28, 13.40, 15.23, 16.17, 15.99, 14.73, 12.80};
  std::int64_t at_s = 1735689600;
  for (int m = 0; m < 12; at_s += month_days[m++] * 86400)
    CHECK(table.mean(at_s, at_s + month_days[m] * 86400).ground_c == Approx(header[m]).margin(2.0));
  CHECK(table.mean(1735689600, 1735689600 + 365 * 86400).outdoor_c == Approx(12.09).margin(0.005));
}

TEST_CASE("missing values are filled by straight lines, radiation from the days about, and counted") {
  const TemporaryFile file("missing.epw", made([](int row, std::string& line) {
                             if (row == 100 || row == 101) replace(line, ",10.0,", ",99.9,");
                             if (row == 102) replace(line, ",10.0,", ",13.0,");
                             if (row == 7 || row == 9) replace(line, ",100,50,", ",9999,9999,");
                             if (row == 31) replace(line, ",100,50,", ",300,50,");
                           }));
  const WeatherFile epw = read_epw(file.path);
  CHECK(epw.filled == 2);
  CHECK(epw.hours[100].outdoor_c == Approx(11.0));
  CHECK(epw.hours[101].outdoor_c == Approx(12.0));
  CHECK(epw.light_filled == 4);
  CHECK(epw.hours[7].direct_normal_w_m2 == Approx(200.0));  // rows 31 and, around the year, 8743: 300 and 100
  CHECK(epw.hours[9].diffuse_horizontal_w_m2 == Approx(50.0));
  CHECK_THAT(message(made([](int row, std::string& line) {
               if (row < 1000) replace(line, ",10.0,", ",99.9,");
             })),
             Contains("1000 of 8760 hours"));
}

TEST_CASE("hour 1 ends at 01:00 of the file's own time, and a row is the mean of its hour") {
  Typed typed(weather::EpwSpec::schema());
  const TemporaryFile file("hour.epw", made([](int row, std::string& line) {
                             if (row == 12) replace(line, ",10.0,", ",22.0,");
                           }));  // to 13:00, UTC+1: 12:00Z
  typed.as<weather::EpwSpec>()->file.path = file.path;
  const weather::WeatherTable table = load_weather(typed, {});
  const std::int64_t noon_s = 1735689600 + 12 * 3600;
  CHECK(table.mean(noon_s - 3600, noon_s).outdoor_c == Approx(22.0));
  CHECK(table.mean(noon_s - 7200, noon_s - 3600).outdoor_c == Approx(10.0));
  CHECK(table.mean(noon_s - 7200, noon_s + 3600).outdoor_c == Approx(14.0));
}

namespace {

// A table of the weather reader of Modelica's libraries, whose row at t tells of the hour before t; edit changes a row.
std::string table_made(const Edit& edit, int rows = 8760) {
  std::string text =
      "#1\ndouble tab1(" + std::to_string(rows) +
      ",30)\n#LOCATION,Town,-,GBR,made,000000,51.5,-0.1,1.0,25.0\n#C1 Time in seconds. Beginning of a year is 0s.\n";
  for (int row = 0; row < rows; ++row) {
    char line[200];
    std::snprintf(line, sizeof line,
                  "%d.0\t%.1f\t5.0\t70\t101325\t0\t0\t300\t0\t%d\t50\t0\t0\t0\t0\t200\t3.0\t5\t5\t20\t77777\t9\t999999999\t10\t0."
                  "1\t0\t88\t0.1"
                  "\t0\t0",
                  row * 3600, row % 24 / 10.0, row % 24);
    std::string edited = line;
    edit(row, edited);
    text += edited + "\n";
  }
  return text;
}
std::string table_message(const std::string& text) {
  const TemporaryFile file("bad.mos", text);
  try {
    read_mos(file.path);
  } catch (const UserError& error) {
    return std::string(error.what()).substr(file.path.size());
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a table of Modelica's weather reader is the year of the weather file it was made from") {
  const TemporaryFile file("year.mos", table_made([](int, std::string&) {}));
  const WeatherFile mos = read_mos(file.path);
  REQUIRE(mos.hours.size() == 8760);
  CHECK(mos.city == "Town");
  CHECK(mos.utc_offset_s == 3600);
  CHECK(mos.latitude_rad == Approx(51.5 * 3.14159265 / 180));
  CHECK(mos.hours[0].outdoor_c == Approx(0.1));  // row of 3,600 s: the first hour
  CHECK(mos.hours[0].direct_normal_w_m2 == 1.0);
  CHECK(mos.hours[10].direct_normal_w_m2 == 11.0);
  CHECK(mos.hours[8759].outdoor_c == Approx(0.0));  // row of 0 s stands for the last
  CHECK(mos.hours[5].relative_humidity_frac == Approx(0.7));
  CHECK(mos.hours[5].wind_m_s == 3.0);
  CHECK(mos.hours[5].cloud_frac == Approx(0.5));
  const TemporaryFile whole("whole.mos", table_made(
                                             [](int row, std::string& line) {
                                               if (row == 8760) replace(line, "\t0.0\t", "\t7.5\t");
                                             },
                                             8761));
  CHECK(read_mos(whole.path).hours[8759].outdoor_c == 7.5);  // with a row for the end of the year
}

TEST_CASE("a table that is none, or not a year, is told with its line") {
  const auto none = [](int, std::string&) {};
  CHECK_THAT(table_message("#1\n#nothing\n"), Contains("there is no table"));
  CHECK_THAT(table_message("LOCATION,a\n"), Contains(":1:1: error: `LOCATION,a` where the table begins with"));
  CHECK_THAT(table_message("#1\ndouble tab1(8760,4)\n"), Contains("has 4 columns"));
  CHECK_THAT(table_message(table_made(none, 5000)), Contains("5000 rows of weather"));
  CHECK_THAT(table_message(table_made([](int row, std::string& line) {
               if (row == 100) line = line.substr(0, 20);
             })),
             Contains(":105: error: ") && Contains("fields where the table has 30 columns"));
  CHECK_THAT(table_message(table_made([](int row, std::string& line) {
               if (row == 100) replace(line, "360000.0", "363600.0");
             })),
             Contains(":105:1: error: `363600.0` as time (360000 s comes next"));
  CHECK_THAT(table_message(table_made([](int row, std::string& line) {
               if (row == 7) replace(line, "\t70\t", "\t-70\t");
             })),
             Contains("`-70` as relative humidity is out of range"));
  std::string lost = table_made(none);
  lost.replace(lost.find("#LOCATION"), 9, "#PLACE");
  CHECK_THAT(table_message(lost), Contains("there is no #LOCATION line"));
}

TEST_CASE("a leap year loses its 29 February") {
  const TemporaryFile file("leap.epw", made([](int, std::string&) {}, true));
  const WeatherFile epw = read_epw(file.path);
  CHECK(epw.hours.size() == 8760);
  CHECK(epw.leap_rows_dropped == 24);
}

TEST_CASE("bad EPW files: file, line, column and value") {
  const auto edit = [](int at, const char* from, const char* to) {
    return made([=](int row, std::string& line) {
      if (row == at) replace(line, from, to);
    });
  };
  CHECK_THAT(message(edit(4, ",10.0,", ",warm,")), Contains(":13:17: error: `warm` as dry bulb temperature is not a number"));
  CHECK_THAT(message(edit(4, ",10.0,", ",77,")), Contains(":13:17: error: `77`") && Contains("out of range"));
  CHECK_THAT(message(edit(4, ",10.0,", ",")), Contains(":13: error: 34 fields"));
  CHECK_THAT(message(edit(4, ",1,1,5,", ",1,1,7,")), Contains(":13:10: error: `7` as hour"));
  CHECK_THAT(message("# not weather\n"), Contains(":1:1: error: ") && Contains("climate.onebuilding.org"));
  CHECK_THAT(message(""), Contains("empty") && Contains("climate.onebuilding.org"));
  const std::string whole = made([](int, std::string&) {});
  CHECK_THAT(message(whole.substr(0, whole.size() - 60)), Contains(":8768: error: ") && Contains("cut off"));
  CHECK_THAT(message(whole.substr(0, whole.size() / 2)), Contains("cut off"));
  CHECK_THAT(message(whole + "2021,1,1,1,0,?9,10.0\n"), Contains(":8769: error: "));
  CHECK_THROWS_WITH(read_epw("/nowhere/london.epw"), Contains("there is no such file") && Contains("climate.onebuilding.org"));
}
