//! What a phone does with what it hears: greets, folds, and takes answers.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Answer, Phone};
use crate::rehearse::Trouble;
use crate::rehearse::document::merge;
use crate::rehearse::outbox::Fate;
use crate::rehearse::socket::{Came, Heard, Welcome};

impl Phone {
    pub(super) fn hear(&mut self, came: Came) -> Result<(), Trouble> {
        let (heard, bytes) = match came {
            Came::Object(heard, bytes) => (*heard, bytes),
            Came::Closed(code) => return Err(Trouble::Closed(code)),
            Came::Broken => return Err(Trouble::Closed(1006)),
        };
        self.counts.bytes += bytes as u64;
        let Some(link) = self.link.as_mut() else {
            return Ok(());
        };
        link.heard = Instant::now();
        if let Some(welcome) = &heard.welcome {
            link.welcomed = true;
            self.figures.welcomes.note(link.opened.elapsed());
            self.greet(welcome);
        }
        self.hear_views(&heard);
        self.hear_answers(&heard);
        if let Some((group, vector)) = heard.noted {
            self.counts.noted += 1;
            self.noted.insert(group, vector);
        }
        if let Some((group, no)) = heard.unnoted {
            self.counts.unnoted += u64::from(no.retry.is_none());
            // Whatever the server has: next time everything goes.
            self.noted.remove(&group);
        }
        match heard.away {
            Some(away) => {
                self.link = None;
                self.not_before =
                    Some(Instant::now() + self.chance.up_to(Duration::from_millis(away.retry)));
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn greet(&mut self, welcome: &Welcome) {
        self.counts.welcomes += 1;
        self.failures = 0;
        self.own.start_again(welcome.n);
        if let Some(mine) = &welcome.mine {
            self.mine = mine.clone();
        }
        if let Some((id, also)) = welcome.also.first_key_value() {
            self.alias = Some(id.clone());
            self.unnamed.start_again(also.n);
            self.alias_mine = also.mine.clone().unwrap_or_else(|| json!({}));
        }
    }

    fn hear_views(&mut self, heard: &Heard) {
        if let Some(link) = self.link.as_mut() {
            link.takes.extend(heard.take.iter().cloned());
        }
        for (audience, (revision, patch)) in &heard.views {
            self.counts.patches += 1;
            match (audience.strip_prefix("mine"), patch) {
                (Some(""), Some(patch)) => merge(&mut self.mine, patch),
                (Some(_), Some(patch)) => merge(&mut self.alias_mine, patch),
                (None, patch) => self.fold(audience, *revision, patch.as_ref()),
                (Some(_), None) => {}
            }
        }
        for audience in &heard.gone {
            self.documents.remove(audience);
        }
    }

    fn fold(&mut self, audience: &str, revision: u64, patch: Option<&Value>) {
        let document = self.documents.entry(audience.to_owned()).or_default();
        if let Some(Value::Object(questions)) = patch.and_then(|patch| patch.get("questions")) {
            let known = &document.view["questions"];
            questions
                .iter()
                .filter(|(id, entry)| entry.is_object() && known.get(*id).is_none())
                .for_each(|(id, _)| self.figures.sees(id));
        }
        let fits = match patch {
            Some(patch) => document.fold(revision, patch),
            None => document.fold(revision, &json!({})),
        };
        self.counts.misfits += u64::from(!fits);
    }

    fn hear_answers(&mut self, heard: &Heard) {
        let now = Instant::now();
        for n in &heard.ok {
            let fate = match self.own.ok(*n) {
                Fate::Unknown => self.unnamed.ok(*n),
                known => known,
            };
            self.note_fate(fate);
        }
        for (n, no) in &heard.no {
            let retry = no.retry.map(Duration::from_millis);
            let fate = match self.own.no(*n, &no.code, retry, now) {
                Fate::Unknown => self.unnamed.no(*n, &no.code, retry, now),
                known => known,
            };
            self.note_fate(fate);
        }
    }

    fn note_fate(&mut self, fate: Fate) {
        if let Fate::Final(letter, refused) = fate {
            self.figures.answers.note(letter.since.elapsed());
            self.answers.push(Answer {
                n: letter.n,
                command: letter.command,
                refused,
            });
        }
    }
}
