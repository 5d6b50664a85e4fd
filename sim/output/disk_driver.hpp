// The file driver of run files: plain POSIX writes that remember their first failure instead of telling HDF5 of it.
// HDF5 cannot close a file whose metadata it could not write: it keeps the identifiers open and crashes at exit (1.10.8). So a
// full disk is kept here, HDF5 closes as if all were well, and the writer asks for the failure and drops the file.
#pragma once
#include <hdf5.h>

namespace hypocaust::output {

struct DiskTrouble {
  int error = 0;  // errno of the first write that failed; 0: none
};
// Makes files opened with this access property list write through the driver. `trouble` must outlive them.
// Same layout of bytes as HDF5's own default driver. For new files only.
herr_t use_disk_driver(hid_t access, DiskTrouble& trouble);

}  // namespace hypocaust::output
