#include <gtest/gtest.h>

#include "server/content_type.hpp"
#include "server/message_rules.hpp"
#include "server/reply_once.hpp"

namespace tallystick::server {
namespace {

TEST(MediaType, IsReadWithoutParametersAndCase) {
  const std::pair<std::string, std::optional<std::string>> rows[] = {
      {"application/json", "application/json"},
      {"Application/JSON ; charset=utf-8", "application/json"},
      {"application/x-ndjson;charset=\"UTF-8\"", "application/x-ndjson"},
      {"application/json; version=1; charset=utf8", "application/json"},
      {"application/json;", "application/json"},
      {"application/json; charset=latin1", std::nullopt},
      {"application/json; a=b; charset=utf-16", std::nullopt},
      {"application/json; charset", std::nullopt},
      {"", std::nullopt},
      {" ; charset=utf-8", std::nullopt},
  };
  for (const auto& [field, type] : rows) {
    Request request;
    request.headers.emplace_back("content-type", field);
    EXPECT_EQ(media_type_of(request), type) << field;
  }
  EXPECT_EQ(media_type_of(Request{}), std::nullopt);
}

TEST(Ambiguity, IsWhatTwoReadersCouldUnderstandDifferently) {
  const struct {
    HeaderFields headers;
    HttpVersion version;
    bool ambiguous;
  } rows[] = {
      {{{"Host", "a"}}, HttpVersion::http_1_1, false},
      {{}, HttpVersion::http_1_1, true},
      {{}, HttpVersion::http_1_0, false},
      {{{"Host", "a"}, {"HOST", "a"}}, HttpVersion::http_1_1, true},
      {{{"Host", "a"}, {"transfer-encoding", "Chunked"}}, HttpVersion::http_1_1, false},
      {{{"Host", "a"}, {"transfer-encoding", "Chunked"}}, HttpVersion::http_1_0, true},
      {{{"Host", "a"}, {"HOST", "a"}}, HttpVersion::http_1_0, true},
      {{{"Host", "a"}, {"Transfer-Encoding", "gzip, chunked"}}, HttpVersion::http_1_1, true},
      {{{"Host", "a"}, {"Transfer-Encoding", "identity"}}, HttpVersion::http_1_1, true},
      {{{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}},
       HttpVersion::http_1_1,
       true},
  };
  for (const auto& row : rows) EXPECT_EQ(is_ambiguous(row.headers, row.version), row.ambiguous);
}

TEST(ResponseHead, IsWhatRfc9112Asks) {
  Response response;
  response.status = 404;
  response.body = "12345";
  response.headers = {{"X-One", "1"}};
  // 784111777: the example of RFC 9110, section 5.6.7.
  EXPECT_EQ(response_head(response, true, 784'111'777),
            "HTTP/1.1 404 Not Found\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\n"
            "Content-Length: 5\r\nConnection: keep-alive\r\nX-One: 1\r\n\r\n");
}

TEST(ReplyOnce, TheFirstAnswerCounts) {
  std::vector<int> delivered;
  const auto answer_of = [](int status) {
    Response response;
    response.status = status;
    return response;
  };
  {
    const Reply reply = reply_once([&](const Response& response) { delivered.push_back(response.status); },
                                   [&] { return answer_of(500); });
    const Reply copy = reply;
    copy(answer_of(200));
    reply(answer_of(404));
  }
  EXPECT_EQ(delivered, std::vector<int>{200});
  {
    Reply reply = reply_once([&](const Response& response) { delivered.push_back(response.status); },
                             [&] { return answer_of(500); });
    Reply copy = reply;
    reply = nullptr;
    EXPECT_EQ(delivered.size(), 1U) << "a copy is left that may answer";
  }
  EXPECT_EQ(delivered, (std::vector<int>{200, 500}));
}

}  // namespace
}  // namespace tallystick::server
