//! The media types of files: names, extensions and bytes enter, one canonical type leaves. Whatever a list of accepted types, a
//! file's name or its content calls a type, it is compared by the one name of [`TYPES`] (the IANA registry's where it has one).
//!
//! Sources: IANA, "Media Types"; RFC 6838; HTML Standard, 4.10.5.1.17 (`accept`); the formats' own specifications for their
//! first bytes; ECMA-376-2, 7.3, and OASIS ODF 1.3-2, 3 for what is inside a ZIP container.

mod accept;
mod decide;
mod lookup;
mod media_type;
mod sniff;
mod table;
mod zip;

pub use accept::{AcceptProblem, canonical_accept, takes};
pub use decide::{Finding, decide};
pub use lookup::{named, of_extension};
pub use media_type::{Content, Marks, MediaType};
pub use sniff::sniff;
pub use table::TYPES;
pub use zip::{Container, ContainerNames};
