#include <rapidcheck.h>

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>

#include "server/transport_fixture.hpp"

namespace tallystick::test {
namespace {

using namespace std::chrono_literals;
using server::Reply;
using server::Request;
using server::Response;

TEST_F(TransportTest, OneConnectionCarriesManyRequests) {
  start();
  SocketClient client(port);
  for (int i = 0; i < 3; ++i) {
    client.send(post("/one", "body " + std::to_string(i)));
    const WireAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "POST /one body " + std::to_string(i));
    EXPECT_EQ(answer.header("Connection"), "keep-alive");
    EXPECT_EQ(answer.header("Content-Type"), "text/plain");
    EXPECT_TRUE(answer.header("Date"));
  }
}

TEST_F(TransportTest, PipelinedRequestsAreAnsweredInTheirOrder) {
  settings.worker_threads = 4;
  start();
  SocketClient client(port);
  std::string sent;
  for (int i = 0; i < 50; ++i) sent += i % 2 == 0 ? get("/" + std::to_string(i)) : post("/" + std::to_string(i), "x");
  client.send(sent);
  for (int i = 0; i < 50; ++i) {
    const std::string target = "/" + std::to_string(i);
    EXPECT_EQ(client.read_answer().body, i % 2 == 0 ? "GET " + target + " " : "POST " + target + " x");
  }
}

TEST_F(TransportTest, WhatIsAnsweredAtOnceKeepsTheOrder) {
  std::atomic<int> handled = 0;
  handler = [&](const Request& request, const Reply& reply) {
    ++handled;
    reply(echo(request));
  };
  start();
  SocketClient client(port);
  std::string sent;
  for (int i = 0; i < 10; ++i) sent += get("/at-once") + get("/begun-at-once") + post("/other", "x");
  client.send(sent);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(client.read_answer().body, "GET /at-once ");
    EXPECT_EQ(client.read_answer().body, "GET /begun-at-once ");
    EXPECT_EQ(client.read_answer().body, "POST /other x");
  }
  EXPECT_EQ(handled, 10) << "what was answered at once went to no worker";
}

TEST_F(TransportTest, WhereTheBytesAreCutDoesNotMatter) {
  start();
  const std::string sent = post("/cut", "first") +
                           "POST /cut HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "3\r\nsec\r\n3;x=y\r\nond\r\n0\r\nTrailer: t\r\n\r\n" +
                           get("/third");
  EXPECT_TRUE(rc::check([&] {
    SocketClient client(port);
    for (std::string_view rest = sent; !rest.empty();) {
      const auto piece = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
      client.send(rest.substr(0, piece));
      rest.remove_prefix(piece);
    }
    RC_ASSERT(client.read_answer().body == "POST /cut first");
    RC_ASSERT(client.read_answer().body == "POST /cut second");
    RC_ASSERT(client.read_answer().body == "GET /third ");
  }));
}

TEST_F(TransportTest, HeadSaysHowLongTheBodyWouldBe) {
  start();
  SocketClient client(port);
  client.send("HEAD /h HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next"));
  const WireAnswer head = client.read_answer(false);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), std::to_string(std::string("HEAD /h ").size()));
  EXPECT_EQ(client.read_answer().body, "GET /next ") << "no byte of a body came in between";
}

TEST_F(TransportTest, HeadersArriveAsTheyWereSent) {
  handler = [](const Request& request, const Reply& reply) {
    Response response;
    response.body = std::string(request.header("x-one").value_or("none")) + (request.from_loopback ? " loopback" : "");
    reply(response);
  };
  start();
  SocketClient client(port);
  client.send(get("/", "X-One:  two words \r\n"));
  EXPECT_EQ(client.read_answer().body, "two words loopback");
}

TEST_F(TransportTest, ExpectContinueIsAnsweredBeforeTheBody) {
  start();
  SocketClient client(port);
  client.send("POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-Continue\r\n\r\n");
  EXPECT_EQ(client.read_head(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("body");
  EXPECT_EQ(client.read_answer().body, "POST /e body");
}

TEST_F(TransportTest, ExpectContinueOfATooLargeBodyIsRefusedAtOnce) {
  start();
  SocketClient client(port);
  client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 413);
  EXPECT_TRUE(client.ends_here());
}

TEST_F(TransportTest, BodiesHaveTheLimitOfTheirAddress) {
  settings.limits.body_bytes_max = 1'000;
  start();
  {
    SocketClient client(port);
    client.send(post("/small", "1234567890") + post("/large", std::string(1'000, 'x')));
    EXPECT_EQ(client.read_answer().status, 200);
    EXPECT_EQ(client.read_answer().status, 200);
  }
  const std::string chunked = " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::pair<std::string, std::string> rows[] = {
      {post("/small", "12345678901"), "10"},
      {post("/large", std::string(1'001, 'x')), "1000"},
      {"POST /small" + chunked + "6\r\n123456\r\n5\r\n78901\r\n0\r\n\r\n", "10"},
      {"POST /small" + chunked + "ffffffffffff\r\n", "10"},
      {"POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551615\r\n\r\n", "10"},
  };
  for (const auto& [request, limit] : rows) {
    SocketClient client(port);
    client.send(request);
    const WireAnswer answer = client.read_answer();
    EXPECT_EQ(answer.status, 413) << request;
    EXPECT_EQ(answer.body, limit);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_TRUE(client.ends_here());
  }
}

TEST_F(TransportTest, AnswerToATooLargeBodyReachesAClientThatIsStillSending) {
  settings.limits.body_bytes_max = 1'000;
  start();
  SocketClient client(port);
  client.send(post("/large", std::string(8'000'000, 'x')));
  EXPECT_EQ(client.read_answer().status, 413);
}

TEST_F(TransportTest, HeaderHasALimit) {
  start();
  const std::string at_limit = get("/", "X: " + std::string(16'000, 'x') + "\r\n");
  ASSERT_LT(at_limit.size(), settings.limits.header_bytes_max);
  SocketClient good(port);
  good.send(at_limit);
  EXPECT_EQ(good.read_answer().status, 200);
  for (const std::string& request :
       {get("/", "X: " + std::string(17'000, 'x') + "\r\n"), "GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\n"}) {
    SocketClient client(port);
    client.send(request);
    EXPECT_EQ(client.read_answer().status, 431);
    EXPECT_TRUE(client.ends_here());
  }
}

TEST_F(TransportTest, WhatIsNotHttpIsRefused) {
  start();
  const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string rows[] = {
      "RUBBISH\r\n\r\n",
      "\x16\x03\x01\x02\x01\x01\x01",
      "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      "GET /\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
      "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1x\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      chunked + "zz\r\n",
      chunked + "1\r\nxx\r\n0\r\n\r\n",
      chunked + "-1\r\n",
  };
  for (const std::string& request : rows) {
    SocketClient client(port);
    client.send(request);
    EXPECT_EQ(client.read_answer().status, 400) << request;
    EXPECT_TRUE(client.ends_here()) << request;
  }
}

TEST_F(TransportTest, EndlessChunkExtensionsAreRefused) {
  start();
  SocketClient client(port);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(200'000, 'x'));
  EXPECT_EQ(client.read_answer().status, 400);
}

TEST_F(TransportTest, Http10EndsTheConnectionUnlessAsked) {
  start();
  SocketClient client(port);
  client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.read_answer().header("Connection"), "keep-alive");
  client.send("GET /b HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_answer().header("Connection"), "close");
  EXPECT_TRUE(client.ends_here());
}

TEST_F(TransportTest, ClientMayEndTheConnectionWithItsRequest) {
  start();
  SocketClient client(port);
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(client.read_answer().header("Connection"), "close");
  EXPECT_TRUE(client.ends_here());
}

TEST_F(TransportTest, SlowRequestIsAnsweredAndEnded) {
  settings.limits.request_read_timeout = 100ms;
  start();
  for (const std::string& part : {std::string("G"), std::string("GET / HTTP/1.1\r\nHost: a\r\n"),
                                  std::string("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n1234")}) {
    SocketClient client(port);
    client.send(part);
    EXPECT_EQ(client.read_answer().status, 408) << part;
    EXPECT_TRUE(client.ends_here());
  }
}

TEST_F(TransportTest, IdleConnectionEndsWithoutAWord) {
  settings.limits.idle_timeout = 100ms;
  start();
  SocketClient fresh(port);
  EXPECT_TRUE(fresh.ends_here());
  SocketClient used(port);
  used.send(get("/"));
  EXPECT_EQ(used.read_answer().status, 200);
  EXPECT_TRUE(used.ends_here());
}

TEST_F(TransportTest, TimeOfTheHandlerIsNotTheClients) {
  settings.limits.request_read_timeout = 50ms;
  settings.limits.idle_timeout = 50ms;
  Reply kept;
  std::promise<void> asked;
  handler = [&](const Request&, Reply reply) {
    kept = std::move(reply);
    asked.set_value();
  };
  start();
  SocketClient client(port);
  client.send(get("/"));
  asked.get_future().wait();
  // Longer than both limits; what is tested is that nothing ends the connection in the meantime.
  std::this_thread::sleep_for(200ms);
  kept(Response{});
  EXPECT_EQ(client.read_answer().status, 200);
}

TEST_F(TransportTest, LargeAnswerArrivesWhole) {
  std::string body;
  body.resize(20'000'000);
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 23);
  handler = [&](const Request&, const Reply& reply) {
    Response response;
    response.body = body;
    reply(response);
  };
  start();
  SocketClient client(port);
  client.send(get("/") + get("/"));
  EXPECT_TRUE(client.read_answer().body == body);
  EXPECT_TRUE(client.read_answer().body == body);
}

TEST_F(TransportTest, ClientThatReadsNothingIsGivenUp) {
  settings.limits.idle_timeout = 100ms;
  settings.limits.drain_timeout = 60s;
  std::promise<void> asked;
  handler = [&](const Request&, const Reply& reply) {
    Response response;
    response.body.resize(50'000'000, 'x');
    reply(response);
    asked.set_value();
  };
  start();
  SocketClient client(port);
  client.send(get("/"));
  asked.get_future().wait();
  const auto before = std::chrono::steady_clock::now();
  transport->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, settings.limits.drain_timeout / 2);
  EXPECT_ANY_THROW(static_cast<void>(client.read_answer())) << "the rest of the answer was given up";
}

TEST_F(TransportTest, HandlerThatForgetsOrThrowsIsAnsweredFor) {
  handler = [](const Request& request, const Reply& reply) {
    if (request.target == "/throws") throw std::runtime_error("out of luck");
    if (request.target == "/answers") reply(Response{});
  };
  start();
  SocketClient client(port);
  client.send(get("/forgets") + get("/throws") + get("/answers"));
  EXPECT_EQ(client.read_answer().status, 500);
  EXPECT_EQ(client.read_answer().status, 500);
  EXPECT_EQ(client.read_answer().status, 200);
}

TEST_F(TransportTest, LongestIdleConnectionMakesRoom) {
  settings.limits.connections_max = 2;
  start();
  SocketClient oldest(port);
  SocketClient younger(port);
  for (SocketClient* client : {&oldest, &younger, &oldest, &younger}) {
    client->send(get("/"));
    EXPECT_EQ(client->read_answer().status, 200) << "a full house alone drives nobody out";
  }
  SocketClient third(port);
  third.send(get("/"));
  EXPECT_EQ(third.read_answer().status, 200);
  EXPECT_TRUE(oldest.ends_here());
  younger.send(get("/"));
  EXPECT_EQ(younger.read_answer().status, 200);
}

TEST_F(TransportTest, AdminListenerIsToldApart) {
  settings.listen_admin = server::Address{"127.0.0.1", 0};
  handler = [](const Request& request, const Reply& reply) {
    Response response;
    response.body = request.on_admin_listener ? "admin" : "main";
    reply(response);
  };
  start();
  SocketClient main_client(port);
  main_client.send(get("/"));
  EXPECT_EQ(main_client.read_answer().body, "main");
  SocketClient admin_client(transport->admin_address().value().port);
  admin_client.send(get("/"));
  EXPECT_EQ(admin_client.read_answer().body, "admin");
}

TEST_F(TransportTest, AddressThatIsTakenOrUnknownIsExplained) {
  start();
  server::Settings second = settings;
  second.listen.port = port;
  const auto taken = server::make_transport(second, callbacks())->start();
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().find("127.0.0.1:" + std::to_string(port)), std::string::npos) << taken.error();
  second.listen = {"no-such-host.invalid", 1};
  const auto unknown = server::make_transport(second, callbacks())->start();
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().find("no-such-host.invalid:1"), std::string::npos) << unknown.error();
}

}  // namespace
}  // namespace tallystick::test
