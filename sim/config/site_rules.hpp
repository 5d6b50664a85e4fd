// Rules that no single record can see: every host's heat finds a taker, no input has two masters, and time zones
// exist.
#pragma once
#include <vector>

#include "sim/config/complete.hpp"
#include "sim/config/plant_spec.hpp"

namespace hypocaust::config {

// The components of cooling: that name a host group must take all of its heat: what `captured` leaves goes to a room unit, and the
// captured shares sum to at most 1. Found at compute.hosts.<group>, or at `captured` of the last component that takes too much.
void check_heat_paths(const Scenario& scenario, const Unread& unread, std::vector<Found>& found);

// Why the supply of this site may not fail; empty: it may.
std::string supply_problem(const Scenario& scenario);
// UPS, transformer and battery bear the hosts at work. Where the supply may fail: a battery's reserve lasts for the shut-down, and a
// supply limit bears the idle hosts.
void check_power(const Scenario& scenario, const Unread& unread, std::vector<Found>& found);

// Hosts, heat users and whatever exchanges heat with air or ground need the weather.
void check_weather(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found);

// An input has one master: one regulator, or what is written at its key (a value or a series). A guard may overrule any.
void check_regulators(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found);

// A series used by a key has that key's dimension.
void check_series_units(const Scenario& scenario, const Unread& unread, std::vector<Found>& found);
// A meter calibrated for one fluid in another.
void check_meter_fluids(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found);
// The names of site, weather and series are in the time zone database.
// No calendar leads back to itself.
void check_calendars(const Scenario& scenario, std::vector<Found>& found);
void check_time_zones(const Scenario& scenario, const Unread& unread, std::vector<Found>& found);

}  // namespace hypocaust::config
