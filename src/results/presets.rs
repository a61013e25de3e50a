//! The known ways of scoring, each with its source and the days it holds. Owns the numbers; every one is a proposal that a desk may
//! edit. Numbers of competitions stand in Tabbycat's option presets (2025-05-07; changed ranges 2026-08-27) if nothing else is said.

use super::rules::{Ballots, Reply, Rules, ScoreRange, Sheet};
use super::speakers::SpeakerMetric;
use super::standings::TeamMetric::{
    self, DrawStrength, Firsts, MarginAverage, Points, Seconds, SpeaksAverage, SpeaksSum, Votes,
    WhoBeatWhom, Wins,
};

/// The day from which UADC and BP have new ranges.
const CHANGED: &str = "2026-08-27";
/// The last day of the old ones.
const BEFORE: &str = "2026-08-26";

/// All known rules, the newest of a kind before its older texts.
#[must_use]
pub fn presets() -> Vec<Rules> {
    vec![
        school(),
        school_wide(),
        oxford(),
        result_only(),
        bp(),
        bp_before(),
        bp_elimination(),
        wsdc(),
        australs(),
        easters(),
        uadc(),
        uadc_before(),
        impromptu(),
        joynt(),
        canadian(),
        apda(),
        public_speaking(),
        default_rules(),
    ]
}

/// The rules with this id, today's text of them.
#[must_use]
pub fn preset(id: &str) -> Option<Rules> {
    presets().into_iter().find(|rules| rules.id == id)
}

/// The rules with this id as they stood on a day (`YYYY-MM-DD`): `bp` of 2025 is `bp-2025`.
#[must_use]
pub fn preset_on(id: &str, day: &str) -> Option<Rules> {
    let kind = |known: &str| {
        known == id
            || known
                .strip_prefix(id)
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|year| year.bytes().all(|sign| sign.is_ascii_digit()))
    };
    let holds = |rules: &Rules| {
        (rules.from.is_empty() || rules.from.as_str() <= day)
            && (rules.until.is_empty() || day <= rules.until.as_str())
    };
    presets()
        .into_iter()
        .find(|rules| kind(&rules.id) && holds(rules))
}

fn named(id: &str, name: &str, source: &str) -> Rules {
    Rules {
        id: id.to_owned(),
        name: name.to_owned(),
        source: source.to_owned(),
        ..Rules::default()
    }
}

fn reply(range: ScoreRange) -> Option<Reply> {
    Some(Reply {
        range: Some(range),
        not_last: true,
        must_have_spoken: true,
    })
}

/// New Zealand: who beat whom stands before the scores, and again after them.
fn beaten_first() -> Vec<TeamMetric> {
    vec![
        Wins,
        WhoBeatWhom,
        SpeaksSum,
        WhoBeatWhom,
        DrawStrength,
        WhoBeatWhom,
    ]
}

fn school() -> Rules {
    Rules {
        speech: Some(ScoreRange::of(1, 10)),
        sheet: Sheet::TiedPoints,
        ..named(
            "school",
            "School debate, 1 to 10",
            "House rules: a simple scale for first debates; the judge names the winner where points are equal.",
        )
    }
}

fn school_wide() -> Rules {
    Rules {
        speech: Some(ScoreRange::of(60, 80)),
        reply: reply(ScoreRange::halves(60, 80)),
        sheet: Sheet::TiedPoints,
        ..named(
            "school-80",
            "School debate, 60 to 80",
            "House rules after the World Schools scale, in whole points.",
        )
    }
}

fn oxford() -> Rules {
    Rules {
        sheet: Sheet::Audience,
        second_confirmation: false,
        ..named(
            "oxford",
            "Oxford style, the audience decides",
            "Open to Debate: the greater change in percentage points between the two votes wins.",
        )
    }
}

fn result_only() -> Rules {
    Rules {
        sheet: Sheet::ResultOnly,
        ..named(
            "result-only",
            "Winner without points",
            "Tabbycat's scoresheet of a declared winner without scores.",
        )
    }
}

fn bp() -> Rules {
    Rules {
        from: CHANGED.to_owned(),
        sides: 4,
        speeches: 2,
        speech: Some(ScoreRange::of(50, 100)),
        sheet: Sheet::Ranking,
        advancing: 2,
        ballots: Ballots::Consensus,
        ballots_elimination: Ballots::Consensus,
        teams_by: vec![Points, SpeaksSum, Firsts, Seconds, DrawStrength],
        speakers_by: vec![SpeakerMetric::Total],
        ..named(
            "bp",
            "British Parliamentary (WUDC)",
            "Tabbycat's preset since 2026-08-27. A speech given for an absent speaker counts for the team (WUDC 34.9.3.2).",
        )
    }
}

fn bp_before() -> Rules {
    Rules {
        id: "bp-2025".to_owned(),
        name: "British Parliamentary (WUDC), 50 to 99".to_owned(),
        source: "Tabbycat's preset of 2025-05-07; WUDC 34.9.3.2.".to_owned(),
        from: "2025-05-07".to_owned(),
        until: BEFORE.to_owned(),
        speech: Some(ScoreRange::of(50, 99)),
        ..bp()
    }
}

fn bp_elimination() -> Rules {
    Rules {
        id: "bp-elimination".to_owned(),
        name: "British Parliamentary, elimination".to_owned(),
        source: "Tabbycat's preset of 2025-05-07: no scores in elimination rounds, two go on, one in the last.".to_owned(),
        speech: None,
        sheet: Sheet::Elimination,
        from: String::new(),
        ..bp()
    }
}

fn wsdc() -> Rules {
    Rules {
        speech: Some(ScoreRange::halves(120, 160)),
        reply: reply(ScoreRange::halves(60, 80)),
        margin_with_dissenters: true,
        teams_by: vec![Wins, Votes, SpeaksAverage],
        ..named(
            "wsdc",
            "World Schools (WSDC)",
            "Tabbycat's preset of 2025-05-07; all judges count in the margin; order of teams after rule 3.2 (2023). Who may reply: rules 1(b), 3(a) (2005 text).",
        )
    }
}

fn australs() -> Rules {
    Rules {
        speech: Some(ScoreRange::of(70, 80)),
        reply: reply(ScoreRange::halves(70, 80)),
        teams_by: vec![Wins, SpeaksSum],
        ..named("australs", "Australs", "Tabbycat's preset of 2025-05-07.")
    }
}

fn easters() -> Rules {
    Rules {
        speech: Some(ScoreRange::of(70, 80)),
        max_margin: 1_500,
        teams_by: vec![Wins, SpeaksSum],
        ballots: Ballots::Consensus,
        ..named(
            "easters",
            "Australian Easters",
            "Tabbycat's preset of 2025-05-07: margin of at most 15.",
        )
    }
}

fn uadc() -> Rules {
    Rules {
        from: CHANGED.to_owned(),
        speech: Some(ScoreRange::of(67, 83)),
        reply: reply(ScoreRange::halves(67, 83)),
        teams_by: vec![Wins, SpeaksSum, MarginAverage],
        ..named(
            "uadc",
            "Asian Parliamentary (UADC)",
            "Tabbycat's preset since 2026-08-27.",
        )
    }
}

fn uadc_before() -> Rules {
    Rules {
        id: "uadc-2025".to_owned(),
        name: "Asian Parliamentary (UADC), 69 to 81".to_owned(),
        source: "Tabbycat's preset of 2025-05-07; the range of replies is assumed there."
            .to_owned(),
        from: "2025-05-07".to_owned(),
        until: BEFORE.to_owned(),
        speech: Some(ScoreRange::of(69, 81)),
        reply: reply(ScoreRange::halves(69, 84)),
        ..uadc()
    }
}

fn impromptu() -> Rules {
    Rules {
        speeches: 2,
        speech: Some(ScoreRange::of(60, 80)),
        reply: reply(ScoreRange::halves(60, 80)),
        teams_by: beaten_first(),
        ..named(
            "impromptu",
            "2v2 impromptu (New Zealand Easters)",
            "Tabbycat's preset of 2025-05-07; sides come with the ballot; steps assumed.",
        )
    }
}

fn joynt() -> Rules {
    Rules {
        speech: Some(ScoreRange::of(60, 80)),
        reply: reply(ScoreRange::halves(60, 80)),
        teams_by: beaten_first(),
        ..named(
            "joynt",
            "3v3 prepared (Joynt Scroll)",
            "Tabbycat's preset of 2025-05-07; sides are given beforehand; steps assumed.",
        )
    }
}

fn canadian() -> Rules {
    Rules {
        speeches: 2,
        speech: Some(ScoreRange::of(50, 100)),
        reply: Some(Reply::default()),
        ballots: Ballots::Consensus,
        ..named(
            "canadian",
            "Canadian (CUSID)",
            "Tabbycat's preset of 2025-05-07; replies are given and not scored; step assumed.",
        )
    }
}

fn apda() -> Rules {
    Rules {
        speeches: 2,
        speech: Some(ScoreRange::of(15, 40)),
        sheet: Sheet::TiedPoints,
        ballots: Ballots::Consensus,
        speaker_ranks: true,
        ranks_follow_scores: true,
        speakers_by: vec![
            SpeakerMetric::Average,
            SpeakerMetric::RankSum,
            SpeakerMetric::TrimmedMean,
        ],
        ..named(
            "apda",
            "American Parliamentary (APDA)",
            "Tabbycat's preset of 2025-05-07: ties allowed, speakers are ranked; step assumed.",
        )
    }
}

fn public_speaking() -> Rules {
    Rules {
        sides: 6,
        speeches: 1,
        speech: Some(ScoreRange::of(50, 99)),
        sheet: Sheet::NoWinner,
        margin_with_dissenters: true,
        teams_by: vec![SpeaksAverage],
        ..named(
            "public-speaking",
            "Public speaking",
            "Tabbycat's preset of 2025-05-07: six speakers, nobody wins a debate.",
        )
    }
}

fn default_rules() -> Rules {
    Rules {
        speech: Some(ScoreRange::of(68, 82)),
        reply: reply(ScoreRange::halves(68, 82)),
        ..named(
            "default",
            "Two teams of three with replies",
            "Tabbycat's defaults: 68 to 82, replies 34 to 41, no limit to the margin.",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_has_a_name_of_its_own_and_a_source() {
        let all = presets();
        for (at, rules) in all.iter().enumerate() {
            assert!(!rules.source.is_empty() && !rules.name.is_empty());
            assert!(
                all.iter().skip(at + 1).all(|other| other.id != rules.id),
                "{}",
                rules.id
            );
        }
    }

    #[test]
    fn bp_and_uadc_are_scored_by_the_day() {
        let range = |id, day| preset_on(id, day).unwrap().speech.unwrap();
        assert_eq!(range("bp", "2026-08-26").most, 9_900);
        assert_eq!(range("bp", "2026-08-27").most, 10_000);
        assert_eq!(range("uadc", "2026-01-01"), ScoreRange::of(69, 81));
        assert_eq!(range("uadc", "2026-11-24"), ScoreRange::of(67, 83));
        let replies = |day| {
            preset_on("uadc", day)
                .unwrap()
                .reply
                .unwrap()
                .range
                .unwrap()
        };
        // 34.5–42 before, 33.5–41.5 since
        assert_eq!(
            (replies("2026-01-01").least, replies("2026-01-01").most),
            (3_450, 4_200)
        );
        assert_eq!(
            (replies("2026-09-01").least, replies("2026-09-01").most),
            (3_350, 4_150)
        );
        assert_eq!(preset_on("australs", "2020-01-01").unwrap().id, "australs");
        assert!(preset("nothing").is_none());
    }

    #[test]
    fn a_preset_survives_being_stored() {
        for rules in presets() {
            let text = serde_json::to_string(&rules).unwrap();
            assert_eq!(serde_json::from_str::<Rules>(&text).unwrap(), rules);
        }
    }
}
