//! An axum router that serves an [`AssetSet`].

use axum::Router;
use axum::routing::get;

use crate::response::AssetSet;

impl AssetSet {
    /// A router with one route for each file, to be merged into the site's.
    ///
    /// ```
    /// use axum::Router;
    /// use secure_forms::asset::AssetSet;
    ///
    /// let app: Router = Router::new().merge(AssetSet::new([]).router());
    /// ```
    pub fn router<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        self.iter().fold(Router::new(), |router, file| {
            let file = *file;
            router.route(file.url(), get(async move || (file.headers(), file.bytes())))
        })
    }
}
