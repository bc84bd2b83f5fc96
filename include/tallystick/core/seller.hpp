#pragma once
#include <optional>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
/// Who bills and who is billed (docs/domain.md, "Invoices"). Plain values without behaviour.
namespace tallystick::core {

/// Where letters go.
struct PostalAddress {
  std::string line1;
  std::string line2;  ///< may be empty, as line3, state and postal_code may
  std::string line3;
  std::string city;
  std::string postal_code;
  std::string state;
  std::string country_code;  ///< ISO 3166-1 alpha-2, two capital letters
  friend bool operator==(const PostalAddress&, const PostalAddress&) = default;
};

/// Somebody on an invoice: who pays, who gets the goods, who bought, who uses them.
struct BillingParty {
  std::string number;  ///< the seller's number of this customer; may be empty
  std::string name;
  std::optional<PostalAddress> address;
  friend bool operator==(const BillingParty&, const BillingParty&) = default;
};

/// Who issues invoices: their letter head, and the series in which their numbers have no gaps.
struct Seller {
  std::string key;  ///< [a-z0-9._-]{1,64}, unique among sellers
  std::string name;
  std::optional<PostalAddress> address;
  std::string tax_number;  ///< may be empty, as the following
  std::string email;
  std::string phone;
  std::string website;
  std::string invoice_prefix;      ///< in front of each number: `NW-` gives NW-000001
  std::vector<std::string> notes;  ///< at the foot of each invoice: bank account, terms; a line each
  friend bool operator==(const Seller&, const Seller&) = default;
};

/// The series of contracts that name no seller, where the catalog has none or several.
inline constexpr const char* built_in_seller_key = "operator";

}  // namespace tallystick::core
#pragma GCC visibility pop
