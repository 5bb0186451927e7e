//! Names that occur more than once.

use std::collections::BinaryHeap;

use super::{Data, Duplicate, Member, Node};

/// As many as are compared each with each.
const FEW: usize = 24;

/// The positions of names that occurred before: of the first occurrence, and of the one that repeats it.
#[must_use]
pub fn repetitions(names: &[&str]) -> Vec<(usize, usize)> {
    // Few are compared each with each: that is done before a heap has its memory.
    let again = |(name, next)| names.get(next..).unwrap_or_default().contains(name);
    if names.len() <= FEW && !names.iter().zip(1..).any(again) {
        return Vec::new();
    }
    // Sorted by a heap, whose code is a tenth of that of a map or of the general sort.
    let sorted = names.iter().zip(0_usize..).collect::<BinaryHeap<_>>().into_sorted_vec();
    let mut found = BinaryHeap::new();
    let mut first = sorted.first();
    for place in &sorted {
        match first {
            Some((name, first)) if *name == place.0 && *first != place.1 => found.push((place.1, *first)),
            _ => first = Some(place),
        }
    }
    found.into_sorted_vec().into_iter().map(|(again, first)| (first, again)).collect()
}

impl Node {
    /// Member names that occur twice in one object, at any depth.
    #[must_use]
    pub fn duplicates(&self) -> Vec<Duplicate> {
        let mut found = Vec::new();
        self.collect_duplicates(&mut found);
        found
    }

    fn collect_duplicates(&self, found: &mut Vec<Duplicate>) {
        match &self.data {
            Data::Array(items) => items.iter().for_each(|item| item.collect_duplicates(found)),
            Data::Object(members) => {
                let names: Vec<&str> = members.iter().map(|member| &*member.name).collect();
                for (first, again) in repetitions(&names) {
                    if let (Some(first), Some(again)) = (members.get(first), members.get(again)) {
                        found.push(Duplicate::new(first, again));
                    }
                }
                members.iter().for_each(|member| member.value.collect_duplicates(found));
            }
            Data::Null | Data::Bool(_) | Data::Number(_) | Data::String(_) => {}
        }
    }
}

impl Duplicate {
    fn new(first: &Member, again: &Member) -> Self {
        Self { name: again.name.clone(), first: first.name_at.clone(), again: again.name_at.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::repetitions;

    #[test]
    fn tells_the_first_and_each_that_repeats_it() {
        assert_eq!(repetitions(&["a", "b", "a", "b", "a", "c"]), [(0, 2), (1, 3), (0, 4)]);
    }
}
