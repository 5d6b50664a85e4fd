// Watches every node of a run for what its fluid would not stand: pressure below the vapour pressure (it boils, a pump cavitates, air is
// drawn in) and temperature below the freezing point. The plant itself computes on, with liquid.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/run/site.hpp"
#include "sim/run/user_watch.hpp"

namespace hypocaust::run {

class FluidWatch {
 public:
  explicit FluidWatch(const Site& site);
  void take(const plant::Plant& plant, double dt_s, std::int64_t time_s);  // after a plant step
  std::vector<std::string> notes(std::int64_t start_utc_s) const;          // one for each circuit and trouble, and each user

 private:
  struct NodePlace {
    std::size_t circuit;
    double freezing_c;                   // minus infinity: its fluid has none
    bool boils;                          // of its fluid, the vapour pressure is known
    double freezing_j_kg, boiling_j_kg;  // between these, and not below the atmosphere, nothing is to be looked at
  };
  struct Trouble {
    int node = -1;           // where it was worst; -1: none
    double worst = 0;        // below the vapour pressure, Pa; below the freezing point, K
    double t_c = 0, pa = 0;  // there and then; gauge
    double minutes = 0;      // with any node of the circuit in it
    std::int64_t first_s = 0;
  };
  static void note(Trouble& trouble, int node, double depth, double t_c, double pa, std::int64_t time_s);
  std::vector<NodePlace> nodes_;
  UserWatch users_;
  std::vector<std::string> circuits_, names_;
  std::vector<Trouble> vacuum_, frost_;  // of each circuit
  std::vector<double> freezing_c_;       // of each circuit
};

}  // namespace hypocaust::run
