#include "sim/base/atomic_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "models/core/errors.hpp"

namespace hypocaust::base {
namespace {

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

void refuse(const std::string& path, const std::string& doing, int reason) {
  const char* remedy = reason == ENOSPC || reason == EDQUOT ? "free space there, or name another place with -o"
                       : reason == EFBIG                    ? "raise the file size limit (ulimit -f), or record fewer channels"
                       : reason == ENOENT                   ? "make the folder first, or name another place with -o"
                       : reason == EACCES || reason == EROFS || reason == EPERM ? "name a place you may write with -o"
                                                                                : "name another place with -o";
  throw UserError(fmt::format("{}: error: cannot {} ({}); {}", path, doing, std::strerror(reason), remedy));
}

std::string process_name() {
  char host[256] = "";
  if (::gethostname(host, sizeof host - 1) != 0) host[0] = '\0';
  std::string name = std::string(host, ::strnlen(host, 64)) + "." + std::to_string(::getpid());
  for (char& c : name)
    if (c == '/') c = '_';
  return name;
}

std::string partial_name(const std::string& path) { return path + "." + process_name() + ".partial"; }

void require_writable_folder(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode))
    throw UserError(path + ": error: is a folder, a file is to be written there; name a file with -o");
  const std::string probe = partial_name(path);
  const int file = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) refuse(path, "write into its folder", errno);
  ::close(file);
  ::unlink(probe.c_str());
}

void publish(const std::string& partial, const std::string& path) {
  const int file = ::open(partial.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) refuse(path, "finish it", errno);
  const int synced = ::fsync(file), reason = errno;
  ::close(file);
  if (synced != 0) refuse(path, "flush it to the disk", reason);
  if (::rename(partial.c_str(), path.c_str()) != 0) refuse(path, "give it its name", errno);
  const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {  // some file systems refuse to sync folders; the file itself is safe
    ::fsync(folder);
    ::close(folder);
  }
}

void write_file(const std::string& path, std::string_view content) {
  const std::string partial = partial_name(path);
  const int file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) refuse(path, "create it", errno);
  for (std::size_t done = 0; done < content.size();) {
    const ssize_t wrote = ::write(file, content.data() + done, content.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) {
      const int reason = errno;
      ::close(file);
      ::unlink(partial.c_str());
      refuse(path, fmt::format("write its {} bytes", content.size()), reason);
    }
    done += static_cast<std::size_t>(wrote);
  }
  ::close(file);
  try {
    publish(partial, path);
  } catch (const UserError&) {
    ::unlink(partial.c_str());
    throw;
  }
}

}  // namespace hypocaust::base
