//! `IpAddress` and `NotIpAddress`: CIDR ranges of IPv4 and IPv6; without a prefix length, the one address.

use std::net::IpAddr;

use crate::trust::aws::{compared::Compared, policy::Literal};

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

fn read_range(range: &str) -> Option<(IpAddr, u32)> {
    let (network, length) = match range.split_once('/') {
        Some((network, length)) => (network, Some(length)),
        None => (range, None),
    };
    let network: IpAddr = network.parse().ok()?;
    let longest = if network.is_ipv4() { 32 } else { 128 };
    let length = match length {
        None => longest,
        Some("0") => 0,
        Some(digits) if !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().ok()?
        }
        Some(_) => return None,
    };
    (length <= longest).then_some((network, length))
}

fn holds(network: IpAddr, length: u32, address: IpAddr) -> bool {
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let host_bits = 32_u32.saturating_sub(length);
            (network.to_bits() ^ address.to_bits()).checked_shr(host_bits).unwrap_or(0) == 0
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let host_bits = 128_u32.saturating_sub(length);
            (network.to_bits() ^ address.to_bits()).checked_shr(host_bits).unwrap_or(0) == 0
        }
        _ => false,
    }
}
