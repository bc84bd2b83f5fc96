#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <thread>

#include "client/stub_server.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick {
namespace {

using client_test::http_answer;
using client_test::RefusingPort;
using client_test::StubServer;
using std::chrono::milliseconds;

StubServer::Reply ok(const std::string& body = "{}") {
  return {.bytes = http_answer("200 OK", body)};
}

HttpRequest get(const std::string& url) {
  return {.url = url, .headers = {{"Authorization", "Bearer token-1"}}};
}

bool names(const ApiError& error, const std::string& text) {
  return error.message.find(text) != std::string::npos;
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  constexpr int gzip_window_bits = 15 + 16;
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string input = text;
  std::string output(deflateBound(&stream, input.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(output.data());
  stream.avail_out = static_cast<uInt>(output.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  output.resize(stream.total_out);
  deflateEnd(&stream);
  return output;
}

TEST(CurlTransport, CarriesRequestAndAnswerWhole) {
  const std::string bytes("\0\xff\r\n\r\nx", 7);
  StubServer server([&](const std::string&) {
    return StubServer::Reply{.bytes = http_answer("201 Created", bytes, "X-One:  1 \r\nx-one: 2\r\nX-Empty:\r\n")};
  });
  HttpRequest request = get(server.origin() + "/a/b?c=d%20e");
  request.method = "POST";
  request.headers.emplace_back("Content-Type", "application/x-ndjson");
  request.body = bytes;
  const auto response = make_curl_transport()->send(request);
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 201);
  EXPECT_EQ(response->body, bytes);
  EXPECT_EQ(response->header("X-ONE"), "1");
  EXPECT_EQ(response->header("x-empty"), "");

  const std::string sent = server.requests().at(0);
  EXPECT_TRUE(sent.starts_with("POST /a/b?c=d%20e HTTP/1.1\r\n")) << sent;
  EXPECT_TRUE(sent.ends_with("\r\n\r\n" + bytes));
  EXPECT_NE(sent.find("\r\nAuthorization: Bearer token-1\r\n"), std::string::npos);
  EXPECT_NE(sent.find("\r\nContent-Type: application/x-ndjson\r\n"), std::string::npos);
  EXPECT_EQ(sent.find("Expect:"), std::string::npos);
}

TEST(CurlTransport, SendsEachMethodAsItIs) {
  StubServer server([](const std::string& request) {
    return request.starts_with("HEAD ") ? StubServer::Reply{.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"}
                                        : ok();
  });
  const auto transport = make_curl_transport();
  for (const std::string method : {"GET", "HEAD", "POST", "PUT", "DELETE"}) {
    HttpRequest request = get(server.origin() + "/x");
    request.method = method;
    const auto response = transport->send(request);
    ASSERT_TRUE(response) << method << response.error().message;
    EXPECT_EQ(response->body, method == "HEAD" ? "" : "{}");
    EXPECT_TRUE(server.requests().back().starts_with(method + " /x HTTP/1.1\r\n")) << server.requests().back();
  }
  EXPECT_EQ(server.connections(), 1);
}

TEST(CurlTransport, LeavesThePathAsItIs) {
  StubServer server([](const std::string&) { return ok(); });
  ASSERT_TRUE(make_curl_transport()->send(get(server.origin() + "/a/../b/./%2F%2e%2e")));
  EXPECT_TRUE(server.requests().at(0).starts_with("GET /a/../b/./%2F%2e%2e HTTP/1.1\r\n")) << server.requests().at(0);
}

TEST(CurlTransport, TakesEveryStatusForAnAnswer) {
  StubServer server([](const std::string& request) {
    const std::string status = request.substr(request.find('/') + 1, 3);
    return StubServer::Reply{.bytes = http_answer(status + " Some Words", "body of " + status)};
  });
  const auto transport = make_curl_transport();
  for (const int status : {200, 400, 401, 404, 429, 500, 503, 599}) {
    const auto response = transport->send(get(server.origin() + "/" + std::to_string(status)));
    ASSERT_TRUE(response) << status;
    EXPECT_EQ(response->status, status);
    EXPECT_EQ(response->body, "body of " + std::to_string(status));
  }
}

TEST(CurlTransport, DoesNotFollowRedirects) {
  StubServer elsewhere([](const std::string&) { return ok(); });
  StubServer server([&](const std::string&) {
    return StubServer::Reply{.bytes = http_answer("302 Found", "", "Location: " + elsewhere.origin() + "/steal\r\n")};
  });
  const auto response = make_curl_transport()->send(get(server.origin()));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 302);
  EXPECT_EQ(response->header("location"), elsewhere.origin() + "/steal");
  EXPECT_EQ(elsewhere.connections(), 0);
}

TEST(CurlTransport, GivesTheHeadersOfTheFinalAnswerAlone) {
  StubServer server([](const std::string&) {
    return StubServer::Reply{.bytes = "HTTP/1.1 103 Early Hints\r\nX-Hint: 1\r\n\r\n" +
                                      http_answer("200 OK", "b", "X-Real: 1\r\n")};
  });
  const auto response = make_curl_transport()->send(get(server.origin()));
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "b");
  EXPECT_TRUE(response->header("x-real"));
  EXPECT_FALSE(response->header("x-hint"));
}

TEST(CurlTransport, KeepsTheConnectionForAllThreads) {
  StubServer server([](const std::string&) { return ok(); });
  const auto transport = make_curl_transport();
  constexpr int requests_count = 5;
  for (int i = 0; i < requests_count; ++i) {
    std::jthread([&] { EXPECT_TRUE(transport->send(get(server.origin()))); }).join();
  }
  EXPECT_EQ(server.requests().size(), static_cast<std::size_t>(requests_count));
  EXPECT_EQ(server.connections(), 1);
}

TEST(CurlTransport, ServesManyThreadsAtOnce) {
  StubServer server([](const std::string& request) { return ok(request.substr(0, request.find(" HTTP"))); });
  const auto transport = make_curl_transport();
  constexpr int threads_count = 8;
  std::vector<std::jthread> threads;
  threads.reserve(threads_count);
  for (int thread = 0; thread < threads_count; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < 20; ++i) {
        const std::string path = "/" + std::to_string(thread) + "/" + std::to_string(i);
        const auto response = transport->send(get(server.origin() + path));
        ASSERT_TRUE(response) << response.error().message;
        EXPECT_EQ(response->body, "GET " + path);
      }
    });
  }
  threads.clear();
  EXPECT_LE(server.connections(), threads_count);
}

TEST(CurlTransport, OpensAnewWhereTheServerClosed) {
  StubServer server([](const std::string&) {
    return StubServer::Reply{.bytes = http_answer("200 OK", "{}", "Connection: close\r\n"), .close = true};
  });
  const auto transport = make_curl_transport();
  EXPECT_TRUE(transport->send(get(server.origin())));
  EXPECT_TRUE(transport->send(get(server.origin())));
  EXPECT_EQ(server.connections(), 2);
}

TEST(CurlTransport, GivesUpAtTheTimeout) {
  for (const std::string& beginning :
       {std::string(), std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")}) {
    StubServer server([&](const std::string&) { return StubServer::Reply{.bytes = beginning, .hold = true}; });
    HttpRequest request = get(server.origin());
    request.timeout = milliseconds(100);
    const auto response = make_curl_transport()->send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ApiError::Kind::network);
    EXPECT_TRUE(response.error().transient);
    EXPECT_TRUE(names(response.error(), server.origin())) << response.error().message;
    EXPECT_TRUE(names(response.error(), "within 100 ms")) << response.error().message;
    EXPECT_TRUE(names(response.error(), "request_timeout")) << response.error().message;
  }
}

TEST(CurlTransport, TellsARefusedConnection) {
  const RefusingPort port;
  const auto response = make_curl_transport()->send(get(port.origin()));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ApiError::Kind::network);
  EXPECT_EQ(response.error().status, 0);
  EXPECT_TRUE(response.error().transient);
  EXPECT_TRUE(names(response.error(), "cannot connect to " + port.origin())) << response.error().message;
  EXPECT_FALSE(names(response.error(), "token-1"));
}

TEST(CurlTransport, TellsACutConnection) {
  for (const std::string& beginning :
       {std::string(), std::string("HTTP/1.1 200 O"), std::string("HTTP/1.1 200 OK\r\nContent-Le"),
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"),
        std::string("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")}) {
    StubServer server([&](const std::string&) { return StubServer::Reply{.bytes = beginning, .close = true}; });
    const auto response = make_curl_transport()->send(get(server.origin()));
    ASSERT_FALSE(response) << beginning;
    EXPECT_EQ(response.error().kind, ApiError::Kind::network);
    EXPECT_TRUE(response.error().transient) << response.error().message;
    EXPECT_TRUE(names(response.error(), server.origin())) << response.error().message;
  }
}

TEST(CurlTransport, TellsAServerThatDoesNotSpeakHttp) {
  StubServer server([](const std::string&) { return StubServer::Reply{.bytes = "SSH-2.0-x\r\n", .close = true}; });
  const auto response = make_curl_transport()->send(get(server.origin()));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ApiError::Kind::network);
  EXPECT_FALSE(response.error().transient);
  EXPECT_TRUE(names(response.error(), "does not answer in HTTP")) << response.error().message;
}

TEST(CurlTransport, TellsAPortWithoutTls) {
  StubServer server([](const std::string&) { return ok(); });
  const std::string origin = "https" + server.origin().substr(4);
  // The stub waits for the end of a header that never comes: the client has to give up by itself.
  HttpRequest request = get(origin);
  request.timeout = request.connect_timeout = milliseconds(200);
  const auto response = make_curl_transport()->send(request);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ApiError::Kind::network);
  EXPECT_TRUE(names(response.error(), origin)) << response.error().message;
}

TEST(CurlTransport, StopsAtTheLongestAnswer) {
  StubServer server([](const std::string& request) {
    const std::string body(1'000, 'a');
    if (request.starts_with("GET /gzip")) {
      return StubServer::Reply{.bytes = http_answer("200 OK", gzip(body), "Content-Encoding: gzip\r\n")};
    }
    if (request.starts_with("GET /chunked")) {
      return StubServer::Reply{.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + body +
                                        "\r\n0\r\n\r\n"};
    }
    return StubServer::Reply{.bytes = http_answer("200 OK", body)};
  });
  const auto transport = make_curl_transport();
  for (const std::string path : {"/plain", "/gzip", "/chunked"}) {
    HttpRequest request = get(server.origin() + path);
    request.answer_bytes_max = 1'000;
    const auto whole = transport->send(request);
    ASSERT_TRUE(whole) << path << whole.error().message;
    EXPECT_EQ(whole->body, std::string(1'000, 'a')) << path;
    request.answer_bytes_max = 999;
    const auto cut = transport->send(request);
    ASSERT_FALSE(cut) << path;
    EXPECT_EQ(cut.error().kind, ApiError::Kind::answer) << path;
    EXPECT_EQ(cut.error().status, 200) << path;
    EXPECT_FALSE(cut.error().transient) << path;
    EXPECT_TRUE(names(cut.error(), "longer than 999 bytes")) << cut.error().message;
  }
}

TEST(CurlTransport, StopsAtAHeaderWithoutEnd) {
  StubServer server([](const std::string&) {
    std::string answer = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 10'000; ++i) answer += "X-" + std::to_string(i) + ": " + std::string(40, 'h') + "\r\n";
    return StubServer::Reply{.bytes = answer, .close = true};
  });
  const auto response = make_curl_transport()->send(get(server.origin()));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ApiError::Kind::answer) << response.error().message;
}

TEST(CurlTransport, RefusesHeadersThatWouldBecomeTwo) {
  StubServer server([](const std::string&) { return ok(); });
  for (const std::string& value : {std::string("a\r\nX-Evil: 1"), std::string("a\nb"), std::string("a\0b", 3)}) {
    HttpRequest request = get(server.origin());
    request.headers.emplace_back("X-Mine", value);
    const auto response = make_curl_transport()->send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ApiError::Kind::configuration);
  }
  EXPECT_EQ(server.connections(), 0);
}

TEST(CurlTransport, RefusesOtherSchemes) {
  for (const std::string url : {"file:///etc/hostname", "ftp://127.0.0.1/x", "", "http://"}) {
    const auto response = make_curl_transport()->send(get(url));
    ASSERT_FALSE(response) << url;
    EXPECT_FALSE(response.error().transient) << url;
  }
}

TEST(CurlTransport, TakesNoProxyToLoopback) {
  const RefusingPort proxy;
  StubServer server([](const std::string&) { return ok(); });
  // No other thread of this program reads the environment now.
  for (const char* name : {"http_proxy", "all_proxy"}) ::setenv(name, proxy.origin().c_str(), 1);
  const auto response = make_curl_transport()->send(get(server.origin()));
  for (const char* name : {"http_proxy", "all_proxy"}) ::unsetenv(name);
  EXPECT_TRUE(response) << response.error().message;
}

}  // namespace
}  // namespace tallystick
