use std::process::Stdio;

use tokio::{process::Command, sync::watch, task::JoinHandle, time::timeout};

use crate::{
    log::{GIVE_UP, Tested},
    policy,
};

/// `curl` asks all the time, by a preflight and an actual request in turn, each a process of its
/// own.
pub(crate) struct Curl {
    /// By which policy each answer was.
    answers: watch::Receiver<Vec<u32>>,
    asking: JoinHandle<Tested>,
}

impl Curl {
    /// Whether there is one.
    pub(crate) async fn is_here() -> bool {
        let version = Command::new("curl").arg("--version").stdout(Stdio::null()).status().await;
        version.is_ok_and(|status| status.success())
    }

    pub(crate) fn start(url: String) -> Self {
        let (sender, answers) = watch::channel(Vec::new());
        let asking = tokio::spawn(async move {
            while !sender.is_closed() {
                for arguments in [PREFLIGHT, ACTUAL] {
                    let n = policy_of(&ask(arguments, &url).await?)?;
                    sender.send_modify(|answers| answers.push(n));
                }
            }
            Ok(())
        });
        Self { answers, asking }
    }

    /// Waits until requests that begin from now on are answered by the policy.
    pub(crate) async fn until(&mut self, n: u32) -> Tested {
        let found = self.wait(|answers| answers.last() == Some(&n)).await;
        found.map_err(|error| format!("policy {n} does not take effect: {error}").into())
    }

    /// Waits for so many more answers.
    pub(crate) async fn more(&mut self, count: usize) -> Tested {
        let count = self.answers.borrow().len() + count;
        self.wait(|answers| answers.len() >= count).await
    }

    async fn wait(&mut self, is_there: impl Fn(&[u32]) -> bool) -> Tested {
        let waited = timeout(GIVE_UP, self.answers.wait_for(|answers| is_there(answers))).await;
        match waited.map(|waited| waited.is_ok()) {
            Ok(true) => Ok(()),
            Ok(false) => Err("a request had another answer, which the end tells".into()),
            Err(late) => Err(format!("{late} in {:?}", self.answers.borrow()).into()),
        }
    }

    /// Ends it. All answers have been by these policies, one after the other and never back.
    pub(crate) async fn end(self, policies: &[u32]) -> Tested {
        let mut answers = self.answers.borrow().clone();
        drop(self.answers);
        self.asking.await??;
        answers.dedup();
        assert_eq!(answers, policies);
        Ok(())
    }
}

const PREFLIGHT: &[&str] = &["-X", "OPTIONS", "-H", "access-control-request-method: POST"];
const ACTUAL: &[&str] = &[];

async fn ask(arguments: &[&str], url: &str) -> Tested<String> {
    let mut curl = Command::new("curl");
    curl.args(["-si", "--max-time", "60", "-H", "origin: https://app.example.com"]);
    let output = curl.args(arguments).arg(url).kill_on_drop(true).output().await?;
    if !output.status.success() {
        return Err(format!("curl ended with {}", output.status).into());
    }
    Ok(sorted(&String::from_utf8(output.stdout)?))
}

/// Status, headers in alphabetical order but for the date, body.
fn sorted(answer: &str) -> String {
    let answer = answer.replace("\r\n", "\n");
    let (head, body) = answer.split_once("\n\n").unwrap_or((&answer, ""));
    let mut lines: Vec<&str> = head.lines().filter(|line| !line.starts_with("date: ")).collect();
    lines[1..].sort_unstable();
    format!("{}\n\n{body}", lines.join("\n"))
}

/// By which policy an answer is. It has to be wholly by that.
fn policy_of(answer: &str) -> Tested<u32> {
    let number = |line: &str| line.rsplit(['-', ' ']).next().and_then(|n| n.parse().ok());
    let is_telling = |line: &&str| {
        line.starts_with("access-control-max-age")
            || line.starts_with("access-control-expose-headers")
    };
    let n = answer.lines().find(is_telling).and_then(number);
    let n: u32 = n.ok_or_else(|| format!("no policy answers so: {answer}"))?;
    if answer == policy::preflight(n) || answer == policy::actual(n) {
        Ok(n)
    } else {
        Err(format!("policy {n} does not answer so: {answer}").into())
    }
}
