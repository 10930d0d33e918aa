//! The keys of `#[field(…)]` that name a kind of text: one row for each.

use super::{Fits, Row, Value};
use crate::model::form::Format;
use crate::model::holds::Holds;

const ONLY_MESSAGE: Value = Value::OptionalArguments("`message`");

const COLOR: Row = text(
    "color",
    ONLY_MESSAGE,
    "color",
    "A colour as `<input type=color>` sends it: `#1a2b3c` (HTML Standard, 2.3.6).",
);
const DATE: Row = text("date", ONLY_MESSAGE, "date", "A date: `2024-12-31` (HTML Standard, 2.3.5.2).");
const HOSTNAME: Row = text(
    "hostname",
    ONLY_MESSAGE,
    "hostname",
    "The name of a host in ASCII, without a dot at its end (RFC 1123, 2.1).",
);
const IP: Row = text(
    "ip",
    Value::OptionalArguments("`v4` or `v6`, `message`"),
    "ip(v4)",
    "An IP address without port, zone or brackets (RFC 4291, 2.2), of this version if one is named.",
);
const MAC: Row = text("mac", ONLY_MESSAGE, "mac", "A MAC address with colons or hyphens: `00:1a:2b:3c:4d:5e`.");
const SLUG: Row =
    text("slug", ONLY_MESSAGE, "slug", "Lower-case letters and digits with single hyphens between them: `a-post`.");
const TIME: Row =
    text("time", ONLY_MESSAGE, "time", "A time of day: `23:59`, `23:59:59.999` (HTML Standard, 2.3.5.4).");
const URL: Row = text(
    "url",
    Value::OptionalArguments("`public`, `message`"),
    "url(public)",
    "An `http` or `https` URL with a host and without a user name, in a control for URLs; `public` \
     also refuses hosts of the own network, for what the server itself will fetch (SSRF).",
);
const UUID: Row = text(
    "uuid",
    Value::OptionalArguments("`v1` to `v8`, `message`"),
    "uuid(v4)",
    "A UUID with hyphens (RFC 9562, section 4), of this version if one is named.",
)
.instead(Holds::Number, "write the type as `Uuid` without `uuid`, or as `String` with it; ");

const fn text(name: &'static str, value: Value, example: &'static str, does: &'static str) -> Row {
    Row::new(name, value, Fits::Text, example, does)
}

pub(super) fn row(format: Format) -> &'static Row {
    match format {
        Format::Color => &COLOR,
        Format::Date => &DATE,
        Format::Hostname => &HOSTNAME,
        Format::Ip => &IP,
        Format::Mac => &MAC,
        Format::Slug => &SLUG,
        Format::Time => &TIME,
        Format::Url => &URL,
        Format::Uuid => &UUID,
    }
}
