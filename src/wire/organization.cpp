#include "tallystick/wire/organization.hpp"

#include "wire/organization_shape.hpp"

namespace tallystick::wire {

template std::string to_json<Organization>(const Organization&);
template Result<Organization, DecodeFaults> from_json<Organization>(std::string_view);

}  // namespace tallystick::wire
