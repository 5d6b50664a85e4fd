#include "sim/cli/steady_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace hypocaust::cli {
namespace {

using run::SteadyComponent;
using run::SteadyNode;
using run::SteadyStream;

template <class Row> struct Quantity {
  const char *name, *unit;  // SI: JSON and CSV
  double Row::*member;
};
constexpr Quantity<SteadyStream> stream_quantities[] = {{"flow", "kg/s", &SteadyStream::flow_kg_s},
                                                        {"volume_flow", "m3/s", &SteadyStream::flow_m3_s},
                                                        {"velocity", "m/s", &SteadyStream::velocity_m_s},
                                                        {"pressure_drop", "Pa", &SteadyStream::drop_pa},
                                                        {"inlet", "degC", &SteadyStream::in_c},
                                                        {"outlet", "degC", &SteadyStream::out_c},
                                                        {"heat", "W", &SteadyStream::heat_w}};
constexpr Quantity<SteadyNode> node_quantities[] = {{"pressure", "Pa", &SteadyNode::pressure_pa},
                                                    {"temperature", "degC", &SteadyNode::temperature_c}};

constexpr Quantity<SteadyComponent> component_quantities[] = {{"electricity", "W", &SteadyComponent::electricity_w},
                                                              {"cop", "1", &SteadyComponent::cop}};

std::string cell(double value, int decimals) {
  return std::isfinite(value) ? fmt::format("{:>12.{}f}", value, decimals) : fmt::format("{:>12}", "-");
}

template <class Row> std::size_t widest(const std::vector<Row>& rows) {
  std::size_t width = 6;
  for (const Row& row : rows) width = std::max(width, row.name.size());
  return width;
}

template <class Row, std::size_t N>
nlohmann::ordered_json rows_json(const std::vector<Row>& rows, const Quantity<Row> (&quantities)[N]) {
  nlohmann::ordered_json object = nlohmann::ordered_json::object();
  for (const Row& row : rows)
    for (const Quantity<Row>& q : quantities) {
      const double value = row.*q.member;
      object[row.name][q.name] = std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
    }
  return object;
}

template <class Row, std::size_t N>
void rows_csv(std::string& out, const char* kind, const std::vector<Row>& rows, const Quantity<Row> (&quantities)[N]) {
  for (const Row& row : rows)
    for (const Quantity<Row>& q : quantities)
      if (const double value = row.*q.member; std::isfinite(value))
        out += fmt::format("{},{},{},{:.17g},{}\n", kind, row.name, q.name, value, q.unit);
}

}  // namespace

std::string steady_text(const run::Steady& steady) {
  std::string out = fmt::format("{}: steady after {} steps of {:.0f} s, in - out {:.1e} of the throughput\n", steady.scenario,
                                steady.steps, steady.step_s, steady.imbalance_frac);
  const std::size_t w = widest(steady.streams), v = widest(steady.nodes);
  out += fmt::format("\n{:<{}}{:>12}{:>12}{:>12}{:>12}{:>12}{:>12}{:>12}{:>12}\n", "stream", w, "flow kg/s", "flow m3/h",
                     "speed m/s", "drop Pa", "drop bar", "in degC", "out degC", "heat W");
  for (const SteadyStream& s : steady.streams)
    out += fmt::format("{:<{}}", s.name, w) + cell(s.flow_kg_s, 5) + cell(3600.0 * s.flow_m3_s, 4) + cell(s.velocity_m_s, 4) +
           cell(s.drop_pa, 1) + cell(s.drop_pa / 1e5, 5) + cell(s.in_c, 3) + cell(s.out_c, 3) + cell(s.heat_w, 1) + "\n";
  out += fmt::format("\n{:<{}}{:>14}{:>12}\n", "node", v, "gauge bar", "degC");
  for (const SteadyNode& n : steady.nodes)
    out += fmt::format("{:<{}}  ", n.name, v) + cell(n.pressure_pa / 1e5, 5) + cell(n.temperature_c, 3) + "\n";
  if (steady.components.empty()) return out;
  const std::size_t u = widest(steady.components);
  out += fmt::format("\n{:<{}}{:>14}{:>12}  {}\n", "component", std::max<std::size_t>(u, 9), "electricity W", "COP", "mode");
  for (const SteadyComponent& c : steady.components)
    out += fmt::format("{:<{}}  ", c.name, std::max<std::size_t>(u, 9)) + cell(c.electricity_w, 1) + cell(c.cop, 3) + "  " +
           c.mode + "\n";
  return out;
}

std::string steady_json(const run::Steady& steady) {
  nlohmann::ordered_json j;
  j["scenario"] = steady.scenario;
  j["steps"] = steady.steps;
  j["step_s"] = steady.step_s;
  j["balance"] = {{"step_frac", steady.imbalance_frac}};
  j["streams"] = rows_json(steady.streams, stream_quantities);
  j["nodes"] = rows_json(steady.nodes, node_quantities);
  j["components"] = rows_json(steady.components, component_quantities);
  for (const SteadyComponent& c : steady.components)
    j["components"][c.name]["mode"] = c.mode.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(c.mode);
  return j.dump(2) + "\n";
}

std::string steady_csv(const run::Steady& steady) {
  std::string out = "kind,name,quantity,value,unit\n";
  rows_csv(out, "stream", steady.streams, stream_quantities);
  rows_csv(out, "node", steady.nodes, node_quantities);
  rows_csv(out, "component", steady.components, component_quantities);
  return out;
}

}  // namespace hypocaust::cli
