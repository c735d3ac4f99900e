use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
};

use tokio::task::JoinSet;

use crate::{
    client::{Client, Kind},
    site::{Site, Tested, until},
};

const CLIENTS: usize = 64;

/// A tenant, and an origin that asks for it.
pub(crate) type Ask = (&'static str, &'static str);

/// Clients that ask the same questions over and over, all at once, until they are told to end.
pub(crate) struct Load {
    shared: Arc<Shared>,
    clients: JoinSet<Tested>,
}

struct Shared {
    asks: Vec<Ask>,
    allowed: Vec<AtomicU64>,
    denied: Vec<AtomicU64>,
    rounds: [AtomicU64; CLIENTS],
    is_over: AtomicBool,
}

impl Load {
    pub(crate) async fn start(site: &Site, asks: &[Ask]) -> Tested<Self> {
        let count = || asks.iter().map(|_| AtomicU64::new(0)).collect();
        let shared = Arc::new(Shared {
            asks: asks.to_vec(),
            allowed: count(),
            denied: count(),
            rounds: [const { AtomicU64::new(0) }; CLIENTS],
            is_over: AtomicBool::new(false),
        });
        let mut clients = JoinSet::new();
        for number in 0..CLIENTS {
            clients.spawn(ask_on(Arc::clone(&shared), number, site.client().await?));
        }
        Ok(Self { shared, clients })
    }

    pub(crate) fn allowed(&self, ask: usize) -> u64 {
        self.shared.allowed[ask].load(SeqCst)
    }

    pub(crate) fn denied(&self, ask: usize) -> u64 {
        self.shared.denied[ask].load(SeqCst)
    }

    /// Waits until each client has begun and ended so many more rounds.
    pub(crate) async fn rounds(&mut self, more: u64) -> Tested {
        // The round that a client is in began earlier.
        let goals: Vec<u64> =
            self.shared.rounds.iter().map(|rounds| rounds.load(SeqCst) + 1 + more).collect();
        self.until("every client goes on", |load| {
            load.shared.rounds.iter().zip(&goals).all(|(rounds, goal)| rounds.load(SeqCst) >= *goal)
        })
        .await
    }

    /// Waits until the condition holds; a client that fails ends the test.
    pub(crate) async fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) -> Tested {
        until(what, async || {
            while let Some(ended) = self.clients.try_join_next() {
                ended??;
            }
            Ok(holds(self))
        })
        .await
    }

    pub(crate) async fn end(mut self) -> Tested {
        self.shared.is_over.store(true, SeqCst);
        while let Some(ended) = self.clients.join_next().await {
            ended??;
        }
        Ok(())
    }
}

async fn ask_on(shared: Arc<Shared>, number: usize, mut client: Client) -> Tested {
    while !shared.is_over.load(SeqCst) {
        for (ask, (tenant, origin)) in shared.asks.iter().enumerate() {
            for kind in Kind::BOTH {
                let is_allowed = client.allows(kind, tenant, origin).await?;
                let answers = if is_allowed { &shared.allowed } else { &shared.denied };
                answers[ask].fetch_add(1, SeqCst);
            }
        }
        shared.rounds[number].fetch_add(1, SeqCst);
    }
    Ok(())
}
