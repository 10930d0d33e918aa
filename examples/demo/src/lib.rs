//! The security guide as a small web app: people register, sign in, edit a profile, search, upload files and sign out.
//! A request passes `server` (time-outs, caps), the security headers, `session` (who is it), a page of `pages`, the store.

pub mod access;
mod client;
pub mod config;
mod error;
mod identity;
mod layout;
pub mod limits;
mod notice;
mod pages;
pub mod passwords;
mod routes;
mod seed;
pub mod server;
mod session;
pub mod start;
mod state;
mod store;

pub use crate::pages::app;
pub use crate::state::App;
