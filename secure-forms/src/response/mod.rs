//! Headers, policy, nonces, assets, downloads: what leaves with a response.

mod asset;
mod asset_set;
mod bare;
mod cache;
mod conflict;
mod download;
mod endpoint;
mod exchange;
mod header_values;
mod headers;
mod hsts;
mod link;
mod literal;
mod nonce;
mod permissions;
mod policy;
mod prepared;
mod report;

pub use self::asset::{
    Asset, AssetFile, Module, RemoteAsset, Script, StaticFile, Stylesheet, Tagged, integrity, local_asset,
    remote_asset_of,
};
pub use self::asset_set::AssetSet;
pub use self::bare::BareAnswers;
pub use self::conflict::HeaderConflict;
pub use self::download::{Download, InlineMedia, NotInline};
pub use self::endpoint::{InvalidEndpoint, ReportEndpoint};
pub use self::exchange::NonceError;
pub use self::header_values::{FrameOptions, ReferrerPolicy};
pub use self::headers::SecurityHeaders;
pub use self::hsts::Hsts;
pub use self::nonce::Nonce;
pub use self::permissions::{Feature, PermissionsPolicy};
pub use self::policy::evaluated_policy;
pub use self::policy::{Csp, CspBuilder, RefusedPolicy};
pub use self::prepared::{PendingHeaders, PreparedHeaders};
pub(crate) use self::report::MAX_BYTES as MAX_REPORT_BYTES;
pub use self::report::{BadReport, ViolationReport};

pub(crate) use self::exchange::Exchange;
