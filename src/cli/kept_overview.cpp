#include "cli/kept_overview.hpp"

#include "wire/codec.hpp"

namespace tallystick::cli {

BOOST_DESCRIBE_STRUCT(KeptOverview, (), (at, organization, index))

std::string kept_overview_line(const KeptOverview& kept) {
  return wire::to_json(kept);
}

Result<KeptOverview, wire::DecodeFaults> read_kept_overview(const std::string& line) {
  return wire::from_json<KeptOverview>(line);
}

}  // namespace tallystick::cli
