#include "sim/study/bills.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>

#include "models/core/errors.hpp"
#include "models/core/nearest.hpp"
#include "models/core/units.hpp"
#include "models/weather/spec.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/compute/compute.hpp"
#include "sim/config/config.hpp"
#include "sim/config/record.hpp"
#include "sim/run/months.hpp"
#include "sim/run/year.hpp"

namespace hypocaust::study {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t months = 12;
// Spread of the residuals over the mean month: 15 % is what ASHRAE Guideline 14 (2014) asks of a model calibrated to monthly bills;
// beyond twice that the shape of the year is another one (assumed).
constexpr double good_spread = 0.15, most_spread = 0.30;
constexpr double least_factor = 0.02, close_enough = 0.005;
constexpr int most_rounds = 4;

// What grows with the size of a user: heat follows these keys, whatever else is kept. Where a star stands, any name.
struct Extensive {
  std::string_view type, key;
};
constexpr std::array extensive{Extensive{"building", "floor_area"},
                               Extensive{"building", "envelope_area"},
                               Extensive{"building", "windows.*.area"},
                               Extensive{"building", "emitter.nominal_power"},
                               Extensive{"building", "backup.power"},
                               Extensive{"pool", "area"},
                               Extensive{"pool", "volume"},
                               Extensive{"pool", "nominal_power"},
                               Extensive{"pool", "make_up"},
                               Extensive{"pool", "backup.power"},
                               Extensive{"pool", "hall.volume"},
                               Extensive{"pool", "hall.heat_loss"},
                               Extensive{"pool", "hall.heating_power"},
                               Extensive{"pool", "hall.ventilation_max"},
                               Extensive{"pool", "hall.dehumidifier"},
                               Extensive{"hot_water", "profile.volume"},
                               Extensive{"hot_water", "events.volume"},
                               Extensive{"hot_water", "draw"},
                               Extensive{"hot_water", "draw_power"},
                               Extensive{"hot_water", "volume"},
                               Extensive{"hot_water", "nominal_power"},
                               Extensive{"hot_water", "loop_loss"},
                               Extensive{"greenhouse", "area"},
                               Extensive{"greenhouse", "cover"},
                               Extensive{"greenhouse", "nominal_power"},
                               Extensive{"greenhouse", "backup.power"},
                               Extensive{"process_bath", "area"},
                               Extensive{"process_bath", "volume"},
                               Extensive{"process_bath", "walls"},
                               Extensive{"process_bath", "goods"},
                               Extensive{"process_bath", "nominal_power"},
                               Extensive{"process_bath", "backup.power"},
                               Extensive{"degree_hours", "power_per_kelvin"},
                               Extensive{"degree_hours", "constant_power"},
                               Extensive{"standard_load_profile", "annual_heat"},
                               Extensive{"standard_load_profile", "customer_value"}};

bool matches(std::string_view key, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return key == pattern;
  return key.size() > pattern.size() && key.starts_with(pattern.substr(0, star)) && key.ends_with(pattern.substr(star + 1));
}

struct Size {
  std::string key, unit;  // below the user
  double value;           // in unit
};
struct User {
  std::string name;
  bool water;               // hot water; else rooms, pools and the like
  std::vector<Size> sizes;  // as the archetype has them
};

std::vector<User> users_of(const config::Loaded& archetype) {
  std::vector<User> users;
  for (const auto& entry : archetype.scenario.heat_users.entries) {
    const std::string_view type = entry.value.schema()->name;
    User user{.name = entry.name, .water = type == "hot_water", .sizes = {}};
    const std::string prefix = "heat_users." + entry.name + ".";
    Typed record = entry.value;
    for (auto at = archetype.origins.lower_bound(prefix); at != archetype.origins.end() && at->first.starts_with(prefix); ++at) {
      const std::string key = at->first.substr(prefix.size());
      const auto known = std::any_of(extensive.begin(), extensive.end(),
                                     [&](const Extensive& e) { return e.type == type && matches(key, e.key); });
      if (!known) continue;
      const Located found = locate(*record.schema(), record.object(), key);
      const bool varying = found.member && found.type->kind == Kind::varying;
      if (!found.member || (!varying && found.type->kind != Kind::quantity)) continue;
      const double value =
          varying ? static_cast<const Varying*>(found.member)->constant : *static_cast<const double*>(found.member);
      if (value != value) continue;  // a series or calendar keeps its values
      user.sizes.push_back({key, std::string(found.field->unit), value / parse_unit(found.field->unit).unit.scale});
    }
    if (user.sizes.empty())
      throw UserError(archetype.path + ": error: heat_users." + entry.name + ": no size of it is a constant (a `" +
                      std::string(type) +
                      "` that follows a series cannot be scaled to bills); choose an archetype of buildings, pools or hot water");
    users.push_back(std::move(user));
  }
  if (users.empty())
    throw UserError(archetype.path + ": error: has no heat users to scale; name an archetype of configs/archetypes");
  return users;
}

struct Factors {
  double rooms = 1, water = 1;
  double of(const User& user) const { return user.water ? water : rooms; }
};

struct Place {
  std::string_view climate, time_zone;
};
constexpr std::array places{Place{"london", "Europe/London"},    Place{"stockholm", "Europe/Stockholm"},
                            Place{"frankfurt", "Europe/Berlin"}, Place{"paris", "Europe/Paris"},
                            Place{"chicago", "America/Chicago"}, Place{"helsinki", "Europe/Helsinki"}};

std::string zone_of(const std::string& climate) {
  std::vector<std::string_view> names;
  for (const std::string_view name : weather::names(weather::Climate{})) names.push_back(name);
  if (std::find(names.begin(), names.end(), climate) == names.end()) {
    std::string list;
    for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + std::string(name);
    throw UserError("hypocaust new: error: --climate `" + climate + "` is none of " + list + "; choose the nearest of them");
  }
  for (const Place& place : places)
    if (place.climate == climate) return std::string(place.time_zone);
  return "UTC";
}

std::string archetype_file(const std::string& word) {
  if (word.ends_with(".yaml")) return word;
  std::vector<std::string> names;
  for (const std::string& file : config::files_of_configs("archetypes")) {
    if (fs::path(file).stem() == word) return file;
    names.push_back(fs::path(file).stem().string());
  }
  const std::string_view near = nearest(word, {names.begin(), names.end()});
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  throw UserError(
      "hypocaust new: error: no archetype is called `" + word + "`" +
      (near.empty() ? "; there are " + list + ", or name a .yaml file" : "; did you mean `" + std::string(near) + "`?"));
}

std::string shown(double value) {  // three digits are more than bills can tell
  const double digits = std::pow(10.0, 2 - std::floor(std::log10(value)));
  return format_number(std::round(value * digits) / digits);
}

// The keys below one another: "emitter.nominal_power" opens `emitter:`.
void write_sizes(std::string& out, const User& user, double factor) {
  out += "  " + user.name + ":\n";
  std::vector<std::string> open;
  for (const Size& size : user.sizes) {
    std::vector<std::string> parts;
    for (std::size_t at = 0, dot; at <= size.key.size(); at = dot + 1) {
      dot = std::min(size.key.find('.', at), size.key.size());
      parts.push_back(size.key.substr(at, dot - at));
    }
    for (std::size_t k = 0; k < parts.size(); ++k) {
      const std::string indent(4 + 2 * k, ' ');
      const bool last = k + 1 == parts.size();
      const bool opened =
          !last && k < open.size() && std::equal(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(k) + 1, open.begin());
      if (last)
        out += fmt::format("{}{}: !assumed {} {}   # archetype: {}\n", indent, parts[k], shown(size.value * factor), size.unit,
                           shown(size.value));
      else if (!opened) out += indent + parts[k] + ":\n";
    }
    parts.pop_back();
    open = std::move(parts);
  }
}

struct Month {
  double rooms_j = 0, water_j = 0;
  double heat_j() const { return rooms_j + water_j; }
};

class Scaling {
 public:
  explicit Scaling(const BillsRequest& request)
      : request_(request),
        bills_(read_bills(request.bills)),
        zone_(zone_of(request.climate)),
        archetype_(archetype_file(request.archetype)),
        loaded_(config::load({.path = archetype_, .cases = {}, .sets = {}})),
        users_(users_of(loaded_)),
        folder_(fs::absolute(request.output.empty() ? "site.yaml" : request.output).parent_path()) {
    for (const Bill& bill : bills_) wanted_j_.push_back(request.boiler_frac * bill.fuel_j);
  }

  BilledSite site() {
    std::vector<Month> found = simulate({});
    Factors now = least_squares(found);
    if (now.water == 0) std::erase_if(users_, [](const User& user) { return user.water; }), dropped_ = true;
    for (int round = 0; round < most_rounds; ++round) {
      const double rooms_j = total(found, &Month::rooms_j), water_j = total(found, &Month::water_j);
      const Factors before = round == 0 ? Factors{} : last_;
      const Factors aim = round == 0 ? now
                                     : Factors{before.rooms * wanted_rooms_j_ / std::max(rooms_j, 1.0),
                                               before.water * wanted_water_j_ / std::max(water_j, 1.0)};
      if (round == 0) wanted_rooms_j_ = now.rooms * rooms_j, wanted_water_j_ = now.water * water_j;
      last_ = aim;
      found = simulate(last_);
      const double off =
          std::abs(total(found, &Month::rooms_j) + total(found, &Month::water_j) - wanted_rooms_j_ - wanted_water_j_);
      if (off <= close_enough * (wanted_rooms_j_ + wanted_water_j_)) break;
    }
    return told(found);
  }

 private:
  int days() const {  // of the twelve months
    const auto first = [&](int more) {
      return std::chrono::sys_days{std::chrono::year{bills_[0].year + more} / bills_[0].month / 1};
    };
    return static_cast<int>((first(1) - first(0)).count());
  }

  static double total(const std::vector<Month>& list, double Month::*part) {
    double sum = 0;
    for (const Month& month : list) sum += month.*part;
    return sum;
  }

  // Sizes of rooms and of hot water, 0 or more, whose months are nearest to the bills.
  Factors least_squares(const std::vector<Month>& found) const {
    double rr = 0, ww = 0, rw = 0, rt = 0, wt = 0;
    for (std::size_t m = 0; m < months; ++m) {
      const double r = found[m].rooms_j, w = found[m].water_j, t = wanted_j_[m];
      rr += r * r, ww += w * w, rw += r * w, rt += r * t, wt += w * t;
    }
    const bool rooms = rr > 0, water = ww > 0;
    const double determinant = rr * ww - rw * rw;
    Factors f{rooms ? rt / rr : 1.0, water ? 0.0 : 1.0};
    if (rooms && water && determinant > 1e-9 * rr * ww)
      f = {(rt * ww - wt * rw) / determinant, (wt * rr - rt * rw) / determinant};
    if (!rooms) f = {1.0, wt / ww};
    else if (water && f.water < least_factor) f = {rt / rr, 0.0};
    if (rooms && f.rooms < least_factor)
      throw UserError(
          request_.bills + ": error: no size of `" + request_.archetype +
          "` meets these bills: they do not rise with the cold as its rooms do (the best size is none at all); are the "
          "months in order, is the fuel for heating? An archetype of hot water alone may fit");
    return f;
  }

  std::string removed(const std::string& key) const {  // where the archetype has it
    return loaded_.origins.contains(key) ? ", " + key.substr(key.find('.') + 1) + ": !remove" : "";
  }
  std::string yaml(const Factors& factors, const std::string& comment) const {
    const std::string include = fs::relative(fs::absolute(archetype_), folder_).generic_string();
    std::string out = "hypocaust: 1\n" + comment +
                      fmt::format(R"(include: ["{}"]
title: {} after its bills
clock: {{start: {}-{:02}-01, duration: {} d, step: 60 s, warm_up: 14 d}}
site: {{time_zone: {}{}}}   # the climate's own place
weather: !replace {{type: synthetic, climate: !assumed {}}}
heat_users:
)",
                                  include, fs::path(archetype_).stem().string(), bills_[0].year, bills_[0].month, days(), zone_,
                                  removed("site.latitude") + removed("site.longitude"), request_.climate);
    for (const User& user : users_) write_sizes(out, user, factors.of(user));
    if (dropped_) {
      for (const auto& name : dropped_names_) out += "  " + name + ": !remove   # the warm months leave nothing for it\n";
    }
    return out;
  }

  std::vector<Month> simulate(const Factors& factors) {
    if (!dropped_) {
      dropped_names_.clear();
      for (const User& user : users_)
        if (user.water) dropped_names_.push_back(user.name);
    }
    struct Draft {  // beside the site to be, so that `include:` is the same
      std::string path;
      ~Draft() {
        std::error_code ignored;
        fs::remove(path, ignored);
      }
    } const draft{(folder_ / (".bills." + base::process_name() + ".yaml")).string()};
    base::write_file(draft.path, yaml(factors, ""));
    const config::Loaded loaded = config::load({.path = draft.path, .cases = {}, .sets = {"clock.step=300 s"}});
    const auto side = compute::no_hosts();
    run::Site site(loaded, side->rack_names());
    run::YearLoop loop(site, *side, nullptr, true);
    const run::Months calendar(site.start_utc_s, site.steps * site.step_s);
    std::vector<Month> list(months);
    std::vector<double> before_j(site.users.size(), 0);
    loop.start();
    for (std::int64_t k = -site.warm_up_steps; k < site.steps; ++k) {
      loop.advance(k);
      if (k < 0) continue;
      const std::size_t m = std::min(calendar.index_at(k * site.step_s), months - 1);
      for (std::size_t u = 0; u < site.users.size(); ++u) {
        const run::UserFigures& figures = loop.so_far().users[u];
        const double given_j = figures.consumed_j + figures.backup_j;
        (scenario_water(loaded, u) ? list[m].water_j : list[m].rooms_j) += given_j - before_j[u];
        before_j[u] = given_j;
      }
    }
    return list;
  }
  static bool scenario_water(const config::Loaded& loaded, std::size_t user) {
    return loaded.scenario.heat_users.entries[user].value.schema()->name == "hot_water";
  }

  BilledSite told(const std::vector<Month>& found) const {
    double squares = 0, sum_j = 0;
    std::size_t worst = 0;
    const auto residual_j = [&](std::size_t m) { return found[m].heat_j() - wanted_j_[m]; };
    for (std::size_t m = 0; m < months; ++m) {
      squares += residual_j(m) * residual_j(m), sum_j += wanted_j_[m];
      if (std::abs(residual_j(m)) > std::abs(residual_j(worst))) worst = m;
    }
    const double mean_j = sum_j / static_cast<double>(months),
                 spread = std::sqrt(squares / static_cast<double>(months - 1)) / mean_j;
    const Bill& bad = bills_[worst];
    const std::string off = fmt::format("the months stray by {:.0f} % of their mean, {}-{:02} most ({:+.0f} kWh)", 100 * spread,
                                        bad.year, bad.month, residual_j(worst) / 3.6e6);
    if (spread > most_spread)
      throw UserError(request_.bills + ": error: no size of `" + request_.archetype + "` meets these bills: " + off +
                      fmt::format(" (up to {:.0f} % is taken)", 100 * most_spread) +
                      "; look at that month, or choose an archetype whose year has another shape");
    std::string table = fmt::format("# Written by `hypocaust new {} --bills {} --boiler {} --climate {}`.\n",
                                    fs::path(archetype_).stem().string(), fs::path(request_.bills).filename().string(),
                                    format_number(request_.boiler_frac), request_.climate);
    table += fmt::format(
        "# Rooms are {} times the archetype's{}; everything else is the archetype's: check what is marked !assumed there.\n"
        "# Assumed: all the gas went through the boiler ({} of it as heat, on the basis of the bills: gross in Britain), and the "
        "months were\n"
        "# those of the synthetic climate; a cold or mild year shows as residuals. Sizes are what the heat suggests, not what "
        "was measured.\n"
        "#\n#   month         gas        heat   this site    residual      kWh\n",
        shown(last_.rooms), dropped_ ? ", without its hot water" : fmt::format(", hot water {} times", shown(last_.water)),
        format_number(request_.boiler_frac));
    for (std::size_t m = 0; m < months; ++m)
      table += fmt::format("#   {}-{:02} {:11.0f} {:11.0f} {:11.0f} {:+11.0f}\n", bills_[m].year, bills_[m].month,
                           bills_[m].fuel_j / 3.6e6, wanted_j_[m] / 3.6e6, found[m].heat_j() / 3.6e6, residual_j(m) / 3.6e6);
    table += fmt::format("#   residuals spread by {:.1f} % of the mean month ({:.0f} % is a good fit: ASHRAE Guideline 14)\n",
                         100 * spread, 100 * good_spread);
    BilledSite site{.yaml = yaml(last_, table), .warnings = {}};
    if (spread > good_spread)
      site.warnings = request_.bills + ": warning: " + off + "; 15 % is a good fit: another archetype may suit better\n";
    return site;
  }

  const BillsRequest& request_;
  std::vector<Bill> bills_;
  std::string zone_, archetype_;
  config::Loaded loaded_;  // the archetype as it is
  std::vector<User> users_;
  fs::path folder_;
  std::vector<double> wanted_j_;
  Factors last_;
  double wanted_rooms_j_ = 0, wanted_water_j_ = 0;
  bool dropped_ = false;
  std::vector<std::string> dropped_names_;
};

}  // namespace

BilledSite site_from_bills(const BillsRequest& request) {
  if (!(request.boiler_frac >= 0.2 && request.boiler_frac <= 1.1))
    throw UserError("hypocaust new: error: --boiler " + format_number(request.boiler_frac) +
                    " is no efficiency of a boiler (0.2 to 1.1); write 0.85 for 85 %");
  return Scaling(request).site();
}

}  // namespace hypocaust::study
