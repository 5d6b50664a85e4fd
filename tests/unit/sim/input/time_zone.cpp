#include <catch2/catch.hpp>

#include "models/core/errors.hpp"
#include "sim/input/time_zone.hpp"

using namespace hypocaust;
using namespace hypocaust::input;

TEST_CASE("local time across the clock changes of London 2025") {
  const TimeZone london("Europe/London");
  const std::int64_t forward_s = 1743296400;  // 2025-03-30T01:00Z
  CHECK(london.local(forward_s - 1).second_of_day == 3599);
  CHECK(london.local(forward_s).second_of_day == 2 * 3600);
  CHECK(london.local(forward_s).weekday == 7);
  const std::int64_t back_s = 1761440400;  // 2025-10-26T01:00Z
  CHECK(london.local(back_s - 1).second_of_day == 2 * 3600 - 1);
  CHECK(london.local(back_s).second_of_day == 3600);
  CHECK(london.local(back_s - 5).day_of_year == 299);
  CHECK(london.local(forward_s - 1).second_of_day == 3599);  // and back again: the remembered interval is left
  CHECK_FALSE(time_zone_database_version().empty());
}

TEST_CASE("instants of a local time: none when skipped, two when shown twice") {
  const TimeZone berlin("Europe/Berlin");
  const std::int64_t skipped = 1679796000;  // 2023-03-26 02:00 on the clock
  CHECK(berlin.instants(skipped).count == 0);
  const std::int64_t twice = 1698544800;  // 2023-10-29 02:00 on the clock
  const TimeZone::Instants both = berlin.instants(twice);
  REQUIRE(both.count == 2);
  CHECK(both.utc_s[0] == twice - 7200);
  CHECK(both.utc_s[1] == twice - 3600);
  CHECK(berlin.instants(twice + 3600).count == 1);
}

TEST_CASE("leap day and year of local dates") {
  const TimeZone tokyo("Asia/Tokyo");
  const LocalTime leap = tokyo.local(1709132400);  // 2024-02-28T15:00Z is 29 February in Tokyo
  CHECK((leap.month == 2 && leap.day == 29 && leap.day_of_year == 60 && leap.weekday == 4 && leap.second_of_day == 0));
}

TEST_CASE("an unknown zone names the nearest") {
  CHECK_THROWS_WITH(TimeZone("Europe/Londn"),
                    Catch::Contains("`Europe/Londn`") && Catch::Contains("did you mean `Europe/London`?"));
  CHECK_THROWS_WITH(TimeZone("Stockholm"), Catch::Contains("Europe/Stockholm"));
  CHECK_THROWS_AS(TimeZone("zzz"), UserError);
}
