// XXH3-128 of contents, as 32 hexadecimal digits: names what a file or text was, quickly; not for security.
#pragma once
#include <string>
#include <string_view>

namespace hypocaust::base {

std::string hash_of(std::string_view contents);
// Throws UserError when the file cannot be read.
std::string hash_of_file(const std::string& path);

}  // namespace hypocaust::base
