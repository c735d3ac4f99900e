//! A browser that visits a running playground.

use std::error::Error;

use serde_json::Value;
use tower_cors_browsers::engine::{Engine, Kind};
use tower_cors_playground::{Places, Playground, Ports};

pub(crate) type Tested = Result<(), Box<dyn Error>>;

/// The engines that these tests are for.
pub(crate) const KINDS: [Kind; 2] = [Kind::Chromium, Kind::Firefox];

pub(crate) struct Visit {
    pub(crate) kind: Kind,
    pub(crate) engine: Engine,
    pub(crate) playground: Playground,
}

impl Visit {
    /// Opens the page, unless the engine is not installed.
    pub(crate) async fn begin(kind: Kind) -> Result<Option<Self>, Box<dyn Error>> {
        let Some(engine) = Engine::start_if_installed(kind).await? else {
            return Ok(None);
        };
        let playground = Playground::start(Ports::Free).await?;
        let mut visit = Self { kind, engine, playground };
        visit.open("").await?;
        Ok(Some(visit))
    }

    pub(crate) fn places(&self) -> &Places {
        self.playground.places()
    }

    pub(crate) fn fill_in(&self, text: &str) -> String {
        let Places { app, other, stranger, api, .. } = self.places();
        [("{app}", app), ("{other}", other), ("{stranger}", stranger), ("{api}", api)]
            .into_iter()
            .fold(text.to_owned(), |text, (name, origin)| text.replace(name, origin))
    }

    /// Loads the page anew, with the part of its address after `#`.
    pub(crate) async fn open(&mut self, fragment: &str) -> Tested {
        self.engine.open("about:blank").await?;
        self.engine.open(&format!("{}/{fragment}", self.places().app)).await?;
        self.wait("document.querySelector('#remarks').getAttribute('aria-busy') === 'false'")
            .await?;
        Ok(())
    }

    /// Runs statements in the page, which may `return` something.
    pub(crate) async fn run(&mut self, script: &str) -> Result<Value, Box<dyn Error>> {
        let script =
            format!("arguments[arguments.length - 1]((() => {{ {TOOLS} {script} }})() ?? null)");
        self.engine.script(&script, vec![]).await
    }

    /// Waits until an expression is true, and returns its value.
    pub(crate) async fn wait(&mut self, expression: &str) -> Result<Value, Box<dyn Error>> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
            {TOOLS}
            const look = () => {{
                let value = null;
                try {{ value = {expression}; }} catch {{}}
                value ? done(value) : setTimeout(look, 20);
            }};
            look();"
        );
        let waited = self.engine.script(&script, vec![]).await;
        match waited {
            Ok(value) => Ok(value),
            Err(error) => {
                let page = self.run("return document.body.innerText").await?;
                Err(format!("{}: waited for {expression}: {error}\n{page:#}", self.kind).into())
            }
        }
    }

    pub(crate) async fn click(&mut self, selector: &str) -> Tested {
        self.wait(&format!("one(`{selector}:not(:disabled)`)?.checkVisibility()")).await?;
        self.run(&format!("one(`{selector}`).click()")).await.map(drop)
    }

    /// Presses one key after the other.
    pub(crate) async fn type_text(&mut self, text: &str) -> Tested {
        for key in text.chars() {
            self.engine.press(&[key]).await?;
        }
        Ok(())
    }

    /// Puts a policy into the editor, as a paste does, and waits for what is said of it.
    pub(crate) async fn paste(&mut self, policy: &str) -> Tested {
        let policy = Value::from(self.fill_in(policy));
        let script = format!(
            "const area = one('#policy-text'); area.value = {policy};
            area.dispatchEvent(new InputEvent('input', {{ bubbles: true }}));"
        );
        self.run(&script).await?;
        self.settle().await
    }

    /// Waits until the server has judged what is in the editor.
    pub(crate) async fn settle(&mut self) -> Tested {
        self.wait("one('#remarks').getAttribute('aria-busy') === 'false'").await.map(drop)
    }

    /// A simple GET from the page's own origin.
    pub(crate) async fn choose_hello(&mut self) -> Tested {
        self.run(
            "for (const remove of all('#header-rows button')) remove.click();
            one('#method').value = 'GET';
            one('#path').value = '/hello';
            one('#body-type').value = 'none';
            one('#fetch').dispatchEvent(new Event('input'));
            one('[data-from=app]').click();",
        )
        .await
        .map(drop)
    }

    /// The targets of the requests of a case, as the server has recorded them.
    pub(crate) async fn targets(&mut self, case: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
            fetch('/cases/{case}').then((answer) => answer.json()).then(({{ messages }}) =>
                done(messages.map(({{ request }}) => request.target)));"
        );
        let targets = self.engine.script(&script, vec![]).await?;
        Ok(serde_json::from_value(targets)?)
    }

    /// Sends, and waits for what comes of it.
    pub(crate) async fn send(&mut self) -> Tested {
        let before = self.run("return one('#result').dataset.case ?? ''").await?;
        self.click("#send").await?;
        self.sent_after(&before).await
    }

    pub(crate) async fn sent_after(&mut self, before: &Value) -> Tested {
        let is_new = format!("(one('#result').dataset.case ?? '') !== {before}");
        self.wait(&format!("{is_new} && one('#result').getAttribute('aria-busy') === 'false'"))
            .await
            .map(drop)
    }
}

/// Short names for what the scripts ask all the time.
const TOOLS: &str = "
    const one = (selector, from = document) => from.querySelector(selector);
    const all = (selector, from = document) => [...from.querySelectorAll(selector)];
    const text = (selector, from = document) => one(selector, from)?.textContent ?? null;
";
