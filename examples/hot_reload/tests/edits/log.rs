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

    /// Waits for a line that ends so, after those that were read before, and returns the lines up
    /// to it.
    pub(crate) async fn until(&mut self, end: &str) -> Tested<Vec<String>> {
        let mut found = None;
        let read = self.read;
        let find = |lines: &Vec<String>| {
            found = lines.iter().skip(read).position(|line| line.ends_with(end));
            found.is_some()
        };
        let waited = timeout(GIVE_UP, self.lines.wait_for(find)).await;
        let is_there = matches!(waited, Ok(Ok(_)));
        drop(waited);
        let new = self.unread();
        if !is_there {
            return Err(format!("no line ends with {end:?} in {new:#?}").into());
        }
        let count = found.map_or(0, |position| position + 1);
        self.read += count;
        Ok(new.into_iter().take(count).collect())
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
