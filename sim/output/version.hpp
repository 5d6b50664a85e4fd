// What made a file: the release and the commit it was built from.
#pragma once

namespace hypocaust::output {

const char* version();     // "0.1.0"
const char* git_commit();  // forty digits, with "-dirty" when files had changed; "unknown" outside a repository

}  // namespace hypocaust::output
