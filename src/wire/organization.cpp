#include "tallystick/wire/organization.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(Organization, (), (id, name, self_uri))

template std::string to_json<Organization>(const Organization&);
template Result<Organization, DecodeFaults> from_json<Organization>(std::string_view);

}  // namespace tallystick::wire
