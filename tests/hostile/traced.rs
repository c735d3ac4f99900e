//! What a hostile value leaves in the log.

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    subscriber::with_default,
};
use tracing_subscriber::{
    layer::{Context, SubscriberExt},
    registry,
};

use crate::{
    served::{actual, one, preflight, serve, values},
    table::{headers, methods, origins},
    victims::{APP, Trust, asked, victims},
};

/// Longer than any field that is cut, each byte escaped.
const LONGEST: usize = 2_500;

/// The fields of all events.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

struct Fields(Vec<String>);

impl<S: Subscriber> tracing_subscriber::Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields(vec![]);
        event.record(&mut fields);
        self.0.lock().expect("no test panics in here").extend(fields.0);
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, _: &Field, value: &dyn fmt::Debug) {
        self.0.push(format!("{value:?}"));
    }

    fn record_str(&mut self, _: &Field, value: &str) {
        self.0.push(value.to_owned());
    }
}

/// What is told while something is served.
fn told(serve: impl FnOnce()) -> Vec<String> {
    let log = Log::default();
    with_default(registry().with(LevelFilter::DEBUG).with(log.clone()), serve);
    std::mem::take(&mut *log.0.lock().expect("no test panics in here"))
}

#[test]
fn every_field_is_escaped_and_cut() {
    let fields = told(|| {
        let victims = victims();
        for row in origins() {
            let Some(origin) = values(&row.lines()) else { continue };
            for victim in &victims {
                let asks = preflight(&origin, &one("PUT"), &one("content-type"));
                let answers = [actual(&origin), asks].map(|asks| serve(&victim.layer, asks));
                let is_listed = matches!(victim.trust, Trust::Listed { .. });
                assert!(!is_listed || answers.iter().all(|answer| answer.denial().is_some()));
            }
        }
        for (_, cors) in asked() {
            for row in methods() {
                let method = values(&row.lines()).expect("it can be sent");
                serve(&cors, preflight(&one(APP), &method, &[]));
            }
            for row in headers() {
                let names = values(&row.lines()).expect("it can be sent");
                serve(&cors, preflight(&one(APP), &one("PUT"), &names));
            }
        }
    });
    // Each refusal has some fields.
    assert!(fields.len() > 10_000, "{} fields are told", fields.len());
    for field in fields {
        assert!(field.len() < LONGEST, "{} bytes: {field}", field.len());
        assert!(field.chars().all(|c| matches!(c, ' '..='~' | '…')), "{field:?}");
    }
}
