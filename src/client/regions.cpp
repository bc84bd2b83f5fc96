#include <algorithm>
#include <array>

#include "client/url.hpp"
#include "tallystick/client/configuration.hpp"

namespace tallystick {
namespace {

using Region = std::pair<std::string_view, std::string_view>;

constexpr std::array region_table = {
    Region{"us_east_1", "mypurecloud.com"},         Region{"eu_west_1", "mypurecloud.ie"},
    Region{"ap_southeast_2", "mypurecloud.com.au"}, Region{"ap_northeast_1", "mypurecloud.jp"},
    Region{"eu_central_1", "mypurecloud.de"},       Region{"us_west_2", "usw2.pure.cloud"},
    Region{"ca_central_1", "cac1.pure.cloud"},      Region{"ap_northeast_2", "apne2.pure.cloud"},
    Region{"eu_west_2", "euw2.pure.cloud"},         Region{"ap_south_1", "aps1.pure.cloud"},
    Region{"us_east_2", "use2.us-gov-pure.cloud"},  Region{"sa_east_1", "sae1.pure.cloud"},
    Region{"me_central_1", "mec1.pure.cloud"},      Region{"ap_northeast_3", "apne3.pure.cloud"},
    Region{"eu_central_2", "euc2.pure.cloud"},      Region{"mx_central_1", "mxc1.pure.cloud"},
    Region{"ap_southeast_1", "apse1.pure.cloud"},   Region{"eusc_de_east_1", "edee1.eusc-pure.cloud"},
};

constexpr std::string_view api_prefix = "api.";

/// The published host of `https://api.<host>`; absent for any other address.
std::optional<std::string_view> published_host(const client::Url& url) {
  const bool usual_port = !url.port || *url.port == 443;
  if (url.scheme != "https" || !usual_port || !url.host.starts_with(api_prefix)) return std::nullopt;
  const auto host = std::string_view(url.host).substr(api_prefix.size());
  for (const auto& region : region_table) {
    if (region.second == host) return region.second;
  }
  return std::nullopt;
}

std::string api_address(std::string_view host) {
  return "https://" + std::string(api_prefix) + std::string(host);
}

}  // namespace

std::span<const std::pair<std::string_view, std::string_view>> regions() {
  return region_table;
}

std::optional<std::string> base_url_of_region(std::string_view region) {
  if (const auto url = client::parse_url(region)) {
    const auto host = published_host(*url);
    return host && url->path.empty() ? std::optional(api_address(*host)) : std::nullopt;
  }
  const std::string host = client::lower_case(region);
  std::string name = host;
  std::replace(name.begin(), name.end(), '-', '_');
  for (const auto& [known_name, known_host] : region_table) {
    if (known_name == name || known_host == host) return api_address(known_host);
  }
  return std::nullopt;
}

std::string token_url(std::string_view base_url) {
  constexpr std::string_view token_path = "/oauth/token";
  const auto url = client::parse_url(base_url);
  if (!url) return std::string(base_url) + std::string(token_path);
  if (const auto host = published_host(*url)) return "https://login." + std::string(*host) + std::string(token_path);
  return url->origin() + std::string(token_path);
}

}  // namespace tallystick
