// The last step: what was not given is derived and sized, rules over several fields and the plant's structure are checked.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "sim/config/scenario.hpp"

namespace hypocaust::config {

struct Found {
  bool warning;
  std::string path, text;
};
// Rules are skipped in records for which `unread` is true (a value there was already reported).
using Unread = std::function<bool(std::string_view record_path)>;

// derive() of every record below, inner ones first; then check(), and that derived values lie in their row's range.
void derive_records(const Schema& schema, void* object, const Unread& unread, std::vector<Found>& found);
void check_records(const Schema& schema, void* object, const Unread& unread, std::vector<Found>& found);

struct CompleteOptions {
  Unread unread = [](std::string_view) { return false; };
  bool structure = true;  // false: components are missing or their nodes unknown, so neighbours would look like dead ends
};
std::vector<Found> complete_scenario(Scenario& scenario, const CompleteOptions& options);

}  // namespace hypocaust::config
