//! The JavaScript side: every function takes the JSON text of its argument object and returns JSON text. No logic here.

use js_sys::Error as JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Error, boundary, report::text::Style};

/// A misuse becomes a JavaScript `Error` whose `name` is its code.
fn thrown(error: &Error) -> JsError {
    let thrown = JsError::new(&error.to_string());
    thrown.set_name(error.code());
    thrown
}

/// The result of `inspect`, `decode`, `verify` or `evaluate` as text for a terminal.
///
/// # Errors
/// A JavaScript `Error` named `ERR_ARGUMENT` or `ERR_TOO_LARGE`.
#[wasm_bindgen]
pub fn format_text(function: &str, argument: &str, color: bool) -> Result<String, JsError> {
    boundary::format_text(function, argument, Style { color }).map_err(|error| thrown(&error))
}

macro_rules! exports {
    ($($name:ident = $function:literal),+ $(,)?) => {
        $(
            #[doc = concat!("`", $function, "` over JSON text.")]
            ///
            /// # Errors
            /// A JavaScript `Error` named `ERR_ARGUMENT` or `ERR_TOO_LARGE`.
            #[wasm_bindgen]
            pub fn $name(argument: &str) -> Result<String, JsError> {
                boundary::call($function, argument).map_err(|error| thrown(&error))
            }
        )+
    };
}

exports! {
    decode = "decode",
    verify = "verify",
    evaluate = "evaluate",
    inspect = "inspect",
    detect = "detect",
    redact = "redact",
    samples = "samples",
}
