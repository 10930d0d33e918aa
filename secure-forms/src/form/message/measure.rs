//! What the sentences of every language count and list in the same way.

use secure_forms_core::media;

/// `2` and `MiB`, where it comes out even.
pub(super) fn whole_unit(bytes: u64) -> Option<(u64, &'static str)> {
    match bytes {
        0 => None,
        bytes if bytes % (1 << 20) == 0 => Some((bytes >> 20, "MiB")),
        bytes if bytes % (1 << 10) == 0 => Some((bytes >> 10, "KiB")),
        _ => None,
    }
}

/// `PNG, JPG and PDF`, by the extensions that people know; `group` names all of `image/*`.
pub(super) fn listed(accept: &[&str], group: fn(&str) -> String, and: &str) -> String {
    let name = |entry: &&str| match entry.strip_suffix("/*") {
        Some(all) => group(all),
        None => media::named(entry)
            .and_then(|kind| kind.extensions.first().copied())
            .unwrap_or(entry.trim_start_matches('.'))
            .to_ascii_uppercase(),
    };
    let names: Vec<String> = accept.iter().map(name).collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} {and} {last}", first.join(", ")),
        names => names.concat(),
    }
}
