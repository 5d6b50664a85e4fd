#include "sim/output/run_file.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <limits>

#include "models/core/contracts.hpp"
#include "models/core/errors.hpp"
#include "sim/base/atomic_file.hpp"
#include "sim/output/chunk.hpp"
#include "sim/output/intervals.hpp"
#include "sim/output/layout.hpp"

namespace hypocaust::output {
namespace {

constexpr std::size_t staged_rows = 16;  // gathered before they go to the columns: one cache line of floats each

}  // namespace

struct RunFile::Impl {
  Impl(const Options& given, std::vector<Variable> list, const TimeAxis& axis);
  ~Impl() {  // also when the constructor of RunFile throws
    if (created && !committed) ::unlink(partial.c_str());
  }

  struct Column {
    std::size_t variable, place;  // place: second index
    bool float64;
    std::vector<std::byte> values;    // of the chunk under way
    std::vector<std::byte> packed;    // compressed, waiting for its turn
    std::size_t twin = 0;             // the column whose packed bytes serve; itself unless the chunks are equal
    NoisePlanes noise;                // of the chunks so far
    std::vector<std::byte> constant;  // the one value `packed` repeats; empty when it holds several
  };
  void take(std::span<const double> row);
  void unstage();
  void write_chunk();
  void find_twins();
  void pack(ChunkCompressor& compressor, Column& column);

  Options options;
  std::string partial;
  std::vector<Variable> variables;
  TimeAxis time;
  hsize_t rows = 0, chunk_rows = 0, written_rows = 0;
  Layout layout;
  std::vector<Hid> datasets;
  std::vector<Column> columns;
  std::vector<ChunkCompressor> compressors;
  std::vector<double> stage;  // staged_rows x columns
  std::size_t staged = 0, in_chunk = 0;
  std::int64_t appended = 0;
  Intervals intervals;
  bool committed = false, created = false;
};

RunFile::Impl::Impl(const Options& given, std::vector<Variable> list, const TimeAxis& axis)
    : options(given),
      partial(base::partial_name(given.path)),
      variables(std::move(list)),
      time(axis),
      layout(partial, given.path),
      intervals(variables, time.interval_s / time.step_s) {
  rows = static_cast<hsize_t>(time.steps / (time.interval_s / time.step_s));
  chunk_rows = std::min<hsize_t>(rows, chunk_steps);
  for (std::size_t v = 0; v < variables.size(); ++v)
    for (std::size_t c = 0; c < variables[v].width(); ++c)
      columns.push_back(
          {v, c, variables[v].float64, std::vector<std::byte>(chunk_rows * (variables[v].float64 ? 8 : 4)), {}, {}, {}});
  for (int t = 0; t < std::max(1, options.threads); ++t) compressors.emplace_back(options.compression);
  stage.resize(staged_rows * columns.size());
}

RunFile::RunFile(const Options& options, std::vector<Variable> variables, const TimeAxis& time,
                 const std::vector<Attribute>& root_attributes) {
  if (time.steps <= 0 || time.step_s <= 0 || time.interval_s <= 0 || time.interval_s % time.step_s != 0 ||
      (time.steps * time.step_s) % time.interval_s != 0)
    throw UserError("output.every: error: " + std::to_string(time.interval_s) +
                    " s does not fit (a recording interval is a whole number of steps of " + std::to_string(time.step_s) +
                    " s, and the run a whole number of intervals); choose another interval or duration");
  base::require_writable_folder(options.path);
  impl_ = std::make_unique<Impl>(options, std::move(variables), time);
  Impl& f = *impl_;
  f.created = true;
  f.layout.create();
  for (const Attribute& attribute : root_attributes) f.layout.write_attribute(f.layout.file(), attribute);
  f.layout.write_time(time, f.rows);
  for (const Variable& variable : f.variables)
    f.datasets.push_back(f.layout.create_variable(variable, f.rows, options.compression));
  f.layout.check_disk();
}

RunFile::~RunFile() = default;

void RunFile::append(std::span<const double> row) {
  Impl& f = *impl_;
  EXPECT(row.size() == f.intervals.row_width());
  ++f.appended;
  if (f.intervals.take(row)) f.take(f.intervals.kept());
}

void RunFile::Impl::take(std::span<const double> row) {
  std::copy(row.begin(), row.end(), stage.begin() + static_cast<std::ptrdiff_t>(staged * columns.size()));
  ++staged;
  const bool full = in_chunk + staged == chunk_rows || written_rows + in_chunk + staged == rows;
  if (full) write_chunk();
  else if (staged == staged_rows) unstage();
}

void RunFile::Impl::unstage() {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    Column& column = columns[c];
    for (std::size_t r = 0; r < staged; ++r) {
      const double value = stage[r * columns.size() + c];
      if (column.float64) {
        std::memcpy(column.values.data() + (in_chunk + r) * sizeof(double), &value, sizeof value);
      } else {
        const float narrow = static_cast<float>(value);
        std::memcpy(column.values.data() + (in_chunk + r) * sizeof(float), &narrow, sizeof narrow);
      }
    }
  }
  in_chunk += staged;
  staged = 0;
}

void RunFile::Impl::pack(ChunkCompressor& compressor, Column& column) {
  const std::size_t size = column.float64 ? sizeof(double) : sizeof(float);
  // The last chunk is stored whole: what lies beyond the end is NaN, always the same bytes.
  for (std::size_t r = in_chunk; r < chunk_rows; ++r) {
    const double beyond = std::numeric_limits<double>::quiet_NaN();
    const float narrow = std::numeric_limits<float>::quiet_NaN();
    std::memcpy(column.values.data() + r * size, column.float64 ? static_cast<const void*>(&beyond) : &narrow, size);
  }
  // A column at rest: the same constant as in the last chunk has the same bytes, so they are not made again.
  const std::byte* const values = column.values.data();
  const bool at_rest = std::memcmp(values, values + size, (chunk_rows - 1) * size) == 0;
  if (at_rest && column.constant.size() == size && std::memcmp(column.constant.data(), values, size) == 0) return;
  column.constant.assign(values, values + (at_rest ? size : 0));
  compressor.compress(values, chunk_rows, size, column.noise, column.packed);
}

// Components in series carry one flow: a chunk equal to an earlier column's shares its packed bytes.
void RunFile::Impl::find_twins() {
  std::vector<std::pair<std::uint64_t, std::size_t>> seen;  // a key of the last values in the chunk, and the column
  for (std::size_t c = 0; c < columns.size(); ++c) {
    Column& column = columns[c];
    std::uint64_t key = 0;
    std::memcpy(&key, column.values.data() + (in_chunk - 1) / 2 * 4, std::min<std::size_t>(8, column.values.size()));
    column.twin = c;
    for (const auto& [other_key, other] : seen) {
      if (other_key != key || columns[other].values.size() != column.values.size()) continue;
      if (std::memcmp(columns[other].values.data(), column.values.data(), column.values.size()) != 0) continue;
      column.twin = other;
      column.constant.clear();
      break;
    }
    if (column.twin == c) seen.emplace_back(key, c);
  }
}

void RunFile::Impl::write_chunk() {
  unstage();
  find_twins();
  const std::size_t workers = compressors.size();
  if (workers == 1) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      if (columns[c].twin == c) pack(compressors[0], columns[c]);
  } else {
    // No more than TBB gives (it prints a warning when asked for more): the shares stay the same, so do the bytes.
    const std::size_t granted = tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
    tbb::task_arena arena(static_cast<int>(std::min(workers, granted)));
    // TBB hands work over and back safely; the packaged library is not instrumented, so this count says it to the thread sanitizer.
    std::atomic<std::size_t> handed_over{0};
    handed_over.store(1, std::memory_order_release);
    arena.execute([&] {
      tbb::parallel_for(std::size_t{0}, workers, [&](std::size_t w) {
        handed_over.load(std::memory_order_acquire);
        for (std::size_t c = w; c < columns.size(); c += workers)
          if (columns[c].twin == c) pack(compressors[w], columns[c]);
        handed_over.fetch_add(1, std::memory_order_acq_rel);
      });
    });
    if (handed_over.load(std::memory_order_acquire) != workers + 1) throw InternalError("a share of a chunk was not packed");
  }
  for (const Column& column : columns) {
    const hsize_t at[2] = {written_rows, column.place};
    const std::vector<std::byte>& packed = columns[column.twin].packed;
    check_hdf5(H5Dwrite_chunk(datasets[column.variable], H5P_DEFAULT, 0, at, packed.size(), packed.data()), options.path,
               "write " + std::to_string(packed.size()) + " bytes of `" + variables[column.variable].name + "`");
  }
  layout.check_disk();
  written_rows += in_chunk;
  in_chunk = 0;
}

void RunFile::add(const Table& table) { impl_->layout.write_table(table); }

void RunFile::commit() {
  Impl& f = *impl_;
  if (f.appended != f.time.steps)
    throw InternalError("run file: " + std::to_string(f.appended) + " of " + std::to_string(f.time.steps) +
                        " rows were appended before commit");
  f.datasets.clear();
  f.layout.close();
  base::publish(f.partial, f.options.path);
  f.committed = true;
}

std::string RunFile::partial_path() const { return impl_->partial; }

}  // namespace hypocaust::output
