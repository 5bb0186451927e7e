/** What a cloud prints when it refuses, and what that tells by itself. */
export interface Message {
  /** The fixed part of it. */
  part: string;
  meaning: string;
  reference: string;
}

const STS = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html";
const GOOGLE = "https://cloud.google.com/iam/docs/troubleshooting-workload-identity-federation";

const MESSAGES: readonly Message[] = [
  {
    part: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    meaning: "AWS took the token, but the role's trust policy does not let it in, or there is no role of that name. AWS says no more, and not in the log either.",
    reference: STS,
  },
  {
    part: "Incorrect token audience",
    meaning: "The token's aud is not among the client ids of the IAM OIDC provider. CircleCI sends the organization's id unless the job asks for another audience. The trust policy was not looked at.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",
  },
  {
    part: "No OpenIDConnect provider found in your account",
    meaning: "The role's account has no IAM OIDC provider whose URL is exactly the token's iss, which for CircleCI ends with /org/ and the organization's id.",
    reference: "https://repost.aws/knowledge-center/iam-oidc-idp-federation",
  },
  {
    part: "Couldn't retrieve verification key from your identity provider",
    meaning: "AWS could not get the issuer's keys. It has nothing to do with the trust policy.",
    reference: "https://repost.aws/knowledge-center/iam-sts-invalididentitytoken",
  },
  { part: "ExpiredToken", meaning: "The token had expired when AWS saw it. The trust policy was not looked at.", reference: STS },
  {
    part: "rejected by the attribute condition",
    meaning: "The provider's attribute condition was false for this token, or could not be worked out, for example because it names a claim that the token does not have.",
    reference: GOOGLE,
  },
  {
    part: "google.subject exceeds the 127 bytes limit",
    meaning: "What is mapped to google.subject is too long. CircleCI's V2 subject, with repository and branch, is; the V1 subject is not.",
    reference: GOOGLE,
  },
  {
    part: "in ID Token",
    meaning: "Issuer, audience or time of the token are not those that the provider expects; the message names both values. The attribute condition was not looked at.",
    reference: GOOGLE,
  },
  {
    part: "iam.serviceAccounts.getAccessToken",
    meaning: "Google Cloud took the token; the identity may not act as the service account. A member of its IAM policy has to name it: paste that policy beside the provider.",
    reference: GOOGLE,
  },
];

/** The first message that a text holds. */
export function messageIn(text: string): Message | undefined {
  return MESSAGES.find(({ part }) => text.includes(part));
}
