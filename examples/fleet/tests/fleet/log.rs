use std::{error::Error, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, BufReader},
    sync::watch,
    time::timeout,
};

pub(crate) type Tested<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// What is not there by then will not come. Machines may be slow, so nothing waits for less.
pub(crate) const GIVE_UP: Duration = Duration::from_secs(60);

/// The lines that a process writes.
pub(crate) struct Log {
    lines: watch::Receiver<Vec<String>>,
    read: usize,
}

impl Log {
    pub(crate) fn of(output: impl AsyncRead + Send + Unpin + 'static) -> Self {
        let (sender, lines) = watch::channel(Vec::new());
        tokio::spawn(async move {
            let mut output = BufReader::new(output).lines();
            while let Ok(Some(line)) = output.next_line().await {
                sender.send_modify(|lines| lines.push(line));
            }
        });
        Self { lines, read: 0 }
    }

    /// Waits for the next lines: so many, each with its text, in this order.
    pub(crate) async fn next(&mut self, texts: &[&str]) -> Tested {
        let count = self.read + texts.len();
        let waited = timeout(GIVE_UP, self.lines.wait_for(|lines| lines.len() >= count)).await;
        drop(waited);
        let new = self.unread();
        let are_those = new.iter().zip(texts).all(|(line, text)| line.contains(text));
        if new.len() < texts.len() || !are_those {
            return Err(format!("instead of {texts:#?} there is {new:#?}").into());
        }
        self.read = count;
        Ok(())
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.lines.borrow().clone()
    }

    /// Waits for the end, and returns the lines that nobody has waited for.
    pub(crate) async fn end(mut self) -> Tested<Vec<String>> {
        timeout(GIVE_UP, async { while self.lines.changed().await.is_ok() {} }).await?;
        Ok(self.unread())
    }

    /// Lines that nobody has waited for.
    pub(crate) fn unread(&self) -> Vec<String> {
        self.lines.borrow().iter().skip(self.read).cloned().collect()
    }
}
