//! Where a meeting is: the link a person would open, taken apart, and the server's network address.
//! Refuses public addresses unless told otherwise, so that nobody loads a stranger's server by a typing error.

use std::net::{IpAddr, SocketAddr};

use super::Trouble;

/// A server: its network address and the name it is called by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where to connect.
    pub address: SocketAddr,
    /// What stands in `Host`.
    pub host: String,
}

impl From<SocketAddr> for Place {
    fn from(address: SocketAddr) -> Self {
        Self {
            address,
            host: address.to_string(),
        }
    }
}

/// How a person comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Typed digits.
    Code(String),
    /// The secret of a link.
    Secret(String),
}

/// A join link, `http://host:port/473096#secret`; the secret may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The server.
    pub place: Place,
    /// The meeting's code.
    pub code: String,
    /// The way in.
    pub key: Key,
}

/// Whether public addresses are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Loopback, private and link-local addresses only.
    OwnNetwork,
    /// Any address.
    Anywhere,
}

impl Invitation {
    /// Reads a link and finds the server.
    ///
    /// # Errors
    /// [`Trouble::Link`] if it is no join link over plain HTTP, [`Trouble::Public`] if the server is not in the own network.
    pub async fn read(link: &str, reach: Reach) -> Result<Self, Trouble> {
        let (authority, code, key) = take_apart(link)?;
        let target = if has_port(&authority) {
            authority.clone()
        } else {
            format!("{authority}:80")
        };
        let address = tokio::net::lookup_host(&target)
            .await?
            .next()
            .ok_or_else(|| Trouble::Link(format!("nothing is known by the name {authority}")))?;
        if reach == Reach::OwnNetwork && !is_own_network(address.ip()) {
            return Err(Trouble::Public(address.ip()));
        }
        Ok(Self {
            place: Place {
                address,
                host: authority,
            },
            code,
            key,
        })
    }
}

fn has_port(authority: &str) -> bool {
    authority.rsplit_once(':').is_some_and(|(name, port)| {
        !port.is_empty()
            && port.bytes().all(|b| b.is_ascii_digit())
            && (!name.contains(':') || name.ends_with(']'))
    })
}

fn take_apart(link: &str) -> Result<(String, String, Key), Trouble> {
    let rest = link.trim().strip_prefix("http://").ok_or_else(|| {
        Trouble::Link("it should begin with http:// (rehearse speaks plain HTTP)".to_owned())
    })?;
    let (rest, secret) = rest.split_once('#').unwrap_or((rest, ""));
    let (authority, path) = rest
        .split_once('/')
        .ok_or_else(|| Trouble::Link("the meeting's code is missing".to_owned()))?;
    let code: String = path
        .trim_end_matches('/')
        .chars()
        .filter(|c| *c != ' ')
        .collect();
    if authority.is_empty() || code.is_empty() || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Trouble::Link(
            "it should be the join link, http://host/code".to_owned(),
        ));
    }
    let key = if secret.is_empty() {
        Key::Code(code.clone())
    } else {
        Key::Secret(secret.to_owned())
    };
    Ok((authority.to_owned(), code, key))
}

fn is_own_network(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_own_network(IpAddr::V4(v4)),
            None => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_join_link_gives_code_and_secret() {
        let (authority, code, key) = take_apart("http://192.168.1.5:8080/473096#abc").unwrap();
        assert_eq!(
            (authority.as_str(), code.as_str()),
            ("192.168.1.5:8080", "473096")
        );
        assert_eq!(key, Key::Secret("abc".into()));
        assert_eq!(
            take_apart("http://hall.local/473096").unwrap().2,
            Key::Code("473096".into())
        );
    }

    #[test]
    fn what_is_no_join_link_is_said_so() {
        for link in [
            "https://a/1",
            "http://a",
            "http://a/",
            "http://a/desk/x#s",
            "473096",
        ] {
            assert!(matches!(take_apart(link), Err(Trouble::Link(_))), "{link}");
        }
    }

    #[tokio::test]
    async fn a_public_server_is_refused_unless_asked_for() {
        let refused = Invitation::read("http://8.8.8.8/473096", Reach::OwnNetwork).await;
        assert!(matches!(refused, Err(Trouble::Public(_))));
        assert!(
            Invitation::read("http://8.8.8.8/473096", Reach::Anywhere)
                .await
                .is_ok()
        );
        assert!(
            Invitation::read("http://10.1.2.3:8080/473096", Reach::OwnNetwork)
                .await
                .is_ok()
        );
        assert!(
            Invitation::read("http://[::1]:8080/473096", Reach::OwnNetwork)
                .await
                .is_ok()
        );
    }
}
