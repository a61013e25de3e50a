//! The facilitator of a rehearsal: makes a meeting over the contract and speaks for it over HTTP.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Trouble;
use super::address::{Key, Place};
use super::line::{Behind, Line, Reply, Seat};

/// A meeting that we made, and its facilitator's token.
#[derive(Debug)]
pub struct Host {
    /// The server.
    pub place: Place,
    /// The meeting.
    pub meeting: String,
    /// Its code.
    pub code: String,
    /// The facilitator's token.
    pub token: String,
    /// Its questions activity.
    pub activity: String,
    /// `desk`, `stage`, `join`.
    pub links: Value,
    line: Option<Line>,
    n: u64,
}

impl Host {
    /// Makes a meeting with one open questions activity.
    ///
    /// # Errors
    /// If the server cannot be reached or says no.
    pub async fn open(place: &Place, title: &str) -> Result<Self, Trouble> {
        let mut line = Line::open(place).await?;
        let wish = json!({"title": title, "language": "en", "template": "questions", "try": Uuid::new_v4().simple().to_string()});
        let made = line
            .call("POST", "/api/meetings", None, Some(&wish))
            .await?
            .good()?;
        let text = |member: &str| made[member].as_str().unwrap_or_default().to_owned();
        let mut host = Self {
            place: place.clone(),
            meeting: text("meeting"),
            code: text("code"),
            token: text("token"),
            activity: String::new(),
            links: made["links"].clone(),
            line: Some(line),
            n: 0,
        };
        let floor = host.view("floor").await?;
        host.activity = questions_activity(&floor)
            .ok_or_else(|| Trouble::Contract("the template opened nothing".to_owned()))?;
        Ok(host)
    }

    /// A view as it stands after everything that was answered.
    ///
    /// # Errors
    /// If the server cannot be reached or says no.
    pub async fn view(&mut self, audience: &str) -> Result<Value, Trouble> {
        let (meeting, token) = (self.meeting.clone(), self.token.clone());
        let read = self
            .line()
            .await?
            .snapshot(&meeting, audience, &token, Behind::Never)
            .await;
        self.keep_line_if(read.is_ok());
        read.map(|(_, view)| view)
    }

    /// Sends a command and gives its answer as it came.
    ///
    /// # Errors
    /// If the server cannot be reached.
    pub async fn send(&mut self, command: &Value) -> Result<Reply, Trouble> {
        self.n += 1;
        let (n, meeting, token) = (self.n, self.meeting.clone(), self.token.clone());
        let reply = self
            .line()
            .await?
            .command(&meeting, &token, n, command)
            .await;
        self.keep_line_if(reply.is_ok());
        reply
    }

    /// Sends a command that must be done; waits as long as the server asks for patience.
    ///
    /// # Errors
    /// If the server cannot be reached or refuses.
    pub async fn order(&mut self, command: &Value) -> Result<(), Trouble> {
        loop {
            let reply = self.send(command).await?;
            let retry = reply.body["refused"]["retry"]
                .as_u64()
                .filter(|_| reply.status == 429 || reply.status == 409);
            let Some(retry) = retry else {
                return reply.good().map(|_| ());
            };
            tokio::time::sleep(std::time::Duration::from_millis(retry)).await;
        }
    }

    /// The facilitator as a seat for a [`super::Phone`]. Commands of both go under numbers of their own devices.
    #[must_use]
    pub fn seat(&self) -> Seat {
        Seat {
            meeting: self.meeting.clone(),
            seat: String::new(),
            token: self.token.clone(),
            alias: None,
        }
    }

    /// How people come in.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::Code(self.code.clone())
    }

    async fn line(&mut self) -> Result<&mut Line, Trouble> {
        let line = match self.line.take().filter(|line| !line.is_closed()) {
            Some(line) => line,
            None => Line::open(&self.place).await?,
        };
        Ok(self.line.insert(line))
    }

    fn keep_line_if(&mut self, works: bool) {
        if !works {
            self.line = None;
        }
    }
}

/// The first questions activity of a floor that is open.
#[must_use]
pub fn questions_activity(floor: &Value) -> Option<String> {
    let agenda = floor["agenda"].as_object()?;
    let open = |entry: &Value| entry["kind"] == "questions" && entry["state"] == "open";
    agenda
        .iter()
        .find(|(_, entry)| open(entry))
        .map(|(id, _)| id.clone())
}
