// The tables at the end of run.h5: energies and key figures, energies by month, events, jobs.
#pragma once
#include "sim/output/run_file.hpp"
#include "sim/run/run.hpp"
#include "sim/run/year.hpp"

namespace hypocaust::run {

// Of the root of a run file: what made it.
std::vector<output::Attribute> root_attributes(const Scenario& scenario);
// The figures of the run as tables of one value a column: energy, kpi, jobs.
std::vector<output::Table> figure_tables(const RunResult& result);

void add_result_tables(output::RunFile& file, const RunResult& result, YearResult& year);

}  // namespace hypocaust::run
