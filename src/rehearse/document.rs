//! A view as a phone holds it: the snapshot, and the patches folded into it (RFC 7396).

use serde_json::Value;

/// Epoch and revision.
pub type At = (u64, u64);

/// One audience's document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Where it stands; `None` until a snapshot came.
    pub at: Option<At>,
    /// What it holds.
    pub view: Value,
}

impl Document {
    /// Takes a snapshot.
    pub fn take(&mut self, at: At, view: Value) {
        self.at = Some(at);
        self.view = view;
    }

    /// Folds a patch in. False without a snapshot before it: the server should not have sent it.
    pub fn fold(&mut self, revision: u64, patch: &Value) -> bool {
        let Some(at) = self.at.as_mut() else {
            return false;
        };
        if revision < at.1 {
            return false;
        }
        at.1 = revision;
        merge(&mut self.view, patch);
        true
    }
}

/// RFC 7396: members of the patch replace, null removes, objects go deeper.
pub fn merge(into: &mut Value, patch: &Value) {
    let Value::Object(changes) = patch else {
        *into = patch.clone();
        return;
    };
    if !into.is_object() {
        *into = Value::Object(serde_json::Map::new());
    }
    let Value::Object(members) = into else { return };
    for (name, change) in changes {
        if change.is_null() {
            members.remove(name);
        } else {
            merge(members.entry(name.as_str()).or_insert(Value::Null), change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_examples_of_the_rfc_hold() {
        for (into, patch, gives) in [
            (json!({"a":"b"}), json!({"a":"c"}), json!({"a":"c"})),
            (json!({"a":"b"}), json!({"b":"c"}), json!({"a":"b","b":"c"})),
            (
                json!({"a":"b","b":"c"}),
                json!({"a":null}),
                json!({"b":"c"}),
            ),
            (json!({"a":["b"]}), json!({"a":"c"}), json!({"a":"c"})),
            (
                json!({"a":{"b":"c"}}),
                json!({"a":{"b":"d","c":null}}),
                json!({"a":{"b":"d"}}),
            ),
            (
                json!(["a", "b"]),
                json!({"a":"b","c":null}),
                json!({"a":"b"}),
            ),
            (
                json!({}),
                json!({"a":{"bb":{"ccc":null}}}),
                json!({"a":{"bb":{}}}),
            ),
        ] {
            let mut folded = into;
            merge(&mut folded, &patch);
            assert_eq!(folded, gives);
        }
    }

    #[test]
    fn a_patch_without_a_snapshot_or_from_the_past_is_not_folded() {
        let mut document = Document::default();
        assert!(!document.fold(3, &json!({"here":1})));
        document.take((1, 4), json!({}));
        assert!(!document.fold(3, &json!({"here":1})));
        assert!(document.fold(5, &json!({"here":1})));
        assert_eq!(
            (document.at, document.view),
            (Some((1, 5)), json!({"here":1}))
        );
    }
}
