#include <openssl/ssl.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "server/transport_fixture.hpp"

namespace tallystick::test {
namespace {

/// A client's side of one TLS connection.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, int version_max)
      : socket_(port), context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
    SSL_CTX_set_max_proto_version(context_.get(), version_max);
    SSL_CTX_set_security_level(context_.get(), 0);  // lets the client offer what the server must refuse
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_.native());
    is_connected_ = SSL_connect(ssl_.get()) == 1;
  }
  [[nodiscard]] bool is_connected() const { return is_connected_; }
  [[nodiscard]] std::string version() const { return SSL_get_version(ssl_.get()); }

  /// The bytes that come until there are `length` of them or the connection ends.
  std::string ask(std::string_view request, std::size_t length) {
    EXPECT_EQ(SSL_write(ssl_.get(), request.data(), static_cast<int>(request.size())),
              static_cast<int>(request.size()));
    std::string answer;
    char bytes[16'384];
    while (answer.size() < length) {
      const int count = SSL_read(ssl_.get(), bytes, sizeof bytes);
      if (count <= 0) break;
      answer.append(bytes, static_cast<std::size_t>(count));
    }
    return answer;
  }

 private:
  SocketClient socket_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
  bool is_connected_ = false;
};

class TlsTest : public TransportTest {
 protected:
  TlsTest() {
    std::string name = (std::filesystem::temp_directory_path() / "tallystick-tls-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    settings.tls_certificate_file = folder_ / "cert.pem";
    settings.tls_key_file = folder_ / "key.pem";
    make_certificate(settings.tls_certificate_file, settings.tls_key_file);
  }
  ~TlsTest() override { std::filesystem::remove_all(folder_); }

  static void make_certificate(const std::string& certificate, const std::string& key) {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
        "-subj /CN=localhost -out '" +
        certificate + "' -keyout '" + key + "' 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
  }
  std::string refusal() {
    const auto started = server::make_transport(settings, callbacks())->start();
    return started ? "started" : started.error();
  }

  std::filesystem::path folder_;
};

TEST_F(TlsTest, RequestsGoThroughTls12And13) {
  start();
  for (const auto& [version, name] : {std::pair(TLS1_2_VERSION, "TLSv1.2"), std::pair(TLS1_3_VERSION, "TLSv1.3")}) {
    TlsClient client(port, version);
    ASSERT_TRUE(client.is_connected()) << name;
    EXPECT_EQ(client.version(), name);
    const std::string answer = client.ask(get("/a") + get("/b", "Connection: close\r\n"), SIZE_MAX);
    EXPECT_NE(answer.find("GET /a "), std::string::npos) << answer;
    EXPECT_TRUE(answer.ends_with("GET /b ")) << answer;
  }
}

TEST_F(TlsTest, LargeBodiesGoBothWays) {
  start();
  TlsClient client(port, TLS1_3_VERSION);
  ASSERT_TRUE(client.is_connected());
  const std::string body(3'000'000, 'x');
  const std::string answer = client.ask(post("/", body, "Connection: close\r\n"), SIZE_MAX);
  EXPECT_TRUE(answer.ends_with("POST / " + body));
}

TEST_F(TlsTest, OlderVersionsAreRefused) {
  start();
  EXPECT_FALSE(TlsClient(port, TLS1_1_VERSION).is_connected());
  EXPECT_TRUE(TlsClient(port, TLS1_2_VERSION).is_connected());
}

TEST_F(TlsTest, PlainHttpAndSilenceEndWithoutAnAnswer) {
  settings.limits.request_read_timeout = std::chrono::milliseconds(100);
  start();
  SocketClient plain(port);
  plain.send(get("/"));
  EXPECT_ANY_THROW(static_cast<void>(plain.read_answer()));
  SocketClient silent(port);
  EXPECT_TRUE(silent.ends_here());
}

TEST_F(TlsTest, SlowRequestIsAnsweredThroughTls) {
  settings.limits.request_read_timeout = std::chrono::milliseconds(500);
  start();
  TlsClient client(port, TLS1_3_VERSION);
  ASSERT_TRUE(client.is_connected());
  EXPECT_TRUE(client.ask("GET / HT", SIZE_MAX).starts_with("HTTP/1.1 408 "));
}

TEST_F(TlsTest, StopEndsIdleConnections) {
  start();
  TlsClient client(port, TLS1_3_VERSION);
  const std::string first = client.ask(get("/"), 1);
  EXPECT_TRUE(first.starts_with("HTTP/1.1 200 "));
  transport->stop();
  EXPECT_FALSE(SocketClient(port).is_connected());
}

TEST_F(TlsTest, FilesThatDoNotFitAreExplained) {
  const std::string certificate = settings.tls_certificate_file;
  const std::string key = settings.tls_key_file;

  settings.tls_certificate_file = folder_ / "missing.pem";
  EXPECT_NE(refusal().find("missing.pem"), std::string::npos) << refusal();
  settings.tls_certificate_file = folder_ / "rubbish.pem";
  std::ofstream(settings.tls_certificate_file) << "rubbish";
  EXPECT_NE(refusal().find("rubbish.pem"), std::string::npos) << refusal();

  settings.tls_certificate_file = certificate;
  settings.tls_key_file = folder_ / "other-key.pem";
  make_certificate(folder_ / "other-cert.pem", settings.tls_key_file);
  EXPECT_NE(refusal().find("other-key.pem"), std::string::npos) << refusal();
  settings.tls_key_file.clear();
  EXPECT_NE(refusal().find("--tls-key"), std::string::npos) << refusal();
}

}  // namespace
}  // namespace tallystick::test
