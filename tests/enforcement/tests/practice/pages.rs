//! Pages in real browsers, which do what they can to make the server run something.

mod rows;

use std::{error::Error, time::Instant};

use axum::http::StatusCode;
use tower_cors::Enforce;
use tower_cors_browsers::engine::{Engine, Kind};

use crate::{
    layers::{MODES, layer},
    stage::Stage,
    verdict::Disagreements,
};

async fn play(
    engine: &mut Engine,
    kind: Kind,
    enforce: Enforce,
    disagreements: &mut Disagreements,
) -> Result<(), Box<dyn Error>> {
    let stage = Stage::set(|| layer(enforce)).await;
    for (at, row) in rows::all().iter().enumerate() {
        let (page, act, target, _) = row;
        if !stage.has(page, kind) || !stage.has(target, kind) {
            continue;
        }
        let got = stage.play(engine, at, page, act, target).await?;
        let whose = rows::whose(row, kind);
        let opens = *act == "web socket" && whose.runs_under(enforce);
        let ran = if opens { StatusCode::SWITCHING_PROTOCOLS } else { StatusCode::OK };
        let name = format!("{kind}, {page}: {act} to {target}, {enforce:?}");
        disagreements.compare(&name, &got, &whose.answer_under(enforce, ran));
    }
    Ok(())
}

async fn hold_in(kind: Kind) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let Some(mut engine) = Engine::start_if_installed(kind).await? else {
        return Ok(());
    };
    let mut disagreements = Disagreements::default();
    for enforce in MODES {
        play(&mut engine, kind, enforce, &mut disagreements).await?;
    }
    engine.close().await?;
    eprintln!("{kind}: enforcement in {:.1} s", started.elapsed().as_secs_f32());
    disagreements.assert_none();
    Ok(())
}

#[tokio::test]
async fn hold_in_chromium() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::Chromium).await
}

#[tokio::test]
async fn hold_in_firefox() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::Firefox).await
}

#[tokio::test]
async fn hold_in_webkit() -> Result<(), Box<dyn Error>> {
    hold_in(Kind::WebKit).await
}
