//! GET /ws: who may open one. What is said on it is held beside `live` and by the outside client.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::TestServer;

async fn knock(server: &TestServer, headers: &[(&str, &str)]) -> u16 {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let mut head = format!(
        "GET /ws HTTP/1.1\r\nhost: {}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        server.address
    );
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream
        .write_all(format!("{head}\r\n").as_bytes())
        .await
        .unwrap();
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.unwrap();
    String::from_utf8_lossy(&first[9..]).parse().unwrap()
}

#[tokio::test]
async fn only_own_and_listed_pages_open_a_socket_and_who_is_no_page_may_too() {
    let listed = &["--origin", "https://example.org"];
    let server = TestServer::with(listed, openfloor::app::Memory::Forgotten).await;
    let own = server.url();
    let port = server.address.port();
    for (origins, status) in [
        (vec![], 101),
        (vec![own.as_str()], 101),
        (vec!["https://example.org"], 101),
        (vec!["null"], 403),
        (vec!["http://evil.example"], 403),
        (vec![&format!("http://evil.example:{port}")], 403),
        (vec!["http://127.0.0.1"], 403),
        (vec![&format!("{own}.evil.example")], 403),
        (vec!["https://example.org:444"], 403),
        (vec![""], 403),
        (vec![own.as_str(), own.as_str()], 403),
    ] {
        let headers: Vec<_> = origins.iter().map(|origin| ("origin", *origin)).collect();
        assert_eq!(knock(&server, &headers).await, status, "{origins:?}");
    }
}

#[tokio::test]
async fn the_protocol_is_ours_or_none() {
    let server = TestServer::new().await;
    for (offered, status) in [
        ("openfloor.1", 101),
        ("chat, openfloor.1", 101),
        ("chat", 400),
        ("openfloor.2", 400),
    ] {
        let headers = [("sec-websocket-protocol", offered)];
        assert_eq!(knock(&server, &headers).await, status, "{offered}");
    }
    assert_eq!(server.get("/ws").await.code(), "bad_request");
}
