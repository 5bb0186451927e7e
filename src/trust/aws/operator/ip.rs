//! `IpAddress` and `NotIpAddress`: CIDR ranges of IPv4 and IPv6; without a prefix length, the one address.

use std::net::IpAddr;

use crate::trust::{
    aws::{compared::Compared, policy::Literal},
    range::{holds, read_range},
};

pub(super) fn within(policy: &Literal, request: &str) -> Compared {
    let Literal::Text(range) = policy else {
        return Compared::Unknown("The value is not an address range.");
    };
    let Ok(address) = request.parse::<IpAddr>() else {
        return Compared::Unknown("The request's value is not an IP address.");
    };
    match read_range(range) {
        Some((network, _)) if is_mapped(network) || is_mapped(address) => {
            Compared::Unknown("AWS does not say whether an IPv4 address written as IPv6 is in a range of IPv4.")
        }
        Some((network, length)) => Compared::from_bool(holds(network, length, address)),
        None => Compared::Unknown("The value is not an address range in CIDR notation."),
    }
}

/// `::ffff:192.0.2.7`
fn is_mapped(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some())
}
