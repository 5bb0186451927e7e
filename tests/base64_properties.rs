//! Base64 against the crate of that name.
#![cfg(not(target_arch = "wasm32"))]

use ::base64::{
    DecodeError, Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use circleci_oidc::token::{Base64Error, base64, base64url, to_base64url};
use proptest::prelude::*;

/// Mostly of the alphabets, of lengths that need padding and not.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z0-9_-]{0,14}",
        2 => "([A-Za-z0-9+/]{4}){0,3}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
        2 => "[A-D/9+_=-]{0,9}",
        1 => "[A-Za-z0-9+/= \n.é\u{1F600}]{0,20}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(20_000) })]

    #[test]
    fn decoded_alike(text in text()) {
        prop_assert_eq!(base64(&text), STANDARD.decode(&text).ok());
        let foreign = text.char_indices().find(|(_, character)| {
            !character.is_ascii_alphanumeric() && *character != '-' && *character != '_'
        });
        let expected = match (foreign, URL_SAFE_NO_PAD.decode(&text)) {
            (Some((at, '=')), _) => Err(Base64Error::Padding { at }),
            (Some((at, character)), _) => Err(Base64Error::Character { at, character }),
            (None, Ok(bytes)) => Ok(bytes),
            (None, Err(DecodeError::InvalidLastSymbol(at, _))) => Err(Base64Error::TrailingBits { at }),
            (None, Err(DecodeError::InvalidLength(_))) => Err(Base64Error::Length { length: text.len() }),
            (None, Err(other)) => panic!("{other}"),
        };
        prop_assert_eq!(base64url(&text), expected);
    }

    #[test]
    fn encoded_alike(bytes in prop::collection::vec(any::<u8>(), 0..20)) {
        let text = to_base64url(&bytes);
        prop_assert_eq!(&text, &URL_SAFE_NO_PAD.encode(&bytes));
        prop_assert_eq!(base64url(&text), Ok(bytes));
    }
}
