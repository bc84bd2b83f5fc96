#include <gtest/gtest.h>

#include <set>

#include "tallystick/client/configuration.hpp"

namespace tallystick {
namespace {

/// The table of the published libraries, typed anew: (region, host).
constexpr std::pair<std::string_view, std::string_view> published[] = {
    {"us_east_1", "mypurecloud.com"},         {"eu_west_1", "mypurecloud.ie"},
    {"ap_southeast_2", "mypurecloud.com.au"}, {"ap_northeast_1", "mypurecloud.jp"},
    {"eu_central_1", "mypurecloud.de"},       {"us_west_2", "usw2.pure.cloud"},
    {"ca_central_1", "cac1.pure.cloud"},      {"ap_northeast_2", "apne2.pure.cloud"},
    {"eu_west_2", "euw2.pure.cloud"},         {"ap_south_1", "aps1.pure.cloud"},
    {"us_east_2", "use2.us-gov-pure.cloud"},  {"sa_east_1", "sae1.pure.cloud"},
    {"me_central_1", "mec1.pure.cloud"},      {"ap_northeast_3", "apne3.pure.cloud"},
    {"eu_central_2", "euc2.pure.cloud"},      {"mx_central_1", "mxc1.pure.cloud"},
    {"ap_southeast_1", "apse1.pure.cloud"},   {"eusc_de_east_1", "edee1.eusc-pure.cloud"},
};

TEST(Regions, AreThePublishedOnesWithTheDefaultFirst) {
  const std::set<std::pair<std::string_view, std::string_view>> expected(std::begin(published), std::end(published));
  const std::set<std::pair<std::string_view, std::string_view>> ours(regions().begin(), regions().end());
  EXPECT_EQ(ours, expected);
  EXPECT_EQ(regions().size(), expected.size());
  EXPECT_EQ("https://api." + std::string(regions().front().second), Configuration{}.base_url);
}

TEST(Regions, AreFoundInEverySpelling) {
  for (const auto& [name, host] : published) {
    const std::string base = "https://api." + std::string(host);
    std::string dashed(name);
    for (char& c : dashed) c = c == '_' ? '-' : c;
    EXPECT_EQ(base_url_of_region(name), base);
    EXPECT_EQ(base_url_of_region(dashed), base);
    EXPECT_EQ(base_url_of_region(host), base);
    EXPECT_EQ(base_url_of_region(base), base);
    EXPECT_EQ(base_url_of_region(base + "/"), base);
    EXPECT_EQ(token_url(base), "https://login." + std::string(host) + "/oauth/token");
  }
  EXPECT_EQ(base_url_of_region("EU-CENTRAL-1"), "https://api.mypurecloud.de");
}

TEST(Regions, AreNotGuessed) {
  for (const std::string_view unknown :
       {"", "us_east", "us_east_9", "mypurecloud", "example.com", "https://api.example.com",
        "http://api.mypurecloud.de", "https://login.mypurecloud.de", "https://api.mypurecloud.de/x",
        "https://api.mypurecloud.de.example.com"}) {
    EXPECT_FALSE(base_url_of_region(unknown)) << unknown;
  }
}

TEST(TokenUrl, IsOfTheSameOriginOutsideThePublishedHosts) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"http://127.0.0.1:8080", "http://127.0.0.1:8080/oauth/token"},
      {"http://127.0.0.1:8080/", "http://127.0.0.1:8080/oauth/token"},
      {"https://gateway.example.com/genesys", "https://gateway.example.com/oauth/token"},
      {"https://api.example.com", "https://api.example.com/oauth/token"},
      {"https://API.MyPureCloud.de:443/", "https://login.mypurecloud.de/oauth/token"},
      {"https://api.mypurecloud.de:8443", "https://api.mypurecloud.de:8443/oauth/token"},
      {"http://api.mypurecloud.de", "http://api.mypurecloud.de/oauth/token"},
  };
  for (const auto& [base, expected] : rows) EXPECT_EQ(token_url(base), expected);
}

}  // namespace
}  // namespace tallystick
