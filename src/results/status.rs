//! Who may say that a ballot counts. Owns the rule of the second person; knows nothing of what stands on the ballot.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::check::FlawCode;
use super::rules::Rules;

/// How far a ballot has come.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub struct BallotStatus {
    /// Who wrote it.
    pub written_by: String,
    /// Who said that it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<String>,
    /// The form was read back to the judge, who said yes.
    pub read_back: bool,
    /// Thrown away in favour of another.
    pub discarded: bool,
    /// The debate's result is called confirmed.
    pub result_confirmed: bool,
    /// Voting judges of the debate.
    pub judges: u16,
}

/// What forbids a ballot to stand so. A second person confirms (Tabbycat: unless confirming is switched off); where there is one
/// judge the form is read back instead, and the judge may confirm alone.
#[must_use]
pub fn check_status(rules: &Rules, status: &BallotStatus) -> Vec<FlawCode> {
    let mut flaws = Vec::new();
    if let Some(confirmer) = &status.confirmed_by {
        if status.discarded {
            flaws.push(FlawCode::DiscardConfirm);
        }
        if rules.second_confirmation && *confirmer == status.written_by {
            if status.judges > 1 {
                flaws.push(FlawCode::SamePerson);
            } else if !status.read_back {
                flaws.push(FlawCode::NotReadBack);
            }
        }
    }
    if status.result_confirmed && (status.confirmed_by.is_none() || status.discarded) {
        flaws.push(FlawCode::StatusConfirm);
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> BallotStatus {
        BallotStatus {
            written_by: "ana".to_owned(),
            judges: 3,
            ..BallotStatus::default()
        }
    }

    fn confirmed_by(who: &str) -> BallotStatus {
        BallotStatus {
            confirmed_by: Some(who.to_owned()),
            ..written()
        }
    }

    #[test]
    fn a_second_person_confirms() {
        let rules = Rules::default();
        assert!(check_status(&rules, &written()).is_empty());
        assert!(check_status(&rules, &confirmed_by("ben")).is_empty());
        assert_eq!(
            check_status(&rules, &confirmed_by("ana")),
            [FlawCode::SamePerson]
        );
        let alone = Rules {
            second_confirmation: false,
            ..Rules::default()
        };
        assert!(check_status(&alone, &confirmed_by("ana")).is_empty());
    }

    #[test]
    fn the_only_judge_has_the_form_read_back_instead() {
        let rules = Rules::default();
        let mut only = BallotStatus {
            judges: 1,
            ..confirmed_by("ana")
        };
        assert_eq!(check_status(&rules, &only), [FlawCode::NotReadBack]);
        only.read_back = true;
        assert!(check_status(&rules, &only).is_empty());
    }

    #[test]
    fn what_is_thrown_away_does_not_count() {
        let rules = Rules::default();
        let discarded = BallotStatus {
            discarded: true,
            ..confirmed_by("ben")
        };
        assert_eq!(check_status(&rules, &discarded), [FlawCode::DiscardConfirm]);
        let early = BallotStatus {
            result_confirmed: true,
            ..written()
        };
        assert_eq!(check_status(&rules, &early), [FlawCode::StatusConfirm]);
    }
}
