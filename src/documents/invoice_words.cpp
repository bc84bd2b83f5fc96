#include "documents/invoice_words.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace tallystick::documents {
namespace {

std::string joined(std::string_view first, std::string_view separator, std::string_view second) {
  std::string text(first);
  if (!first.empty() && !second.empty()) text += separator;
  return text.append(second);
}

// Groupings that exist in the wild (domain.md), as customers read them; any other is shown as it is.
constexpr std::pair<std::string_view, std::string_view> grouping_words[] = {
    {"user-license", "User licences"},
    {"billable-app-usage-license", "Applications by usage"},
    {"billable-app-concurrent-license", "Applications by concurrent users"},
    {"billable-app-org-license", "Applications of the organization"},
    {"device", "Devices"},
    {"resource", "Resources"},
    {"messaging", "Messaging"},
    {"messaging-usage", "Messages"},
    {"storage", "Storage"},
    {"storage-category", "Storage by category"},
    {"rollup", "Tokens"},
};

std::string words_for(const std::string& grouping) {
  const auto* found = std::ranges::find(grouping_words, grouping, [](const auto& row) { return row.first; });
  return found == std::end(grouping_words) ? grouping : std::string(found->second);
}

std::string family_of(const wire::InvoiceDocumentLine& line) {
  if (is_adjustment(line)) return "Adjustments of earlier periods";
  if (line.grouping && !line.grouping->empty()) return words_for(*line.grouping);
  return line.product ? "Other products" : subject_of(line);
}

std::vector<std::string> lines_in(const std::optional<wire::InvoiceAddress>& address) {
  return address ? address_lines(*address) : std::vector<std::string>{};
}

}  // namespace

std::string_view title_of(const wire::InvoiceDocument& invoice) {
  if (is_credit_note(invoice)) return "Credit note";
  return invoice.type == "Adjustment" ? "Adjustment invoice" : "Invoice";
}

bool is_credit_note(const wire::InvoiceDocument& invoice) {
  return invoice.type == "CreditNote";
}

std::vector<std::string> address_lines(const wire::InvoiceAddress& address) {
  std::vector<std::string> lines;
  const auto add = [&](const std::string& text) {
    if (!text.empty()) lines.push_back(text);
  };
  for (const auto* line : {&address.line1, &address.line2, &address.line3, &address.city_subdivision1}) {
    add(line->value_or(""));
  }
  const std::string city = address.city_name.value_or("");
  const std::string postal_code = address.postal_code.value_or("");
  const std::string state = address.state_code.value_or("");
  // With a state the code goes behind it (San Francisco, CA 94105), else in front of the city (1010 Wien).
  add(state.empty() ? joined(postal_code, " ", city) : joined(city, ", ", joined(state, " ", postal_code)));
  add(address.country ? *address.country : address.country_code.value_or(""));
  return lines;
}

std::string name_of(const wire::Customer& customer) {
  for (const auto* text : {&customer.name, &customer.number, &customer.id}) {
    if (*text && !(*text)->empty()) return **text;
  }
  return "";
}

std::string addressee(const wire::InvoiceDocument& invoice) {
  if (invoice.bill_to_customer) {
    if (std::string name = name_of(*invoice.bill_to_customer); !name.empty()) return name;
  }
  return invoice.organization.name ? *invoice.organization.name : invoice.organization.id.value_or("");
}

std::vector<OtherParty> other_parties(const wire::InvoiceDocument& invoice) {
  std::vector<OtherParty> parties;
  std::vector<std::string> known = {addressee(invoice), ""};
  const auto is_new = [&](const std::string& name) {
    if (std::ranges::find(known, name) != known.end()) return false;
    known.push_back(name);
    return true;
  };
  if (std::string name = invoice.organization.name.value_or(""); is_new(name)) {
    parties.push_back({"For the usage of", {std::move(name)}});
  }
  if (invoice.sold_to_customer) {
    if (std::string name = name_of(*invoice.sold_to_customer); is_new(name)) {
      parties.push_back({"Sold to", {std::move(name)}});
    }
  }
  // Elsewhere is delivered to who has another address, whatever the name.
  const auto elsewhere = lines_in(invoice.ship_to_address);
  const bool is_elsewhere = !elsewhere.empty() && elsewhere != lines_in(invoice.bill_to_address);
  std::string receiver = invoice.ship_to_customer ? name_of(*invoice.ship_to_customer) : "";
  if (is_new(receiver) || is_elsewhere) {
    OtherParty party{"Delivered to", {}};
    if (!receiver.empty()) party.lines.push_back(std::move(receiver));
    if (is_elsewhere) party.lines.insert(party.lines.end(), elsewhere.begin(), elsewhere.end());
    parties.push_back(std::move(party));
  }
  return parties;
}

std::string kind_word(const wire::InvoiceDocumentLine& line) {
  if (line.kind == "prepay") return "Prepaid";
  if (line.kind == "overage") return "Overage";
  if (line.kind == "minimum") return "Minimum commitment";
  if (line.kind == "adjustment") return "Adjustment";
  if (line.kind == "credit") return "Credit";
  return line.kind;
}

std::string subject_of(const wire::InvoiceDocumentLine& line) {
  if (line.product) {
    for (const auto* text : {&line.product->name, &line.product->sku, &line.product->id}) {
      if (*text && !(*text)->empty()) return **text;
    }
  }
  // An adjustment without a product is that of the minimum.
  return is_adjustment(line) ? "Minimum commitment" : kind_word(line);
}

std::string kind_beside(const wire::InvoiceDocumentLine& line) {
  const std::string kind = kind_word(line);
  return kind == subject_of(line) || line.description.starts_with(kind) ? "" : kind;
}

bool is_adjustment(const wire::InvoiceDocumentLine& line) {
  return line.kind == "adjustment";
}

Result<std::vector<Subtotal>, std::string> subtotals(const wire::InvoiceDocument& invoice) {
  std::vector<Subtotal> sums;
  for (const bool adjustments : {false, true}) {
    for (const wire::InvoiceDocumentLine& line : invoice.lines) {
      if (is_adjustment(line) != adjustments) continue;
      const std::string family = family_of(line);
      auto sum = std::ranges::find(sums, family, &Subtotal::label);
      if (sum == sums.end()) sum = sums.insert(sums.end(), Subtotal{family, {}});
      const auto grown = sum->amount.plus(line.amount);
      if (!grown)
        return fail("the lines of " + family + " on invoice " + invoice.number + " have no sum: it overflows");
      sum->amount = *grown;
    }
  }
  return sums;
}

}  // namespace tallystick::documents
