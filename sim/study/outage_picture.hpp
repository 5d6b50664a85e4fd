// One strip a branch in the order of the year, coloured by how tight it was: a picture for people (SVG).
#pragma once
#include <string>

#include "sim/study/outage.hpp"

namespace hypocaust::study {

std::string outage_picture(const OutageResult& result);

}  // namespace hypocaust::study
