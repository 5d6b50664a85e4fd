// A table stored row by row, as HDF5's table interface (H5TB) and programs that read one record at a time expect it.
#pragma once
#include <string>

#include "sim/output/layout.hpp"

namespace hypocaust::output {

// Dataset /name of one compound a row, a field for each column of numbers (columns of text are left out: netCDF reads no text
// inside a compound; so are those behind the 500th, for which HDF5 has no room), with the attributes of the table specification, version 3.0. Units are attributes FIELD_<n>_UNITS.
// https://docs.hdfgroup.org/hdf5/v1_14/_h5_t_b__s_p_e_c.html
void write_row_table(Layout& layout, const std::string& name, const std::string& title, const Table& table);

}  // namespace hypocaust::output
