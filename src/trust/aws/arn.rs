//! ARNs of IAM: `arn:<partition>:iam::<account>:<resource>`
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html>).

/// The parts of an ARN of IAM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arn<'a> {
    /// The whole.
    pub(super) text: &'a str,
    /// `aws`, `aws-cn`, `aws-us-gov`, …
    pub(super) partition: &'a str,
    pub(super) account: &'a str,
    /// For example `role/deploy`.
    pub(super) resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Reads one; none for a text of another form. The account may be a placeholder: see [`is_account`].
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let (arn, partition, service, region) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let (account, resource) = (parts.next()?, parts.next()?);
        (arn == "arn" && service == "iam" && region.is_empty()).then_some(Self { text, partition, account, resource })
    }

    /// Whether partition and account can be real.
    pub(super) fn is_real(&self) -> bool {
        is_account(self.account) && (self.partition == "aws" || self.partition.starts_with("aws-"))
    }
}

/// Whether a text is an account id: 12 digits, and no placeholder for them.
pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
