//! Points in time as the W3C profile of ISO 8601 spells them (<https://www.w3.org/TR/NOTE-datetime>).

use time::{Date, Month, Time, UtcOffset};

/// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, and with `Thh:mm`, `Thh:mm:ss` or `Thh:mm:ss.s` and `Z` or `±hh:mm`: seconds since
/// 1970, and the nanoseconds after them.
pub(crate) fn read(text: &str) -> Option<(i64, u32)> {
    let (day, clock) = match text.split_once('T') {
        Some((day, clock)) => (day, Some(clock)),
        None => (text, None),
    };
    let mut parts = day.split('-');
    let year = i32::try_from(digits(parts.next()?, 4)?).ok()?;
    let month = parts.next().map(|part| digits(part, 2));
    let day = parts.next().map(|part| digits(part, 2));
    if parts.next().is_some() || (clock.is_some() && day.is_none()) {
        return None;
    }
    let month = Month::try_from(u8::try_from(month.unwrap_or(Some(1))?).ok()?).ok()?;
    let date = Date::from_calendar_date(year, month, u8::try_from(day.unwrap_or(Some(1))?).ok()?).ok()?;
    let (time, offset) = match clock {
        Some(clock) => read_clock(clock)?,
        None => (Time::MIDNIGHT, UtcOffset::UTC),
    };
    let seconds = date.with_time(time).assume_utc().unix_timestamp();
    Some((seconds.saturating_sub(i64::from(offset.whole_seconds())), time.nanosecond()))
}

fn read_clock(clock: &str) -> Option<(Time, UtcOffset)> {
    let (clock, offset) = if let Some(clock) = clock.strip_suffix('Z') {
        (clock, UtcOffset::UTC)
    } else {
        let at = clock.rfind(['+', '-'])?;
        let (clock, zone) = clock.split_at_checked(at)?;
        let sign: i8 = if zone.starts_with('-') { -1 } else { 1 };
        let (hours, minutes) = zone.get(1..)?.split_once(':')?;
        let hours = i8::try_from(digits(hours, 2)?).ok()?.checked_mul(sign)?;
        let minutes = i8::try_from(digits(minutes, 2)?).ok()?.checked_mul(sign)?;
        (clock, UtcOffset::from_hms(hours, minutes, 0).ok()?)
    };
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2)?;
    let minute = digits(parts.next()?, 2)?;
    let (second, fraction) = match parts.next() {
        None => (0, ""),
        Some(seconds) => match seconds.split_once('.') {
            None => (digits(seconds, 2)?, ""),
            Some((_, "")) => return None,
            Some((second, fraction)) => (digits(second, 2)?, fraction),
        },
    };
    if parts.next().is_some() || fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanosecond = format!("{fraction:0<9}").parse().ok()?;
    let byte = |number: u32| u8::try_from(number).ok();
    let time = Time::from_hms_nano(byte(hour)?, byte(minute)?, byte(second)?, nanosecond).ok()?;
    Some((time, offset))
}

/// Exactly so many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let written = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if written { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn every_form_of_the_profile() {
        for (text, expected) in [
            ("2025-11", 1_761_955_200),
            ("2025-11-13", 1_762_992_000),
            ("2025-11-13T22:03Z", 1_763_071_380),
            ("2025-11-13T22:03:52Z", 1_763_071_432),
            ("2025-11-13T22:03:52.25Z", 1_763_071_432),
            ("2025-11-13T23:03:52+01:00", 1_763_071_432),
            ("2025-11-13T16:33:52-05:30", 1_763_071_432),
        ] {
            assert_eq!(read(text).map(|(seconds, _)| seconds), Some(expected), "{text}");
        }
        assert_eq!(read("2025-11-13T22:03:52.25Z"), Some((1_763_071_432, 250_000_000)));
        for text in [
            "",
            "-",
            "T",
            "2025-13",
            "2025-02-30",
            "2025-11-13T22:03:52",
            "2025-11-13T22Z",
            "2025-11T22:03Z",
            "2025-1-1",
            "2025-11-13t22:03Z",
            "2025-11-13T22:03:60Z",
            "2025-11-13T22:03:52.Z",
            "2025-11-13T22:03+1:00",
            "2025-11-13T22:03:52.1234567890Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
