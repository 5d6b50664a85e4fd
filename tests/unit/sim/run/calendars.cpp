// Calendars from the file to the plant: what a key gets in each step, and what `show` prints.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "sim/config/config.hpp"
#include "sim/run/site.hpp"

using namespace hypocaust;
using namespace hypocaust::run;

namespace {

struct File {
  std::filesystem::path path;
  explicit File(const std::string& text) {
    std::string name = (std::filesystem::temp_directory_path() / "hypocaust-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
    std::ofstream(path / "site.yaml") << text;
  }
  ~File() { std::filesystem::remove_all(path); }
};

const std::string text = R"(hypocaust: 1
clock: {start: 2025-07-14, duration: 7 d, warm_up: 1 d}
site: {time_zone: Europe/London}
weather: {type: constant, outdoor: 20 degC}
power: {loads: {lighting: {calendar: opening, during: 12 kW, otherwise: 1 kW}}}
heat_users:
  showers: {type: degree_hours, constant_power: {calendar: opening, during: 40 kW, otherwise: 0 kW},
            supply: {calendar: opening, during: 60 degC, otherwise: 45 degC}, return: 10 degC}
calendars:
  opening: {hours: {every_day: [06:30-22:00], sunday: [closed]}, except: [repair]}
  repair: {days: [2025-07-16]}
)";

}  // namespace

TEST_CASE("a key follows its calendar, step by step") {
  const File file(text);
  const config::Loaded loaded = config::load({.path = (file.path / "site.yaml").string(), .cases = {}, .sets = {}});
  const auto site = checked_site(loaded);
  const std::int64_t start_s = site->start_utc_s;
  CHECK(site->auxiliary_w(start_s, start_s + 60) == 1e3);
  CHECK(site->auxiliary_w(start_s + 5 * 3600 + 1800, start_s + 5 * 3600 + 1860) == 12e3);  // 06:30 in London
  CHECK(site->auxiliary_w(start_s + 5 * 3600 + 1740, start_s + 5 * 3600 + 1860) == Approx(6.5e3));
  CHECK(site->auxiliary_w(start_s + 2 * 86400 + 12 * 3600, start_s + 2 * 86400 + 13 * 3600) == 1e3);  // repair
  double sum_kwh = 0;
  for (std::int64_t at_s = start_s; at_s < start_s + 7 * 86400; at_s += 60) sum_kwh += site->auxiliary_w(at_s, at_s + 60) / 60e3;
  CHECK(sum_kwh == Approx(7 * 24 + 5 * 15.5 * 11));
  const weather::WeatherStep weather = site->weather.mean(start_s, start_s + 60);
  const auto wanted = [&](std::int64_t at_s) { return site->wanted(site->users[0], site->conditions(weather, at_s), at_s); };
  CHECK(wanted(start_s).power_w == 0.0);
  CHECK(wanted(start_s).supply_c == Approx(45.0));
  CHECK(wanted(start_s + 12 * 3600).power_w == Approx(40e3));
  CHECK(wanted(start_s + 12 * 3600).supply_c == Approx(60.0));
}

TEST_CASE("what show prints of a calendar reads back to the same") {
  const File file(text);
  const config::Loaded loaded = config::load({.path = (file.path / "site.yaml").string(), .cases = {}, .sets = {}});
  const std::string shown = config::resolved_yaml(loaded);
  CHECK_THAT(shown, Catch::Contains("{calendar: opening, during: 12000 W, otherwise: 1000 W}"));
  CHECK_THAT(shown, Catch::Contains("{calendar: opening, during: 60 degC, otherwise: 45 degC}"));
  const File again(shown);
  CHECK(config::resolved_yaml(config::load({.path = (again.path / "site.yaml").string(), .cases = {}, .sets = {}})) == shown);
}
