// What each kind of work adds to the whole: one function a type of compute.work.
#pragma once
#include "sim/compute/work.hpp"

namespace hypocaust::compute {

struct NamedWork {
  const std::string& name;
  const ComputeInputs& inputs;

  std::int32_t group_of(const Ref& hosts) const;  // throws UserError: no such host group
  const HostSpec& hosts_of(const Ref& hosts) const {
    return inputs.spec.hosts.entries[static_cast<std::size_t>(group_of(hosts))].value;
  }
  std::int64_t cores_of(const Ref& hosts) const { return hosts_of(hosts).count * hosts_of(hosts).cores; }
  std::int32_t class_of(const Ref& work_class) const;  // index, -1 without a class
  std::int32_t delay_of(const Ref& work_class) const;  // 0 without a class
  // Work of this class goes to these hosts: their speed keeps to what it allows.
  void uses(const Ref& hosts, const Ref& work_class, Work& out) const;
  std::string key() const { return "compute.work." + name; }
  // Throws UserError when so many jobs, beside those of `out`, are more than a run holds. remedy: what makes fewer.
  void refuse_too_many(double jobs, const Work& out, const std::string& remedy) const;
  // Says that jobs larger than the hosts were left out or cut, and counts them.
  void too_large(std::int64_t jobs, const Ref& hosts, TooLarge rule, Work& out) const;
};

void add_swf(const SwfWork& work, const NamedWork& named, Work& out);
void add_job_csv(const JobCsvWork& work, const NamedWork& named, Work& out);
void check_lublin_feitelson(const LublinFeitelsonWork& work, const NamedWork& named, const Work& out);
void add_lublin_feitelson(const LublinFeitelsonWork& work, const NamedWork& named, Work& out);
void check_synthetic(const SyntheticWork& work, const NamedWork& named, const Work& out);
void add_synthetic(const SyntheticWork& work, const NamedWork& named, Work& out);
void add_power(const PowerCsvWork& work, const NamedWork& named, Work& out);
void add_service(const ServiceWork& work, const NamedWork& named, Work& out);
void add_utilisation(const UtilisationCsvWork& work, const NamedWork& named, Work& out);

}  // namespace hypocaust::compute
