//! The one table of stable codes. They are public: scripts and tests rely on them.
//!
//! `docs/codes.md` lists the same rows; a test holds the two against each other.

use serde::{Serialize, Serializer};

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
    // verify: details
    VerifyFormatPart = "verify.format.part", 90, "One part is strict base64url.";
    VerifyHeaderAlgorithm = "verify.header.alg", 80, "The algorithm is one that the caller accepts.";
    VerifyHeaderCritical = "verify.header.crit", 80, "The header demands no extension: none is understood here.";
    VerifyHeaderUnencoded = "verify.header.b64", 80, "The payload is not exempt from base64url.";
    VerifyHeaderEncryption = "verify.header.enc", 81, "The token is signed, not encrypted or compressed.";
    VerifyHeaderContent = "verify.header.cty", 80, "The payload holds claims, not another token.";
    VerifyHeaderType = "verify.header.typ", 80, "The token says that it is a JWT.";
    VerifyHeaderKeyId = "verify.header.kid", 80, "The key id is text.";
    VerifyHeaderKeyMaterial = "verify.header.key_material", 10, "Keys and links to keys in the header are ignored.";
    VerifyKeySet = "verify.key.set", 60, "The key set can be read.";
    VerifyKeyCandidate = "verify.key.candidate", 0, "One key of the set, and whether it fits.";
    VerifyKeyOthers = "verify.key.others", 0, "Keys that were not looked at, because they have another key id.";
    VerifySignatureKey = "verify.signature.key", 0, "The signature, tried with one key.";
    VerifyClaimsClaim = "verify.claims.claim", 78, "A registered claim is there if it has to be, and has its type.";
    VerifyIssuerUrl = "verify.issuer.iss", 72, "The claim iss is the pinned issuer.";
    VerifyIssuerSubject = "verify.issuer.sub", 72, "The claim sub names the pinned organization.";
    VerifyIssuerOrganization = "verify.issuer.org_id", 72, "The claim oidc.circleci.com/org-id names the pinned organization.";
    VerifyRequireClaim = "verify.require.claim", 70, "One further claim has a required value.";
    VerifyTimeExpires = "verify.time.exp", 30, "The token has not expired.";
    VerifyTimeNotBefore = "verify.time.nbf", 30, "The token may already be used.";
    VerifyTimeIssued = "verify.time.iat", 30, "The token was not issued in the future.";

    // token: findings about the text
    TokenEmpty = "token.empty", 10, "The text is empty.";
    TokenTrimmed = "token.trimmed", 10, "White space, quotes or a prefix around the token were taken off.";
    TokenTruncated = "token.truncated", 10, "The text was cut off or shortened with an ellipsis.";
    TokenMasked = "token.masked", 10, "The log masked the token.";
    TokenVariable = "token.unexpanded_variable", 10, "The name of a variable stands in the place of its value.";
    TokenUnreadable = "token.unreadable", 10, "The text is no token in any form that is known here.";
    TokenPrivateKey = "token.private_key", 10, "The text is a private key.";
    TokenPem = "token.pem", 10, "The text is a public key or certificate.";
    TokenOtherCredential = "token.other_credential", 10, "The text is a credential of another kind.";
    TokenClaimsJson = "token.claims_json", 10, "The text is the claims as JSON.";
    TokenOtherJson = "token.other_json", 10, "The text is JSON, but neither a token nor claims.";
    TokenSerialization = "token.json_serialization", 10, "The token is in the JSON serialization, which clouds do not take.";
    TokenEncrypted = "token.encrypted", 10, "The token is encrypted (JWE).";
    TokenNested = "token.nested", 10, "The payload is another token.";
    TokenNoSignature = "token.no_signature", 10, "The signature part is missing.";
    TokenNoHeader = "token.no_header", 10, "The header part is missing.";
    TokenNoPayload = "token.no_payload", 10, "The payload part is missing.";
    TokenExtraParts = "token.extra_parts", 10, "The text has more than three parts between dots.";
    TokenEncoding = "token.encoding", 10, "A part is not strict base64url.";
    TokenPart = "token.part", 10, "A part does not hold a JSON object.";
    // token: findings about header and claims
    TokenDuplicate = "token.duplicate_member", 10, "A member name occurs twice.";
    TokenInvisible = "token.invisible_character", 10, "A text holds characters that cannot be seen or that turn the direction of writing.";
    TokenAlgorithm = "token.algorithm", 10, "The header's alg is not the one that CircleCI signs with.";
    TokenUnsigned = "token.unsigned", 10, "The header says that there is no signature.";
    TokenSymmetric = "token.symmetric", 10, "The header names an algorithm with a shared secret.";
    TokenKeyMaterial = "token.key_material", 10, "The header brings or names its own key, which is ignored.";
    TokenCritical = "token.critical", 10, "The header demands an extension.";
    TokenType = "token.type", 10, "The header's typ is unusual.";
    TokenClaimType = "token.claim_type", 10, "A claim has another JSON type than documented.";
    TokenNotUuid = "token.not_uuid", 10, "An id is not a UUID in lower case.";
    TokenTimes = "token.times", 10, "The token ends before it begins.";
    TokenForeignIssuer = "token.foreign_issuer", 10, "The token is from another service.";
    TokenIssuerForm = "token.issuer_form", 10, "The issuer has none of the forms that CircleCI uses.";
    TokenIssuerRoot = "token.issuer_root", 10, "The issuer is the same for all customers of CircleCI.";
    TokenIssuerServer = "token.issuer_server", 10, "The issuer is on a host that is not CircleCI's.";
    TokenSubjectForm = "token.subject_form", 10, "The subject has none of the documented forms.";
    TokenSubjectAmbiguous = "token.subject_ambiguous", 10, "The subject can be taken apart in more than one way.";
    TokenSubjectDisagrees = "token.subject_disagrees", 10, "The subject, the issuer and the other claims contradict each other.";
    TokenSubjectLong = "token.subject_long", 10, "The subject is longer than a cloud's limit.";
    TokenAuditLog = "token.audit_log", 10, "The token is CircleCI's own for audit-log streaming, not a job's.";
    TokenMore = "token.more", 10, "There are more remarks of a kind than are listed.";

    // evidence: findings about what a text tells of a token
    EvidenceSeveral = "evidence.several", 10, "The text tells of several tokens; one was taken.";
    EvidenceRefused = "evidence.refused", 10, "The text says that the cloud refused the token.";
    EvidenceUnclear = "evidence.unclear", 10, "The text tells a claim, but not for certain.";
    EvidenceDerived = "evidence.derived", 10, "Claims follow from the subject; the text does not tell them themselves.";
    EvidenceNotTold = "evidence.not_told", 10, "What the text does not tell.";

    // trust: steps of every provider
    TrustExhausted = "trust.exhausted", 10, "Not everything was tried: who else gets in, remarks and fixes may be missing.";
    TrustNoClaims = "trust.no_claims", 80, "The claims of the token could not be read, so nothing was judged.";

    // aws: steps (aws owner adds rows here)
    AwsDocument = "aws.document", 0, "IAM stores this document as a role trust policy.";
    AwsDocumentUnknown = "aws.document.unknown_after_apply", 80, "The policy is known: the plan that it comes from tells it.";
    AwsDocumentSyntax = "aws.document.syntax", 80, "The document has the elements of a policy, each of the right type.";
    AwsDocumentVersion = "aws.document.version", 80, "Version is one of the two that exist.";
    AwsDocumentEffect = "aws.document.effect", 80, "Effect is Allow or Deny.";
    AwsDocumentSid = "aws.document.sid", 80, "Statement ids are unique and made of letters and digits.";
    AwsDocumentPrincipal = "aws.document.principal", 80, "Principal names whom a role can trust.";
    AwsDocumentAction = "aws.document.action", 80, "Action or NotAction names actions of STS.";
    AwsDocumentResource = "aws.document.resource", 80, "A trust policy has no Resource: it is about its role.";
    AwsDocumentCondition = "aws.document.condition", 80, "Condition holds known operators, keys and values.";
    AwsDocumentEmpty = "aws.document.empty", 80, "No list of principals or actions is empty.";
    AwsDocumentCharacters = "aws.document.characters", 80, "Every character is one that IAM takes.";
    AwsDocumentSize = "aws.document.size", 80, "The document is not over IAM's largest quota.";
    AwsSts = "aws.sts", 0, "STS accepts the token before it looks at the policy.";
    AwsStsAnswer = "aws.sts.answer", 79, "What STS itself answered, where the evidence tells that it refused the token before it looked at the policy.";
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
    AwsRcp = "aws.rcp", 0, "No resource control policy forbids the call.";
    AwsRcpPolicy = "aws.rcp.policy", 0, "One resource control policy does not forbid the call.";
    AwsRcpDocument = "aws.rcp.document", 77, "AWS Organizations stores this document as a resource control policy.";
    AwsStatementAllow = "aws.statement.allow", 0, "A statement with the effect Allow.";
    AwsStatementDeny = "aws.statement.deny", 76, "A statement with the effect Deny does not apply.";
    AwsPrincipal = "aws.principal", 73, "The statement is for the identity provider of this token.";
    AwsAction = "aws.action", 72, "The statement is about sts:AssumeRoleWithWebIdentity.";
    AwsResource = "aws.resource", 72, "The statement of a resource control policy is about this role.";
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
    Aws005 = "AWS005", 10, "Nothing pins the project: every job of the organization gets in.";
    Aws006 = "AWS006", 10, "The audience is not the one that CircleCI's tokens have by default.";
    Aws007 = "AWS007", 10, "A wildcard stands under an operator that takes it literally.";
    Aws008 = "AWS008", 10, "StringLike with a subject that lacks its end, and no wildcard for it.";
    Aws009 = "AWS009", 10, "The exact V1 subject: V2 tokens are refused.";
    Aws010 = "AWS010", 10, "A condition key has a prefix or a name that is nearly, but not, the identity provider's.";
    Aws011 = "AWS011", 10, "ForAllValues is true where the claim is absent.";
    Aws012 = "AWS012", 10, "Pull requests from forks get in where the project passes secrets to them.";
    Aws013 = "AWS013", 10, "Branches whose names begin with the wanted one's get in.";
    Aws014 = "AWS014", 10, "Branches or tags whose names end with the wanted one's get in.";
    Aws015 = "AWS015", 10, "The pattern for the subject leaves the project open.";
    Aws016 = "AWS016", 10, "A branch whose name holds the rest of the wanted subject gets in.";
    Aws017 = "AWS017", 10, "A V1 subject beside a V2 subject with a branch lets every branch in.";
    Aws018 = "AWS018", 10, "The identity provider is in another account than the role.";
    Aws019 = "AWS019", 10, "The action is not sts:AssumeRoleWithWebIdentity.";
    Aws020 = "AWS020", 10, "The issuer of all organizations, and nothing that pins one of them.";
    Aws021 = "AWS021", 10, "The subject is of another organization than the identity provider.";
    Aws022 = "AWS022", 10, "The subject is pinned to one user.";
    Aws023 = "AWS023", 10, "The value is none that a token of CircleCI's can have.";
    Aws024 = "AWS024", 10, "The identity provider's name is none that CircleCI has.";
    Aws025 = "AWS025", 10, "No job was found that a statement for CircleCI lets in.";

    // gcp: steps
    GcpDocument = "gcp.document", 0, "Google stores this provider.";
    GcpDocumentSyntax = "gcp.document.syntax", 80, "The document has the members of a provider, each of the right type.";
    GcpDocumentIssuer = "gcp.document.issuer", 80, "The issuer is an https URL.";
    GcpDocumentAudience = "gcp.document.audience", 80, "The allowed audiences are not too many or too long.";
    GcpDocumentMapping = "gcp.document.mapping", 80, "The attribute mapping has known names and expressions that Google takes, google.subject among them.";
    GcpDocumentCondition = "gcp.document.condition", 80, "The attribute condition is an expression that Google takes.";
    GcpRequest = "gcp.request", 0, "The request names a provider that can be used.";
    GcpRequestState = "gcp.request.state", 79, "The provider is neither switched off nor deleted.";
    GcpRequestAudience = "gcp.request.audience", 79, "The client's request names this provider.";
    GcpRequestType = "gcp.request.type", 78, "The client's request says that it brings a JWT.";
    GcpRequestFormat = "gcp.request.format", 78, "The client's configuration finds the token in its file.";
    GcpToken = "gcp.token", 0, "Google takes the token before it looks at mappings and condition.";
    GcpTokenKind = "gcp.token.kind", 79, "The provider takes tokens of OpenID Connect.";
    GcpTokenIssuer = "gcp.token.issuer", 77, "The issuer is the provider's.";
    GcpTokenAlgorithm = "gcp.token.algorithm", 75, "Google accepts the signing algorithm.";
    GcpTokenAudience = "gcp.token.audience", 76, "The audience is an allowed one, or the provider's own name.";
    GcpTokenKeys = "gcp.token.keys", 10, "Google fetches the issuer's keys and checks the signature.";
    GcpTokenTime = "gcp.token.time", 30, "The token is neither expired nor from the future.";
    GcpMapping = "gcp.mapping", 0, "Every mapped attribute gets a value that Google takes.";
    GcpMappingAttribute = "gcp.mapping.attribute", 60, "One attribute gets a value.";
    GcpMappingType = "gcp.mapping.type", 66, "Every attribute but google.groups is a string.";
    GcpMappingSubject = "gcp.mapping.subject", 67, "google.subject has a value of at most 127 bytes.";
    GcpMappingSize = "gcp.mapping.size", 65, "All attributes together have at most 8,192 bytes.";
    GcpCondition = "gcp.condition", 0, "The attribute condition is true.";
    GcpConditionAll = "gcp.condition.all", 0, "Parts of a condition that all have to be true.";
    GcpConditionAny = "gcp.condition.any", 0, "Parts of a condition of which one has to be true.";
    GcpConditionCompare = "gcp.condition.compare", 72, "A comparison with a value.";
    GcpConditionError = "gcp.condition.error", 73, "A part of a condition does not fail with an error, which counts as false.";
    GcpConditionPart = "gcp.condition.part", 71, "Another part of a condition.";
    GcpIam = "gcp.iam", 0, "The service account's IAM policy lets the identity act as the account.";
    GcpIamBinding = "gcp.iam.binding", 0, "A binding whose members are compared with the identity.";
    GcpIamRole = "gcp.iam.role", 64, "The role that the identity has lets it act as the account.";
    GcpIamMember = "gcp.iam.member", 63, "A member is the identity, or holds it.";
    // gcp: findings
    Gcp001 = "GCP001", 10, "Google refuses to store a part of the provider.";
    Gcp002 = "GCP002", 10, "The V2 subject is over the limit of google.subject.";
    Gcp003 = "GCP003", 10, "A claim that is no string is mapped as it is.";
    Gcp004 = "GCP004", 10, "There is no allowed audience.";
    Gcp005 = "GCP005", 10, "A member is the whole pool, and there is no condition.";
    Gcp006 = "GCP006", 10, "The issuer of all organizations, and nothing that pins one of them.";
    Gcp007 = "GCP007", 10, "Nothing pins the project: every job of the organization gets in.";
    Gcp008 = "GCP008", 10, "startsWith with a text that may go on.";
    Gcp009 = "GCP009", 10, "A pattern of matches without ^ or $.";
    Gcp010 = "GCP010", 10, "A point in a pattern of matches that is not escaped.";
    Gcp011 = "GCP011", 10, "The value is none that a token of CircleCI's can have.";
    Gcp012 = "GCP012", 10, "A claim is compared with a value of another type.";
    Gcp013 = "GCP013", 10, "all() is true of an empty list.";
    Gcp014 = "GCP014", 10, "|| and && are mixed without brackets.";
    Gcp015 = "GCP015", 10, "A mapped claim is not in every token.";
    Gcp016 = "GCP016", 10, "extract() finds nothing in the token's claim.";
    Gcp017 = "GCP017", 10, "A member has no name that an identity of a pool has.";
    Gcp018 = "GCP018", 10, "An attribute is mapped and not used.";
    Gcp019 = "GCP019", 10, "The condition asks for an attribute that is not mapped.";
    Gcp020 = "GCP020", 10, "A function is standard CEL, but Google does not document it here.";
    Gcp021 = "GCP021", 10, "Pull requests from forks get in where the project passes secrets to them.";
    Gcp022 = "GCP022", 10, "No job was found that gets in.";
    Gcp023 = "GCP023", 10, "Keys were uploaded, which Google does not renew.";

    // azure: steps
    AzureDocument = "azure.document", 0, "Entra stores these federated credentials.";
    AzureDocumentSyntax = "azure.document.syntax", 80, "The document holds federated credentials, whose members have the right type.";
    AzureDocumentName = "azure.document.name", 80, "The name is one that a credential can have.";
    AzureDocumentField = "azure.document.field", 80, "Issuer and subject are there, and no text is too long.";
    AzureDocumentAudience = "azure.document.audience", 80, "There is exactly one audience.";
    AzureDocumentExpression = "azure.document.expression", 80, "A flexible expression stands alone, and for an issuer that Entra takes it for.";
    AzureDocumentUnique = "azure.document.unique", 80, "No two credentials have the same name, or the same issuer and subject.";
    AzureDocumentCount = "azure.document.count", 80, "There are at most 20 credentials.";
    AzureToken = "azure.token", 0, "Entra takes the token before it looks at credentials.";
    AzureTokenAlgorithm = "azure.token.algorithm", 61, "Entra supports the signing algorithm.";
    AzureTokenKeys = "azure.token.keys", 10, "Entra fetches the issuer's keys and checks the signature.";
    AzureTokenTime = "azure.token.time", 30, "The token is within its valid time range.";
    AzureCredentials = "azure.credentials", 0, "A credential is for the token.";
    AzureCredentialsNone = "azure.credentials.none", 76, "There is a federated credential at all.";
    AzureCredential = "azure.credential", 0, "Issuer, subject and audience of one credential are the token's.";
    AzureCredentialClosest = "azure.credential.closest", 1, "The same of the credential that comes closest.";
    AzureCredentialIssuer = "azure.credential.issuer", 73, "The issuer is the credential's, to the letter.";
    AzureCredentialSubject = "azure.credential.subject", 72, "The subject is the credential's, to the letter.";
    AzureCredentialAudience = "azure.credential.audience", 71, "The audience is the credential's, to the letter.";
    AzureCredentialExpression = "azure.credential.expression", 70, "A flexible expression, which is not judged here.";
    // azure: findings
    Az001 = "AZ001", 10, "Entra refuses to store a credential.";
    Az002 = "AZ002", 10, "A wildcard, which Entra stores and takes literally.";
    Az003 = "AZ003", 10, "A credential is for one user, and there can be 20.";
    Az004 = "AZ004", 10, "The V2 subject names a repository and a branch, which can be renamed.";
    Az005 = "AZ005", 10, "Microsoft's default audience, which CircleCI's tokens have only where a job asks for it.";
    Az006 = "AZ006", 10, "A slash at the end that CircleCI's tokens do not have.";
    Az007 = "AZ007", 10, "Letter case that CircleCI's tokens do not have.";
    Az008 = "AZ008", 10, "White space, or a character that is not what it looks like.";
    Az009 = "AZ009", 10, "Two credentials with the same name, or the same issuer and subject.";
    Az010 = "AZ010", 10, "More than 20 credentials.";
    Az011 = "AZ011", 10, "A flexible expression with CircleCI's issuer.";
    Az012 = "AZ012", 10, "The value is none that a token of CircleCI's can have.";
    Az013 = "AZ013", 10, "The token is signed with another algorithm than RS256.";
    // vault: steps
    VaultRole = "vault.role", 0, "Vault stores this role.";
    VaultRoleSyntax = "vault.role.syntax", 80, "The document has the members of a role, each of the right type.";
    VaultRoleType = "vault.role.type", 82, "role_type and bound_claims_type are values that Vault knows, and the role has what its type needs.";
    VaultRoleClaims = "vault.role.bound_claims", 80, "bound_claims is an object, and its patterns are texts.";
    VaultRoleUser = "vault.role.user_claim", 80, "The role has a user_claim.";
    VaultRoleMetadata = "vault.role.claim_mappings", 80, "No two claims become the same metadata, and none becomes the role's.";
    VaultRoleBounds = "vault.role.bounds", 80, "The role binds something.";
    VaultRoleTtl = "vault.role.ttl", 80, "The TTL is not greater than the greatest TTL.";
    VaultRoleCel = "vault.role.cel", 79, "The role has no CEL expression, which is not evaluated here.";
    VaultMount = "vault.mount", 0, "Vault stores this configuration of the mount.";
    VaultMountSyntax = "vault.mount.syntax", 80, "The document has the members of a mount's configuration, each of the right type.";
    VaultMountKeys = "vault.mount.keys", 80, "The keys come from exactly one place.";
    VaultMountClient = "vault.mount.client", 80, "An OIDC client has an id and a secret.";
    VaultMountAlgorithm = "vault.mount.algorithm", 80, "jwt_supported_algs names algorithms that Vault has.";
    VaultMountDiscovery = "vault.mount.discovery", 80, "The discovery document's issuer is the given URL.";
    VaultLogin = "vault.login", 0, "The login reaches the role.";
    VaultLoginType = "vault.login.role_type", 79, "The role is for JWT logins.";
    VaultLoginAddress = "vault.login.address", 78, "The login comes from a bound address.";
    VaultToken = "vault.token", 0, "Vault takes the token before it looks at claims.";
    VaultTokenKeys = "vault.token.keys", 65, "The mount's keys are those of the token's issuer.";
    VaultTokenAlgorithm = "vault.token.algorithm", 76, "Vault accepts the signing algorithm.";
    VaultTokenClaims = "vault.token.claims", 75, "The registered claims have their types.";
    VaultTokenIssuer = "vault.token.issuer", 77, "The issuer is bound_issuer.";
    VaultTokenSubject = "vault.token.subject", 74, "The subject is bound_subject.";
    VaultTokenAudience = "vault.token.audience", 73, "The audience is one of bound_audiences.";
    VaultTokenTime = "vault.token.time", 30, "The token is neither expired nor from the future.";
    VaultIdentity = "vault.identity", 0, "Vault can make alias, metadata and groups from the token.";
    VaultIdentityUser = "vault.identity.user_claim", 72, "The claim that names the user is a text.";
    VaultIdentityMetadata = "vault.identity.claim_mappings", 71, "A claim that becomes metadata is a text.";
    VaultIdentityGroups = "vault.identity.groups_claim", 70, "The claim that holds the groups is a list of texts.";
    VaultClaims = "vault.claims", 0, "Every bound claim fits.";
    VaultClaimsMissing = "vault.claims.missing", 69, "The token has the claim that is bound.";
    VaultClaimsEqual = "vault.claims.equal", 68, "The token has a bound value, type included.";
    VaultClaimsGlob = "vault.claims.glob", 68, "The token has a value of a bound pattern.";
    VaultClaimsType = "vault.claims.type", 67, "Both sides are text, boolean, number or list.";
    // vault: findings
    Vlt001 = "VLT001", 10, "The mount has no bound_issuer.";
    Vlt002 = "VLT002", 10, "The role has no bound_audiences.";
    Vlt003 = "VLT003", 10, "user_claim is the subject, which makes an entity of every user or branch.";
    Vlt004 = "VLT004", 10, "A pattern's * goes over / too.";
    Vlt005 = "VLT005", 10, "role_type and bound_claims_type fall back to oidc and string in an update that leaves them out.";
    Vlt006 = "VLT006", 10, "A boolean or a number is bound as text.";
    Vlt007 = "VLT007", 10, "One of the bound contexts is enough.";
    Vlt008 = "VLT008", 10, "Pull requests from forks get in where the project passes secrets to them.";
    Vlt009 = "VLT009", 10, "The name of a bound claim is a pointer that leads nowhere.";
    Vlt010 = "VLT010", 10, "Nothing pins the project: every job of the organization gets in.";
    Vlt011 = "VLT011", 10, "Nothing pins the organization.";
    Vlt012 = "VLT012", 10, "A * stands where it is taken literally.";
    Vlt013 = "VLT013", 10, "Vault refuses to store the role or its mount.";
    Vlt014 = "VLT014", 10, "The value is none that a token of CircleCI's can have.";
    Vlt015 = "VLT015", 10, "A claim that is no text becomes metadata, or names the user.";
    Vlt016 = "VLT016", 10, "No job was found that gets in.";
    Vlt017 = "VLT017", 10, "The subject is pinned to one user.";
    Vlt018 = "VLT018", 10, "Terraform's provider splits a value at its commas.";
    Vlt019 = "VLT019", 10, "A leeway that never applies to CircleCI's tokens.";
    Vlt020 = "VLT020", 10, "The keys are static.";
    Vlt021 = "VLT021", 10, "The role is for people in a browser.";

    // probes: other tokens that a configuration was tried with
    ProbeOtherProject = "probe.other_project", 10, "A job of another project of the organization.";
    ProbeOtherUser = "probe.other_user", 10, "The same job, started by another user.";
    ProbeOtherBranch = "probe.other_branch", 10, "A job on another branch.";
    ProbeBranchPrefix = "probe.branch_prefix", 10, "A job on a branch whose name begins with the branch's.";
    ProbeBranchSuffix = "probe.branch_suffix", 10, "A job on a branch whose name ends with the branch's.";
    ProbeTag = "probe.tag", 10, "A job on a tag with the branch's name.";
    ProbeFork = "probe.fork", 10, "A pull request from a fork, where the project passes secrets to forks.";
    ProbeWebhook = "probe.custom_webhook", 10, "A pipeline started by a custom webhook: its token tells no repository and no branch.";
    ProbeBranchInjection = "probe.branch_injection", 10, "A job on a branch whose name holds the rest of the wanted subject.";
    ProbeSshRerun = "probe.ssh_rerun", 10, "The same job, rerun with SSH.";
    ProbeOtherContext = "probe.other_context", 10, "The same job with another context.";
    ProbeAudience = "probe.custom_audience", 10, "The same job with an audience of its own choice.";
    ProbeOtherVersion = "probe.other_version", 10, "The other token of the same job.";
    ProbeAuditLog = "probe.audit_log", 10, "CircleCI's audit-log streaming, which is no job.";
    ProbeOtherOrganization = "probe.other_organization", 10, "A job of another organization.";

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
    HintAudience = "hint.audience", 10, "The audience is that of other vendors' tokens, or the issuer.";
    HintLookAlike = "hint.look_alike", 10, "Equal but for a character that nobody sees, or that looks like another.";
    HintLeftOver = "hint.left_over", 10, "The policy has something before or behind what the token has.";
    HintCutShort = "hint.cut_short", 10, "The policy ends where the subject goes on.";
    HintRef = "hint.ref", 10, "The branch stands without refs/heads/ before its name.";
    HintSwappedIds = "hint.swapped_ids", 10, "An id of the token stands where another one of its ids belongs.";
    HintIdTypo = "hint.id_typo", 10, "Two ids differ in one place.";
    HintAction = "hint.action", 10, "The action is another way to assume a role.";
    HintType = "hint.type", 10, "A claim that is a list or a boolean is compared with a text.";
    HintExpression = "hint.expression", 10, "An expression is not CEL, but what is meant is clear.";
    HintSubject = "hint.subject", 10, "The subject is over a limit, and a shorter one tells the same; or an expression stands in its place.";
    HintMember = "hint.member", 10, "The member of an IAM policy has nearly the identity's name.";
    HintUser = "hint.user", 10, "The subject is another user's of the same project.";
    HintRoleType = "hint.role_type", 10, "The role is for people in a browser, not for jobs.";
    HintTogether = "hint.together", 10, "Several changes of one statement are needed together.";
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
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
