#include <gtest/gtest.h>

#include "client/authorized_sender.hpp"
#include "client/fake_transport.hpp"

namespace tallystick::client {
namespace {

using client_test::FakePacing;
using client_test::FakeTransport;
using client_test::header_of;
using client_test::loopback_configuration;

ApiResult<HttpResponse> answer(int status, std::string body = {}) {
  return HttpResponse{.status = status, .headers = {}, .body = std::move(body)};
}

struct Downloads {
  explicit Downloads(FakeTransport::Answer reply)
      : transport(std::make_shared<FakeTransport>(std::move(reply))),
        sender(loopback_configuration(), transport, clock.pacing()) {}

  FakePacing clock;
  std::shared_ptr<FakeTransport> transport;
  AuthorizedSender sender;
};

TEST(Download, SendsNeitherTokenNorSecret) {
  Downloads downloads([](const HttpRequest&) { return answer(200, std::string("%PDF\0\xff", 6)); });
  const std::string address = "https://documents.example/i-1.pdf?expires=1&signature=a%2Fb";
  const auto document = downloads.sender.download(address).result;
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->body, std::string("%PDF\0\xff", 6));
  const auto sent = downloads.transport->requests();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].method, "GET");
  EXPECT_EQ(sent[0].url, address);
  EXPECT_EQ(header_of(sent[0], "Authorization"), "(absent)");
  for (const auto& [name, value] : sent[0].headers) EXPECT_EQ(value.find("s3cret"), std::string::npos) << name;
  EXPECT_EQ(sent[0].answer_bytes_max, loopback_configuration().answer_bytes_max);
}

TEST(Download, IsRepeatedWhereASecondAttemptMayHelp) {
  int requests = 0;
  Downloads downloads([&](const HttpRequest&) { return ++requests < 3 ? answer(503) : answer(200, "document"); });
  EXPECT_EQ(downloads.sender.download("http://127.0.0.1:8080/d?s=1").result->body, "document");
  EXPECT_EQ(requests, 3);
  EXPECT_EQ(downloads.clock.pauses.size(), 2U);
}

TEST(Download, ARefusalDoesNotShowTheSignature) {
  Downloads downloads([](const HttpRequest&) { return answer(403, "expired"); });
  const auto document = downloads.sender.download("http://127.0.0.1:8080/d?signature=abc").result;
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().status, 403);
  EXPECT_EQ(document.error().message, "403 from http://127.0.0.1:8080/d, which is not an answer of the API: expired");
  EXPECT_EQ(downloads.transport->requests().size(), 1U);
}

TEST(Download, ARedirectIsNotFollowed) {
  Downloads downloads([](const HttpRequest&) {
    return HttpResponse{.status = 302, .headers = {{"Location", "http://elsewhere.example/"}}, .body = {}};
  });
  EXPECT_EQ(downloads.sender.download("https://documents.example/d").result.error().status, 302);
  EXPECT_EQ(downloads.transport->requests().size(), 1U);
}

TEST(Download, FetchesNothingFromAnAddressThatIsNotSafe) {
  Downloads downloads([](const HttpRequest&) { return answer(200, "document"); });
  for (const std::string address :
       {"", "/relative?x=1", "file:///etc/passwd", "ftp://documents.example/x", "https://user@documents.example/x",
        "https://documents.example/x#y", "https://documents.example/x?a b", "https://documents.example/x?a\nHost: b",
        "http://documents.example/x?signature=1", "http://127.0.0.1.example/x", "https://?x"}) {
    const auto document = downloads.sender.download(address).result;
    ASSERT_FALSE(document) << address;
    EXPECT_EQ(document.error().kind, ApiError::Kind::configuration) << address;
    EXPECT_NE(document.error().message.find("nothing was fetched"), std::string::npos) << address;
  }
  EXPECT_TRUE(downloads.transport->requests().empty());
}

}  // namespace
}  // namespace tallystick::client
