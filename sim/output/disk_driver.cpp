#include "sim/output/disk_driver.hpp"

#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

namespace hypocaust::output {
namespace {

struct Info {
  DiskTrouble* trouble;
};
struct DiskFile {
  H5FD_t shared;  // HDF5's own part, first by contract
  int descriptor;
  haddr_t end_allocated, end_written;
  DiskTrouble* trouble;
};
constexpr haddr_t largest_address = (haddr_t{1} << 63) - 1;

DiskFile& own(H5FD_t* file) { return *reinterpret_cast<DiskFile*>(file); }
const DiskFile& own(const H5FD_t* file) { return *reinterpret_cast<const DiskFile*>(file); }

H5FD_t* open_file(const char* name, unsigned flags, hid_t access, haddr_t) {
  const auto* info = static_cast<const Info*>(H5Pget_driver_info(access));
  if (!info || !(flags & H5F_ACC_TRUNC)) return nullptr;
  const int descriptor = ::open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    info->trouble->error = errno;
    return nullptr;
  }
  auto* file = new DiskFile{};
  file->descriptor = descriptor;
  file->trouble = info->trouble;
  return &file->shared;
}

herr_t close_file(H5FD_t* file) {
  DiskFile* mine = &own(file);
  if (::close(mine->descriptor) != 0 && mine->trouble->error == 0) mine->trouble->error = errno;  // network disks tell it here
  delete mine;
  return 0;
}

int compare_files(const H5FD_t* a, const H5FD_t* b) { return own(a).descriptor - own(b).descriptor; }

herr_t query(const H5FD_t*, unsigned long* flags) {
  if (flags)
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA |
             H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

haddr_t get_end_allocated(const H5FD_t* file, H5FD_mem_t) { return own(file).end_allocated; }
herr_t set_end_allocated(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  own(file).end_allocated = address;
  return 0;
}
haddr_t get_end_written(const H5FD_t* file, H5FD_mem_t) { return own(file).end_written; }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, void* buffer) {
  auto* to = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t got = ::pread(own(file).descriptor, to, size, static_cast<off_t>(address));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) {  // beyond the end, or never written because the disk is full
      std::memset(to, 0, size);
      return 0;
    }
    to += got, address += static_cast<haddr_t>(got), size -= static_cast<std::size_t>(got);
  }
  return 0;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size, const void* buffer) {
  DiskFile& mine = own(file);
  const auto* from = static_cast<const char*>(buffer);
  mine.end_written = std::max(mine.end_written, address + size);
  while (size > 0 && mine.trouble->error == 0) {
    const ssize_t put = ::pwrite(mine.descriptor, from, size, static_cast<off_t>(address));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) mine.trouble->error = put < 0 ? errno : ENOSPC;
    else from += put, address += static_cast<haddr_t>(put), size -= static_cast<std::size_t>(put);
  }
  return 0;
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
  DiskFile& mine = own(file);
  if (mine.end_allocated == mine.end_written) return 0;
  if (mine.trouble->error == 0 && ::ftruncate(mine.descriptor, static_cast<off_t>(mine.end_allocated)) != 0)
    mine.trouble->error = errno;
  mine.end_written = mine.end_allocated;
  return 0;
}

const H5FD_class_t& driver_class() {
  static const H5FD_class_t made = [] {
    H5FD_class_t c{};
#if H5_VERSION_GE(1, 13, 2)
    c.version = H5FD_CLASS_VERSION;
#endif
#if H5_VERSION_GE(1, 13, 0)
    c.value = static_cast<H5FD_class_value_t>(511);  // up to 511 is for drivers that are not registered with the HDF Group
#endif
    c.name = "hypocaust_disk";
    c.maxaddr = largest_address;
    c.fc_degree = H5F_CLOSE_WEAK;
    c.fapl_size = sizeof(Info);
    c.open = open_file;
    c.close = close_file;
    c.cmp = compare_files;
    c.query = query;
    c.get_eoa = get_end_allocated;
    c.set_eoa = set_end_allocated;
    c.get_eof = get_end_written;
    c.read = read;
    c.write = write;
    c.truncate = truncate;
    const H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(map), std::end(map), c.fl_map);
    return c;
  }();
  return made;
}

}  // namespace

herr_t use_disk_driver(hid_t access, DiskTrouble& trouble) {
  static const hid_t driver = H5FDregister(&driver_class());
  const Info info{&trouble};
  return driver < 0 ? -1 : H5Pset_driver(access, driver, &info);
}

}  // namespace hypocaust::output
