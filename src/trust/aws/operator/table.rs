//! Every condition operator that IAM has.

use crate::report::Code;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::trust::aws) enum Family {
    /// Character by character.
    String,
    /// The same, ignoring letter case.
    StringIgnoreCase,
    /// With the wildcards `*` and `?`.
    StringLike,
    /// As integers or decimals.
    Numeric(Order),
    /// As points in time.
    Date(Order),
    /// `true` or `false`.
    Bool,
    /// Byte by byte, from base64.
    Binary,
    /// An address in a range.
    Ip,
    /// Six parts between colons, each with wildcards. `ArnEquals` and `ArnLike` are the same.
    Arn,
    /// Whether the key is there at all.
    Null,
}

impl Family {
    /// Whether the spelling of the two values counts, and not what they mean.
    pub(in crate::trust::aws) const fn compares_texts(self) -> bool {
        matches!(self, Self::String | Self::StringIgnoreCase | Self::StringLike)
    }
}

/// Which order of the request's value and the policy's satisfies the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::trust::aws) enum Order {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Order {
    /// Whether the request's value stands in this order to the policy's.
    pub(in crate::trust::aws) const fn holds(self, request_to_policy: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => request_to_policy.is_eq(),
            Self::Less => request_to_policy.is_lt(),
            Self::LessOrEqual => request_to_policy.is_le(),
            Self::Greater => request_to_policy.is_gt(),
            Self::GreaterOrEqual => request_to_policy.is_ge(),
        }
    }
}

/// One operator.
#[derive(Clone, Copy, Debug)]
pub(in crate::trust::aws) struct Operator {
    /// Its name in a policy.
    pub(in crate::trust::aws) name: &'static str,
    /// The code of its steps.
    pub(in crate::trust::aws) code: Code,
    /// How it compares.
    pub(in crate::trust::aws) family: Family,
    /// Whether it is true where no value matches.
    pub(in crate::trust::aws) negated: bool,
}

const fn row(name: &'static str, code: Code, family: Family, negated: bool) -> Operator {
    Operator { name, code, family, negated }
}

/// The table.
pub(in crate::trust::aws) static OPERATORS: [Operator; 27] = [
    row("StringEquals", Code::AwsOperatorStringEquals, Family::String, false),
    row("StringNotEquals", Code::AwsOperatorStringNotEquals, Family::String, true),
    row("StringEqualsIgnoreCase", Code::AwsOperatorStringEqualsIgnoreCase, Family::StringIgnoreCase, false),
    row("StringNotEqualsIgnoreCase", Code::AwsOperatorStringNotEqualsIgnoreCase, Family::StringIgnoreCase, true),
    row("StringLike", Code::AwsOperatorStringLike, Family::StringLike, false),
    row("StringNotLike", Code::AwsOperatorStringNotLike, Family::StringLike, true),
    row("NumericEquals", Code::AwsOperatorNumericEquals, Family::Numeric(Order::Equal), false),
    row("NumericNotEquals", Code::AwsOperatorNumericNotEquals, Family::Numeric(Order::Equal), true),
    row("NumericLessThan", Code::AwsOperatorNumericLessThan, Family::Numeric(Order::Less), false),
    row("NumericLessThanEquals", Code::AwsOperatorNumericLessThanEquals, Family::Numeric(Order::LessOrEqual), false),
    row("NumericGreaterThan", Code::AwsOperatorNumericGreaterThan, Family::Numeric(Order::Greater), false),
    row(
        "NumericGreaterThanEquals",
        Code::AwsOperatorNumericGreaterThanEquals,
        Family::Numeric(Order::GreaterOrEqual),
        false,
    ),
    row("DateEquals", Code::AwsOperatorDateEquals, Family::Date(Order::Equal), false),
    row("DateNotEquals", Code::AwsOperatorDateNotEquals, Family::Date(Order::Equal), true),
    row("DateLessThan", Code::AwsOperatorDateLessThan, Family::Date(Order::Less), false),
    row("DateLessThanEquals", Code::AwsOperatorDateLessThanEquals, Family::Date(Order::LessOrEqual), false),
    row("DateGreaterThan", Code::AwsOperatorDateGreaterThan, Family::Date(Order::Greater), false),
    row("DateGreaterThanEquals", Code::AwsOperatorDateGreaterThanEquals, Family::Date(Order::GreaterOrEqual), false),
    row("Bool", Code::AwsOperatorBool, Family::Bool, false),
    row("BinaryEquals", Code::AwsOperatorBinaryEquals, Family::Binary, false),
    row("IpAddress", Code::AwsOperatorIpAddress, Family::Ip, false),
    row("NotIpAddress", Code::AwsOperatorNotIpAddress, Family::Ip, true),
    row("ArnEquals", Code::AwsOperatorArnEquals, Family::Arn, false),
    row("ArnNotEquals", Code::AwsOperatorArnNotEquals, Family::Arn, true),
    row("ArnLike", Code::AwsOperatorArnLike, Family::Arn, false),
    row("ArnNotLike", Code::AwsOperatorArnNotLike, Family::Arn, true),
    row("Null", Code::AwsOperatorNull, Family::Null, false),
];
