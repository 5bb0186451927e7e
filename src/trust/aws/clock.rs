//! The condition keys that tell the time
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>).

use super::held::Held;

/// What `aws:CurrentTime` or `aws:EpochTime` holds at a time in epoch seconds; none for other keys.
pub(super) fn look_up(key: &str, now: Option<f64>) -> Option<Held> {
    let spell = if key.eq_ignore_ascii_case("aws:CurrentTime") {
        iso_time
    } else if key.eq_ignore_ascii_case("aws:EpochTime") {
        epoch_time
    } else {
        return None;
    };
    let unknown = Held::NotKnown("The time at which the token is presented is not known.");
    Some(now.and_then(spell).map_or(unknown, Held::One))
}

#[expect(clippy::cast_possible_truncation, reason = "saturates, and what saturates is out of the calendar's range")]
fn whole(seconds: f64) -> i64 {
    seconds.floor() as i64
}

fn iso_time(seconds: f64) -> Option<String> {
    let at = time::OffsetDateTime::from_unix_timestamp(whole(seconds)).ok()?;
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    let month = u8::from(month);
    (0..=9999).contains(&year).then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

fn epoch_time(seconds: f64) -> Option<String> {
    Some(whole(seconds).to_string())
}
