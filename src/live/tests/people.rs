//! Who is here, who may stay, who takes over.

use std::time::Duration;

use uuid::Uuid;

use super::hall::{Hall, MODERATOR_LINK, STAGE_LINK, person, seat, sent};
use crate::live::{Denied, Holder, JoinError, Leave, Notes};
use crate::meeting::command::Command;
use crate::meeting::ids::{AliasId, DeviceId, LinkId};
use crate::meeting::role::Role;
use crate::meeting::wish::Wish;
use crate::view::Audience;

async fn here(hall: &Hall) -> u64 {
    let snapshot = hall.meeting.snapshot(&Audience::Floor, true).await.unwrap();
    let value: serde_json::Value = serde_json::from_slice(&snapshot.plain).unwrap();
    value["view"]["here"].as_u64().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn here_counts_seats_once_and_for_forty_seconds() {
    let hall = Hall::open().await;
    for n in 3..=5 {
        hall.sit(n, None).await;
    }
    let (one, _) = hall.join(3, &[Audience::Floor]).await;
    let device = Some(DeviceId(Uuid::from_u128(5)));
    let (two, _) = hall
        .join_as(Holder::Seat(seat(3)), device, &[])
        .await
        .unwrap();
    let (desk, _) = hall.join(1, &[Audience::Floor, Audience::Desk]).await;
    let (stage, _) = hall
        .join_as(Holder::Stage(STAGE_LINK), None, &[Audience::Floor])
        .await
        .unwrap();
    hall.meeting.touch(seat(4));
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(here(&hall).await, 2);
    assert_eq!(
        hall.meeting
            .here(vec![seat(3), seat(4), seat(5)])
            .await
            .unwrap(),
        [true, true, false]
    );
    drop((one, two, desk, stage));
    tokio::time::sleep(Duration::from_secs(30)).await;
    assert_eq!(here(&hall).await, 2);
    tokio::time::sleep(Duration::from_secs(15)).await;
    assert_eq!(here(&hall).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_newer_connection_of_the_same_device_takes_over() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let (old, _) = hall.join(3, &[Audience::Floor]).await;
    let other = Some(DeviceId(Uuid::from_u128(5)));
    let (tab, _) = hall
        .join_as(Holder::Seat(seat(3)), other, &[])
        .await
        .unwrap();
    let (new, _) = hall.join(3, &[Audience::Floor]).await;
    assert_eq!(old.post().why_leave(), Some(Leave::Replaced));
    assert_eq!(tab.post().why_leave(), None);
    drop(old);
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (newest, _) = hall.join(3, &[Audience::Floor]).await;
    assert_eq!(new.post().why_leave(), Some(Leave::Replaced));
    assert_eq!(newest.post().why_leave(), None);
}

#[tokio::test(start_paused = true)]
async fn a_revoked_link_ends_its_sockets_and_a_lost_role_its_views() {
    let hall = Hall::open().await;
    hall.sit(2, Some(MODERATOR_LINK)).await;
    hall.sit(3, None).await;
    let (moderator, welcome) = hall.join(2, &[Audience::Floor, Audience::Desk]).await;
    assert_eq!(welcome.roles, [Role::Moderator]);
    assert_eq!(welcome.followed.feeds.len(), 2);
    let (phone, welcome) = hall.join(3, &[Audience::Floor, Audience::Desk]).await;
    assert_eq!(welcome.followed.gone, [Audience::Desk]);
    let (stage, _) = hall
        .join_as(Holder::Stage(STAGE_LINK), None, &[Audience::Floor])
        .await
        .unwrap();

    hall.send(
        person(1),
        1,
        Command::GiveRole {
            seat: seat(3),
            role: Role::Moderator,
        },
    )
    .await
    .unwrap();
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert!(phone.post().woken().await.has(Notes::AUDIENCES));
    assert_eq!(phone.post().take_audiences().gained.len(), 1);
    hall.send(
        person(1),
        2,
        Command::TakeRole {
            seat: seat(3),
            role: Role::Moderator,
        },
    )
    .await
    .unwrap();
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert_eq!(phone.post().take_audiences().gone, [Audience::Desk]);

    hall.send(person(1), 3, Command::RevokeLink { link: STAGE_LINK })
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert_eq!(stage.post().why_leave(), Some(Leave::Revoked));
    let again = hall
        .join_as(Holder::Stage(STAGE_LINK), None, &[Audience::Floor])
        .await;
    assert_eq!(again.unwrap_err(), JoinError::Denied(Denied::Revoked));
    assert_eq!(phone.post().why_leave(), None);
    assert_eq!(moderator.post().why_leave(), None);
}

#[tokio::test(start_paused = true)]
async fn a_seat_that_moved_leaves_its_old_phone() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let (old, _) = hall.join(3, &[Audience::Floor]).await;
    let until = hall.meeting.now().plus_ms(600_000);
    let offer = Wish::OfferMove {
        seat: seat(3),
        hash: "secret".to_owned(),
        until,
    };
    hall.meeting.wish(person(1), offer).await.unwrap();
    let moved = Wish::Move {
        hash: "secret".to_owned(),
    };
    let granted = hall
        .meeting
        .wish(crate::meeting::role::Actor::Server, moved)
        .await
        .unwrap();
    assert_eq!(granted.standing.generation, 1);
    tokio::time::sleep(Duration::from_millis(10)).await;
    assert_eq!(old.post().why_leave(), Some(Leave::Revoked));
    let stale = hall
        .meeting
        .command(sent(person(3), 1, hall.ask(1, "Still me?")))
        .await;
    assert!(stale.is_err());
    assert_eq!(
        hall.meeting.standing(person(3), 0).await.unwrap_err(),
        JoinError::Denied(Denied::Revoked)
    );
    assert!(hall.meeting.standing(person(3), 1).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn one_person_holds_eight_sockets_and_no_more() {
    let hall = Hall::open().await;
    hall.sit(3, None).await;
    let mut tabs = Vec::new();
    for n in 1..=9 {
        let device = Some(DeviceId(Uuid::from_u128(n)));
        let joined = hall.join_as(Holder::Seat(seat(3)), device, &[]).await;
        tabs.push(joined.unwrap().0);
    }
    let told: Vec<_> = tabs.iter().map(|tab| tab.post().why_leave()).collect();
    assert_eq!(told[0], Some(Leave::Replaced));
    assert!(told[1..].iter().all(Option::is_none));
}

#[tokio::test(start_paused = true)]
async fn strangers_do_not_join() {
    let hall = Hall::open().await;
    let bad = JoinError::Denied(Denied::BadToken);
    let nobody = hall
        .join_as(Holder::Seat(seat(99)), None, &[Audience::Floor])
        .await;
    assert_eq!(nobody.unwrap_err(), bad);
    let link = LinkId(Uuid::from_u128(999));
    let nowhere = hall
        .join_as(Holder::Stage(link), None, &[Audience::Floor])
        .await;
    assert_eq!(nowhere.unwrap_err(), bad);
    let alias = Holder::Alias(AliasId(Uuid::from_u128(4)));
    let (_, welcome) = hall.join_as(alias, None, &[Audience::Floor]).await.unwrap();
    assert_eq!(welcome.seat, None);
}
