// The year of an outage study, simulated once, and the branches that leave it: each a process that begins with the exact state.
#pragma once
#include <string>
#include <vector>

#include "sim/run/site.hpp"
#include "sim/study/outage.hpp"
#include "sim/study/outage_base.hpp"
#include "sim/study/processes.hpp"

namespace hypocaust::study {

struct BranchedYear {
  run::Site& site;
  std::string folder, title;
  bool record = false, quiet = false;
  std::vector<const Branch*> branches{};  // by their start
};
// Simulates warm-up and year; each branch leaves its result in the folder, or its death with the processes. base: what is kept of
// the year; null: the year ends where the last branch has left it.
void simulate_branches(const BranchedYear& year, Processes& processes, OutageBase* base);

}  // namespace hypocaust::study
