#include "sim/input/hour_factors.hpp"

#include <catch2/catch.hpp>

#include "models/core/errors.hpp"
#include "tests/unit/sim/input/temporary_file.hpp"

using namespace hypocaust;

namespace {

const std::string heading =
    "hour_of_day,weekday,building_class,shlp_type,temp_intervall_01,temp_intervall_02,temp_intervall_03,temp_intervall_04,"
    "temp_intervall_05,temp_intervall_06,temp_intervall_07,temp_intervall_08,temp_intervall_09,temp_intervall_10\n";

// Every weekday (0): 1/24 an hour, as four decimals give it; noon has what is left.
std::string table(const std::string& customer, const std::string& house_class) {
  std::string text = heading;
  for (int hour = 1; hour <= 24; ++hour) {
    text += std::to_string(hour) + ",0," + house_class + "," + customer;
    for (int band = 0; band < 10; ++band) text += hour == 12 ? ",0.0800" : ",0.0400";
    text += "\n";
  }
  return text;
}

std::string refusal(const std::string& text) {
  const TemporaryFile file("hours.csv", text);
  try {
    input::read_hour_factors({.path = file.path, .customer = demand::Customer::gha, .building_class = 11});
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("hour factors are read by customer and class, every weekday's where it is 0, and add up to a day") {
  const TemporaryFile file("hours.csv", table("GHA", "0") + table("EFH", "3").substr(heading.size()));
  const auto shop = input::read_hour_factors({.path = file.path, .customer = demand::Customer::gha, .building_class = 11});
  const auto house = input::read_hour_factors({.path = file.path, .customer = demand::Customer::efh, .building_class = 3});
  for (const auto& factors : {shop, house})
    for (int weekday = 1; weekday <= 7; ++weekday) {
      double sum = 0;
      for (int hour = 0; hour < 24; ++hour) sum += factors.factor(weekday, 7.0, hour);
      CHECK(sum == Approx(24.0).epsilon(1e-14));
      CHECK(factors.factor(weekday, 7.0, 11) == Approx(24 * 0.08));
      CHECK(factors.factor(weekday, -40.0, 0) == Approx(24 * 0.04));
    }
}

TEST_CASE("faulty hour factors are refused by line and column") {
  const std::string good = table("GHA", "0");
  REQUIRE(refusal(good).empty());
  CHECK_THAT(refusal(changed(good, "temp_intervall_07", "band_7")),
             Catch::Contains("hours.csv:1") && Catch::Contains("has no column `temp_intervall_07`"));
  CHECK_THAT(refusal(changed(good, "\n3,0,0,GHA,0.0400", "\n3,0,0,GHA,warm")),
             Catch::Contains("hours.csv:4:11: ") && Catch::Contains("`warm` is no share"));
  CHECK_THAT(refusal(changed(good, "\n3,0,", "\n25,0,")), Catch::Contains("hours.csv:4:1: ") && Catch::Contains("from 1 to 24"));
  CHECK_THAT(refusal(changed(good, "\n3,0,", "\n2,0,")), Catch::Contains("hours.csv:4") && Catch::Contains("line 3"));
  CHECK_THAT(refusal(changed(good, "\n3,0,0,GHA", "\n3,0,0,GKO")), Catch::Contains("weekday 1, hour 3"));
  CHECK_THAT(refusal(changed(good, "\n3,0,0,GHA,0.0400", "\n3,0,0,GHA,0.2400")), Catch::Contains("add up to 1.2"));
  CHECK_THAT(refusal(changed(good, "\n3,0,0,GHA,0.0400", "\n3,0,0,GHA")), Catch::Contains("has 13 fields, the heading 14"));
  CHECK_THAT(refusal(table("GKO", "0")), Catch::Contains("no row of customer `gha`"));
}
