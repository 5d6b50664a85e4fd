// The folder of a study: what it was begun with, its manifest, blocks, journals and traces. docs/formats/study.md is the user's page.
#pragma once
#include <string>

#include "sim/study/study.hpp"

namespace hypocaust::study {

// Every point: id, replication, seed, a column for each axis with its unit in the heading, hash.
std::string manifest_csv(const Study& study);

// Makes the folder and its manifest, or checks that what is there was begun with this study. Throws UserError that shows the
// difference when the study, its base, an input or the build has changed since.
void open_folder(const Study& study, const std::string& folder);
bool begun(const std::string& folder);

}  // namespace hypocaust::study
