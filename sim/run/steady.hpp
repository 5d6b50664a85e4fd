// One instant of a network, solved until nothing moves: the inputs of the first step stand for ever.
#pragma once
#include <string>
#include <vector>

#include "models/core/schema.hpp"
#include "sim/config/config.hpp"

namespace hypocaust::run {

struct SteadyStream {
  std::string name;  // "line", "station.cold"
  std::string type;
  double flow_kg_s, flow_m3_s;
  double velocity_m_s, drop_pa;  // NaN where there is no diameter; where one end is outside
  double in_c, out_c, heat_w;    // as the stream enters and leaves (in the direction of its flow), and the heat it gained
};
struct SteadyNode {
  std::string name;
  double pressure_pa, temperature_c;  // gauge
};
struct SteadyComponent {  // what uses electricity, or tells a mode
  std::string name, type;
  double electricity_w, cop;  // cop: NaN where it has none, or is off
  std::string mode;           // empty: it tells none
};
struct Steady {
  std::string scenario;
  int steps = 0;              // taken until it stood still
  double step_s = 0;          // length of each
  double imbalance_frac = 0;  // of the last step, over its throughput
  std::vector<SteadyStream> streams;
  std::vector<SteadyNode> nodes;
  std::vector<SteadyComponent> components;
};

// Takes steps until no node moves by 1e-6 K and the stores change by less than 1e-9 of the throughput in one of them; a pipe
// passes what enters, cooled, at once. Throws PhysicsError when that takes more than 5,000 steps, a solve fails, the balance misses
// 1e-6 of its throughput or a node stands outside -100 to 1,000 degC; UserError for
// a site with hosts: their heat comes from jobs, which stand still at no instant.
Steady solve_steady(const config::Loaded& loaded);

}  // namespace hypocaust::run
