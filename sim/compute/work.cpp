#include "sim/compute/work.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/core/errors.hpp"
#include "sim/compute/work_parts.hpp"

namespace hypocaust::compute {

std::int32_t NamedWork::group_of(const Ref& hosts) const {
  const auto& groups = inputs.spec.hosts.entries;
  for (std::size_t k = 0; k < groups.size(); ++k)
    if (groups[k].name == hosts.name) return static_cast<std::int32_t>(k);
  throw UserError(key() + ": error: there are no hosts `" + hosts.name + "`; name an entry of compute.hosts");
}

std::int32_t NamedWork::class_of(const Ref& work_class) const {
  const auto& classes = inputs.spec.classes.entries;
  for (std::size_t k = 0; k < classes.size(); ++k)
    if (classes[k].name == work_class.name) return static_cast<std::int32_t>(k);
  return -1;
}

void NamedWork::uses(const Ref& hosts, const Ref& work_class, Work& out) const {
  const ClassSpec* spec = inputs.spec.classes.find(work_class.name);
  const int percent = static_cast<int>(std::ceil((spec ? spec->cap_to_frac : 1.0) * 100.0 - 1e-9));
  out.floors[static_cast<std::size_t>(group_of(hosts))].push_back({percent, class_of(work_class)});
}

std::int32_t NamedWork::delay_of(const Ref& work_class) const {
  const ClassSpec* spec = inputs.spec.classes.find(work_class.name);
  return spec ? static_cast<std::int32_t>(spec->delay_s) : 0;
}

void NamedWork::refuse_too_many(double jobs, const Work& out, const std::string& remedy) const {
  const double all = jobs + static_cast<double>(out.jobs.size());
  if (all <= largest_job_count) return;
  throw UserError(fmt::format("{}: error: {:.3g} jobs in all (at most {:.0f} in one run, of 130 bytes each); {}", key(), all,
                              largest_job_count, remedy));
}

void NamedWork::too_large(std::int64_t jobs, const Ref& hosts, TooLarge rule, Work& out) const {
  out.counts.too_large += jobs;
  if (jobs > 0)
    out.notes.push_back(key() + ": " + std::to_string(jobs) + " jobs are larger than the " + std::to_string(cores_of(hosts)) +
                        " cores of `" + hosts.name + "` and are " + (rule == TooLarge::reject ? "left out" : "cut to them"));
}

namespace {

// One kind of work a group: jobs, services, or a measured power.
void check_kinds(const Work& work, const ComputeSpec& spec) {
  std::vector<char> jobs(spec.hosts.entries.size()), services = jobs;
  for (const Job& job : work.jobs) jobs[static_cast<std::size_t>(job.group)] = 1;
  for (const Service& service : work.services) services[static_cast<std::size_t>(service.group)] = 1;
  for (std::size_t g = 0; g < jobs.size(); ++g) {
    const std::string hosts = "compute.work: error: hosts `" + spec.hosts.entries[g].name + "` have both ";
    if (jobs[g] && !work.measured[g].empty())
      throw UserError(hosts + "jobs and a measured power (the power of jobs is already in it); use two host groups");
    if (services[g] && !work.measured[g].empty())
      throw UserError(hosts + "a service and a measured power (the power of the service is already in it); use two host groups");
    if (services[g] && jobs[g]) throw UserError(hosts + "jobs and a service (each needs hosts of its own); use two host groups");
  }
}

// Services that ask for more than their hosts have, alone or together.
void say_full(Work& work, const ComputeSpec& spec) {
  for (std::size_t g = 0; g < spec.hosts.entries.size(); ++g) {
    std::vector<const Service*> of_group;
    std::int64_t row_s = 3600, end_s = 0;
    for (const Service& service : work.services)
      if (static_cast<std::size_t>(service.group) == g) {
        of_group.push_back(&service);
        row_s = std::min(row_s, service.every_s);
        end_s = std::max(end_s, static_cast<std::int64_t>(service.load_frac.size()) * service.every_s);
      }
    std::int64_t full_s = 0;
    for (std::int64_t t_s = 0; t_s < end_s; t_s += row_s) {
      double load_frac = 0;
      for (const Service* service : of_group)
        if (const auto row = static_cast<std::size_t>(t_s / service->every_s); row < service->load_frac.size())
          load_frac += service->load_frac[row];
      full_s += load_frac > 1.0 ? row_s : 0;
    }
    if (full_s > 0)
      work.notes.push_back(
          fmt::format("compute.work: for {:.1f} h the services of `{}` ask for more than these hosts have; they get all of them",
                      static_cast<double>(full_s) / 3600.0, spec.hosts.entries[g].name));
  }
}

}  // namespace

void check_work(const ComputeInputs& inputs) {
  const Work none;
  for (const auto& [name, typed] : inputs.spec.work.entries) {
    const NamedWork named{.name = name, .inputs = inputs};
    if (const auto* model = typed.as<LublinFeitelsonWork>()) check_lublin_feitelson(*model, named, none);
    if (const auto* process = typed.as<SyntheticWork>()) check_synthetic(*process, named, none);
  }
}

Work make_work(const ComputeInputs& inputs) {
  Work out;
  out.measured.resize(inputs.spec.hosts.entries.size());
  out.measured_class.assign(out.measured.size(), -1), out.floors.resize(out.measured.size());
  for (const auto& [name, typed] : inputs.spec.work.entries) {
    const NamedWork named{.name = name, .inputs = inputs};
    if (const auto* model = typed.as<LublinFeitelsonWork>()) add_lublin_feitelson(*model, named, out);
    else if (const auto* log = typed.as<SwfWork>()) add_swf(*log, named, out);
    else if (const auto* table = typed.as<JobCsvWork>()) add_job_csv(*table, named, out);
    else if (const auto* process = typed.as<SyntheticWork>()) add_synthetic(*process, named, out);
    else if (const auto* power = typed.as<PowerCsvWork>()) add_power(*power, named, out);
    else if (const auto* service = typed.as<ServiceWork>()) add_service(*service, named, out);
    else if (const auto* trace = typed.as<UtilisationCsvWork>()) add_utilisation(*trace, named, out);
    else throw InternalError("compute.work." + name + ": a type nobody makes work from");
  }
  std::stable_sort(out.jobs.begin(), out.jobs.end(), [](const Job& a, const Job& b) { return a.submit_s < b.submit_s; });
  check_kinds(out, inputs.spec);
  say_full(out, inputs.spec);
  return out;
}

}  // namespace hypocaust::compute
