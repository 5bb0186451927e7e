//! The JavaScript side: every function takes the JSON text of its argument object and returns JSON text. No logic here.

use js_sys::Error as JsError;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::boundary::call;

/// A misuse becomes a JavaScript `Error` whose `name` is its code.
fn run(function: &str, argument: &str) -> Result<String, JsError> {
    call(function, argument).map_err(|error| {
        let thrown = JsError::new(&error.to_string());
        thrown.set_name(error.code());
        thrown
    })
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
                run($function, argument)
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
    format_text = "formatText",
}
