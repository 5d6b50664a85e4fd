// Borrowed money and tax, which a cash flow leaves out until they are asked for. docs/methods/cash_flow.md.
#pragma once
#include <vector>

#include "models/economics/cash_flow.hpp"

namespace hypocaust::economics {

struct Loan {
  double principal_money = 0;  // lent at t = 0
  double rate_frac = 0;        // a year
  int years = 0;               // repaid in equal yearly sums
};
struct DebtYear {
  double interest_money = 0, repaid_money = 0;  // of one year
  double service_money() const { return interest_money + repaid_money; }
};
std::vector<DebtYear> debt_service(const Loan& loan);

struct Tax {
  double rate_frac = 0;  // on profit; 0: no tax
  int depreciation_years = 10;
};
struct Financing {
  Loan loan;
  Tax tax;
};
// Profit = net cash - straight-line depreciation - interest; a loss is carried forward without limit and pays no tax.
struct Financed {
  CashFlow equity;                           // of the owners: capital less the loan; net cash less tax and debt service
  std::vector<double> tax_money, dscr_frac;  // by year; debt service cover: (net cash - tax) / debt service, NaN without debt
  double least_dscr_frac = 0;                // NaN without debt
};
Financed financed(const CashFlow& flow, const Financing& financing);

}  // namespace hypocaust::economics
