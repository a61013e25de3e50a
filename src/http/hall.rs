//! The hall around the server: where phones reach it, QR codes, and *Check the hall* (battery, disk, awake).

use std::path::Path as File;

use axum::Json as Answer;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use serde::Deserialize;
use serde_json::Value;

use crate::meeting::role::Role;
use crate::view::Audience;
use crate::wire::body::{Battery, Hall, HallChecked};

use super::access::{Asker, Visitor};
use super::error::{Error, ErrorCode};
use super::links::join_address;
use super::qr::svg;
use super::shared::Shared;

/// `GET /api/hall`
pub async fn hall(State(shared): State<Shared>) -> Answer<Hall> {
    Answer(Hall {
        addresses: shared.place.addresses(),
    })
}

/// `?of=join|wifi|text&text=…`
#[derive(Debug, Deserialize)]
pub struct Of {
    of: String,
    #[serde(default)]
    text: String,
}

/// `GET /api/meetings/{meeting}/qr`
///
/// # Errors
/// `bad_request`: nothing to show, or a text above 300 bytes; `not_found`: no Wi-Fi is set.
pub async fn qr(
    State(shared): State<Shared>,
    visitor: Visitor,
    asker: Asker,
    Query(of): Query<Of>,
) -> Result<Response, Error> {
    visitor.must_be_admitted()?;
    let text = match of.of.as_str() {
        "join" => {
            let base = &asker.base_for_others;
            join_address(&shared.key, &visitor.handle, visitor.meeting, base).await?
        }
        "wifi" => {
            let wifi = visitor.handle.ask(|meeting| meeting.wifi.clone()).await?;
            if wifi.name.is_empty() {
                return Err(ErrorCode::NotFound.into());
            }
            wifi_text(&wifi.name, &wifi.password)
        }
        _ => of.text,
    };
    let svg = svg(&text).ok_or(Error::because(
        ErrorCode::BadRequest,
        "a QR holds 1 to 300 bytes",
    ))?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("image/svg+xml"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
    ];
    Ok((headers, svg).into_response())
}

/// What phones read as a network to connect to.
fn wifi_text(name: &str, password: &str) -> String {
    let escape = |text: &str| {
        text.chars().fold(String::new(), |mut done, sign| {
            if matches!(sign, '\\' | ';' | ',' | ':' | '"') {
                done.push('\\');
            }
            done.push(sign);
            done
        })
    };
    if password.is_empty() {
        format!("WIFI:T:nopass;S:{};;", escape(name))
    } else {
        format!("WIFI:T:WPA;S:{};P:{};;", escape(name), escape(password))
    }
}

/// `GET /api/meetings/{meeting}/check`
///
/// # Errors
/// `not_allowed`: not a facilitator.
pub async fn check(
    State(shared): State<Shared>,
    visitor: Visitor,
) -> Result<Answer<HallChecked>, Error> {
    visitor.must_be(&[Role::Facilitator])?;
    let floor = visitor.handle.snapshot(&Audience::Floor, true).await?;
    let floor: Value = serde_json::from_slice(&floor.plain).unwrap_or_default();
    let here = floor["view"]["here"].as_u64().unwrap_or(0);
    Ok(Answer(HallChecked {
        addresses: shared.place.addresses(),
        phones: u32::try_from(here).unwrap_or(u32::MAX),
        disk_free_mb: shared.data.as_deref().and_then(free_mb),
        battery: battery(File::new("/sys/class/power_supply")),
        awake: shared.awake.is_kept(),
        saved: visitor.handle.trouble().is_none(),
    }))
}

/// Free megabytes where the journal lies.
fn free_mb(dir: &File) -> Option<u64> {
    #[cfg(unix)]
    {
        let disk = rustix::fs::statvfs(dir).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize) / (1024 * 1024))
    }
    #[cfg(not(unix))]
    {
        let _ = dir;
        None
    }
}

/// The first battery's charge in per cent and whether it is on mains.
fn battery(supplies: &File) -> Option<Battery> {
    let read = |file: &File| {
        std::fs::read_to_string(file)
            .ok()
            .map(|text| text.trim().to_owned())
    };
    std::fs::read_dir(supplies)
        .ok()?
        .flatten()
        .find_map(|supply| {
            let supply = supply.path();
            // A mouse's or a pen's battery says nothing of the computer.
            let is_battery = read(&supply.join("type")).is_some_and(|kind| kind == "Battery")
                && read(&supply.join("scope")).is_none_or(|scope| scope != "Device");
            if !is_battery {
                return None;
            }
            let percent = read(&supply.join("capacity"))?.parse().ok()?;
            let charging =
                read(&supply.join("status")).is_some_and(|status| status != "Discharging");
            Some(Battery { percent, charging })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_networks_name_may_hold_any_sign() {
        assert_eq!(
            wifi_text("Hall; 1", "a:b\\c"),
            r"WIFI:T:WPA;S:Hall\; 1;P:a\:b\\c;;"
        );
        assert_eq!(wifi_text("Open", ""), "WIFI:T:nopass;S:Open;;");
    }

    #[test]
    fn a_laptops_battery_is_read_and_a_mouses_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let supply = |name: &str, files: &[(&str, &str)]| {
            std::fs::create_dir(dir.path().join(name)).unwrap();
            for (file, text) in files {
                std::fs::write(dir.path().join(name).join(file), text).unwrap();
            }
        };
        assert_eq!(battery(dir.path()), None);
        supply("AC", &[("type", "Mains\n")]);
        supply(
            "mouse",
            &[
                ("type", "Battery\n"),
                ("scope", "Device\n"),
                ("capacity", "9\n"),
            ],
        );
        assert_eq!(battery(dir.path()), None);
        supply(
            "BAT0",
            &[
                ("type", "Battery\n"),
                ("capacity", "57\n"),
                ("status", "Discharging\n"),
            ],
        );
        assert_eq!(
            battery(dir.path()),
            Some(Battery {
                percent: 57,
                charging: false
            })
        );
    }

    #[test]
    fn the_free_space_of_a_folder_is_known() {
        let dir = tempfile::tempdir().unwrap();
        assert!(free_mb(dir.path()).is_some());
        assert_eq!(free_mb(&dir.path().join("nothing")), None);
    }
}
