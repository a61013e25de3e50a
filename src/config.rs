//! What can be set from outside: the command line and the environment. No other file reads either.
//! Owns names, defaults and checks of form; knows nothing of what the settings are for.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand};

use crate::rehearse::swarm as rehearse;

/// A server for live meetings: questions, discussion, group work and timed debates, from phones in one hall.
///
/// The whole of it, for a beginner:
///
///   openfloor serve --listen 0.0.0.0:8080 --data ./data
///
/// prints the address, a QR for phones in the same network, and the link that makes the first meeting.
#[derive(Debug, Parser)]
#[command(
    name = "openfloor",
    version,
    max_term_width = 100,
    verbatim_doc_comment
)]
pub struct Cli {
    #[command(subcommand)]
    pub act: Act,
    /// What is written to the log (stderr): error, warn, info, debug, or per module as in `openfloor::live=debug`.
    /// Texts, tokens and addresses of people are in no line at any level.
    #[arg(
        long,
        global = true,
        env = "OPENFLOOR_LOG",
        default_value = "warn,openfloor=info"
    )]
    pub log: String,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Act {
    /// Serves meetings until it is stopped (Ctrl-C or SIGTERM).
    Serve(Serve),
    /// Prints a new facilitator link for a meeting whose desk was lost. Works beside a running server.
    Links(Links),
    /// Sends simulated people into a meeting: to practise, or to see how much this computer bears.
    Rehearse(rehearse::Arguments),
    /// Plans who sits at which table in which round, from numbers or from a list of people.
    Groups(Groups),
    /// Checks, shows and converts debate formats: our TOML, Debatekeeper's XML, and those that are built in.
    #[command(subcommand)]
    Format(Formats),
    /// Reads the whole journal and checks each entry's hash; says which meetings are damaged.
    Verify(Verify),
}

/// `openfloor serve`
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Where to listen. 0.0.0.0 lets phones in the same network in; port 0 takes any free one.
    #[arg(long, env = "OPENFLOOR_LISTEN", default_value = "0.0.0.0:8080")]
    pub listen: SocketAddr,
    /// The folder that keeps everything: the journal and the server's key. Made when it is missing.
    #[arg(long, env = "OPENFLOOR_DATA", default_value = "./data")]
    pub data: PathBuf,
    /// The address people use from outside, as in https://meet.example.org, when a proxy stands before this server.
    /// Links and QR codes then begin with it.
    #[arg(long, env = "OPENFLOOR_PUBLIC_URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// Another origin whose pages may speak to this server, as in https://example.org. May be given more than once.
    #[arg(long = "origin", env = "OPENFLOOR_ORIGIN", value_delimiter = ',', value_parser = public_url)]
    pub origins: Vec<String>,
    /// Proxies whose X-Forwarded-For is believed, as in 127.0.0.0/8. The address is used for one thing alone:
    /// to count wrong codes. May be given more than once.
    #[arg(
        long = "trust-proxy",
        value_name = "CIDR",
        env = "OPENFLOOR_TRUST_PROXY",
        value_delimiter = ','
    )]
    pub proxies: Vec<Network>,
    /// How fast people may write: so many at once / so many a second, for a seat, a facilitator and all of one meeting
    /// together; `ask` is what one question costs. What is not named keeps its default:
    /// seat=30/5,facilitator=200/50,meeting=60000/20000,ask=5
    #[arg(
        long,
        env = "OPENFLOOR_LIMITS",
        default_value = "",
        hide_default_value = true
    )]
    pub limits: String,
    /// How many connections at once; 0: as many as the system's limit of open files allows.
    #[arg(long, env = "OPENFLOOR_CONNECTIONS", default_value_t = 0)]
    pub connections: usize,
    /// Does not keep this computer awake while a meeting is live.
    #[arg(long, env = "OPENFLOOR_MAY_SLEEP")]
    pub may_sleep: bool,
    /// The code of the next meeting that is made, while no other has it: six or eight digits. For demonstrations.
    #[arg(long, env = "OPENFLOOR_CODE", value_name = "DIGITS", value_parser = code)]
    pub code: Option<String>,
    /// Serves the web part from this folder instead of the one built in. For developers.
    #[arg(long, env = "OPENFLOOR_WEB", value_name = "DIR")]
    pub web: Option<PathBuf>,
}

/// `openfloor links`
#[derive(Debug, Clone, Args)]
pub struct Links {
    /// The meeting's code, as on the stage; spaces do not matter.
    pub code: String,
    /// The folder of `serve --data`.
    #[arg(long, env = "OPENFLOOR_DATA", default_value = "./data")]
    pub data: PathBuf,
    /// What the link begins with; the address of `serve`.
    #[arg(long, env = "OPENFLOOR_PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_parser = public_url)]
    pub public_url: String,
}

/// Plans who sits at which table in which round: nobody with the same person twice where that can be.
///
///   openfloor groups --people 60 --groups 12 --rounds 5
///   openfloor groups --csv people.csv --size 5 --json
///
/// The list begins with a line of column names: `id` (or `name`), `tags` (several with ; between them), `language`,
/// `step_free` (yes or no), `together` and `apart` (the same word: the same set), `host` (number of the table where this
/// person stays in every round), `table` (where they sit in the first round). Any other column is spread over the tables.
///
/// Exit codes: 1 the list cannot be read, 2 wrong arguments, 3 no plan keeps all rules.
#[derive(Debug, Clone, Default, Args)]
#[command(verbatim_doc_comment, group(clap::ArgGroup::new("tables").args(["groups", "size"]).required(true)))]
pub struct Groups {
    /// How many people, numbered from 1; with --csv the list says it.
    #[arg(long, required_unless_present = "csv", value_parser = clap::value_parser!(u32).range(1..))]
    pub people: Option<u32>,
    /// How many tables.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub groups: Option<u32>,
    /// At most so many people at a table, instead of --groups.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub size: Option<u32>,
    /// How many rounds.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// A list of people.
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// The same seed gives the same plan.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Tables without steps, as in 1,2,5; if not given, all are.
    #[arg(long, value_name = "TABLES", value_delimiter = ',')]
    pub step_free: Vec<u32>,
    /// Looks no longer than the desk does.
    #[arg(long)]
    pub quick: bool,
    /// Prints one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// `openfloor format`
#[derive(Debug, Clone, Subcommand)]
pub enum Formats {
    /// Says what is wrong with files, as file:line: sentence. Exit code 1 when a file has errors.
    Check {
        /// TOML or Debatekeeper's XML, told by their content.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// Shows a format with its bells and the time it takes.
    Show {
        /// TOML, Debatekeeper's XML, or the id of a built-in format.
        file: String,
        /// Prints one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Turns Debatekeeper's XML (1.x or 2.x) into TOML on stdout; what is wrong with it goes to stderr.
    Import {
        /// The XML.
        file: PathBuf,
    },
    /// Turns a format into Debatekeeper's XML 2.2 on stdout; what that cannot say goes to stderr.
    Export {
        /// TOML, XML, or the id of a built-in format.
        file: String,
    },
    /// Lists the built-in formats.
    List,
}

/// `openfloor verify`
#[derive(Debug, Clone, Args)]
pub struct Verify {
    /// The folder of `serve --data`.
    #[arg(long, env = "OPENFLOOR_DATA", default_value = "./data")]
    pub data: PathBuf,
}

/// A network, as in 10.0.0.0/8; a bare address is a network of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

impl Network {
    /// Whether `address` lies in it. An IPv4 address in IPv6 clothes counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.first, address.to_canonical()) {
            (IpAddr::V4(first), IpAddr::V4(other)) => {
                let shift = 32 - self.bits;
                (u64::from(u32::from(first)) >> shift) == (u64::from(u32::from(other)) >> shift)
            }
            (IpAddr::V6(first), IpAddr::V6(other)) => {
                let differ = u128::from(first) ^ u128::from(other);
                differ.leading_zeros() >= self.bits
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let wrong = || format!("`{text}` should be a network, as in 10.0.0.0/8");
        let first: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| wrong())?;
        if bits > most {
            return Err(wrong());
        }
        Ok(Self { first, bits })
    }
}

/// Scheme and host of an address, without what follows.
fn code(text: &str) -> Result<String, String> {
    let is_code = matches!(text.len(), 6 | 8) && text.bytes().all(|sign| sign.is_ascii_digit());
    is_code
        .then(|| text.to_owned())
        .ok_or_else(|| "six or eight digits".to_owned())
}

fn public_url(text: &str) -> Result<String, String> {
    let wrong = || format!("`{text}` should be like https://meet.example.org");
    let url: http::Uri = text.parse().map_err(|_| wrong())?;
    let (Some(scheme), Some(host)) = (url.scheme_str(), url.authority()) else {
        return Err(wrong());
    };
    if !matches!(scheme, "http" | "https")
        || !matches!(url.path(), "" | "/")
        || url.query().is_some()
    {
        return Err(wrong());
    }
    Ok(format!("{scheme}://{}", host.as_str().to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn a_beginner_needs_two_settings() {
        let cli = Cli::parse_from([
            "openfloor",
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            "x",
        ]);
        let Act::Serve(serve) = cli.act else {
            panic!("{cli:?}")
        };
        assert!(serve.limits.is_empty());
        assert!(serve.origins.is_empty() && serve.proxies.is_empty());
    }

    #[test]
    fn a_network_holds_its_own_addresses() {
        let contains = |network: &str, address: &str| {
            let network: Network = network.parse().unwrap();
            network.contains(address.parse().unwrap())
        };
        assert!(contains("127.0.0.0/8", "127.9.9.9"));
        assert!(contains("10.1.2.3", "::ffff:10.1.2.3"));
        assert!(contains("fd00::/8", "fd12::1"));
        assert!(contains("0.0.0.0/0", "8.8.8.8"));
        assert!(!contains("10.0.0.0/24", "10.0.1.1"));
        assert!(!contains("10.0.0.0/8", "::1"));
        for wrong in ["", "10.0.0.0/33", "ten/8", "::/129"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_origin_is_scheme_and_host() {
        assert_eq!(
            public_url("https://Meet.Example.org/").unwrap(),
            "https://meet.example.org"
        );
        for wrong in [
            "meet.example.org",
            "ftp://x",
            "https://x/path",
            "https://x/?q",
            "null",
        ] {
            assert!(public_url(wrong).is_err(), "{wrong}");
        }
    }
}
