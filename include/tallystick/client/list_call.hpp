#pragma once
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "tallystick/client/api_call.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

template <class Listing>
class PageRange;
template <class Listing>
class ItemRange;

/// A question whose answer comes in pages. send() and start() ask for the page that the query names; pages() and
/// items() go on from there to the last one, each page fetched when it is reached.
///
///     for (const auto& contract : billing.get_billing_contracts().items()) {
///       if (!contract) return complain(contract.error().message);
///       use(*contract);
///     }
template <class Listing>
class [[nodiscard]] ListCall : public ApiCall<Listing> {
 public:
  /// The call for the page behind `page`, which `asked` got; absent: it was the last one.
  using Next =
      std::function<ApiResult<std::optional<Connection::Call>>(const Listing& page, const Connection::Call& asked)>;
  ListCall(Connection connection, Connection::Call call, typename ApiCall<Listing>::Decode decode, Next next)
      : ApiCall<Listing>(std::move(connection), std::move(call), std::move(decode)), next_(std::move(next)) {}

  /// The pages, each an ApiResult; one that failed is the last.
  [[nodiscard]] PageRange<Listing> pages(CallOptions options = {}) const { return {*this, std::move(options)}; }
  /// The entities of all pages, each an ApiResult; one that failed is the last.
  [[nodiscard]] ItemRange<Listing> items(CallOptions options = {}) const { return {*this, std::move(options)}; }

 private:
  friend class PageRange<Listing>;
  Next next_;
};

}  // namespace tallystick
#pragma GCC visibility pop
