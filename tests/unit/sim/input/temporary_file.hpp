// A file that lives as long as a test.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

struct TemporaryFile {
  explicit TemporaryFile(const std::string& name, const std::string& contents)
      : path((std::filesystem::temp_directory_path() / ("hypocaust_" + std::to_string(::getpid()) + "_" + name)).string()) {
    std::ofstream(path, std::ios::binary) << contents;
  }
  ~TemporaryFile() { std::filesystem::remove(path); }
  TemporaryFile(const TemporaryFile&) = delete;
  std::string path;
};
