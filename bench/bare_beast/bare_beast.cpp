// The least that a Beast server can do: one thread reads requests and answers each with the same bytes. What ours does
// for a trivial GET is held against it.
#include <CLI/CLI.hpp>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

namespace tallystick::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

using Answer = http::response<http::string_body>;

/// One keep-alive connection.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, const Answer& answer) : stream_(std::move(socket)), answer_(answer) {
    stream_.socket().set_option(tcp::no_delay(true));
  }

  void read() {
    request_ = {};
    http::async_read(stream_, buffer_, request_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) self->write();
    });
  }

 private:
  void write() {
    http::async_write(stream_, answer_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) self->read();
    });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  Answer answer_;
};

class Listener {
 public:
  Listener(asio::io_context& context, const Answer& answer)
      : acceptor_(context, {asio::ip::address_v4::loopback(), 0}), answer_(answer) {
    accept();
  }
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  void accept() {
    acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (!error) std::make_shared<Session>(std::move(socket), answer_)->read();
      accept();
    });
  }

  tcp::acceptor acceptor_;
  const Answer& answer_;
};

int run(int argc, char** argv) {
  CLI::App app("Answers every request with the same bytes; prints its port");
  std::string body_file;
  std::vector<std::string> fields;
  app.add_option("--body", body_file, "File with the body of the answer")->required();
  app.add_option("--field", fields, "A header field, `name: value`; again for more");
  CLI11_PARSE(app, argc, argv);

  std::ifstream file(body_file, std::ios::binary);
  Answer answer(http::status::ok, 11);
  answer.body() = std::string(std::istreambuf_iterator<char>(file), {});
  for (const std::string& field : fields) {
    const std::size_t colon = field.find(": ");
    answer.insert(field.substr(0, colon), field.substr(colon + 2));
  }
  answer.prepare_payload();

  asio::io_context context{1};
  const Listener listener(context, answer);
  std::cout << listener.port() << std::endl;
  context.run();
  return 0;
}

}  // namespace
}  // namespace tallystick::bench

int main(int argc, char** argv) {
  try {
    return tallystick::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench_bare_beast: " << error.what() << "\n";
    return 1;
  }
}
