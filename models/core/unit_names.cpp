#include "models/core/unit_names.hpp"

#include <numbers>

namespace hypocaust {
namespace {

//                              m  kg  s  K  money CO2 rad byte
constexpr Dimension none{};
constexpr Dimension length{{{1, 0, 0, 0, 0, 0, 0, 0}}}, mass{{{0, 1, 0, 0, 0, 0, 0, 0}}}, time{{{0, 0, 1, 0, 0, 0, 0, 0}}};
constexpr Dimension difference{{{0, 0, 0, 1, 0, 0, 0, 0}}}, money{{{0, 0, 0, 0, 1, 0, 0, 0}}}, carbon{{{0, 0, 0, 0, 0, 1, 0, 0}}};
constexpr Dimension angle{{{0, 0, 0, 0, 0, 0, 1, 0}}}, information{{{0, 0, 0, 0, 0, 0, 0, 1}}},
    volume{{{3, 0, 0, 0, 0, 0, 0, 0}}};
constexpr Dimension power{{{2, 1, -3, 0, 0, 0, 0, 0}}}, energy{{{2, 1, -2, 0, 0, 0, 0, 0}}},
    pressure{{{-1, 1, -2, 0, 0, 0, 0, 0}}};
constexpr Dimension frequency{{{0, 0, -1, 0, 0, 0, 0, 0}}};

// Exact factors: SI brochure (9th edition, 2019) with its units accepted for use; Wh = 3,600 J; bar = 1e5 Pa; yr = 365 d.
constexpr UnitName table[] = {
    {"W", 1, power},
    {"kW", 1e3, power},
    {"MW", 1e6, power},
    {"GW", 1e9, power},
    {"J", 1, energy},
    {"kJ", 1e3, energy},
    {"MJ", 1e6, energy},
    {"GJ", 1e9, energy},
    {"Wh", 3600, energy},
    {"kWh", 3.6e6, energy},
    {"MWh", 3.6e9, energy},
    {"GWh", 3.6e12, energy},
    {"Pa", 1, pressure},
    {"mPa", 1e-3, pressure},
    {"hPa", 1e2, pressure},
    {"kPa", 1e3, pressure},
    {"MPa", 1e6, pressure},
    {"mbar", 1e2, pressure},
    {"bar", 1e5, pressure},
    {"s", 1, time},
    {"min", 60, time},
    {"h", 3600, time},
    {"d", 86400, time},
    {"yr", 31536000, time},
    {"Hz", 1, frequency},
    {"m", 1, length},
    {"mm", 1e-3, length},
    {"cm", 1e-2, length},
    {"km", 1e3, length},
    {"l", 1e-3, volume},
    {"ml", 1e-6, volume},
    {"kg", 1, mass},
    {"g", 1e-3, mass},
    {"t", 1e3, mass},
    {"K", 1, difference},
    {"rad", 1, angle},
    {"deg", std::numbers::pi / 180, angle},
    {"kgCO2e", 1, carbon},
    {"gCO2e", 1e-3, carbon},
    {"tCO2e", 1e3, carbon},
    {"money", 1, money},
    {"byte", 1, information},
    {"kB", 1e3, information},
    {"MB", 1e6, information},
    {"GB", 1e9, information},
    {"TB", 1e12, information},
    {"1", 1, none},
    {"%", 0.01, none},
};
constexpr std::string_view currency_codes[] = {"EUR", "GBP", "USD", "SEK", "NOK", "DKK", "ISK", "CHF", "PLN", "CZK", "HUF", "RON",
                                               "BGN", "UAH", "TRY", "JPY", "CNY", "KRW", "INR", "SGD", "HKD", "TWD", "AUD", "NZD",
                                               "CAD", "BRL", "MXN", "CLP", "ZAR", "ILS", "AED", "SAR", "THB", "MYR", "IDR"};

}  // namespace

std::span<const UnitName> unit_names() { return table; }
std::span<const std::string_view> currencies() { return currency_codes; }

}  // namespace hypocaust
