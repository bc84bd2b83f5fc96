#include "cli/organization_option.hpp"

namespace tallystick::cli {

Result<core::OrganizationId, Failure> parse_organization(std::string_view option, const std::string& text) {
  if (const auto id = core::Uuid::parse(text)) return *id;
  return fail(Failure{ExitCode::bad_input, std::string(option) + ": \"" + text + "\" is not a UUID"});
}

Result<std::optional<core::OrganizationId>, Failure> parse_organization(const std::optional<std::string>& text) {
  if (!text) return std::optional<core::OrganizationId>();
  const auto id = parse_organization("--organization", *text);
  if (!id) return fail(id.error());
  return std::optional(*id);
}

}  // namespace tallystick::cli
