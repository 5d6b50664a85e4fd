// What `show` says of workload classes.
#include <catch2/catch.hpp>

#include "sim/config/class_matrix.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

TEST_CASE("the matrix has one line a work: what its class allows, and nothing for work without a class") {
  ComputeSpec spec;
  CHECK(config::class_matrix(spec).empty());
  spec.classes.entries.push_back(
      {"patient", {.delay_s = 43200.0, .pause = true, .checkpoint_s = 120.0, .off_site = true, .cap_to_frac = 0.4, .shed = 1}});
  for (const Schema* schema : work_types()) {
    if (schema->name != "synthetic" && schema->name != "service") continue;
    Typed work(*schema);
    if (auto* jobs = work.as<SyntheticWork>()) jobs->work_class.name = "patient";
    spec.work.entries.push_back({schema->name == "service" ? "web" : "training", work});
  }
  CHECK(config::class_matrix(spec) ==
        "\n# What may be done to which work (docs/methods/scheduling.md)\n"
        "# work                class           delay     pause           off site  cap to      shed\n"
        "# web                 -               no        no              no        no          last\n"
        "# training            patient         12 h      costs 2 min     yes       40 %        1\n");
}
