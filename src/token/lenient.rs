//! Base64url as people paste it: wrapped at the terminal's edge, padded, in the other alphabet. For display only; the
//! verifier is strict.

use base64::{
    Engine as _,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{Base64Error, base64url};

const TRAILING_BITS: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// What could be decoded, and why a strict decoder refuses it.
#[derive(Debug)]
pub(super) struct Lenient {
    /// The bytes.
    pub(super) bytes: Vec<u8>,
    /// For each base64url character the byte of the pasted text where it stood.
    pub(super) characters: Vec<usize>,
    /// What a strict decoder says, with the byte of the pasted text.
    pub(super) fault: Option<(Base64Error, usize)>,
}

/// Decodes a part. `origin` gives the byte of the pasted text for a byte of the part.
///
/// # Errors
/// What a strict decoder says, with the byte of the pasted text, where nothing sensible can be decoded.
pub(super) fn decode(part: &str, origin: &dyn Fn(usize) -> usize) -> Result<Lenient, (Base64Error, usize)> {
    let strict = base64url(part);
    let fault = match strict {
        Ok(bytes) => return Ok(Lenient { bytes, characters: (0..part.len()).map(origin).collect(), fault: None }),
        Err(error) => (error, origin(error.at().min(part.len()))),
    };
    let mut plain = String::with_capacity(part.len());
    let mut characters = Vec::with_capacity(part.len());
    for (at, character) in part.char_indices() {
        let meant = match character {
            '+' => '-',
            '/' => '_',
            '=' => continue,
            _ if character.is_ascii_whitespace() => continue,
            _ => character,
        };
        plain.push(meant);
        characters.push(origin(at));
    }
    // One character alone carries no byte: the text was cut off there.
    if plain.len() % 4 == 1 {
        plain.pop();
        characters.pop();
    }
    let bytes = TRAILING_BITS.decode(&plain).map_err(|_| fault)?;
    Ok(Lenient { bytes, characters, fault: Some(fault) })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn reads_what_a_strict_decoder_refuses_and_says_why() {
        for (part, bytes, fault) in [
            ("AQI", &[1_u8, 2][..], None),
            ("AQI=", &[1, 2], Some(13)),
            ("AQ\nI", &[1, 2], Some(12)),
            ("+/8", &[0xfb, 0xff], Some(10)),
            ("AQJ", &[1, 2], Some(12)),
            ("AQIDB", &[1, 2, 3], Some(15)),
        ] {
            let read = decode(part, &|at| at + 10).unwrap();
            assert_eq!((&*read.bytes, read.fault.map(|(_, at)| at)), (bytes, fault), "{part}");
        }
        assert!(decode("A!Q", &|at| at).is_err());
    }
}
