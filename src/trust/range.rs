//! Ranges of addresses of IPv4 and IPv6 in CIDR notation.

use std::net::IpAddr;

/// An address and how many of its bits count: all of them where no length is told. None if it is no range.
pub(in crate::trust) fn read_range(range: &str) -> Option<(IpAddr, u32)> {
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

/// Whether an address is in a range.
pub(in crate::trust) fn holds(network: IpAddr, length: u32, address: IpAddr) -> bool {
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
