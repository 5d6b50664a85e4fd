#include "sim/study/axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <numbers>

#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "sim/config/scalar.hpp"

namespace hypocaust::study {
namespace {

struct NumberAndUnit {
  double number = not_given;
  std::string text, unit;  // the number as it was written
};

NumberAndUnit split(const std::string& written) {
  NumberAndUnit out;
  const char* const end = written.data() + written.size();
  const auto [rest, error] = std::from_chars(written.data(), end, out.number);
  if (error != std::errc{}) return {};
  out.text.assign(written.data(), rest);
  const char* unit = rest;
  while (unit != end && *unit == ' ') ++unit;
  out.unit.assign(unit, end);
  return out;
}

// Twelve digits: what people can read, and 5 orders finer than any input.
std::string number_text(double value) { return fmt::format("{:.12g}", value); }

// `written` as a number in `unit`; NaN when the units do not go together.
double in_unit(const std::string& written, const std::string& unit, bool difference) {
  const NumberAndUnit value = split(written);
  if (value.unit == unit) return value.number;
  const Unit from = parse_unit(value.unit).unit, to = parse_unit(unit).unit;
  if (!(from.dimension == to.dimension) || (from.temperature != to.temperature && !difference)) return not_given;
  return value.number * from.scale / to.scale;
}

bool patchable(Kind kind) {
  return kind == Kind::quantity || kind == Kind::varying || kind == Kind::integer || kind == Kind::boolean ||
         kind == Kind::choice || kind == Kind::instant;
}

// The reason in a message of many lines and places.
std::string first_reason(const std::string& message) {
  const std::size_t start = message.find("error: ");
  const std::string rest = start == message.npos ? message : message.substr(start + 7);
  return rest.substr(0, rest.find('\n'));
}

class Resolver {
 public:
  Resolver(Axis& axis, const AxisInputs& inputs, std::vector<AxisProblem>& problems)
      : axis_(axis), spec_(inputs.spec), load_(inputs.load), problems_(problems), scenario_(inputs.base.bound) {}

  void resolve() {
    for (const char* fixed : {"hypocaust", "title", "currency", "clock.start", "clock.duration", "clock.seed"})
      if (spec_.key == fixed)
        return problem("key", "`" + spec_.key + "` is the same for every point of a study" +
                                  (spec_.key == "clock.seed" ? " (`replications` and `random_numbers` vary seeds)" : "") +
                                  "; vary another key, or make two studies");
    if (spec_.key.starts_with("output."))
      return problem("key", "`" + spec_.key + "` belongs to run files (a study keeps `keep` and `hourly`); vary another key");
    place_ = locate(Scenario::schema(), &scenario_, spec_.key);
    if (place_.member && !config::is_scalar(place_.type->kind))
      return problem("key", "`" + spec_.key + "` is no single value; name a key inside it, or its `type`");
    axis_.rebinds = !place_.member || !patchable(place_.type->kind);
    axis_.file = place_.member && place_.type->kind == Kind::file;
    if (axis_.rebinds && !readable(first_value())) return;
    if (!spec_.values.empty()) list();
    else range();
  }

 private:
  void problem(std::string key, std::string text) { problems_.push_back({std::move(key), std::move(text)}); }

  std::string first_value() const {
    return !spec_.values.empty() ? spec_.values.front() : !spec_.from.empty() ? spec_.from : spec_.mean;
  }
  std::string first_key() const { return !spec_.values.empty() ? "values.0" : !spec_.from.empty() ? "from" : "mean"; }

  // Whether the scenario reads with the axis at this value: keys that only a part or a type brings in.
  bool readable(const std::string& value) {
    config::LoadOptions options = load_;
    options.sets.push_back(spec_.key + "=" + (axis_.file ? axis_.written(value) : value));
    try {
      config::load(options);
      return true;
    } catch (const UserError& error) {
      problem(place_.member ? first_key() : "key",
              "`" + spec_.key + "` cannot take " + value + ": " + first_reason(error.what()));
      return false;
    }
  }

  // Reads one value by the key's own row. What only reading the scenario again can judge is judged point by point.
  bool good(const std::string& key, const std::string& value) {
    if (axis_.rebinds) return true;
    const config::ScalarRow row{.field = *place_.field, .type = *place_.type, .currency = scenario_.currency, .folder = {}};
    const std::string trouble = config::read_scalar(value, row, place_.member);
    if (!trouble.empty()) problem(key, trouble);
    return trouble.empty();
  }

  bool numbers() const {
    if (!place_.member) return std::isfinite(split(first_value()).number);
    const Kind kind = place_.type->kind;
    return kind == Kind::quantity || kind == Kind::varying || kind == Kind::integer;
  }

  void list() {
    axis_.words = !numbers();
    axis_.count = static_cast<std::int64_t>(spec_.values.size());
    if (!axis_.words) axis_.unit = split(spec_.values.front()).unit;
    for (std::size_t k = 0; k < spec_.values.size(); ++k) {
      const std::string& value = spec_.values[k];
      const std::string key = "values." + std::to_string(k);
      if (!good(key, value)) continue;
      if (axis_.words) {
        axis_.listed.push_back(value);
        continue;
      }
      const NumberAndUnit parts = split(value);
      const double number = in_unit(value, axis_.unit, false);
      if (!std::isfinite(number))
        problem(key, value + " does not go with " + spec_.values.front() + " (one column has one unit); write both in one unit");
      axis_.listed.push_back(parts.unit == axis_.unit ? parts.text : number_text(number));
    }
    const std::vector<std::string>& all = axis_.listed;
    for (std::size_t k = 0; k < all.size(); ++k)
      if (std::find(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(k), all[k]) !=
          all.begin() + static_cast<std::ptrdiff_t>(k))
        problem("values." + std::to_string(k), spec_.values[k] + " stands there twice; remove one");
  }

  void range() {
    if (!numbers()) return problem("key", "`" + spec_.key + "` takes words, and a range is of numbers; list them under `values`");
    axis_.whole = place_.member && place_.type->kind == Kind::integer;
    axis_.distribution = spec_.distribution, axis_.count = spec_.count;
    axis_.unit = split(first_value()).unit;
    const bool temperature = parse_unit(axis_.unit).unit.temperature;
    struct Part {
      const char* key;
      const std::string& text;
      double& value;
      bool difference;
    };
    const Part parts[] = {{"from", spec_.from, axis_.from, false},
                          {"to", spec_.to, axis_.to, false},
                          {"mode", spec_.mode, axis_.mode, false},
                          {"mean", spec_.mean, axis_.mean, false},
                          {"standard_deviation", spec_.standard_deviation, axis_.deviation, true}};
    bool all_good = true;
    for (const Part& part : parts) {
      if (part.text.empty()) continue;
      if (!part.difference && !good(part.key, part.text)) {
        all_good = false;
        continue;
      }
      part.value = in_unit(part.text, axis_.unit, part.difference);
      if (part.difference && temperature && parse_unit(split(part.text).unit).unit.temperature) part.value = not_given;
      if (!std::isfinite(part.value)) {
        all_good = false;
        problem(part.key, part.text + " does not go with " + first_value() +
                              (part.difference && temperature ? " (a difference of temperatures is in K); write e.g. 2 K"
                                                              : "; write both in one unit"));
      }
    }
    if (all_good) check_order();
  }

  void check_order() {
    if (axis_.from >= axis_.to) problem("to", spec_.to + " is not above " + spec_.from + "; exchange them");
    if (axis_.distribution == AxisSpec::Distribution::log_uniform && axis_.from <= 0)
      problem("from", spec_.from + " is not above 0 (log_uniform has no value there); start above 0, or use uniform");
    if (axis_.mode < axis_.from || axis_.mode > axis_.to)
      problem("mode", spec_.mode + " lies outside the range; put it between `from` and `to`");
    if (axis_.deviation <= 0) problem("standard_deviation", spec_.standard_deviation + " is not above 0; write a positive one");
  }

  Axis& axis_;
  const AxisSpec& spec_;
  const config::LoadOptions& load_;
  std::vector<AxisProblem>& problems_;
  Scenario scenario_;
  Located place_;
};

double normal_share(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

}  // namespace

double normal_quantile(double p) {
  double low = -40.0, high = 40.0;  // beyond them the probability is 0 or 1 in double
  for (int k = 0; k < 200 && high - low > 1e-15 * std::fabs(low); ++k) {
    const double middle = 0.5 * (low + high);
    (normal_share(middle) < p ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double Axis::quantile(double u) const {
  const auto clamped = [this](double value) { return std::clamp(value, from, to); };
  switch (distribution) {
    case AxisSpec::Distribution::uniform:
      if (whole) return clamped(std::floor(from + u * (to - from + 1.0)));
      return from + u * (to - from);
    case AxisSpec::Distribution::log_uniform:
      return clamped(from * std::pow(to / from, u));
    case AxisSpec::Distribution::triangular: {
      const double width = to - from, turn = (mode - from) / width;
      return clamped(u < turn ? from + std::sqrt(u * width * (mode - from)) : to - std::sqrt((1 - u) * width * (to - mode)));
    }
    case AxisSpec::Distribution::normal: {
      const double low = std::isfinite(from) ? normal_share((from - mean) / deviation) : 0.0;
      const double high = std::isfinite(to) ? normal_share((to - mean) / deviation) : 1.0;
      const double value = mean + deviation * normal_quantile(low + u * (high - low));
      return std::fmin(std::fmax(value, from), to);  // NaN ends bind nothing
    }
  }
  throw InternalError("axis: no such distribution");
}

std::string Axis::text(const Coordinate& at) const {
  if (at.base()) return {};
  if (!listed.empty()) {
    const auto n = static_cast<std::int64_t>(listed.size());
    const std::int64_t k =
        at.level >= 0 ? at.level : std::min(n - 1, static_cast<std::int64_t>(at.share_frac * static_cast<double>(n)));
    return listed[static_cast<std::size_t>(k)];
  }
  if (at.level < 0) return number_text(whole ? std::round(quantile(at.share_frac)) : quantile(at.share_frac));
  const double share = count > 1 ? static_cast<double>(at.level) / static_cast<double>(count - 1) : 0.5;
  if (whole && distribution == AxisSpec::Distribution::uniform) return number_text(std::round(from + share * (to - from)));
  return number_text(whole ? std::round(quantile(share)) : quantile(share));
}

std::string Axis::written(const std::string& value) const {
  if (file) return (std::filesystem::path(folder) / value).lexically_normal().string();
  return unit.empty() ? value : value + " " + unit;
}

Axis resolve_axis(Axis start, const AxisInputs& inputs, std::vector<AxisProblem>& problems) {
  start.key = inputs.spec.key;
  Resolver(start, inputs, problems).resolve();
  return start;
}

}  // namespace hypocaust::study
