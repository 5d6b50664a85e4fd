// The folder of an outage study: one study each, named by what it asks, and resumed only as that.
#pragma once
#include <string>
#include <vector>

#include "sim/study/outage.hpp"

namespace hypocaust::study {

// ./results/<scenario>.outage_<what>...: one for each question about a site.
std::string outage_folder(const OutageOptions& options, const std::string& scenario);

// Makes the folder, or goes on in it (--resume). Throws UserError where it holds another study, or nothing to resume.
void open_outage_folder(const std::string& folder, const OutageOptions& options, const std::vector<Branch>& branches,
                        const std::string& resolved_yaml);

}  // namespace hypocaust::study
