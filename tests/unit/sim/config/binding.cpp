#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "models/core/errors.hpp"
#include "sim/config/bind.hpp"
#include "sim/config/layers.hpp"
#include "sim/config/parts.hpp"
#include "sim/config/scalar.hpp"
#include "sim/config/yaml_out.hpp"

using namespace hypocaust;
using namespace hypocaust::config;

namespace {

enum class Colour : int { red, green };
std::span<const std::string_view> names(Colour) {
  static constexpr std::string_view list[] = {"red", "green"};
  return list;
}
struct Tank {
  Ref top;
  double volume_m3 = not_given, height_m = not_given, initial_c = 45.0;
  std::int64_t layers = 20;
  static const Schema& schema() {
    static const Schema s =
        describe<Tank>("tank", "A tank.",
                       {row<&Tank::top>("top", "", port, "node at the top"),
                        row<&Tank::volume_m3>("volume", "m3", {.need = required, .above = 0, .formerly = "content"}, "content"),
                        row<&Tank::height_m>("height", "m", {.need = derived, .above = 0}, "height"),
                        row<&Tank::initial_c>("initial", "degC", {.min = 0, .max = 110}, "start"),
                        row<&Tank::layers>("layers", "", {.min = 1, .max = 64}, "layers")});
    return s;
  }
};
struct Pump {
  double flow_m3_s = not_given;
  static const Schema& schema() {
    static const Schema s =
        describe<Pump>("pump", "A pump.", {row<&Pump::flow_m3_s>("nominal_flow", "m3/h", {.above = 0}, "flow")});
    return s;
  }
};
std::span<const Schema* const> types() {
  static const Schema* const list[] = {&Tank::schema(), &Pump::schema()};
  return list;
}
struct Plant {
  Named<Typed> components;
  static const Schema& schema() {
    static const Schema s = describe<Plant>(
        "plant", "", {row<&Plant::components>("components", "", {.scope = "component", .types = types}, "parts")});
    return s;
  }
};
struct Tier {
  double factor_frac = 1.0;
  static const Schema& schema() {
    static const Schema s = describe<Tier>("tier", "", {row<&Tier::factor_frac>("factor", "1", {.min = 0, .max = 2}, "")});
    return s;
  }
};
struct Site {
  std::int64_t hypocaust = 0;
  bool open = false;
  Colour colour = Colour::red;
  Instant start;
  FilePath file;
  Varying price;
  Ref favourite;
  std::string title;
  std::vector<double> profile;
  std::vector<Tier> tiers;
  std::optional<Tier> extra;
  Plant plant;
  static const Schema& schema() {
    static const Schema s = describe<Site>(
        "site", "",
        {row<&Site::hypocaust>("hypocaust", "", {}, ""), row<&Site::title>("title", "", {}, ""),
         row<&Site::open>("open", "", {}, ""), row<&Site::colour>("colour", "", {}, ""), row<&Site::start>("start", "", {}, ""),
         row<&Site::file>("file", "", {}, ""), row<&Site::price>("price", "money/kWh", {.min = 0}, ""),
         row<&Site::favourite>("favourite", "", {.scope = "component"}, ""), row<&Site::profile>("profile", "", {.min = 0}, ""),
         row<&Site::tiers>("tiers", "", {}, ""), row<&Site::extra>("extra", "", {}, ""), row<&Site::plant>("plant", "", {}, "")});
    return s;
  }
};

struct Folder {  // of test files, gone at the end
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "hypocaust-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << text;
    return (path / name).string();
  }
};

struct Read {
  Site site;
  std::string problems;
  std::string yaml;
};
Read read(const std::string& path, const std::vector<std::string>& cases = {}, const std::vector<std::string>& sets = {}) {
  Sources sources;
  Budget budget;
  Diagnostics diagnostics(sources);
  Layers layers(sources, budget, diagnostics);
  Read result;
  try {
    Node tree = layers.file(path);
    int layer = 0;
    for (const std::string& name : cases) layers.apply_case(tree, name, ++layer);
    if (const Entry* all = tree.find("cases")) tree.entries.erase(tree.entries.begin() + (all - tree.entries.data()));
    for (const std::string& set : sets) layers.apply_set(tree, Site::schema(), set);
    Parts parts(layers, budget, diagnostics, std::filesystem::path(path).parent_path().string());
    parts.expand(tree, {"tank", "pump"});
    Binder binder(sources, diagnostics, "EUR");
    binder.bind(Site::schema(), &result.site, tree);
  } catch (const UserError& error) {
    result.problems = error.what();
    return result;
  }
  result.problems = diagnostics.print();
  result.yaml = to_yaml(Site::schema(), &result.site, {.currency = "EUR"});
  return result;
}
bool holds(const std::string& text, std::string_view piece) { return text.find(piece) != text.npos; }
const Tank& tank(const Read& read, std::string_view name = "tank") {
  const Typed* typed = read.site.plant.components.find(name);
  REQUIRE(typed != nullptr);
  REQUIRE(typed->as<Tank>() != nullptr);
  return *typed->as<Tank>();
}

}  // namespace

TEST_CASE("every kind of value is bound") {
  const Folder folder;
  const Read r = read(folder.file("sites/site.yaml", R"(hypocaust: 1
title: "no"
open: true
colour: green
start: 2024-02-29T06:30
file: ../data/a.csv
price: {series: grid}
favourite: tank
profile: [0, 1.5]
tiers: [{factor: 110 %}, {factor: 0.5}]
extra: {}
plant: {components: {tank: {type: tank, top: a.b, volume: 10 m3}, pump: {type: pump, nominal_flow: 14 m3/h}}}
)"));
  REQUIRE(r.problems == "");
  CHECK(r.site.title == "no");
  CHECK(r.site.open);
  CHECK(r.site.colour == Colour::green);
  CHECK(r.site.start.utc_s == 1709188200);  // date -u -d 2024-02-29T06:30 +%s
  CHECK(r.site.file.path == (folder.path / "data/a.csv").string());
  CHECK(r.site.price.series == "grid");
  CHECK(r.site.profile == std::vector<double>{0.0, 1.5});
  REQUIRE(r.site.tiers.size() == 2);
  CHECK(r.site.tiers[0].factor_frac == Approx(1.1));
  CHECK(r.site.extra.has_value());
  CHECK(tank(r).volume_m3 == 10.0);
  CHECK(tank(r).initial_c == 45.0);
  CHECK(std::isnan(tank(r).height_m));
}

TEST_CASE("all problems are found in one pass, with places and remedies") {
  const Folder folder;
  const Read r = read(folder.file("site.yaml", R"(hypocaust: 1
open: yes
colour: gren
profile: 3
plant:
  components:
    tank: {type: tank, top: a.b, volmue: 10 m3, layers: 65, initial: 45 K, nominal_flow: 3 m3/h}
    pmp: {type: pmp}
)"));
  CHECK(holds(r.problems, "site.yaml:2:7: error: open: `yes` is neither true nor false"));
  CHECK(holds(r.problems, "site.yaml:3:9: error: colour: `gren` is not one of red, green; did you mean `green`?"));
  CHECK(holds(r.problems, "site.yaml:4:10: error: profile: a single value where a list in [ ] is expected"));
  CHECK(holds(r.problems, "site.yaml:7:34: error: plant.components.tank.volmue: unknown key; did you mean `volume`?"));
  CHECK_FALSE(holds(r.problems, "is missing"));  // silence after the near miss
  CHECK(holds(r.problems, "65 is out of range (must be >= 1 and <= 64)"));
  CHECK(holds(r.problems, "45 K is a temperature difference"));
  CHECK(holds(r.problems, "nominal_flow: unknown key; it is a key of pump"));
  CHECK(holds(r.problems, "unknown type `pmp`; did you mean `pump`?"));
}

TEST_CASE("includes, cases and --set are layers, later wins") {
  const Folder folder;
  folder.file("base.yaml",
              "hypocaust: 1\ntitle: base\nprofile: [1, 2]\nplant: {components: {tank: {type: tank, top: a.b, volume: 1 m3, "
              "layers: 7}}}\n");
  const std::string site = folder.file("site.yaml", R"(hypocaust: 1
include: [base.yaml]
profile: [3]
plant: {components: {tank: {volume: 2 m3}}}
cases:
  small: {plant: {components: {tank: {volume: 3 m3}}}}
  none:  {plant: {components: {tank: !remove }}}
  other: {plant: {components: {tank: {type: pump}}}}
)");
  CHECK(tank(read(site)).volume_m3 == 2.0);
  CHECK(tank(read(site)).layers == 7);
  CHECK(read(site).site.title == "base");
  CHECK(read(site).site.profile == std::vector<double>{3.0});
  CHECK(tank(read(site, {"small"})).volume_m3 == 3.0);
  CHECK(tank(read(site, {"small"}, {"plant.components.tank.volume=4 m3"})).volume_m3 == 4.0);
  CHECK(read(site, {"none"}).site.plant.components.entries.empty());
  const Read other = read(site, {"other"});
  CHECK(other.problems == "");  // the keys of the old type went with it
  CHECK(other.site.plant.components.find("tank")->as<Pump>() != nullptr);
  CHECK(holds(read(site, {}, {"plant.components.tnk.volume=4 m3"}).problems, "nothing is called `tnk`; did you mean `tank`?"));
  CHECK(holds(read(site, {"tiny"}).problems, "there is no case `tiny`"));
}

TEST_CASE("set: names elements of lists by their index") {
  const Folder folder;
  const std::string site = folder.file("site.yaml", "hypocaust: 1\nprofile: [1, 2, 3]\n");
  using List = std::vector<double>;
  CHECK(read(site, {}, {"profile.1=7"}).site.profile == List{1, 7, 3});
  CHECK(read(site, {}, {"profile[2]=8", "profile[0]=9"}).site.profile == List{9, 2, 8});
  CHECK(read(site, {}, {"profile.0=!remove"}).site.profile == List{2, 3});
  CHECK(read(site, {}, {"profile=[4]", "profile[0]=5"}).site.profile == List{5});
  CHECK(holds(read(site, {}, {"profile[3]=1"}).problems, "`profile` has no element 3 (it has 3 elements, 0 to 2)"));
  CHECK(holds(read(site, {}, {"profile=[]", "profile.0=1"}).problems, "`profile` has no element 0 (it is empty)"));
  CHECK(holds(read(site, {}, {"profile.99999999999999999999=1"}).problems, "has no element 99999999999999999999"));
  CHECK(holds(read(site, {}, {"profile.first=1"}).problems,
              "`profile` is a list and `first` is no index (it has 3 elements, 0 to 2); write e.g. profile.0"));
  CHECK(holds(read(site, {}, {"profile[-1]=1"}).problems, "unknown key `profile[-1]`"));
  CHECK(holds(read(site, {}, {"profile.1=x"}).problems, "profile.1"));
}

TEST_CASE("a renamed key is read with a warning") {
  const Folder folder;
  const Read r =
      read(folder.file("site.yaml", "hypocaust: 1\nplant: {components: {tank: {type: tank, top: a.b, content: 2 m3}}}\n"));
  CHECK(tank(r).volume_m3 == 2.0);
  CHECK(holds(r.problems, "warning: plant.components.tank.content: this key is now called `volume`"));
}

TEST_CASE("parts expand to named components and read back as groups") {
  const Folder folder;
  folder.file("parts/station.yaml", R"(hypocaust: 1
part: station
parameters: {size: {unit: m3, doc: content}, layers: {default: 9}}
ports: {supply: {circuit: primary}}
components:
  store: {type: tank, top: $primary.inner, volume: $size, layers: $layers}
  feed: {type: tank, top: $supply, volume: $size}
)");
  const Read r = read(folder.file("sites/site.yaml", R"(hypocaust: 1
plant: {components: {main: {type: station, supply: reuse.supply, size: 4 m3, feed: {layers: 3}}}}
)"));
  REQUIRE(r.problems == "");
  CHECK(tank(r, "main.store").top.name == "reuse.main.inner");
  CHECK(tank(r, "main.store").layers == 9);
  CHECK(tank(r, "main.feed").top.name == "reuse.supply");
  CHECK(tank(r, "main.feed").volume_m3 == 4.0);
  CHECK(tank(r, "main.feed").layers == 3);
  const Read again = read(folder.file("again.yaml", r.yaml));
  CHECK(again.problems == "");
  CHECK(again.yaml == r.yaml);
  const Read bad = read(
      folder.file("sites/bad.yaml", "hypocaust: 1\nplant: {components: {main: {type: station, supply: a.b, sizee: 4 m3}}}\n"));
  CHECK(holds(bad.problems, "unknown key of this part; did you mean `size`?"));
  CHECK_FALSE(holds(bad.problems, "lacks the parameter"));
}

TEST_CASE("what is written reads back to the same values") {
  const Folder folder;
  const Read r = read(folder.file("site.yaml", R"(hypocaust: 1
title: "a: \"b\" # c"
start: 1969-12-31T23:59:59
price: 0.0637 EUR/kWh
tiers: [{factor: 33.3 %}, {}]
plant: {components: {tank: {type: tank, top: a.b, volume: 0.1 m3, height: 1.7 m}}}
)"));
  REQUIRE(r.problems == "");
  const Read again = read(folder.file("again.yaml", r.yaml));
  REQUIRE(again.problems == "");
  CHECK(again.yaml == r.yaml);
  CHECK(again.site.title == "a: \"b\" # c");
  CHECK(again.site.start.utc_s == -1);
  CHECK(again.site.price.constant == r.site.price.constant);
  CHECK(again.site.tiers[0].factor_frac == r.site.tiers[0].factor_frac);
}
