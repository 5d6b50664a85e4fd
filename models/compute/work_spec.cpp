// The schema tables of compute.work.
#include "models/compute/spec.hpp"

namespace hypocaust::compute {

std::span<const std::string_view> names(Sample) {
  static constexpr std::string_view list[] = {"all", "batch", "interactive"};
  return list;
}
std::span<const std::string_view> names(TooLarge) {
  static constexpr std::string_view list[] = {"reject", "truncate"};
  return list;
}
std::span<const std::string_view> names(PowerUnit) {
  static constexpr std::string_view list[] = {"W", "kW", "MW"};
  return list;
}

namespace {

constexpr Options to_hosts{.need = required, .scope = "host"}, a_priority{.min = -1e6, .max = 1e6};
constexpr std::string_view priority_doc = "the higher goes first under `scheduler.policy: priority`";

const Schema& lublin_feitelson() {
  using W = LublinFeitelsonWork;
  static const Schema s = describe<W>(
      "lublin_feitelson", "Synthetic jobs after Lublin and Feitelson (2003), scaled to a load of the hosts.",
      {row<&W::hosts>("hosts", "", to_hosts, "host group the jobs run on"),
       row<&W::load_frac>("load", "1", {.need = required, .above = 0, .max = 2},
                          "core-seconds submitted over core-seconds available"),
       row<&W::sample>("sample", "", {}, "parameters of the model: all jobs, batch or interactive"),
       row<&W::cores_per_processor>("cores_per_processor", "", {.min = 0, .max = 100000},
                                    "cores a processor of the model stands for; 0: the fewest that leave at most 512 processors"),
       row<&W::priority>("priority", "", a_priority, priority_doc)});
  return s;
}

const Schema& swf() {
  using W = SwfWork;
  static const Schema s = describe<W>(
      "swf", "Jobs of a log in the Standard Workload Format, plain or .gz; its first second is the start of the warm-up.",
      {row<&W::hosts>("hosts", "", to_hosts, "host group the jobs run on"),
       row<&W::file>("file", "", {.need = required}, "the log, for example from the Parallel Workloads Archive"),
       row<&W::cores_per_processor>("cores_per_processor", "", {.min = 1, .max = 100000},
                                    "cores a processor of the log stands for"),
       row<&W::too_large>("too_large", "", {},
                          "a job larger than the host group is left out, or cut to the group's size; both are counted"),
       row<&W::repeat>("repeat", "", {.min = 1, .max = 10000}, "times the log is played, one after another"),
       row<&W::scale>("scale", "1", {.above = 0, .max = 1000}, "gaps between submissions are multiplied by this"),
       row<&W::priority>("priority", "", a_priority, priority_doc)});
  return s;
}

const Schema& power_csv() {
  using W = PowerCsvWork;
  static const Schema s = describe<W>(
      "power_csv", "Measured power of the whole host group from a CSV file (docs/formats/power_trace.md); no jobs.",
      {row<&W::hosts>("hosts", "", to_hosts, "host group whose power this is"),
       row<&W::file>("file", "", {.need = required}, "CSV file with a header; the first column is the time in seconds"),
       row<&W::column>("column", "", {.need = required}, "name of the column with the power"),
       row<&W::unit>("unit", "", {}, "unit of the column"),
       row<&W::scale>("scale", "1", {.above = 0, .max = 1e6}, "powers are multiplied by this"),
       row<&W::repeat>("repeat", "", {},
                       "start again when the trace ends; otherwise it must be as long as warm-up and duration")});
  return s;
}

}  // namespace

std::span<const Schema* const> work_types() {
  static const Schema* const list[] = {&lublin_feitelson(), &power_csv(), &swf()};
  return list;
}

}  // namespace hypocaust::compute
