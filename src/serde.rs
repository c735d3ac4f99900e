//! [`CorsLayer`] from files, and to files.

mod duration;
mod key;
mod list;
mod normal;
mod raw;
mod read;
#[cfg(feature = "schemars")]
mod schema;
mod value;
mod write;

use crate::layer::CorsLayer;

#[cfg_attr(docsrs, doc(cfg(feature = "serde")))]
impl CorsLayer {
    /// Lets a configuration file use [`dangerously_allow_origins`](Self::dangerously_allow_origins):
    /// its insecure origins, wildcards over public suffixes, and `null`. Default: that is a problem,
    /// so that nobody who can only edit the file can let strangers in.
    ///
    /// Nothing else becomes allowed: `null` stays refused with credentials, and any origin too.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use tower_cors::CorsLayer;
    ///
    /// let file = r#"
    ///     allow_credentials = true
    ///     dangerously_allow_origins = ["http://intranet.example.com"]
    /// "#;
    /// let cors: CorsLayer = toml::from_str(file)?;
    /// assert_eq!(cors.clone().build().unwrap_err().problems()[0].code(), "dangerous-config");
    /// assert!(cors.accept_dangerous_config().build().is_ok());
    /// # Ok(())
    /// # }
    /// ```
    pub fn accept_dangerous_config(self) -> Self {
        self.set(|settings| settings.file.accepts_danger = true)
    }
}
