#include "saml/claims.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

namespace tallystick::saml {
namespace {

constexpr std::string_view bearer_method = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

QualifiedName saml_name(std::string_view local) {
  return {.space = assertion_namespace, .local = local};
}

/// A moment of an attribute. Absent: there is no such attribute. The failure: it is not a moment.
Result<std::optional<core::TimePoint>, std::string> moment(const Element& element, std::string_view attribute) {
  const auto text = element.attribute(attribute);
  if (!text) return std::nullopt;
  const auto time = core::parse_time(*text);
  if (!time) return fail(std::string(attribute) + " is not a time");
  return *time;
}

/// NotBefore and NotOnOrAfter of an element; the end is when it is not believed any more.
Result<std::optional<core::TimePoint>, std::string> end_of_validity(const Element& element, core::TimePoint now) {
  const auto not_before = moment(element, "NotBefore");
  if (!not_before) return fail(not_before.error());
  if (*not_before && now + clock_skew < **not_before) {
    return fail("it is not valid before " + core::to_string(**not_before));
  }
  auto not_on_or_after = moment(element, "NotOnOrAfter");
  if (!not_on_or_after || !*not_on_or_after) return not_on_or_after;
  if (now >= **not_on_or_after + clock_skew) {
    return fail("it expired at " + core::to_string(**not_on_or_after));
  }
  return **not_on_or_after + clock_skew;
}

bool restricts_to(const Element& restriction, std::string_view audience) {
  return std::ranges::any_of(restriction.children(saml_name("Audience")),
                             [&](const Element& each) { return each.text() == audience; });
}

/// What Conditions say; the end, where they have one. A condition that is not known could mean that we are not meant
/// (SAML core, section 2.5.1.1).
Result<std::optional<core::TimePoint>, std::string> check_conditions(const Element& assertion,
                                                                     const Expectation& expected) {
  const auto conditions = assertion.only_child(saml_name("Conditions"));
  if (!conditions) return fail(std::string("it must have one Conditions"));
  bool names_audience = false;
  for (const Element& condition : conditions->children()) {
    if (condition.is(saml_name("OneTimeUse")) || condition.is(saml_name("ProxyRestriction"))) continue;
    if (!condition.is(saml_name("AudienceRestriction"))) {
      return fail("it has a condition that is not known: " + std::string(condition.local_name()));
    }
    if (!restricts_to(condition, expected.audience)) {
      return fail("its audience is another than " + std::string(expected.audience));
    }
    names_audience = true;
  }
  if (!names_audience) return fail(std::string("it names no audience"));
  return end_of_validity(*conditions, expected.now);
}

/// Whether this confirmation lets the bearer of the assertion use it here; until when.
Result<core::TimePoint, std::string> check_confirmation(const Element& confirmation, const Expectation& expected) {
  if (confirmation.attribute("Method") != bearer_method) {
    return fail(std::string("its subject is confirmed by another method than bearer"));
  }
  const auto data = confirmation.only_child(saml_name("SubjectConfirmationData"));
  if (!data) return fail(std::string("its confirmation has no SubjectConfirmationData"));
  if (data->attribute("Recipient") != expected.token_address) {
    return fail("its recipient is another than " + std::string(expected.token_address));
  }
  const auto end = end_of_validity(*data, expected.now);
  if (!end) return fail(end.error());
  if (!*end) return fail(std::string("its confirmation has no NotOnOrAfter"));
  return **end;
}

/// One confirmation that holds is enough (SAML core, section 2.4.1).
Result<core::TimePoint, std::string> check_confirmations(const Element& subject, const Expectation& expected) {
  std::string why = "its subject is not confirmed";
  for (const Element& confirmation : subject.children(saml_name("SubjectConfirmation"))) {
    auto end = check_confirmation(confirmation, expected);
    if (end) return end;
    why = std::move(end.error());
  }
  return fail(std::move(why));
}

}  // namespace

Result<Assertion, std::string> believe(const Element& assertion, const Expectation& expected) {
  if (assertion.attribute("Version") != "2.0") return fail(std::string("it is not of SAML 2.0"));
  const auto issued = moment(assertion, "IssueInstant");
  if (!issued) return fail(issued.error());
  if (!*issued) return fail(std::string("it has no IssueInstant"));
  if (expected.now + clock_skew < **issued) return fail("it was issued in the future, at " + core::to_string(**issued));

  const auto issuer = assertion.only_child(saml_name("Issuer"));
  const auto subject = assertion.only_child(saml_name("Subject"));
  const auto name = subject ? subject->only_child(saml_name("NameID")) : std::nullopt;
  const auto issuer_text = issuer ? issuer->text() : std::nullopt;
  const auto name_text = name ? name->text() : std::nullopt;
  if (!issuer_text || issuer_text->empty()) return fail(std::string("it must have one Issuer"));
  if (!name_text || name_text->empty()) return fail(std::string("its Subject must have one NameID"));

  const auto conditions_end = check_conditions(assertion, expected);
  if (!conditions_end) return fail(conditions_end.error());
  const auto confirmation_end = check_confirmations(*subject, expected);
  if (!confirmation_end) return fail(confirmation_end.error());
  return Assertion{.id = assertion.attribute("ID").value_or(""),
                   .issuer = *issuer_text,
                   .subject = *name_text,
                   .expires = std::min(conditions_end->value_or(*confirmation_end), *confirmation_end)};
}

}  // namespace tallystick::saml
