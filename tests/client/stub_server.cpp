#include "client/stub_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace tallystick::client_test {
namespace {

int bound_socket() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (socket < 0 || ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    throw std::runtime_error("no loopback port for a test");
  }
  return socket;
}

std::uint16_t port_of(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) throw std::runtime_error("getsockname");
  return ntohs(address.sin_port);
}

using TlsContext = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Tls = std::unique_ptr<SSL, decltype(&SSL_free)>;

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate certificate_of(const std::string& pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  return {PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), &X509_free};
}

TlsContext context_of(const StubServer::Tls& tls) {
  TlsContext context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  const Certificate certificate = certificate_of(tls.certificate);
  const Bio bio(BIO_new_mem_buf(tls.key.data(), static_cast<int>(tls.key.size())), &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  if (SSL_CTX_use_certificate(context.get(), certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1) {
    throw std::runtime_error("no certificate for a test");
  }
  if (tls.at_most_1_1) {
    // What Debian's OpenSSL does not do by itself any more.
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
  }
  if (!tls.client_authority.empty()) {
    const Certificate authority = certificate_of(tls.client_authority);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority.get());
    // Without it a session that a client resumes is refused where clients show certificates.
    constexpr std::string_view name = "stub";
    SSL_CTX_set_session_id_context(context.get(), reinterpret_cast<const unsigned char*>(name.data()), name.size());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  return context;
}

/// One connection, plain or TLS.
class Stream {
 public:
  Stream(int socket, SSL_CTX* context) : socket_(socket), tls_(nullptr, &SSL_free) {
    if (context == nullptr) return;
    tls_.reset(SSL_new(context));
    SSL_set_fd(tls_.get(), socket_);
    open_ = SSL_accept(tls_.get()) == 1;
  }

  /// Empty: the other side closed.
  std::string read_some() {
    std::string bytes(16'384, '\0');
    const auto count = !open_ ? 0
                       : tls_ ? SSL_read(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                              : static_cast<int>(::recv(socket_, bytes.data(), bytes.size(), 0));
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

  /// What is left when the other side closes early is dropped: some tests mean just that.
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                              : static_cast<int>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

 private:
  int socket_;
  Tls tls_;
  bool open_ = true;
};

std::size_t content_length(const std::string& header) {
  constexpr std::string_view field = "Content-Length: ";
  const auto at = header.find(field);
  return at == std::string::npos ? 0 : std::stoul(header.substr(at + field.size()));
}

}  // namespace

class StubServer::Impl {
 public:
  Impl(Answer answer, TlsContext context)
      : answer_(std::move(answer)), context_(std::move(context)), listener_(bound_socket()), port_(port_of(listener_)) {
    if (::listen(listener_, SOMAXCONN) != 0) throw std::runtime_error("listen");
    acceptor_ = std::jthread([this] { accept_all(); });
  }

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    }
    ended_.notify_all();
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    workers_.clear();
    ::close(listener_);
    for (const int socket : sockets_) ::close(socket);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  [[nodiscard]] std::string origin() const {
    return (context_ ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(port_);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  [[nodiscard]] int connections() const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(sockets_.size());
  }

 private:
  void accept_all() {
    for (;;) {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      const std::lock_guard lock(mutex_);
      sockets_.push_back(socket);
      if (ending_) return;
      workers_.emplace_back([this, socket] { serve(socket); });
    }
  }

  void serve(int socket) {
    // OpenSSL writes into connections that the client closed. Only here: the client must do without.
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
    Stream stream(socket, context_.get());
    std::string unread;
    for (;;) {
      const auto header_end = unread.find("\r\n\r\n");
      const std::size_t needed =
          header_end == std::string::npos ? std::string::npos : header_end + 4 + content_length(unread);
      if (header_end == std::string::npos || unread.size() < needed) {
        const std::string more = stream.read_some();
        if (more.empty()) return;
        unread += more;
        continue;
      }
      const std::string request = unread.substr(0, needed);
      unread.erase(0, needed);
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(request);
      }
      const Reply reply = answer_(request);
      stream.write(reply.bytes);
      if (reply.hold) {
        std::unique_lock lock(mutex_);
        ended_.wait(lock, [this] { return ending_; });
        return;
      }
      if (reply.close) {
        ::shutdown(socket, SHUT_RDWR);
        return;
      }
    }
  }

  const Answer answer_;
  const TlsContext context_;
  const int listener_;
  const std::uint16_t port_;
  mutable std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::vector<int> sockets_;
  std::vector<std::string> requests_;
  std::vector<std::jthread> workers_;
  std::jthread acceptor_;
};

StubServer::StubServer(Answer answer)
    : impl_(std::make_unique<Impl>(std::move(answer), TlsContext(nullptr, &SSL_CTX_free))) {}
StubServer::StubServer(Answer answer, const Tls& tls)
    : impl_(std::make_unique<Impl>(std::move(answer), context_of(tls))) {}
std::uint16_t StubServer::port() const {
  return impl_->port();
}
StubServer::~StubServer() = default;
std::string StubServer::origin() const {
  return impl_->origin();
}
std::vector<std::string> StubServer::requests() const {
  return impl_->requests();
}
int StubServer::connections() const {
  return impl_->connections();
}

std::string http_answer(const std::string& status, const std::string& body, const std::string& header_lines) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + header_lines + "\r\n" +
         body;
}

RefusingPort::RefusingPort() : socket_(bound_socket()) {}
RefusingPort::~RefusingPort() {
  ::close(socket_);
}
std::string RefusingPort::origin() const {
  return "http://127.0.0.1:" + std::to_string(port_of(socket_));
}

}  // namespace tallystick::client_test
