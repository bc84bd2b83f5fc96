#include "tallystick/client/transport_settings.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "client/connect_proxy.hpp"
#include "client/stub_server.hpp"
#include "client/test_authority.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick {
namespace {

using client_test::ConnectProxy;
using client_test::http_answer;
using client_test::RefusingPort;
using client_test::StubServer;
using client_test::TestAuthority;

StubServer::Reply ok(const std::string&) {
  return {.bytes = http_answer("200 OK", "{}")};
}

StubServer::Tls tls_of(const TestAuthority::Identity& identity) {
  return {.certificate = identity.certificate, .key = identity.key};
}

HttpRequest get(const std::string& url) {
  return {.url = url, .headers = {{"Authorization", "Bearer token-1"}}};
}

TransportSettings trusting(const TestAuthority& authority) {
  TransportSettings settings;
  settings.authorities.text = authority.certificate();
  return settings;
}

bool names(const ApiError& error, const std::string& text) {
  return error.message.find(text) != std::string::npos;
}

/// A file that is gone afterwards.
class TemporaryFile {
 public:
  TemporaryFile() {
    std::string name = (std::filesystem::temp_directory_path() / "tallystick-pem-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~TemporaryFile() { std::filesystem::remove_all(folder_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  /// As renewals do it: written beside it and moved over it.
  void write(const std::string& text) const {
    std::ofstream(folder_ / "new", std::ios::binary) << text;
    std::filesystem::rename(folder_ / "new", folder_ / "pem");
  }
  [[nodiscard]] std::string path() const { return (folder_ / "pem").string(); }

 private:
  std::filesystem::path folder_;
};

TEST(Trust, OwnAuthorityIsTrustedFromTextAndFile) {
  const TestAuthority authority;
  StubServer server(&ok, tls_of(authority.issue()));
  const auto by_text = make_curl_transport(trusting(authority))->send(get(server.origin()));
  EXPECT_TRUE(by_text) << by_text.error().message;
  const TemporaryFile file;
  file.write(authority.certificate());
  TransportSettings settings;
  settings.authorities.file = file.path();
  const auto by_file = make_curl_transport(settings)->send(get(server.origin()));
  EXPECT_TRUE(by_file) << by_file.error().message;
}

TEST(Trust, NothingIsSentToAServerThatCannotBeTrusted) {
  const TestAuthority authority;
  const TestAuthority other;
  struct Row {
    std::string name;
    TestAuthority::Identity identity;
    TransportSettings settings;
    std::string words;
  };
  const Row rows[] = {
      {"the system's authorities alone", authority.issue(), {}, "unable to get local issuer certificate"},
      {"another authority", authority.issue(), trusting(other), "certificate"},
      {"expired", authority.issue({.expired = true}), trusting(authority), "expired"},
      {"another host", authority.issue({.name = "DNS:other.example"}), trusting(authority), "target host name"},
      {"another address", authority.issue({.name = "IP:127.0.0.2"}), trusting(authority), "target host name"},
  };
  for (const auto& row : rows) {
    StubServer server(&ok, tls_of(row.identity));
    const auto response = make_curl_transport(row.settings)->send(get(server.origin()));
    ASSERT_FALSE(response) << row.name;
    EXPECT_EQ(response.error().kind, ApiError::Kind::network) << row.name;
    EXPECT_FALSE(response.error().transient) << row.name;
    EXPECT_TRUE(names(response.error(), "the certificate of " + server.origin() + " cannot be trusted"))
        << row.name << ": " << response.error().message;
    EXPECT_TRUE(names(response.error(), row.words)) << row.name << ": " << response.error().message;
    EXPECT_TRUE(server.requests().empty()) << row.name;
  }
}

TEST(Trust, OldTlsIsRefused) {
  const TestAuthority authority;
  StubServer::Tls tls = tls_of(authority.issue());
  tls.at_most_1_1 = true;
  StubServer server(&ok, tls);
  const auto response = make_curl_transport(trusting(authority))->send(get(server.origin()));
  ASSERT_FALSE(response);
  EXPECT_TRUE(names(response.error(), "must speak TLS 1.2 or later")) << response.error().message;
  EXPECT_TRUE(server.requests().empty());
}

TEST(ClientCertificate, IsShownToAServerThatAsks) {
  const TestAuthority authority;
  StubServer::Tls tls = tls_of(authority.issue());
  tls.client_authority = authority.certificate();
  StubServer server(&ok, tls);
  for (const std::string& password : {std::string(), std::string("key p4ssword")}) {
    const auto identity = authority.issue({.name = "DNS:client", .key_password = password});
    TransportSettings settings = trusting(authority);
    settings.client_certificate.text = identity.certificate;
    settings.client_key.text = identity.key;
    settings.client_key_password = password;
    const auto response = make_curl_transport(settings)->send(get(server.origin()));
    EXPECT_TRUE(response) << response.error().message;
  }
}

TEST(ClientCertificate, IsMissedByAServerThatAsks) {
  const TestAuthority authority;
  const TestAuthority other;
  StubServer::Tls tls = tls_of(authority.issue());
  tls.client_authority = authority.certificate();
  StubServer server(&ok, tls);
  TransportSettings settings = trusting(authority);
  for (const bool shows_another : {false, true}) {
    if (shows_another) {
      const auto identity = other.issue({.name = "DNS:client"});
      settings.client_certificate.text = identity.certificate;
      settings.client_key.text = identity.key;
    }
    const auto response = make_curl_transport(settings)->send(get(server.origin()));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ApiError::Kind::network);
    EXPECT_FALSE(response.error().transient) << response.error().message;
    EXPECT_TRUE(names(response.error(), "client certificate")) << response.error().message;
    EXPECT_TRUE(server.requests().empty());
  }
}

TEST(ClientCertificate, ARenewedFileIsTakenAndAFaultyOneIsNot) {
  const TestAuthority authority;
  StubServer::Tls tls = tls_of(authority.issue());
  tls.client_authority = authority.certificate();
  StubServer server(
      [](const std::string&) {
        return StubServer::Reply{.bytes = http_answer("200 OK", "{}", "Connection: close\r\n"), .close = true};
      },
      tls);
  const TemporaryFile certificate;
  const TemporaryFile key;
  const auto first = authority.issue({.name = "DNS:client"});
  certificate.write(first.certificate);
  key.write(first.key);
  TransportSettings settings = trusting(authority);
  settings.client_certificate.file = certificate.path();
  settings.client_key.file = key.path();
  const auto transport = make_curl_transport(settings);
  const auto expect_answer = [&](const char* when) {
    const auto response = transport->send(get(server.origin()));
    EXPECT_TRUE(response) << when << ": " << response.error().message;
  };
  expect_answer("first");
  // Certificate and key are renewed one after the other; in between they do not fit.
  const auto second = authority.issue({.name = "DNS:client"});
  certificate.write(second.certificate);
  expect_answer("new certificate, old key");
  key.write("half a ke");
  expect_answer("new certificate, half a key");
  key.write(second.key);
  expect_answer("second");
}

TEST(TransportSettings, WhatCannotWorkIsToldBeforeAnythingIsSent) {
  const TestAuthority authority;
  const auto identity = authority.issue();
  const auto other = authority.issue();
  const auto locked = authority.issue({.key_password = "pa55word"});
  const auto with = [&](const std::function<void(TransportSettings&)>& change) {
    TransportSettings settings;
    change(settings);
    return settings;
  };
  const std::pair<TransportSettings, std::string> rows[] = {
      {with([](auto& s) { s.authorities.file = "/nowhere/ca.pem"; }),
       "the own authorities (ca_file): /nowhere/ca.pem cannot be read: No such file or directory"},
      {with([](auto& s) { s.authorities.text = "no PEM"; }),
       "the own authorities (ca_file) hold no certificate in PEM, or a damaged one"},
      {with([&](auto& s) { s.authorities.text = identity.certificate.substr(0, 200); }),
       "the own authorities (ca_file) hold no certificate in PEM, or a damaged one"},
      {with([&](auto& s) { s.client_certificate.text = identity.certificate; }),
       "a client certificate and its key come together: client_certificate_file and client_key_file, or neither"},
      {with([&](auto& s) {
         s.client_certificate.text = identity.certificate;
         s.client_key.text = other.key;
       }),
       "the client key does not belong to the first of the client certificates"},
      {with([&](auto& s) {
         s.client_certificate.text = locked.certificate;
         s.client_key.text = locked.key;
         s.client_key_password = "wr0ng";
       }),
       "the client key is encrypted, and client_key_password is missing or not its password"},
      {with([](auto& s) { s.proxy = ProxySettings{.url = "http://user:pa55word@proxy.example:3128"}; }),
       "the proxy's address must be http or https, a host and a port, like http://proxy.example:3128; user and "
       "password are settings of their own"},
      {with([](auto& s) { s.proxy = ProxySettings{.url = "socks5://proxy.example"}; }),
       "the proxy's address must be http or https, a host and a port, like http://proxy.example:3128; user and "
       "password are settings of their own"},
  };
  StubServer server(&ok);
  for (const auto& [settings, words] : rows) {
    const auto response = make_curl_transport(settings)->send(get(server.origin()));
    ASSERT_FALSE(response) << words;
    EXPECT_EQ(response.error().kind, ApiError::Kind::configuration);
    EXPECT_EQ(response.error().message, words);
  }
  EXPECT_EQ(server.connections(), 0);
}

class Proxy : public testing::Test {
 protected:
  static constexpr const char* host = "api.example.test";
  TestAuthority authority_;
  StubServer server_{&ok, tls_of(authority_.issue({.name = std::string("DNS:") + host}))};
};

TEST_F(Proxy, CarriesTheRequestAndKeepsBothSecretsApart) {
  // By `printf 'ana:p4ss' | base64`.
  ConnectProxy proxy(server_.port(), "Basic YW5hOnA0c3M=");
  TransportSettings settings = trusting(authority_);
  settings.proxy = ProxySettings{.url = proxy.origin(), .user = "ana", .password = "p4ss"};
  const auto response = make_curl_transport(settings)->send(get("https://api.example.test/x"));
  ASSERT_TRUE(response) << response.error().message;
  ASSERT_EQ(proxy.requests().size(), 1U);
  EXPECT_TRUE(proxy.requests()[0].starts_with("CONNECT api.example.test:443 HTTP/1.1\r\n")) << proxy.requests()[0];
  EXPECT_EQ(proxy.requests()[0].find("token-1"), std::string::npos) << "the token is the server's";
  ASSERT_EQ(server_.requests().size(), 1U);
  EXPECT_NE(server_.requests()[0].find("Bearer token-1"), std::string::npos);
  EXPECT_EQ(server_.requests()[0].find("Proxy-Authorization"), std::string::npos) << server_.requests()[0];
}

TEST_F(Proxy, ThatRefusesIsToldInWords) {
  ConnectProxy proxy(server_.port(), "Basic something-else");
  TransportSettings settings = trusting(authority_);
  settings.proxy = ProxySettings{.url = proxy.origin(), .user = "ana", .password = "p4ss"};
  const auto response = make_curl_transport(settings)->send(get("https://api.example.test/x"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ApiError::Kind::network);
  EXPECT_FALSE(response.error().transient);
  EXPECT_TRUE(names(response.error(), "407; check the proxy's user and password")) << response.error().message;
  EXPECT_FALSE(names(response.error(), "p4ss"));
  EXPECT_TRUE(server_.requests().empty());
}

TEST_F(Proxy, IsLeftOutForLoopbackAndForWhatIsBypassed) {
  const RefusingPort nobody;
  StubServer plain(&ok);
  TransportSettings settings = trusting(authority_);
  settings.proxy = ProxySettings{.url = nobody.origin(), .bypass = "localhost"};
  EXPECT_TRUE(make_curl_transport(settings)->send(get(plain.origin())));
  // .invalid has no address: asked directly it cannot be resolved, through the proxy it cannot be connected.
  const auto through = make_curl_transport(settings)->send(get("https://a.invalid/"));
  ASSERT_FALSE(through);
  EXPECT_TRUE(names(through.error(), "cannot connect")) << through.error().message;
  settings.proxy->bypass = "b.example,a.invalid";
  const auto directly = make_curl_transport(settings)->send(get("https://a.invalid/"));
  ASSERT_FALSE(directly);
  EXPECT_TRUE(names(directly.error(), "cannot be resolved")) << directly.error().message;
}

TEST(Stop, EndsAnExchangeAtOnce) {
  for (const std::string& beginning :
       {std::string(), std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")}) {
    std::stop_source stop;
    std::atomic<bool> asked = false;
    StubServer server([&](const std::string&) {
      asked = true;
      asked.notify_all();
      return StubServer::Reply{.bytes = beginning, .hold = true};
    });
    const std::jthread stopper([&] {
      asked.wait(false);
      stop.request_stop();
    });
    HttpRequest request = get(server.origin());
    request.stop = stop.get_token();
    const auto transport = make_curl_transport();
    const auto response = transport->send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ApiError::Kind::cancelled);
    EXPECT_FALSE(response.error().transient);
    const auto already = transport->send(request);
    ASSERT_FALSE(already);
    EXPECT_EQ(already.error().kind, ApiError::Kind::cancelled);
    EXPECT_EQ(server.requests().size(), 1U) << "stopped before it began";
  }
}

TEST(Stop, LeavesTheTransportUsable) {
  StubServer server([](const std::string& request) {
    return StubServer::Reply{.bytes = request.starts_with("GET /hold") ? "" : http_answer("200 OK", "{}"),
                             .hold = request.starts_with("GET /hold")};
  });
  const auto transport = make_curl_transport();
  std::stop_source stop;
  HttpRequest held = get(server.origin() + "/hold");
  held.stop = stop.get_token();
  std::jthread holder([&] { EXPECT_FALSE(transport->send(held)); });
  EXPECT_TRUE(transport->send(get(server.origin())));
  stop.request_stop();
  holder.join();
  EXPECT_TRUE(transport->send(get(server.origin())));
}

TEST(Once, TakesAConnectionOfItsOwn) {
  StubServer server(&ok);
  const auto transport = make_curl_transport();
  HttpRequest request = get(server.origin());
  EXPECT_TRUE(transport->send(request));
  request.once = true;
  request.method = "POST";
  EXPECT_TRUE(transport->send(request));
  EXPECT_EQ(server.connections(), 2);
}

}  // namespace
}  // namespace tallystick
