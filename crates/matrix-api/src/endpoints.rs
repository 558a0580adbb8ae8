use crate::Registered;

/// The areas of every API that is switched on.
const AREAS: &[&[&[Registered]]] = &[
    #[cfg(feature = "client")]
    crate::client::AREAS,
    #[cfg(feature = "federation")]
    crate::federation::AREAS,
    #[cfg(feature = "identity")]
    crate::identity::AREAS,
    #[cfg(feature = "integrations")]
    crate::integrations::AREAS,
];

/// Lists every endpoint that this crate has.
///
/// ```
/// let paths: Vec<&str> =
///     matrix_api::endpoints().flat_map(|endpoint| endpoint.metadata.paths).map(|path| path.template).collect();
/// assert!(paths.contains(&"/_matrix/client/v3/refresh"));
/// // Removed by MSC1819.
/// assert!(!paths.iter().any(|path| path.contains("/presence/list")));
/// ```
pub fn endpoints() -> impl Iterator<Item = &'static Registered> {
    AREAS.iter().copied().flatten().copied().flatten()
}
