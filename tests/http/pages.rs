//! The pages and the headers around everything

use uuid::Uuid;

use crate::support::{Ask, TestServer};

#[tokio::test]
async fn every_address_that_people_type_or_scan_has_its_page() {
    let server = TestServer::new().await;
    let id = Uuid::now_v7();
    for path in [
        "/".to_owned(),
        "/473096".to_owned(),
        "/47%2030%2096".to_owned(),
        "/12345678".to_owned(),
        "/stage".to_owned(),
        "/STAGE".to_owned(),
        format!("/desk/{id}"),
        format!("/DESK/{}", id.to_string().to_uppercase()),
        format!("/stage/{id}"),
    ] {
        let page = server.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(
            page.header("content-type"),
            Some("text/html; charset=utf-8"),
            "{path}"
        );
    }
    for path in [
        "/nothing",
        "/4730",
        "/assets/nothing.js",
        "/api/nothing",
        "/../Cargo.toml",
        "/.built",
    ] {
        assert_eq!(server.get(path).await.said(), (404, "not_found"), "{path}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_said_so() {
    let server = TestServer::new().await;
    assert_eq!(server.get("/api/meetings").await.status, 405);
    let delete = server.ask(Ask::new("DELETE", "/473096")).await;
    assert_eq!(delete.status, 404);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_pages_to_this_server() {
    let server = TestServer::new().await;
    for path in [
        "/",
        "/stage",
        "/healthz",
        "/api/codes/000000",
        "/nothing",
        "/api/meetings/x/mine",
    ] {
        let answer = server.get(path).await;
        let policy = answer.header("content-security-policy").unwrap();
        for part in [
            "default-src 'self'",
            "script-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types svelte-trusted-html",
        ] {
            assert!(policy.contains(part), "{path}: {part}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        for (name, value) in [
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}: {name}");
        }
        assert!(answer.header("permissions-policy").is_some());
        assert!(answer.header("set-cookie").is_none());
    }
}

#[tokio::test]
async fn a_request_with_a_giant_head_is_refused_and_the_server_lives_on() {
    let server = TestServer::new().await;
    let giant = Ask::get("/healthz").header("x-much", &"x".repeat(40_000));
    assert_eq!(server.ask(giant).await.status, 431);
    assert_eq!(server.get("/healthz").await.status, 200);
}
