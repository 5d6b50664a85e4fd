// A site from a year of gas bills: an archetype whose sizes are scaled until its months burn what was billed.
// docs/use/new_from_bills.md tells the user.
#pragma once
#include <string>
#include <vector>

namespace hypocaust::study {

struct Bill {
  int year, month;  // month 1 to 12
  double fuel_j;
};
// Twelve months in a row: `month` (2024-01) and the fuel, headed by its unit (kWh, MWh, GJ). Throws UserError with path:line:column.
std::vector<Bill> read_bills(const std::string& path);

struct BillsRequest {
  std::string archetype;  // a name of configs/archetypes, or a file
  std::string bills;      // path
  double boiler_frac;     // heat over fuel
  std::string climate;    // synthetic
  std::string output;     // path of the site that will be written; empty: a file of the current folder
};
struct BilledSite {
  std::string yaml;      // commented, with the residual of every month; reads as a scenario in the folder of `output`
  std::string warnings;  // printable; empty when there are none
};
// Throws UserError: bills that no size of the archetype meets, an archetype whose heat cannot be scaled.
BilledSite site_from_bills(const BillsRequest& request);

}  // namespace hypocaust::study
