//! A role as it was given, read once for any number of tokens.

use std::rc::Rc;

use super::{
    arn::Arn, budget::Tries, document, explain::Places, fault::Problem, input::Input, policy::Policy, read, whole,
};
use crate::report::Finding;

/// A role. A copy with another policy shares everything else.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) read: Rc<Read>,
    /// None where no policy could be found in what was given.
    pub(super) policy: Option<Policy>,
    /// Taken as stored where it is not documented whether IAM stores it: for a look at what it would let in.
    pub(super) stored: bool,
}

/// What was given, but for the policy.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) given: Input,
    /// How results call it.
    pub(super) name: Option<String>,
    /// The ARN or name in what IAM printed.
    pub(super) stored_name: Option<String>,
    pub(super) form: Option<document::Form>,
    /// What IAM would refuse.
    pub(super) problems: Vec<Problem>,
    pub(super) size_remark: Option<Finding>,
    pub(super) tries: Tries,
}

impl std::ops::Deref for Role {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}

impl Role {
    pub(super) fn new(given: Input) -> Self {
        let name = given.name.clone();
        let found = match &given.document {
            Ok(found) => found,
            Err(problem) => {
                let problems = vec![problem.clone()];
                let (stored_name, form, size_remark, tries) = <_>::default();
                let read = Read { given, name, stored_name, form, problems, size_remark, tries };
                return Self { read: Rc::new(read), policy: None, stored: false };
            }
        };
        let (policy, of_parts) = read::policy(found);
        let (mut problems, size_remark) = whole::check(found);
        problems.extend(of_parts);
        let stored_name = found.name.clone();
        let form = Some(found.form);
        let name = name.or_else(|| stored_name.clone());
        let read = Read { given, name, stored_name, form, problems, size_remark, tries: Tries::default() };
        Self { read: Rc::new(read), policy: Some(policy), stored: false }
    }

    /// The same role with a changed policy. What IAM would refuse in the whole document is taken over, not looked for again.
    pub(super) fn with(&self, edit: &dyn Fn(&mut Policy)) -> Self {
        let mut changed = self.clone();
        if let Some(policy) = &mut changed.policy {
            edit(policy);
        }
        changed
    }

    /// The role's ARN, where it is told. A given name may be anything; what IAM printed goes first.
    pub(super) fn arn(&self) -> Option<Arn<'_>> {
        let names = [self.stored_name.as_deref(), self.given.name.as_deref()].into_iter().flatten();
        names.filter_map(Arn::read).find(Arn::is_real)
    }

    pub(super) fn places(&self) -> Places<'_> {
        Places { source: self.given.source.as_ref(), quiet: false }
    }
}
