use std::sync::Arc;

use http::{Method, header};

use super::{
    blocked::Blocked,
    check::cors_check,
    exchange::Exchange,
    filter::visible,
    headers,
    options::{Mode, Redirect},
    outcome::{Ending, Outcome},
    preflight,
    reason::Reason,
    redirect,
    request::{Payload, Request, Tainting},
    response::Response,
    state::Shared,
    wire::{Answer, BoxError, Message},
};

/// One fetch under way: <https://fetch.spec.whatwg.org/#main-fetch>. It says what goes out next,
/// and is told what came back.
#[derive(Debug)]
pub(super) struct Client {
    shared: Arc<Shared>,
    request: Request,
    exchanges: Vec<Exchange>,
}

pub(super) enum Step {
    Done(Ending),
    Send(Message),
}

impl Client {
    pub(super) fn new(shared: Arc<Shared>, request: Request) -> Self {
        Self { shared, request, exchanges: Vec::new() }
    }

    /// The first message to the current URL.
    pub(super) fn start(&mut self) -> Result<Step, Reason> {
        self.taint()?;
        let Shared { profile, .. } = *self.shared;
        if !self.request.needs_preflight(profile) {
            return Ok(Step::Send(self.actual()));
        }
        self.request.needed_preflight = true;
        let announced = self.request.announced(profile);
        let state = self.shared.lock();
        let is_covered = state.cache.covers(&announced, profile, state.now);
        drop(state);
        Ok(Step::Send(if is_covered { self.actual() } else { self.preflight() }))
    }

    /// What follows from an answer.
    pub(super) fn receive(
        &mut self,
        message: &Message,
        answer: Result<Answer, BoxError>,
    ) -> Result<Step, Reason> {
        self.record(message, answer.as_ref().ok());
        let answer = answer.map_err(|error| Reason::ServiceFailed(error.to_string()))?;
        if message.is_preflight { self.judge(&answer) } else { self.read(answer) }
    }

    pub(super) fn finish(self, result: Result<Ending, Reason>) -> Outcome {
        if result.is_err() && self.forgets() {
            let announced = self.request.announced(self.shared.profile);
            self.shared.lock().cache.clear(&announced);
        }
        let exchanges: Arc<[Exchange]> = self.exchanges.into();
        let ending = result.unwrap_or_else(|reason| {
            Ending::Blocked(Blocked {
                reason,
                url: self.request.url.to_string(),
                origin: self.request.serialized_origin().to_owned(),
                includes_credentials: self.request.includes_credentials(),
                exchanges: Arc::clone(&exchanges),
            })
        });
        Outcome { ending, exchanges }
    }

    /// Once tainted, always tainted: coming back to the page's own origin changes nothing.
    fn taint(&mut self) -> Result<(), Reason> {
        let request = &mut self.request;
        if request.tainting == Tainting::Basic && request.is_same_origin() {
            return Ok(());
        }
        request.tainting = match request.mode {
            Mode::Cors => Tainting::Cors,
            Mode::NoCors if request.redirect != Redirect::Follow => {
                return Err(Reason::RedirectNotAllowed);
            }
            Mode::NoCors => Tainting::Opaque,
            Mode::SameOrigin => return Err(Reason::NotSameOrigin),
        };
        Ok(())
    }

    /// Whether a failure clears what was remembered.
    fn forgets(&self) -> bool {
        let is_at_preflight = self.exchanges.last().is_some_and(Exchange::is_preflight);
        let profile = self.shared.profile;
        self.request.needed_preflight && (is_at_preflight || profile.forgets_after_responses())
    }

    /// Without credentials and without what the script has set.
    fn preflight(&self) -> Message {
        let profile = self.shared.profile;
        let announced = self.request.announced(profile);
        let mut headers = preflight::headers(&announced, profile);
        headers::add_own(&mut headers, &announced);
        Message {
            is_preflight: true,
            method: Method::OPTIONS,
            url: self.request.url.clone(),
            headers,
            payload: Payload::None,
        }
    }

    fn actual(&self) -> Message {
        let request = &self.request;
        let mut headers = request.headers.clone();
        headers::add_own(&mut headers, request);
        headers::add_length(&mut headers, request);
        if request.sends_credentials() {
            if let Some(cookies) = self.shared.cookies_for(request.url.host()) {
                headers::set(&mut headers, header::COOKIE, &cookies);
            }
        }
        Message {
            is_preflight: false,
            method: request.method.clone(),
            url: request.url.clone(),
            headers,
            payload: request.payload.clone(),
        }
    }

    fn judge(&mut self, answer: &Answer) -> Result<Step, Reason> {
        let profile = self.shared.profile;
        let announced = self.request.announced(profile);
        let permit = preflight::judge(&announced, profile, answer.status, &answer.headers)?;
        let mut state = self.shared.lock();
        let now = state.now;
        state.cache.remember(&announced, permit, profile, now);
        drop(state);
        Ok(Step::Send(self.actual()))
    }

    fn read(&mut self, answer: Answer) -> Result<Step, Reason> {
        let Answer { status, headers, body } = answer;
        // A 304 too: without a cache it answers a condition of the script's own.
        if self.request.tainting == Tainting::Cors {
            cors_check(&self.request, &headers)?;
        }
        if redirect::is_redirect(status) {
            match self.request.redirect {
                Redirect::Error => return Err(Reason::RedirectNotAllowed),
                Redirect::Manual => return Ok(Step::Done(Ending::Opaque)),
                Redirect::Follow => {}
            }
            if let Some(url) = redirect::target(&self.request, &headers)? {
                redirect::follow(&mut self.request, status, url)?;
                return self.start();
            }
        }
        if self.request.tainting == Tainting::Opaque {
            return Ok(Step::Done(Ending::Opaque));
        }
        Ok(Step::Done(Ending::Readable(Response {
            status,
            headers: visible(&self.request, &headers),
            body,
            url: self.request.url.to_string(),
            redirected: !self.request.redirected_from.is_empty(),
        })))
    }

    fn record(&mut self, message: &Message, answer: Option<&Answer>) {
        let answer = answer.map(|answer| (answer.status, answer.headers.clone()));
        self.exchanges.push(Exchange {
            is_preflight: message.is_preflight,
            method: message.method.clone(),
            url: message.url.to_string(),
            request_headers: message.headers.clone(),
            answer,
        });
    }
}
