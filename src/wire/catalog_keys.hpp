#pragma once
#include <string_view>

/// The keys of a catalog document (interface.md, "A catalog"), for reading and writing it.
namespace tallystick::wire::catalog_key {

inline constexpr std::string_view organizations = "organizations";
inline constexpr std::string_view trusts = "trusts";
inline constexpr std::string_view clients = "clients";
inline constexpr std::string_view products = "products";
inline constexpr std::string_view contracts = "contracts";
inline constexpr std::string_view sellers = "sellers";
inline constexpr std::string_view settings = "settings";
inline constexpr std::string_view users = "users";
inline constexpr std::string_view saml = "saml";

inline constexpr std::string_view id = "id";
inline constexpr std::string_view name = "name";
inline constexpr std::string_view trustee = "trustee";
inline constexpr std::string_view trustor = "trustor";
inline constexpr std::string_view enabled = "enabled";

inline constexpr std::string_view organization = "organization";
inline constexpr std::string_view secret = "secret";
inline constexpr std::string_view secret_hash = "secret_hash";
inline constexpr std::string_view permissions = "permissions";
inline constexpr std::string_view token_seconds = "token_seconds";
inline constexpr std::string_view redirect_uris = "redirect_uris";
inline constexpr std::string_view issuer = "issuer";
inline constexpr std::string_view certificate = "certificate";

inline constexpr std::string_view key = "key";
inline constexpr std::string_view short_name = "short_name";
inline constexpr std::string_view part_number = "part_number";
inline constexpr std::string_view grouping = "grouping";
inline constexpr std::string_view unit = "unit";
inline constexpr std::string_view metering = "metering";
inline constexpr std::string_view kind = "kind";
inline constexpr std::string_view family = "family";
inline constexpr std::string_view rank = "rank";
inline constexpr std::string_view step_seconds = "step_seconds";
inline constexpr std::string_view list_price = "list_price";
inline constexpr std::string_view third_party = "third_party";
inline constexpr std::string_view cancellable = "cancellable";
inline constexpr std::string_view fair_use = "fair_use";
inline constexpr std::string_view product = "product";
inline constexpr std::string_view each = "each";
inline constexpr std::string_view rolls_up = "rolls_up";
inline constexpr std::string_view into = "into";
inline constexpr std::string_view units_per_token = "units_per_token";

inline constexpr std::string_view number = "number";
inline constexpr std::string_view currency = "currency";
inline constexpr std::string_view subscription_type = "subscription_type";
inline constexpr std::string_view effective = "effective";
inline constexpr std::string_view end = "end";
inline constexpr std::string_view ramp = "ramp";
inline constexpr std::string_view start = "start";
inline constexpr std::string_view minimum_monthly_amount = "minimum_monthly_amount";
inline constexpr std::string_view billing_day = "billing_day";
inline constexpr std::string_view items = "items";
inline constexpr std::string_view prepay_quantity = "prepay_quantity";
inline constexpr std::string_view prepay_price = "prepay_price";
inline constexpr std::string_view overage_price = "overage_price";
inline constexpr std::string_view overage_tiers = "overage_tiers";
inline constexpr std::string_view up_to = "up_to";
inline constexpr std::string_view price = "price";
inline constexpr std::string_view bundle_quantity = "bundle_quantity";
inline constexpr std::string_view notes = "notes";
inline constexpr std::string_view amendments = "amendments";
inline constexpr std::string_view date = "date";

inline constexpr std::string_view seller = "seller";
inline constexpr std::string_view commercial_model = "commercial_model";
inline constexpr std::string_view purchase_orders = "purchase_orders";
inline constexpr std::string_view payment_terms = "payment_terms";
inline constexpr std::string_view payment_link = "payment_link";
inline constexpr std::string_view bill_to = "bill_to";
inline constexpr std::string_view ship_to = "ship_to";
inline constexpr std::string_view sold_to = "sold_to";
inline constexpr std::string_view end_customer = "end_customer";

inline constexpr std::string_view address = "address";
inline constexpr std::string_view line1 = "line1";
inline constexpr std::string_view line2 = "line2";
inline constexpr std::string_view line3 = "line3";
inline constexpr std::string_view city = "city";
inline constexpr std::string_view postal_code = "postal_code";
inline constexpr std::string_view state = "state";
inline constexpr std::string_view country = "country";
inline constexpr std::string_view tax_number = "tax_number";
inline constexpr std::string_view email = "email";
inline constexpr std::string_view phone = "phone";
inline constexpr std::string_view website = "website";
inline constexpr std::string_view invoice_prefix = "invoice_prefix";

inline constexpr std::string_view close_grace_hours = "close_grace_hours";

}  // namespace tallystick::wire::catalog_key
