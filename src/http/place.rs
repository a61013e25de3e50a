//! Where this server is: the addresses phones can reach it at, and what links begin with.
//! Also whose address a request came from, which is used for one thing alone: to count wrong codes.

use std::net::{IpAddr, SocketAddr};

use http::{HeaderMap, header};

use crate::config::Network;

/// Where a server stands.
#[derive(Debug, Clone)]
pub struct Place {
    listen: SocketAddr,
    public: Option<String>,
    proxies: Vec<Network>,
}

impl Place {
    /// `listen` is the address that was really bound; `public` is `--public-url`.
    #[must_use]
    pub fn new(listen: SocketAddr, public: Option<String>, proxies: Vec<Network>) -> Self {
        Self {
            listen,
            public,
            proxies,
        }
    }

    /// `--public-url`.
    #[must_use]
    pub fn public(&self) -> Option<&str> {
        self.public.as_deref()
    }

    /// The address for a browser on this machine.
    #[must_use]
    pub fn here(&self) -> String {
        let ip = self.listen.ip();
        let ip = match ip {
            _ if !ip.is_unspecified() => ip,
            IpAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
            IpAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        };
        self.url(ip)
    }

    /// Where phones reach this server, best first. Asked anew each time: a laptop changes networks.
    #[must_use]
    pub fn addresses(&self) -> Vec<String> {
        let own = if self.listen.ip().is_unspecified() {
            network_addresses()
        } else {
            vec![self.listen.ip()]
        };
        let own = own.into_iter().map(|ip| self.url(ip));
        self.public.iter().cloned().chain(own).collect()
    }

    /// What a link begins with that is opened by whoever asks: the host of the request.
    #[must_use]
    pub fn as_asked(&self, headers: &HeaderMap, peer: IpAddr) -> String {
        if let Some(public) = &self.public {
            return public.clone();
        }
        let Some(host) = asked_host(headers) else {
            return self.here();
        };
        let secure = self.trusts(peer)
            && headers
                .get("x-forwarded-proto")
                .is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"));
        let scheme = if secure { "https" } else { "http" };
        format!("{scheme}://{host}")
    }

    /// What a link begins with that is meant for others: the host of the request, but where that is this machine's
    /// own name for itself, an address that a phone can reach.
    #[must_use]
    pub fn for_others(&self, headers: &HeaderMap, peer: IpAddr) -> String {
        let asked = self.as_asked(headers, peer);
        if self.public.is_some() || !is_loopback(&asked) {
            return asked;
        }
        self.addresses().into_iter().next().unwrap_or(asked)
    }

    /// The address a request came from: the last one in `X-Forwarded-For` that no trusted proxy has, when the
    /// connection is a trusted proxy's.
    #[must_use]
    pub fn client(&self, headers: &HeaderMap, peer: IpAddr) -> IpAddr {
        if !self.trusts(peer) {
            return peer;
        }
        let forwarded = headers.get_all("x-forwarded-for").iter();
        let mut client = peer;
        let hops: Vec<_> = forwarded
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .collect();
        for hop in hops.iter().rev() {
            let Ok(address) = hop.trim().parse::<IpAddr>() else {
                break;
            };
            client = address.to_canonical();
            if !self.trusts(client) {
                break;
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|proxy| proxy.contains(address))
    }

    fn url(&self, ip: IpAddr) -> String {
        match self.listen.port() {
            80 if ip.is_ipv4() => format!("http://{ip}"),
            port => format!("http://{}", SocketAddr::new(ip, port)),
        }
    }
}

/// The host of a request, when it is one that may stand in a link.
fn asked_host(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    (!host.is_empty() && host.len() <= 255 && host.bytes().all(plain))
        .then(|| host.to_ascii_lowercase())
}

fn is_loopback(url: &str) -> bool {
    let Some((_, host)) = url.split_once("://") else {
        return false;
    };
    host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]")
}

/// This machine's addresses in its networks: IPv4 first, home and hall networks before others.
fn network_addresses() -> Vec<IpAddr> {
    let Ok(found) = if_addrs::get_if_addrs() else {
        return Vec::new();
    };
    let mut addresses: Vec<_> = found
        .into_iter()
        .filter(|interface| !interface.is_loopback() && !is_virtual(&interface.name))
        .map(|interface| interface.ip())
        .filter(|ip| match ip {
            IpAddr::V4(four) => !four.is_link_local(),
            IpAddr::V6(six) => !six.is_unicast_link_local(),
        })
        .collect();
    addresses.sort_by_key(|ip| (ip.is_ipv6(), !is_private(*ip), *ip));
    addresses.dedup();
    addresses
}

/// Networks that no phone is in: containers and virtual machines.
fn is_virtual(name: &str) -> bool {
    [
        "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lxc", "cni",
    ]
    .iter()
    .any(|prefix| name.starts_with(prefix))
}

fn is_private(ip: IpAddr) -> bool {
    matches!(ip, IpAddr::V4(four) if four.is_private())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 1));

    fn place(listen: &str, public: Option<&str>) -> Place {
        let proxies = vec![
            "127.0.0.0/8".parse().unwrap(),
            "10.9.0.0/16".parse().unwrap(),
        ];
        Place::new(listen.parse().unwrap(), public.map(str::to_owned), proxies)
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn links_begin_with_the_host_that_was_asked_unless_a_public_one_is_set() {
        let asked = headers(&[("host", "Hall.example:8080")]);
        let plain = place("0.0.0.0:8080", None);
        assert_eq!(plain.as_asked(&asked, PEER), "http://hall.example:8080");
        let public = place("0.0.0.0:8080", Some("https://meet.example"));
        assert_eq!(public.as_asked(&asked, PEER), "https://meet.example");
        let odd = headers(&[("host", "x/..?<script>")]);
        assert_eq!(plain.as_asked(&odd, PEER), "http://127.0.0.1:8080");
    }

    #[test]
    fn a_proxy_says_which_scheme_people_used() {
        let asked = headers(&[("host", "meet.example"), ("x-forwarded-proto", "https")]);
        let place = place("127.0.0.1:8080", None);
        assert_eq!(place.as_asked(&asked, PEER), "https://meet.example");
        let stranger = IpAddr::from([8, 8, 8, 8]);
        assert_eq!(place.as_asked(&asked, stranger), "http://meet.example");
    }

    #[test]
    fn only_a_trusted_proxy_says_whose_address_it_is() {
        let place = place("127.0.0.1:8080", None);
        let forwarded = headers(&[("x-forwarded-for", "1.1.1.1, 203.0.113.7, 10.9.0.3")]);
        assert_eq!(
            place.client(&forwarded, PEER),
            IpAddr::from([203, 0, 113, 7])
        );
        let stranger = IpAddr::from([8, 8, 8, 8]);
        assert_eq!(place.client(&forwarded, stranger), stranger);
        let nonsense = headers(&[("x-forwarded-for", "1.1.1.1, nonsense")]);
        assert_eq!(place.client(&nonsense, PEER), PEER);
    }

    #[test]
    fn port_80_is_left_out() {
        assert_eq!(place("192.168.1.10:80", None).here(), "http://192.168.1.10");
        assert_eq!(place("0.0.0.0:81", None).here(), "http://127.0.0.1:81");
        assert_eq!(place("[::]:80", None).here(), "http://[::1]:80");
    }

    #[test]
    fn a_server_for_this_machine_alone_names_no_other_address() {
        let local = place("127.0.0.1:8080", None);
        assert_eq!(local.addresses(), ["http://127.0.0.1:8080"]);
        let asked = headers(&[("host", "127.0.0.1:8080")]);
        assert_eq!(local.for_others(&asked, PEER), "http://127.0.0.1:8080");
    }
}
