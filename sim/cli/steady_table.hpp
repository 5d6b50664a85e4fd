// What `run --steady` prints, in three forms.
#pragma once
#include <string>

#include "sim/run/steady.hpp"

namespace hypocaust::cli {

std::string steady_text(const run::Steady& steady);
std::string steady_json(const run::Steady& steady);
std::string steady_csv(const run::Steady& steady);  // kind,name,quantity,value,unit

}  // namespace hypocaust::cli
