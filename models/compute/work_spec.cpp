// The schema tables of compute.work.
#include <cmath>

#include "models/compute/spec.hpp"
#include "models/core/units.hpp"

namespace hypocaust::compute {

std::span<const std::string_view> names(Sample) {
  static constexpr std::string_view list[] = {"all", "batch", "interactive"};
  return list;
}
std::span<const std::string_view> names(TooLarge) {
  static constexpr std::string_view list[] = {"reject", "truncate"};
  return list;
}
std::span<const std::string_view> names(Arrivals) {
  static constexpr std::string_view list[] = {"poisson", "weibull"};
  return list;
}
std::span<const std::string_view> names(ShareUnit) {
  static constexpr std::string_view list[] = {"share", "percent"};
  return list;
}
std::span<const std::string_view> names(PowerUnit) {
  static constexpr std::string_view list[] = {"W", "kW", "MW"};
  return list;
}

namespace {

constexpr Options to_hosts{.need = required, .scope = "host"}, a_priority{.min = -1e6, .max = 1e6};
constexpr Options a_class{.scope = "workload class"};
constexpr std::string_view class_doc = "what may be done to it; without it nothing";
constexpr std::string_view priority_doc = "the higher goes first under `scheduler.policy: priority`";

constexpr Options a_repeat{.min = 1, .max = 10000}, a_scale{.above = 0, .max = 1000}, a_share{.above = 0, .max = 1}, a_column{},
    a_relative{.min = 0, .max = 1e6};
constexpr std::string_view too_large_doc =
    "a job larger than the host group is left out, or cut to the group's size; both are counted";
constexpr std::string_view repeat_doc = "times the log is played, one after another";
constexpr std::string_view scale_doc = "gaps between submissions are multiplied by this";
constexpr std::string_view thin_doc = "share of the jobs that is kept, drawn by the seed";
constexpr std::string_view window_doc = "part of the log that is played; without it the whole";
constexpr std::string_view day_doc = "24 relative values, by local hour; without it even";
constexpr std::string_view week_doc = "7 relative values, Monday first; without it even";

void check_profile(const std::vector<double>& values, std::size_t count, const char* key, Problems& problems) {
  if (values.empty()) return;
  double sum = 0;
  for (const double value : values) sum += value;
  if (values.size() != count)
    problems.error(key, std::to_string(values.size()) + " values (" + std::to_string(count) + " are needed); complete the list");
  else if (!(sum > 0)) problems.error(key, "nothing but zeros (the load would be nowhere); give one value above 0");
}

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
       row<&W::work_class>("class", "", a_class, class_doc), row<&W::priority>("priority", "", a_priority, priority_doc)});
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
       row<&W::too_large>("too_large", "", {}, too_large_doc), row<&W::repeat>("repeat", "", a_repeat, repeat_doc),
       row<&W::scale>("scale", "1", a_scale, scale_doc), row<&W::thin_frac>("thin", "1", a_share, thin_doc),
       row<&W::window>("window", "", {}, window_doc), row<&W::work_class>("class", "", a_class, class_doc),
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
       row<&W::work_class>("class", "", a_class, class_doc),
       row<&W::repeat>("repeat", "", {},
                       "start again when the trace ends; otherwise it must be as long as warm-up and duration")});
  return s;
}

const Schema& job_csv() {
  using W = JobCsvWork;
  static const Schema s =
      describe<W>("job_csv", "Jobs of a table of any cluster; its earliest submission is the start of the warm-up.",
                  {row<&W::hosts>("hosts", "", to_hosts, "host group the jobs run on"),
                   row<&W::file>("file", "", {.need = required}, "CSV file with a header, one job a row, plain or .gz"),
                   row<&W::columns>("columns", "", {.need = required}, "which column holds what"),
                   row<&W::too_large>("too_large", "", {}, too_large_doc), row<&W::repeat>("repeat", "", a_repeat, repeat_doc),
                   row<&W::scale>("scale", "1", a_scale, scale_doc), row<&W::thin_frac>("thin", "1", a_share, thin_doc),
                   row<&W::window>("window", "", {}, window_doc), row<&W::work_class>("class", "", a_class, class_doc),
                   row<&W::priority>("priority", "", a_priority, "added to the priority of the table")});
  return s;
}

const Schema& synthetic() {
  using W = SyntheticWork;
  static const Schema s = describe<W>(
      "synthetic", "Jobs with Poisson or Weibull arrivals and lognormal run times, at a load of the hosts.",
      {row<&W::hosts>("hosts", "", to_hosts, "host group the jobs run on"),
       row<&W::load_frac>("load", "1", {.need = required, .above = 0, .max = 2},
                          "core-seconds submitted over core-seconds available, expected"),
       row<&W::arrivals>("arrivals", "", {}, "distribution of the gaps between submissions"),
       row<&W::shape>("shape", "1", {.min = 0.1, .max = 10}, "of Weibull gaps: below 1 submissions come in bursts"),
       row<&W::mean_run_s>("mean_run", "h", {.need = required, .min = 1.0 / 3600.0, .max = 8760}, "mean run time"),
       row<&W::run_spread>("run_spread", "1", {.min = 0, .max = 3}, "standard deviation of the logarithm of the run time"),
       row<&W::cores>("cores", "", {.min = 1, .max = 1000000}, "cores of a job: each of these as often; without it 1"),
       row<&W::too_large>("too_large", "", {}, too_large_doc), row<&W::day>("day", "1", a_relative, day_doc),
       row<&W::week>("week", "1", a_relative, week_doc), row<&W::work_class>("class", "", a_class, class_doc),
       row<&W::priority>("priority", "", a_priority, priority_doc)});
  return s;
}

const Schema& service() {
  using W = ServiceWork;
  static const Schema s = describe<W>(
      "service", "A service without jobs: all hosts alike, at a load that follows a day and a week. Services of a group add up.",
      {row<&W::hosts>("hosts", "", to_hosts, "host group that serves"),
       row<&W::load_frac>("load", "1", {.need = required, .min = 0, .max = 1}, "mean share of the cores over a week"),
       row<&W::day>("day", "1", a_relative, day_doc), row<&W::week>("week", "1", a_relative, week_doc),
       row<&W::work_class>("class", "", a_class, class_doc)});
  return s;
}

const Schema& utilisation_csv() {
  using W = UtilisationCsvWork;
  static const Schema s =
      describe<W>("utilisation_csv", "Measured utilisation of the whole host group, row by row at equal intervals; no jobs.",
                  {row<&W::hosts>("hosts", "", to_hosts, "host group whose utilisation this is"),
                   row<&W::file>("file", "", {.need = required}, "CSV file with a header, plain or .gz"),
                   row<&W::column>("column", "", {.need = required}, "name of the column with the utilisation"),
                   row<&W::unit>("unit", "", {}, "of the column: shares of 1, or per cent"),
                   row<&W::every_s>("every", "s", {.min = 1, .max = 31536000}, "interval of the rows, whole seconds"),
                   row<&W::scale>("scale", "1", {.above = 0, .max = 1000}, "utilisations are multiplied by this"),
                   row<&W::work_class>("class", "", a_class, class_doc),
                   row<&W::repeat>("repeat", "", {},
                                   "start again when the trace ends; otherwise it must be as long as warm-up and duration")});
  return s;
}

}  // namespace

const Schema& LogWindow::schema() {
  static const Schema s = describe<LogWindow>(
      "window", "Part of a log.",
      {row<&LogWindow::from_s>("from", "d", {.min = 0, .max = 36500}, "where it begins, since the log's second 0"),
       row<&LogWindow::length_s>("length", "d", {.need = required, .above = 0, .max = 36500}, "how long it is")});
  return s;
}

const Schema& ColumnSpec::schema() {
  static const Schema s = describe<ColumnSpec>(
      "column", "One column of a job table.",
      {row<&ColumnSpec::name>("name", "", {.need = required}, "its heading"),
       row<&ColumnSpec::unit>("unit", "", {},
                              "of its numbers, such as s, min, GB or kW; `date` for dates with time; none for counts")});
  return s;
}

const Schema& JobColumns::schema() {
  using C = JobColumns;
  static const Schema s = describe<C>(
      "columns", "Which column of a job table holds what.",
      {row<&C::submit>("submit", "", {.need = required}, "submission: a time, or `date`"),
       row<&C::run>("run", "", a_column, "run time; without it end minus begin"),
       row<&C::begin>("begin", "", a_column, "when the job began"), row<&C::end>("end", "", a_column, "when it ended"),
       row<&C::requested>("requested", "", a_column, "time asked for; where it is empty the run time"),
       row<&C::cores>("cores", "", a_column, "cores of the whole job"),
       row<&C::gpus>("gpus", "", a_column, "accelerators of the whole job"),
       row<&C::memory>("memory", "", a_column, "memory of the whole job"),
       row<&C::power>("power", "", a_column, "mean electricity of the job, its share of idle power included"),
       row<&C::priority>("priority", "", a_column, "the higher goes first under `scheduler.policy: priority`"),
       row<&C::deadline>("deadline", "", a_column, "when it must have ended, on the clock of `submit`"),
       row<&C::id>("id", "", a_column, "name of the job; two with one name are an error")});
  return s;
}

void JobColumns::check(Problems& problems) const {
  const auto unit = [&](const std::optional<ColumnSpec>& column, const std::string& key, std::string_view like,
                        bool may_be_date) {
    if (!column || (may_be_date && column->date())) return;
    const UnitText text = parse_unit(column->unit);
    const std::string accepted = accepted_units({.unit = like}) + (may_be_date ? ", or date" : "");
    if (!text.problem.empty()) problems.error(key + ".unit", text.problem + "; write one of: " + accepted);
    else if (text.unit.dimension != parse_unit(like).unit.dimension)
      problems.error(key + ".unit",
                     "`" + column->unit + "` is no unit of this column" +
                         (like.empty() ? "; leave it out (the column holds plain numbers)" : "; write one of: " + accepted));
  };
  unit(submit, "submit", "s", true), unit(begin, "begin", "s", true), unit(end, "end", "s", true);
  unit(deadline, "deadline", "s", true), unit(run, "run", "s", false), unit(requested, "requested", "s", false);
  unit(memory, "memory", "GB", false), unit(power, "power", "W", false);
  for (const auto& [column, key] : {std::pair{&cores, "cores"}, {&gpus, "gpus"}, {&priority, "priority"}, {&id, "id"}})
    unit(*column, key, "", false);
  if (!run && !(begin && end)) problems.error("run", "missing; give the column of the run time, or `begin` and `end`");
  if (run && (begin || end)) problems.error("run", "given beside `begin` or `end` (which of them holds?); remove one");
  if (!cores && !gpus) problems.error("cores", "missing; give the column of the cores, or of the gpus, of a job");
  if (deadline && deadline->date() != submit.date())
    problems.error("deadline.unit", "a deadline is on the clock of `submit`; both are dates, or neither");
}

void SyntheticWork::derive(Problems&) {
  if (cores.empty()) cores = {1};
}
void SyntheticWork::check(Problems& problems) const {
  check_profile(day, 24, "day", problems), check_profile(week, 7, "week", problems);
}
void ServiceWork::check(Problems& problems) const {
  check_profile(day, 24, "day", problems), check_profile(week, 7, "week", problems);
}
void UtilisationCsvWork::check(Problems& problems) const {
  if (std::floor(every_s) != every_s) problems.error("every", "is not a whole number of seconds; write e.g. 3600 s");
}

std::span<const Schema* const> work_types() {
  static const Schema* const list[] = {&job_csv(), &lublin_feitelson(), &power_csv(),      &service(),
                                       &swf(),     &synthetic(),        &utilisation_csv()};
  return list;
}

}  // namespace hypocaust::compute
