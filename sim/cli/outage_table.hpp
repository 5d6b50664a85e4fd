// What `hypocaust outage` prints: the verdict first, then a row a branch.
#pragma once
#include <string>

#include "sim/study/outage.hpp"

namespace hypocaust::cli {

std::string outage_headline(const study::OutageResult& result);
std::string outage_text(const study::OutageResult& result);
std::string outage_json(const study::OutageResult& result);
std::string outage_csv(const study::OutageResult& result);

}  // namespace hypocaust::cli
