#include <catch2/catch.hpp>

#include "models/core/errors.hpp"
#include "sim/input/series.hpp"
#include "tests/support/validation_data.hpp"
#include "tests/unit/sim/input/temporary_file.hpp"

using namespace hypocaust;
using namespace hypocaust::input;
using Catch::Contains;

namespace {

constexpr std::int64_t start_s = 1735689600;  // 2025-01-01T00:00Z
const std::string three = "time,power\n2025-01-01T00:00Z,1\n2025-01-01T01:00Z,3\n2025-01-01T02:00Z,8\n";

SeriesSpec spec(const TemporaryFile& file, Between between = Between::hold, bool repeat = false) {
  SeriesSpec s;
  s.file.path = file.path, s.column = "power", s.unit = "kW", s.between = between, s.repeat = repeat;
  return s;
}
SeriesSpec spec_of(const TemporaryFile& file, const std::string& zone) {
  SeriesSpec s = spec(file);
  s.time_zone = zone;
  return s;
}

}  // namespace

TEST_CASE("held and interpolated series give exact means in SI") {
  const TemporaryFile file("three.csv", three);
  const Series held = load_series("load", spec(file)), line = load_series("load", spec(file, Between::interpolate));
  CHECK(held.mean(start_s, start_s + 60) == 1000.0);
  CHECK(held.mean(start_s + 1800, start_s + 5400) == Approx(2000.0));
  CHECK(held.mean(start_s, start_s + 3 * 3600) == Approx(4000.0));  // the last row holds an hour too
  CHECK(line.at(start_s + 1800) == Approx(2000.0));
  CHECK(line.mean(start_s, start_s + 7200) == Approx((2000.0 + 5500.0) / 2));
  CHECK(held.end_s() == start_s + 3 * 3600);
}

TEST_CASE("outside its file a series repeats when told to, else says what is missing") {
  const TemporaryFile file("repeat.csv", three);
  const Series once = load_series("load", spec(file)), again = load_series("load", spec(file, Between::hold, true));
  CHECK(again.at(start_s + 3 * 3600) == 1000.0);
  CHECK(again.at(start_s - 1) == 8000.0);
  CHECK(again.mean(start_s - 3 * 3600, start_s + 6 * 3600) == Approx(4000.0));
  CHECK_THROWS_WITH(once.at(start_s + 3 * 3600),
                    Contains("series.load") && Contains("2025-01-01T03:00:00Z") && Contains("repeat: true"));
  CHECK_THROWS_AS(once.require(start_s - 60, start_s), UserError);
}

TEST_CASE("a series in another currency counts at a rate that stands or moves") {
  const TemporaryFile file("three.csv", three), rates("rates.csv", "time,power\n2025-01-01T00:00Z,0.5\n2025-01-01T01:30Z,2\n");
  SeriesSpec gbp = spec(rates);
  gbp.unit = "GBP";
  const auto rate = std::make_shared<const Series>(load_series("rate", gbp));
  Series fixed = load_series("load", spec(file)), moves = fixed, per_sum = fixed;
  fixed.exchange(0.8, 1);
  CHECK(fixed.mean(start_s, start_s + 3600) == Approx(800.0));
  moves.exchange(rate, 1), per_sum.exchange(rate, -1);
  CHECK(moves.mean(start_s, start_s + 3600) == Approx(500.0));
  CHECK(moves.mean(start_s + 3600, start_s + 7200) == Approx(3000.0 * 1.25));  // half an hour at 0.5, half at 2
  CHECK(moves.mean(start_s, start_s + 7200) == Approx((500.0 + 3750.0) / 2));
  CHECK(moves.at(start_s + 7000) == Approx(6000.0));
  CHECK(per_sum.mean(start_s, start_s + 3600) == Approx(2000.0));
  const TemporaryFile late("late.csv", "time,power\n2025-01-01T01:00Z,1\n2025-01-01T02:00Z,1\n");
  moves.exchange(std::make_shared<const Series>(load_series("late", spec(late))), 1);
  CHECK_THROWS_WITH(moves.require(start_s, start_s + 3600), Contains("series.late: the file reaches from"));
}

TEST_CASE("times in hours count from start") {
  const TemporaryFile file("hours.csv", "hours,power\n0,1\n0.5,2\n1,3\n");
  SeriesSpec s = spec(file);
  CHECK_THROWS_WITH(load_series("load", s), Contains(":1:1: error: ") && Contains("start"));
  s.start.utc_s = start_s;
  CHECK(load_series("load", s).at(start_s + 1800) == 2000.0);
}

TEST_CASE("local hours: skipped rows dropped, the doubled hour held or read twice") {
  const TemporaryFile naive("spring.csv",
                            "time,power\n2023-03-26 00:00,1\n2023-03-26 01:00,2\n2023-03-26 02:00,3\n2023-03-26 03:00,4\n");
  const Series spring = load_series("load", spec_of(naive, "Europe/Berlin"));
  CHECK(spring.column().clock_rows_dropped == 1);
  CHECK(spring.column().values.size() == 3);
  CHECK(spring.at(1679792400) == 4000.0);  // 01:00Z is 03:00 local
  const TemporaryFile single("autumn.csv",
                             "time,power\n2023-10-29 00:00,1\n2023-10-29 01:00,2\n2023-10-29 02:00,3\n2023-10-29 03:00,4\n");
  CHECK(load_series("load", spec_of(single, "Europe/Berlin")).column().clock_gaps_held == 1);
  const TemporaryFile both("both.csv",
                           "time,power\n2023-10-29 01:00,2\n2023-10-29 02:00,3\n2023-10-29 02:00,5\n2023-10-29 03:00,4\n");
  const Series twice = load_series("load", spec_of(both, "Europe/Berlin"));
  CHECK(twice.at(1698541200) == 5000.0);  // 01:00Z, the second 02:00
}

TEST_CASE("bad CSV files: file, line, column and value") {
  const auto message = [](const std::string& text) {
    const TemporaryFile file("bad.csv", text);
    try {
      load_series("load", spec(file));
    } catch (const UserError& error) {
      const std::string what = error.what();
      REQUIRE(what.starts_with(file.path));
      return what.substr(file.path.size());
    }
    return std::string("accepted");
  };
  const std::string head = "time,power\n2025-01-01T00:00Z,1\n2025-01-01T01:00Z,2\n";
  CHECK_THAT(message(head + "2025-01-01T02:00Z,x\n"), Contains(":4:19: error: `x`"));
  CHECK_THAT(message(head + "2025-01-01T02:00Z,\n"), Contains(":4:19: error: ") && Contains("empty"));
  CHECK_THAT(message(head + "2025-01-01T02:00Z,nan\n"), Contains(":4:19: error: `nan`"));
  CHECK_THAT(message(head + "2025-01-01T02:00Z,1e400\n"), Contains(":4:19: error: `1e400`"));
  CHECK_THAT(message(head + "2025-01-01T02:0"), Contains(":4: error: 1 fields") && Contains("cut off"));
  CHECK_THAT(message(head + "2025-01-01T00:30Z,3\n"), Contains(":4:1: error: ") && Contains("not sorted"));
  CHECK_THAT(message(head + "2025-01-01T01:00Z,3\n"), Contains(":4:1: error: ") && Contains("repeats"));
  CHECK_THAT(message(head + "2025-01-01T05:00Z,3\n"), Contains(":4:1: error: ") && Contains("14400 s"));
  CHECK_THAT(message(head + "2025-02-30,3\n"), Contains(":4:1: error: `2025-02-30`"));
  CHECK_THAT(message("time,Power\n2025-01-01,1\n"), Contains(":1: error: ") && Contains("did you mean `Power`?"));
  CHECK_THAT(message("time,power\n"), Contains("two are needed"));
  CHECK_THAT(message(""), Contains("error: the file is empty"));
  CHECK_THAT(message(std::string("time,power\n\0\0", 13)), Contains(":2:1: error: a zero byte"));
}

TEST_CASE("day-ahead prices of 2023 in local time") {
  SeriesSpec s;
  s.file.path = hypocaust::test::validation_file("price_carbon/DE-LU_electricity_prices_2023_EUR_local.csv.gz");
  s.column = "Price (EUR/MWh)", s.unit = "EUR/MWh", s.time_zone = "Europe/Berlin";
  const Series price = load_series("price", s);
  CHECK(price.column().clock_rows_dropped == 1);
  CHECK(price.column().clock_gaps_held == 1);
  CHECK(price.at(1688299200) * 3.6e9 == Approx(-500.0));  // 2 July 14:00 in Germany, 12:00Z
}
