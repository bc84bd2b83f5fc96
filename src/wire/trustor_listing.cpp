#include "tallystick/wire/trustor_listing.hpp"

#include "wire/codec.hpp"
#include "wire/organization_shape.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(Trustor, (), (id, enabled, date_created, organization, self_uri))
BOOST_DESCRIBE_STRUCT(TrustorEntityListing, (),
                      (entities, page_size, page_number, total, first_uri, next_uri, previous_uri, last_uri, self_uri,
                       page_count))

template std::string to_json<Trustor>(const Trustor&);
template Result<Trustor, DecodeFaults> from_json<Trustor>(std::string_view);
template std::string to_json<TrustorEntityListing>(const TrustorEntityListing&);
template Result<TrustorEntityListing, DecodeFaults> from_json<TrustorEntityListing>(std::string_view);

}  // namespace tallystick::wire
