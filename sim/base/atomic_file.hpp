// A file with its final name is complete: everything is written under another name in the same folder, flushed and renamed.
#pragma once
#include <string>
#include <string_view>

namespace hypocaust::base {

// <host>.<process>: unique among the processes that share a file system.
std::string process_name();
// <path>.<host>.<process>.partial: in the folder of the target.
std::string partial_name(const std::string& path);
// Throws UserError: `path` cannot be dealt with, why (an errno), and what the user can do.
[[noreturn]] void refuse(const std::string& path, const std::string& doing, int reason);
// Throws UserError when files cannot be made in the folder of `path`: before any work is done.
void require_writable_folder(const std::string& path);
// Flushes file and folder to the disk and gives the file its final name. Throws UserError.
void publish(const std::string& partial, const std::string& path);
// The whole content at once. Throws UserError; nothing is left under a final or partial name then.
void write_file(const std::string& path, std::string_view content);

}  // namespace hypocaust::base
