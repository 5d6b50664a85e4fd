#include "sim/compute/work.hpp"

#include <algorithm>
#include <limits>

#include "models/core/errors.hpp"
#include "sim/compute/work_parts.hpp"

namespace hypocaust::compute {

std::int32_t NamedWork::group_of(const Ref& hosts) const {
  const auto& groups = inputs.spec.hosts.entries;
  for (std::size_t k = 0; k < groups.size(); ++k)
    if (groups[k].name == hosts.name) return static_cast<std::int32_t>(k);
  throw UserError(key() + ": error: there are no hosts `" + hosts.name + "`; name an entry of compute.hosts");
}

std::int32_t NamedWork::delay_of(const Ref& work_class) const {
  const ClassSpec* spec = inputs.spec.classes.find(work_class.name);
  return spec ? static_cast<std::int32_t>(spec->delay_s) : 0;
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

}  // namespace

Work make_work(const ComputeInputs& inputs) {
  Work out;
  out.measured.resize(inputs.spec.hosts.entries.size());
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
  if (out.jobs.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max() - 2))
    throw UserError("compute.work: error: " + std::to_string(out.jobs.size()) +
                    " jobs (at most 2^31 in one run); lower `load` or `repeat`");
  check_kinds(out, inputs.spec);
  return out;
}

}  // namespace hypocaust::compute
