#include "sim/study/outage_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/base/utc_text.hpp"
#include "sim/study/outage_verdict.hpp"

namespace hypocaust::study {
namespace {

constexpr double left = 210, top = 60, width = 780, row_height = 46, strip_height = 30;

// From red (at the limit) over yellow (half the margin left) to green (as at the set-point); dark red: fails.
std::string colour(const BranchResult& b) {
  if (b.verdict == Verdict::fails) return "#7f0000";
  if (b.verdict == Verdict::degraded) return "#b35806";
  const double t = std::isfinite(b.tightness_frac) ? std::clamp(b.tightness_frac, 0.0, 1.0) : 1.0;
  const int red = static_cast<int>(std::lround(t < 0.5 ? 230 : 230 - (t - 0.5) * 2 * 160));
  const int green = static_cast<int>(std::lround(t < 0.5 ? 80 + t * 2 * 120 : 200 - (t - 0.5) * 2 * 40));
  return fmt::format("#{:02x}{:02x}50", red, green);
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

std::string row_name(const OutageResult& r, const Branch& b) {
  return fmt::format("{}, {:g} d", b.what, static_cast<double>(b.outage_steps * r.step_s) / 86400.0);
}

}  // namespace

std::string outage_picture(const OutageResult& r) {
  std::vector<std::string> rows;
  for (const BranchResult& b : r.branches)
    if (std::find(rows.begin(), rows.end(), row_name(r, b.branch)) == rows.end()) rows.push_back(row_name(r, b.branch));
  const double height = top + row_height * static_cast<double>(rows.size()) + 60;
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" font-family=\"sans-serif\" "
      "font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
      left + width + 30, height);
  out += fmt::format(
      "<text x=\"20\" y=\"28\" font-size=\"16\">{}: outages by their start, coloured by what was left of the margin</text>\n",
      escaped(r.scenario));
  const double step_width = width / static_cast<double>(std::max<std::int64_t>(1, r.steps));
  for (const BranchResult& b : r.branches) {
    const auto row = std::find(rows.begin(), rows.end(), row_name(r, b.branch)) - rows.begin();
    const double y = top + row_height * static_cast<double>(row);
    const double x = left + step_width * static_cast<double>(b.branch.start_step);
    const double wide =
        std::max(2.0, step_width * static_cast<double>(std::min(b.branch.outage_steps, r.steps - b.branch.start_step)));
    out += fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\" stroke=\"white\" "
        "stroke-width=\"0.5\"><title>{}: {}, coolant {:.1f} degC, dump plant at {:.0f} %</title></rect>\n",
        x, y, wide, strip_height, colour(b), base::utc_text(r.start_utc_s + b.branch.start_step * r.step_s).substr(0, 16),
        name_of(b.verdict), b.worst.at(Medium::coolant).t_c, 100.0 * b.worst.dump_frac);
  }
  for (std::size_t k = 0; k < rows.size(); ++k)
    out += fmt::format("<text x=\"20\" y=\"{}\">{}</text>\n", top + row_height * static_cast<double>(k) + 20, escaped(rows[k]));
  const double y = top + row_height * static_cast<double>(rows.size()) + 8;
  for (int part = 0; part <= 4; ++part) {
    const double at = static_cast<double>(part) / 4;
    out += fmt::format(
        "<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"11\" text-anchor=\"middle\">{}</text>\n", left + at * width, y,
        base::utc_text(r.start_utc_s + static_cast<std::int64_t>(at * static_cast<double>(r.steps)) * r.step_s).substr(0, 10));
  }
  out += fmt::format(
      "<text x=\"20\" y=\"{:.0f}\" font-size=\"11\">green: as at the set-point; red: at the limit; brown: compute "
      "throttled; dark red: fails</text>\n</svg>\n",
      y + 26);
  return out;
}

}  // namespace hypocaust::study
