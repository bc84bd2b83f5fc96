#pragma once
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tallystick/client/api_call.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

template <class Listing>
class PageRange;
template <class Listing>
class ItemRange;

/// The paths of a listing's pages that were asked for, the one at hand among them.
using PathsAsked = std::unordered_set<std::string>;

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
  /// The call for the page behind `page`; absent: it was the last one. An error: the way to the next page is lost.
  using Next = std::function<ApiResult<std::optional<Connection::Call>>(const Listing& page, const PathsAsked& asked)>;
  ListCall(Connection connection, Connection::Call call, typename ApiCall<Listing>::Decode decode, Next next)
      : ApiCall<Listing>(std::move(connection), std::move(call), std::move(decode)), next_(std::move(next)) {}

  /// The pages, each an ApiResult; one that failed is the last.
  [[nodiscard]] PageRange<Listing> pages(CallOptions options = {}) const {
    return PageRange<Listing>(*this, std::move(options));
  }
  /// The entities of all pages, each an ApiResult; one that failed is the last.
  [[nodiscard]] ItemRange<Listing> items(CallOptions options = {}) const {
    return ItemRange<Listing>(*this, std::move(options));
  }

 private:
  friend class PageRange<Listing>;
  Next next_;
};

/// An iterator over a range that fetches: `read()` moves on to the next element, `current()` is it, or absent at the
/// end. As any input iterator: one pass, and what `*` gives is good until `++`.
template <class Range>
class FetchingIterator {
 public:
  using value_type = typename Range::value_type;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::input_iterator_tag;

  FetchingIterator() = default;
  explicit FetchingIterator(Range& range) : range_(&range) {}

  [[nodiscard]] value_type& operator*() const { return *range_->current(); }
  [[nodiscard]] value_type* operator->() const { return &*range_->current(); }
  FetchingIterator& operator++() {
    range_->read();
    return *this;
  }
  void operator++(int) { range_->read(); }
  [[nodiscard]] friend bool operator==(const FetchingIterator& iterator, std::default_sentinel_t) {
    return !iterator.range_->current();
  }

 private:
  Range* range_ = nullptr;
};

/// The pages of a listing. begin() asks for the first one; call it once. The options are those of each page's call:
/// `stop` ends the walk with an error of kind cancelled.
template <class Listing>
class [[nodiscard]] PageRange {
 public:
  using value_type = ApiResult<Listing>;

  PageRange(ListCall<Listing> call, CallOptions options) : call_(std::move(call)), options_(std::move(options)) {}

  [[nodiscard]] FetchingIterator<PageRange> begin() {
    read();
    return FetchingIterator<PageRange>(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

  /// Fetches the next page. After the last one, or one that failed, there is none.
  void read() {
    current_.reset();
    if (!next_) {
      current_.emplace(fail(std::move(next_.error())));
      next_ = std::optional<Connection::Call>();
      return;
    }
    if (!*next_) return;
    call_.call_ = **std::move(next_);
    next_ = std::optional<Connection::Call>();
    asked_.insert(call_.call_.path);
    current_.emplace(call_.send(options_));
    // Now, since whoever reads the page may take it to pieces.
    if (*current_) next_ = call_.next_(**current_, asked_);
  }
  /// The page that was read last; absent: none was read, or there is none any more.
  [[nodiscard]] std::optional<value_type>& current() { return current_; }

 private:
  ListCall<Listing> call_;
  CallOptions options_;
  PathsAsked asked_;
  ApiResult<std::optional<Connection::Call>> next_{call_.call_};  ///< absent: what was read last ends the listing
  std::optional<value_type> current_;
};

/// The entities of a listing's pages, in their order. begin() asks for the first page; call it once.
template <class Listing>
class [[nodiscard]] ItemRange {
  template <class Entity>
  static std::vector<Entity>* present(std::vector<Entity>& entities) {
    return &entities;
  }
  template <class Entity>
  static std::vector<Entity>* present(std::optional<std::vector<Entity>>& entities) {
    return entities ? &*entities : nullptr;
  }
  using Entities = std::remove_pointer_t<decltype(present(std::declval<Listing&>().entities))>;

 public:
  using value_type = ApiResult<typename Entities::value_type>;

  ItemRange(ListCall<Listing> call, CallOptions options) : pages_(std::move(call), std::move(options)) {}

  [[nodiscard]] FetchingIterator<ItemRange> begin() {
    read();
    return FetchingIterator<ItemRange>(*this);
  }
  [[nodiscard]] std::default_sentinel_t end() const { return {}; }

  /// Moves on to the next entity, which may be on a page that is fetched now.
  void read() {
    current_.reset();
    if (take()) return;
    position_ = 0;
    for (pages_.read(); pages_.current(); pages_.read()) {
      if (!*pages_.current()) {
        current_.emplace(fail(pages_.current()->error()));
        return;
      }
      if (take()) return;
    }
  }
  /// The entity that was read last; absent: none was read, or there is none any more.
  [[nodiscard]] std::optional<value_type>& current() { return current_; }

 private:
  /// Takes the next entity of the page at hand. False: it has no more, or there is no page.
  bool take() {
    if (!pages_.current() || !*pages_.current()) return false;
    Entities* entities = present((*pages_.current())->entities);
    if (!entities || position_ >= entities->size()) return false;
    current_.emplace(std::move((*entities)[position_]));
    ++position_;
    return true;
  }

  PageRange<Listing> pages_;
  std::size_t position_ = 0;
  std::optional<value_type> current_;
};

}  // namespace tallystick
#pragma GCC visibility pop
