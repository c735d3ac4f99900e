use std::{io, sync::LazyLock, time::Duration};

use redis::{
    AsyncCommands, AsyncConnectionConfig, Client, RedisResult, Script,
    aio::{MultiplexedConnection, PubSubStream},
};
use tokio::time::timeout;

/// The policy, and the channel where it is told that there is another one.
const KEY: &str = "tower-cors-fleet:policy";

/// Redis answers in less, or it is away.
const PATIENCE: Duration = Duration::from_secs(5);

static PUBLISH: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("publish.lua")));

/// Where the policy of the fleet is kept.
pub(crate) struct Store(Client);

/// What is stored, as it is: anyone may have written it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Stored {
    pub(crate) version: Option<Vec<u8>>,
    /// The layer, in JSON.
    pub(crate) cors: Option<Vec<u8>>,
}

/// What became of a policy.
pub(crate) struct Published {
    pub(crate) version: u64,
    /// How many servers were told.
    pub(crate) servers: u64,
}

impl Store {
    /// # Errors
    ///
    /// If this is no URL of a Redis. Whether there is one is not asked yet.
    pub(crate) fn at(url: &str) -> RedisResult<Self> {
        Client::open(url).map(Self)
    }

    pub(crate) async fn connect(&self) -> RedisResult<MultiplexedConnection> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        self.0.get_multiplexed_async_connection_with_config(&config).await
    }

    /// Messages, one for each policy that is published from now on.
    pub(crate) async fn subscribe(&self) -> RedisResult<PubSubStream> {
        let subscribe = async {
            let mut subscription = self.0.get_async_pubsub().await?;
            subscription.subscribe(KEY).await?;
            Ok(subscription.into_on_message())
        };
        timeout(PATIENCE, subscribe).await.unwrap_or_else(|late| Err(io::Error::from(late).into()))
    }
}

impl Stored {
    pub(crate) async fn read(connection: &mut MultiplexedConnection) -> RedisResult<Self> {
        let (version, cors) = connection.hmget(KEY, &["version", "cors"]).await?;
        Ok(Self { version, cors })
    }
}

impl Published {
    /// Stores the JSON of a layer that builds, and tells the servers.
    pub(crate) async fn publish(
        connection: &mut MultiplexedConnection,
        cors: &str,
    ) -> RedisResult<Self> {
        let (version, servers) = PUBLISH.key(KEY).arg(cors).invoke_async(connection).await?;
        Ok(Self { version, servers })
    }
}
