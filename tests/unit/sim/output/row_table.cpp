#include "sim/output/row_table.hpp"

#include <hdf5_hl.h>

#include "sim/output/collected_file.hpp"
#include "stored.hpp"

using namespace hypocaust::output;

namespace {

Collected points_of(std::size_t figures) {
  Collected collected;
  collected.points = {.group = "points", .dimension = "point"};
  collected.points.columns.push_back({"id", "1", "number", std::vector<std::int64_t>{0, 1, 2}});
  collected.points.columns.push_back({"message", "", "why it failed", std::vector<std::string>{"", "too small", ""}});
  for (std::size_t f = 0; f < figures; ++f)
    collected.points.columns.push_back(
        {"energy.it" + std::to_string(f), "kWh", "a figure", std::vector<double>{1.5, 2.5, 3.5 + static_cast<double>(f)}});
  return collected;
}

}  // namespace

TEST_CASE("the table of a study is read back through HDF5's own table interface") {
  const TemporaryFolder folder;
  const std::string path = folder / "study.h5";
  write_collected(path, points_of(2));
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  hsize_t fields = 0, rows = 0;
  REQUIRE(H5TBget_table_info(file, "points_table", &fields, &rows) >= 0);
  CHECK(fields == 3);  // text stays in the columns of `points`
  CHECK(rows == 3);
  struct Row {
    std::int64_t id;
    double one, two;
  };
  const std::size_t offsets[] = {offsetof(Row, id), offsetof(Row, one), offsetof(Row, two)}, sizes[] = {8, 8, 8};
  std::vector<Row> read(rows);
  REQUIRE(H5TBread_table(file, "points_table", sizeof(Row), offsets, sizes, read.data()) >= 0);
  CHECK(read[2].id == 2);
  CHECK(read[1].one == 2.5);
  CHECK(read[2].two == 4.5);
  char names[3][64], *places[] = {names[0], names[1], names[2]};
  REQUIRE(H5TBget_field_info(file, "points_table", places, nullptr, nullptr, nullptr) >= 0);
  CHECK(std::string(names[2]) == "energy_it1");
  H5Fclose(file);
}

TEST_CASE("a table of thousands of figures is written") {
  const TemporaryFolder folder;
  write_collected(folder / "study.h5", points_of(3000));
  CHECK(stored(folder / "study.h5", "points/energy_it2999").back() == 3002.5);
  const hid_t file = H5Fopen((folder / "study.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  hsize_t fields = 0, rows = 0;
  REQUIRE(H5TBget_table_info(file, "points_table", &fields, &rows) >= 0);
  CHECK(fields == 500);
  H5Fclose(file);
}
