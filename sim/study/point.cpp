#include "sim/study/point.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "models/core/errors.hpp"
#include "sim/base/resources.hpp"
#include "sim/output/intervals.hpp"
#include "sim/run/pass.hpp"
#include "sim/run/result_tables.hpp"
#include "sim/study/block.hpp"

namespace hypocaust::study {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t hour_s = 3600;

// Series by the name of their column, to be put in the study's order: a point may have other components than the base.
using Columns = std::vector<std::pair<std::string, std::vector<double>>>;

std::vector<std::string> column_names(const std::vector<output::Variable>& variables) {
  std::vector<std::string> names;
  for (const output::Variable& variable : variables)
    for (std::size_t c = 0; c < variable.width(); ++c) names.push_back(column_name(variable, c));
  return names;
}

// Keeps the hours of every recorded column.
class Hours {
 public:
  Hours(const std::vector<output::Variable>& variables, std::int64_t step_s)
      : names_(column_names(variables)),
        intervals_(variables, std::max<std::int64_t>(1, hour_s / step_s)),
        series_(names_.size()) {}
  void take(std::span<const double> row) {
    if (!intervals_.take(row)) return;
    const std::span<const double> kept = intervals_.kept();
    for (std::size_t c = 0; c < kept.size(); ++c) series_[c].push_back(kept[c]);
  }
  std::vector<std::vector<double>> in_order_of(const std::vector<output::Variable>& wanted) {
    std::vector<std::vector<double>> all;
    for (const std::string& name : column_names(wanted)) {
      const auto found = std::find(names_.begin(), names_.end(), name);
      all.push_back(found == names_.end() ? std::vector<double>{}
                                          : std::move(series_[static_cast<std::size_t>(found - names_.begin())]));
    }
    return all;
  }

 private:
  std::vector<std::string> names_;
  output::Intervals intervals_;
  std::vector<std::vector<double>> series_;
};

std::vector<double> kept_figures(const Study& study, const run::RunResult& result) {
  std::vector<double> values(study.figures.size(), none);
  for (const output::Table& table : run::figure_tables(result))
    for (const output::TableColumn& column : table.columns)
      for (std::size_t f = 0; f < values.size(); ++f) {
        if (study.figures[f].name != table.group + "." + column.name) continue;
        if (const auto* reals = std::get_if<std::vector<double>>(&column.values)) values[f] = reals->front();
        if (const auto* counts = std::get_if<std::vector<std::int64_t>>(&column.values))
          values[f] = static_cast<double>(counts->front());
      }
  return values;
}

config::Loaded site_of(const Study& study, const Point& point) {
  config::Loaded site = point_site(study, point);
  OutputSpec& output = site.scenario.output;
  output.record = study.spec.hourly.record;
  output.keep = static_cast<OutputSpec::Keep>(study.spec.hourly.keep);
  return site;
}

void simulate(const Study& study, const config::Loaded& loaded, compute::ComputeSide& side, bool closed, PointResult& result) {
  run::Site site(loaded, side.rack_names());
  run::YearRecord record(site, side.rack_names());
  const auto& variables = record.layout().kept();
  if (!variables.empty() && site.step_s > hour_s) throw UserError("clock.step is longer than the hour that `hourly` keeps");
  Hours hours(variables, site.step_s);
  run::YearLoop::Sink row = [](std::span<const double>) {};
  if (!variables.empty()) row = [&](std::span<const double> values) { hours.take(values); };
  const run::Pass pass =
      run::pass_over_year(site, side, record, {.feedback_allowed = closed, .row = row, .each_hour = [](std::int64_t) {}});
  run::RunResult told;
  run::tell(told, site, pass);
  result.figures = kept_figures(study, told);
  result.hours = hours.in_order_of(study.channels);
  result.status = Status::done;
}

// Runs `work`; what the user or the physics got wrong is kept with the point and stops no other.
template <class Work> PointResult guarded(const Study& study, const Point& point, const Work& work) {
  PointResult result{.id = point.id, .hash = point.hash};
  const auto fail = [&](const std::string& message) {
    result = {.id = point.id, .status = Status::failed, .hash = point.hash, .message = message};
    result.figures.assign(study.figures.size(), none);
  };
  try {
    work(result);
  } catch (const UserError& error) {
    fail(error.what());
  } catch (const PhysicsError& error) {
    fail(std::string("physics: ") + error.what());
  }
  return result;
}

}  // namespace

std::string_view name_of(Status status) {
  static constexpr std::string_view list[] = {"done", "failed", "missing"};
  return list[static_cast<int>(status)];
}

PointResult simulate_open(const Study& study, const Point& point, const FindTrace& find) {
  return guarded(study, point, [&](PointResult& result) {
    const config::Loaded site = site_of(study, point);
    const bool alone = site.scenario.compute.hosts.entries.empty();
    const auto side = alone ? compute::no_hosts() : compute::replay(find(run::compute_inputs(site), point));
    simulate(study, site, *side, alone, result);
  });
}

PointResult simulate_closed(const Study& study, const Point& point) {
  return guarded(study, point, [&](PointResult& result) {
    const config::Loaded site = site_of(study, point);
    const auto side = compute::live(run::compute_inputs(site));
    simulate(study, site, *side, true, result);
  });
}

Cost measure(const Study& study, const Point& point, double days) {
  const double before_s = base::cpu_seconds();
  config::Loaded site = site_of(study, point);
  const double read_s = base::cpu_seconds();
  ClockSpec& clock = site.scenario.clock;
  const double whole_s = clock.duration_s + clock.warm_up_s;
  clock.warm_up_s = 0, clock.duration_s = std::min(clock.duration_s, days * 86400.0);
  const compute::ComputeInputs inputs = run::compute_inputs(site);
  const bool alone = site.scenario.compute.hosts.entries.empty();
  const auto side =
      alone ? compute::no_hosts() : compute::replay(std::make_shared<const compute::PowerTrace>(compute::run_to_trace(inputs)));
  const double trace_s = base::cpu_seconds();
  { const run::Site wired(site, side->rack_names()); }
  const double wired_s = base::cpu_seconds();
  PointResult result;
  try {
    simulate(study, site, *side, alone, result);
  } catch (const run::TraceVoid&) {
    throw UserError("its plant throttles compute within the days measured");
  }
  const double wire_s = wired_s - trace_s, stepped_s = std::max(0.0, base::cpu_seconds() - wired_s - wire_s);
  return {.start_s = read_s - before_s + wire_s, .steps_s = stepped_s * whole_s / clock.duration_s};
}

namespace {

void put(std::string& out, const void* data, std::size_t size) { out.append(static_cast<const char*>(data), size); }
template <class T> void put(std::string& out, T value) { put(out, &value, sizeof value); }
void put(std::string& out, const std::string& text) { put(out, std::uint64_t{text.size()}), out += text; }
void put(std::string& out, const std::vector<double>& values) {
  put(out, std::uint64_t{values.size()}), put(out, values.data(), values.size() * sizeof(double));
}

struct Reader {
  std::string_view left;
  bool good = true;
  void get(void* data, std::size_t size) {
    good = good && left.size() >= size;
    if (!good) return;
    if (size > 0) std::memcpy(data, left.data(), size);
    left.remove_prefix(size);
  }
  std::size_t count(std::size_t each) {
    std::uint64_t n = 0;
    get(&n, sizeof n);
    good = good && n <= left.size() / each;
    return good ? static_cast<std::size_t>(n) : 0;
  }
  void get(std::string& text) {
    text.resize(count(1));
    get(text.data(), text.size());
  }
  void get(std::vector<double>& values) {
    values.resize(count(sizeof(double)));
    get(values.data(), values.size() * sizeof(double));
  }
};

}  // namespace

std::string to_bytes(const PointResult& result) {
  std::string out;
  put(out, result.id), put(out, static_cast<int>(result.status)), put(out, result.hash), put(out, result.message);
  put(out, result.figures), put(out, std::uint64_t{result.hours.size()});
  for (const std::vector<double>& series : result.hours) put(out, series);
  return out;
}

bool from_bytes(std::string_view bytes, PointResult& result) {
  Reader in{bytes};
  int status = 0;
  in.get(&result.id, sizeof result.id), in.get(&status, sizeof status), in.get(result.hash), in.get(result.message);
  in.get(result.figures);
  result.hours.resize(in.count(sizeof(std::uint64_t)));
  for (std::vector<double>& series : result.hours) in.get(series);
  if (!in.good || !in.left.empty() || status < 0 || status > static_cast<int>(Status::failed)) return false;
  result.status = static_cast<Status>(status);
  return true;
}

}  // namespace hypocaust::study
