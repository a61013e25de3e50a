//! RFC 7396 merge patches. Exact here, because our documents hold neither null nor arrays of things.
//! Knows nothing of meetings.

use serde_json::{Map, Value};

/// The patch that leads from `from` to `to`; `None` when they are equal. `to` must not contain null.
#[must_use]
pub fn diff(from: &Value, to: &Value) -> Option<Value> {
    let (Value::Object(old), Value::Object(new)) = (from, to) else {
        return (from != to).then(|| to.clone());
    };
    let mut patch = Map::new();
    for key in old.keys().filter(|key| !new.contains_key(*key)) {
        patch.insert(key.clone(), Value::Null);
    }
    for (key, value) in new {
        let change = match old.get(key) {
            Some(before) => diff(before, value),
            None => Some(value.clone()),
        };
        if let Some(change) = change {
            patch.insert(key.clone(), change);
        }
    }
    (!patch.is_empty()).then_some(Value::Object(patch))
}

/// Applies `patch` to `into` as RFC 7396 says.
pub fn merge(into: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *into = patch.clone();
        return;
    };
    if !into.is_object() {
        *into = Value::Object(Map::new());
    }
    let Value::Object(target) = into else { return };
    for (key, change) in changes {
        if change.is_null() {
            target.remove(key);
        } else {
            merge(target.entry(key.clone()).or_insert(Value::Null), change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_removed_member_is_null_and_an_equal_one_is_not_named() {
        let from = json!({"a": 1, "b": {"c": 2, "d": 3}});
        let to = json!({"a": 1, "b": {"c": 4}, "e": {}});
        let patch = diff(&from, &to).unwrap();
        assert_eq!(patch, json!({"b": {"c": 4, "d": null}, "e": {}}));
        assert_eq!(diff(&from, &from), None);
    }

    fn documents() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (0..4i64).prop_map(Value::from),
            "[a-c]{0,2}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop::collection::btree_map("[a-d]", inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect()))
        })
    }

    proptest! {
        #[test]
        fn the_patch_between_two_documents_leads_exactly_from_one_to_the_other(from in documents(), to in documents()) {
            let mut now = from.clone();
            if let Some(patch) = diff(&from, &to) {
                merge(&mut now, &patch);
            }
            prop_assert_eq!(now, to);
        }
    }
}
