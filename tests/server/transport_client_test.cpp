#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <future>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "server/transport_fixture.hpp"

// Clients that do what they may but seldom do, and clients that do what they must not.
namespace tallystick::test {
namespace {

using namespace std::chrono_literals;
using server::Reply;
using server::Request;
using server::Response;

void send_no_more(const SocketClient& client) {
  ::shutdown(client.native(), SHUT_WR);
}

TEST_F(TransportTest, WhoThrowsWhereTheBytesAreReadIsAnsweredFor) {
  start();
  SocketClient client(port);
  client.send(get("/at-once-throws") + get("/at-once") + get("/other"));
  const WireAnswer answer = client.read_answer();
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("Connection"), "keep-alive");
  EXPECT_EQ(client.read_answer().body, "GET /at-once ");
  EXPECT_EQ(client.read_answer().body, "GET /other ");
}

TEST_F(TransportTest, WhoSendsNoMoreGetsAllAnswers) {
  start();
  SocketClient client(port);
  client.send(get("/at-once") + post("/other", "x") + get("/at-once"));
  send_no_more(client);
  EXPECT_EQ(client.read_answer().body, "GET /at-once ");
  EXPECT_EQ(client.read_answer().body, "POST /other x");
  EXPECT_EQ(client.read_answer().body, "GET /at-once ");
  EXPECT_TRUE(client.ends_here());
}

TEST_F(TransportTest, WhoEndsWithinARequestIsNotAnswered) {
  start();
  const std::string whole = post("/other", "12345");
  for (const std::size_t kept : {std::size_t{1}, whole.find("\r\n") + 2, whole.size() - 5, whole.size() - 1}) {
    SocketClient client(port);
    client.send(whole.substr(0, kept));
    send_no_more(client);
    EXPECT_TRUE(client.ends_here()) << kept;
  }
}

// A connection that is closed while bytes of its client wait to be read is reset, and what the client has not received
// by then is lost.
TEST_F(TransportTest, LastAnswerReachesAClientThatWentOnSending) {
  const std::string body(500'000, 'x');
  std::promise<void> asked;
  handler = [&](const Request&, const Reply& reply) {
    Response response;
    response.body = body;
    reply(response);
    asked.set_value();
  };
  start();
  SocketClient client(port);
  // More than the server reads at once.
  client.send(get("/", "Connection: close\r\n") + std::string(200'000, 'y'));
  asked.get_future().wait();
  transport->stop();  // returns when the connection is closed: only then the client begins to read
  EXPECT_EQ(client.read_answer().body.size(), body.size());
  EXPECT_TRUE(client.ends_here());
}

TEST_F(TransportTest, WhoAsksWithoutReadingHoldsNobodyUpAndIsGivenUp) {
  settings.limits.idle_timeout = 300ms;
  start();
  SocketClient greedy(port);
  std::thread sending([&] {
    std::string many;
    for (int i = 0; i < 1'000; ++i) many += get("/at-once");
    const timeval longest{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(greedy.native(), SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
    // Until the server has had enough of it.
    while (::send(greedy.native(), many.data(), many.size(), MSG_NOSIGNAL) > 0) {
    }
  });
  for (int i = 0; i < 50; ++i) {
    SocketClient other(port);
    other.send(get("/at-once") + get("/other"));
    EXPECT_EQ(other.read_answer().body, "GET /at-once ");
    EXPECT_EQ(other.read_answer().body, "GET /other ");
  }
  sending.join();
}

TEST_F(TransportTest, BodyThatNeverEndsRunsOutOfTime) {
  settings.limits.request_read_timeout = 200ms;
  start();
  SocketClient client(port);
  client.send("POST /other HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  std::atomic<bool> is_answered = false;
  std::thread sending([&] {
    while (!is_answered) client.send("1\r\nx\r\n");
  });
  EXPECT_EQ(client.read_answer().status, 408);
  is_answered = true;
  sending.join();
}

TEST_F(TransportTest, EndlessTrailersAreRefused) {
  start();
  SocketClient client(port);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");
  std::string trailers;
  for (int i = 0; i < 20'000; ++i) trailers += "X-" + std::to_string(i) + ": y\r\n";
  client.send(trailers);
  EXPECT_EQ(client.read_answer().status, 400);
}

TEST_F(TransportTest, TrailersChangeNothing) {
  start();
  SocketClient client(port);
  client.send(
      "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nAuthorization: Bearer "
      "x\r\n\r\n" +
      get("/b"));
  EXPECT_EQ(client.read_answer().body, "POST /a x");
  EXPECT_EQ(client.read_answer().body, "GET /b ");
}

// Whatever is sent: answers come one after the other, whole, and the server is there for the next one.
TEST_F(TransportTest, DamagedStreamsAreAnsweredOrEnded) {
  settings.limits.body_bytes_max = 1'000;
  start();
  const std::vector<std::string> good{
      get("/at-once"),
      get("/other", "Connection: keep-alive\r\n"),
      post("/other", "12345"),
      post("/small", "1234567890"),
      "HEAD /other HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /other HTTP/1.0\r\n\r\n",
      "POST /other HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab",
      "POST /other HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: t\r\n\r\n"};
  const std::vector<std::string> pieces{"\r\n",
                                        "\n",
                                        "\r",
                                        ":",
                                        " ",
                                        "0",
                                        "9",
                                        "\xFF",
                                        "Transfer-Encoding: chunked\r\n",
                                        "Content-Length: 3\r\n",
                                        std::string(1, '\0'),
                                        std::string(20'000, 'a')};
  std::mt19937 random(2026);
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
  for (int round = 0; round < 400; ++round) {
    std::string sent;
    for (std::size_t left = 1 + below(5); left > 0; --left) sent += good[below(good.size())];
    for (std::size_t damages = below(3); damages > 0; --damages) {
      const std::size_t at = below(sent.size());
      switch (below(3)) {
        case 0:
          sent[at] = static_cast<char>(below(256));
          break;
        case 1:
          sent.erase(at, 1 + below(20));
          break;
        default:
          sent.insert(at, pieces[below(pieces.size())]);
      }
      if (sent.empty()) break;
    }
    SocketClient client(port);
    client.send(sent);
    send_no_more(client);
    std::string received;
    char bytes[65'536];
    for (ssize_t count = 1; count > 0;) {
      count = ::recv(client.native(), bytes, sizeof bytes, 0);
      ASSERT_FALSE(count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "no end came: " << sent;
      if (count > 0) received.append(bytes, static_cast<std::size_t>(count));
    }
    EXPECT_TRUE(received.empty() || received.starts_with("HTTP/1.1 ")) << received;
  }
  SocketClient next(port);
  next.send(get("/at-once"));
  EXPECT_EQ(next.read_answer().body, "GET /at-once ");
}

}  // namespace
}  // namespace tallystick::test
