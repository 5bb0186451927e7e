//! The one table of stable codes. They are public: scripts and tests rely on them.
//!
//! `docs/codes.md` lists the same rows; a test holds the two against each other.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

macro_rules! codes {
    ($($(#[$section:meta])* $variant:ident = $text:literal, $rank:literal, $meaning:literal;)+) => {
        /// A stable code of a step, a hint or a finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is printed, for example `verify.key`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// How much a person learns from this step as a headline; of several failed steps the highest leads.
            /// 0: a group, whose parts say more than it does.
            #[must_use]
            pub const fn rank(self) -> u8 {
                match self { $(Self::$variant => $rank,)+ }
            }

            /// What the code means, in one sentence.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }
        }
    };
}

// Ranks: 90 the text cannot be read at all, 80 refused whatever the token says, 70 a comparison that decided,
// 60 a check before it, 30 the clock (which never outranks a trust comparison), 10 a remark, 0 a group.
codes! {
    // Reading
    JsonSyntax = "json.syntax", 90, "The text is not JSON.";
    JsonDuplicate = "json.duplicate_member", 80, "An object holds the same member name twice.";

    // verify: the nine steps
    VerifyFormat = "verify.format", 90, "Three parts, strict base64url.";
    VerifyHeader = "verify.header", 80, "The header is a JSON object without duplicates and asks for nothing that is refused.";
    VerifyKey = "verify.key", 60, "A key of the key set fits the header and is strong enough.";
    VerifySignature = "verify.signature", 75, "The signature is made with that key.";
    VerifyClaims = "verify.claims", 78, "The payload is a JSON object without duplicates, and the registered claims have their types.";
    VerifyIssuer = "verify.issuer", 72, "The issuer is the pinned one.";
    VerifyAudience = "verify.audience", 71, "The audience is an accepted one.";
    VerifyRequire = "verify.require", 70, "Further claims have the required values.";
    VerifyTime = "verify.time", 30, "The token is valid at the given time.";
    // verify: details (verify owner adds rows here)

    // token: findings (token owner adds rows here)

    // aws: steps (aws owner adds rows here)
    AwsDocument = "aws.document", 0, "IAM stores this document as a role trust policy.";
    AwsDocumentSyntax = "aws.document.syntax", 80, "The document has the elements of a policy, each of the right type.";
    AwsDocumentVersion = "aws.document.version", 80, "Version is one of the two that exist.";
    AwsDocumentEffect = "aws.document.effect", 80, "Effect is Allow or Deny.";
    AwsDocumentSid = "aws.document.sid", 80, "Statement ids are unique and made of letters and digits.";
    AwsDocumentPrincipal = "aws.document.principal", 80, "Principal names whom a role can trust.";
    AwsDocumentAction = "aws.document.action", 80, "Action or NotAction names actions of STS.";
    AwsDocumentResource = "aws.document.resource", 80, "A trust policy has no Resource: it is about its role.";
    AwsDocumentCondition = "aws.document.condition", 80, "Condition holds known operators, keys and values.";
    AwsDocumentCharacters = "aws.document.characters", 80, "Every character is one that IAM takes.";
    AwsDocumentSize = "aws.document.size", 80, "The document is not over IAM's largest quota.";
    AwsSts = "aws.sts", 0, "STS accepts the token before it looks at the policy.";
    AwsStsToken = "aws.sts.token", 60, "The token has a form that STS reads.";
    AwsStsClaims = "aws.sts.claims", 62, "The token has the claims that STS requires.";
    AwsStsProvider = "aws.sts.provider", 63, "The role's account has an IAM OIDC provider for the issuer.";
    AwsStsKeys = "aws.sts.keys", 10, "STS fetches the issuer's keys and checks the signature.";
    AwsStsAlgorithm = "aws.sts.algorithm", 61, "STS accepts the signing algorithm.";
    AwsStsAudience = "aws.sts.audience", 64, "The audience is a client id of the IAM OIDC provider.";
    AwsStsSubject = "aws.sts.subject", 59, "The subject has a length that STS documents.";
    AwsStsTime = "aws.sts.time", 30, "The token has not expired.";
    AwsPolicy = "aws.policy", 0, "The trust policy lets the token in.";
    AwsPolicyIssuer = "aws.policy.issuer", 73, "A statement is for the token's issuer.";
    AwsPolicyAllow = "aws.policy.allow", 50, "A statement allows it at all.";
    AwsStatementAllow = "aws.statement.allow", 0, "A statement with the effect Allow.";
    AwsStatementDeny = "aws.statement.deny", 76, "A statement with the effect Deny does not apply.";
    AwsPrincipal = "aws.principal", 73, "The statement is for the identity provider of this token.";
    AwsAction = "aws.action", 72, "The statement is about sts:AssumeRoleWithWebIdentity.";
    AwsConditionDead = "aws.condition.dead", 74, "The condition tests what AWS never sees, so it can never be true.";
    AwsConditionVacuous = "aws.condition.vacuous", 10, "The condition tests what AWS never sees, so it restricts nothing.";
    AwsConditionCount = "aws.condition.count", 55, "The statement has no more conditions than are judged.";
    AwsOperatorUnknown = "aws.operator.unknown", 71, "The operator is one that IAM has.";
    AwsOperatorStringEquals = "aws.operator.string_equals", 70, "A condition with the operator StringEquals.";
    AwsOperatorStringNotEquals = "aws.operator.string_not_equals", 70, "A condition with the operator StringNotEquals.";
    AwsOperatorStringEqualsIgnoreCase = "aws.operator.string_equals_ignore_case", 70, "A condition with the operator StringEqualsIgnoreCase.";
    AwsOperatorStringNotEqualsIgnoreCase = "aws.operator.string_not_equals_ignore_case", 70, "A condition with the operator StringNotEqualsIgnoreCase.";
    AwsOperatorStringLike = "aws.operator.string_like", 70, "A condition with the operator StringLike.";
    AwsOperatorStringNotLike = "aws.operator.string_not_like", 70, "A condition with the operator StringNotLike.";
    AwsOperatorNumericEquals = "aws.operator.numeric_equals", 70, "A condition with the operator NumericEquals.";
    AwsOperatorNumericNotEquals = "aws.operator.numeric_not_equals", 70, "A condition with the operator NumericNotEquals.";
    AwsOperatorNumericLessThan = "aws.operator.numeric_less_than", 70, "A condition with the operator NumericLessThan.";
    AwsOperatorNumericLessThanEquals = "aws.operator.numeric_less_than_equals", 70, "A condition with the operator NumericLessThanEquals.";
    AwsOperatorNumericGreaterThan = "aws.operator.numeric_greater_than", 70, "A condition with the operator NumericGreaterThan.";
    AwsOperatorNumericGreaterThanEquals = "aws.operator.numeric_greater_than_equals", 70, "A condition with the operator NumericGreaterThanEquals.";
    AwsOperatorDateEquals = "aws.operator.date_equals", 70, "A condition with the operator DateEquals.";
    AwsOperatorDateNotEquals = "aws.operator.date_not_equals", 70, "A condition with the operator DateNotEquals.";
    AwsOperatorDateLessThan = "aws.operator.date_less_than", 70, "A condition with the operator DateLessThan.";
    AwsOperatorDateLessThanEquals = "aws.operator.date_less_than_equals", 70, "A condition with the operator DateLessThanEquals.";
    AwsOperatorDateGreaterThan = "aws.operator.date_greater_than", 70, "A condition with the operator DateGreaterThan.";
    AwsOperatorDateGreaterThanEquals = "aws.operator.date_greater_than_equals", 70, "A condition with the operator DateGreaterThanEquals.";
    AwsOperatorBool = "aws.operator.bool", 70, "A condition with the operator Bool.";
    AwsOperatorBinaryEquals = "aws.operator.binary_equals", 70, "A condition with the operator BinaryEquals.";
    AwsOperatorIpAddress = "aws.operator.ip_address", 70, "A condition with the operator IpAddress.";
    AwsOperatorNotIpAddress = "aws.operator.not_ip_address", 70, "A condition with the operator NotIpAddress.";
    AwsOperatorArnEquals = "aws.operator.arn_equals", 70, "A condition with the operator ArnEquals.";
    AwsOperatorArnNotEquals = "aws.operator.arn_not_equals", 70, "A condition with the operator ArnNotEquals.";
    AwsOperatorArnLike = "aws.operator.arn_like", 70, "A condition with the operator ArnLike.";
    AwsOperatorArnNotLike = "aws.operator.arn_not_like", 70, "A condition with the operator ArnNotLike.";
    AwsOperatorNull = "aws.operator.null", 70, "A condition with the operator Null.";
    // aws: findings
    Aws001 = "AWS001", 10, "The trust policy is over the default size quota.";
    Aws002 = "AWS002", 10, "Two condition keys of one operator differ only in letter case.";
    Aws003 = "AWS003", 10, "A condition restricts nothing.";
    Aws004 = "AWS004", 10, "A condition can never be true.";

    // hints
    HintV1V2 = "hint.v1_v2", 10, "One side has the V1 form of the subject, the other the V2 form.";
    HintLiteralWildcard = "hint.literal_wildcard", 10, "The operator takes * and ? literally.";
    HintCase = "hint.case", 10, "Equal but for letter case.";
    HintWhiteSpace = "hint.white_space", 10, "Equal but for white space around the value.";
    HintTrailingSlash = "hint.trailing_slash", 10, "Equal but for a slash at the end.";
    HintScheme = "hint.scheme", 10, "Equal but for https:// in front.";
    HintKeyPrefix = "hint.key_prefix", 10, "The condition key is that of another identity provider.";
    HintKeyName = "hint.key_name", 10, "The condition key lacks a part of its name.";
    HintOrganization = "hint.organization", 10, "The identity provider is that of another organization, or of none.";
    HintAccount = "hint.account", 10, "The identity provider is in another account.";
    HintAudience = "hint.audience", 10, "The audience is that of other vendors' tokens.";
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.as_str() == text)
            .ok_or_else(|| D::Error::custom(format!("unknown code {text}")))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Code;

    #[test]
    fn codes_are_unique_and_time_never_outranks_a_comparison() {
        let texts: HashSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        assert!(Code::VerifyTime.rank() < Code::VerifyAudience.rank());
    }
}
