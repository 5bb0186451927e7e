//! Tokens of which evidence tells only a part, for the property tests of several clouds.

use circleci_oidc::boundary::call;
use proptest::{
    prelude::*,
    sample::{select, subsequence},
    test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner},
};
use serde_json::{Value, json};

/// Claims, and what each could be.
pub(crate) struct Pool {
    pub(crate) names: &'static [&'static str],
    /// How many of the first ones every token has.
    pub(crate) required: usize,
    pub(crate) values: fn(&str) -> Vec<Value>,
}

impl Pool {
    /// Every claim of a token, or none.
    pub(crate) fn token(&self) -> impl Strategy<Value = Vec<Option<Value>>> + use<> {
        let claim = |(index, name): (usize, &&'static str)| -> BoxedStrategy<Option<Value>> {
            let present = select((self.values)(name)).prop_map(Some);
            if index < self.required { present.boxed() } else { prop_oneof![2 => present, 1 => Just(None)].boxed() }
        };
        self.names.iter().enumerate().map(claim).collect::<Vec<_>>()
    }

    /// Numbers of the claims that the evidence tells.
    pub(crate) fn told(&self, count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<usize>> + use<> {
        subsequence((0..self.names.len()).collect::<Vec<_>>(), count)
    }

    /// A token's claims, as far as they are told.
    pub(crate) fn object(&self, values: &[Option<Value>], told: impl Fn(usize) -> bool) -> Value {
        let members = self.names.iter().zip(values).enumerate().filter(|(index, _)| told(*index));
        Value::Object(members.filter_map(|(_, (name, value))| Some(((*name).to_owned(), value.clone()?))).collect())
    }
}

pub(crate) fn evaluate(claims: &Value, trust: &Value, options: &Value) -> Value {
    let argument = json!({ "claims": claims, "trust": trust, "options": options }).to_string();
    serde_json::from_str(&call("evaluate", &argument).expect("a result")).expect("JSON")
}

/// The same cases in every run, so that what they cover is known.
pub(crate) fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    match runner.run(strategy, test) {
        Ok(()) => {}
        // The reason tells the case in JSON; the values that it was made of would be pages.
        Err(TestError::Fail(reason, _) | TestError::Abort(reason)) => panic!("{reason}"),
    }
}
