//! `asset!` and `remote_asset!`: the file is there and of a known type; the hash can match (Subresource Integrity, section 3.5).

use std::fmt::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use crate::diagnostic::{Errors, Message, list};
use crate::model::asset::{CheckedLocal, CheckedRemote, Kind, WrittenLocal, WrittenRemote};
use crate::model::root::Root;
use crate::source;

/// Content types by extension; those of text are sent with their encoding, and the file must be in it.
const TYPES: [(&str, &str); 29] = [
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("woff", "font/woff"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("xml", "application/xml"),
    ("wasm", "application/wasm"),
    ("pdf", "application/pdf"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("vtt", "text/vtt; charset=utf-8"),
];

/// What follows from the bytes of the file, or the place of the runtime alone.
pub(crate) fn local(written: WrittenLocal, errors: &mut Errors) -> Result<CheckedLocal, Root> {
    let WrittenLocal { root, path: literal } = written;
    let path = literal.value();
    let problem = match extension(&path) {
        _ if Path::new(&path).is_absolute() => Message::new("an absolute path is another one on the next machine")
            .help("write the path as seen from the folder of Cargo.toml: `asset!(\"static/app.js\")`"),
        Some(extension) => match source::asset::file(&path) {
            Some((file, bytes)) => match asset(&root, &path, &extension, file, &bytes) {
                Ok(asset) => return Ok(asset),
                Err(message) => message,
            },
            None => Message::new(format!("no file `{path}` in this package"))
                .help("write the path as seen from the folder of Cargo.toml: `asset!(\"static/app.js\")`"),
        },
        None => Message::new(format!("`{path}` has no extension"))
            .help(format!("the type to serve it with follows from one of {}", known())),
    };
    errors.at(&literal, problem);
    Err(root)
}

fn asset(root: &Root, path: &str, extension: &str, file: PathBuf, bytes: &[u8]) -> Result<CheckedLocal, Message> {
    let Some((_, content_type)) = TYPES.into_iter().find(|(known, _)| *known == extension) else {
        return Err(
            Message::new(format!("no content type is known for `.{extension}`")).help(format!("known are {}", known()))
        );
    };
    if (content_type.ends_with("utf-8") || content_type == "image/svg+xml") && std::str::from_utf8(bytes).is_err() {
        return Err(
            Message::new(format!("`{path}` is not valid UTF-8")).help("save the file as UTF-8: it is served as such")
        );
    }
    let Some(file) = file.to_str().map(str::to_owned) else {
        return Err(Message::new("the path of this package is not valid Unicode")
            .help("move the package to a folder whose name is"));
    };
    let hash = Sha384::digest(bytes);
    let integrity = format!("sha384-{}", STANDARD.encode(hash));
    // 64 bits: enough to change whenever the file does; integrity is the other hash's duty.
    let mark = hash.iter().take(8).fold(String::new(), |mut mark, byte| {
        let _ = write!(mark, "{byte:02x}");
        mark
    });
    let url = format!("/assets/{}.{mark}.{extension}", stem(path));
    Ok(CheckedLocal { root: root.clone(), kind: Kind::of_extension(extension), url, integrity, content_type, file })
}

/// The name without folders and extension, in characters that a URL needs not encode.
fn stem(path: &str) -> String {
    let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    stem.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect()
}

fn extension(path: &str) -> Option<String> {
    Path::new(path).extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase)
}

fn known() -> String {
    list(TYPES.iter().map(|(extension, _)| *extension))
}

/// Checks address, hash and kind; all three are reported at once.
pub(crate) fn remote(model: WrittenRemote, errors: &mut Errors) -> Result<CheckedRemote, Root> {
    let url = model.url.value();
    let is_https = url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
    if !is_https || url.bytes().any(|b| !b.is_ascii_graphic() || matches!(b, b'"' | b'\'' | b'<' | b'>' | b'\\')) {
        let message =
            Message::new("a remote asset has an https URL of visible ASCII").help("write `https://host/path`");
        errors.at(&model.url, message.note("over plain HTTP anyone on the way can read what the page loads"));
    }
    match (kind(&model, &url, errors), integrity(&model, errors)) {
        (Some(kind), Some(integrity)) if errors.is_empty() => {
            Ok(CheckedRemote { root: model.root, kind, integrity, url })
        }
        _ => Err(model.root),
    }
}

fn integrity(model: &WrittenRemote, errors: &mut Errors) -> Option<String> {
    let Some(literal) = &model.integrity else {
        let message = Message::new("a remote asset without its hash could be replaced by its host");
        let help = "add the hash as the second argument: `sha384-` and what `openssl dgst -sha384 -binary FILE | openssl base64 -A` prints";
        errors.at(&model.url, message.help(help).note("Subresource Integrity, section 3.5"));
        return None;
    };
    let text = literal.value();
    let (algorithm, hash) = text.split_once('-').unwrap_or_default();
    let bytes = match algorithm {
        "sha384" => 48,
        "sha512" => 64,
        _ => {
            let message = Message::new("the hash of a remote asset is a sha384 or a sha512");
            errors.at(
                literal,
                message.help("write `sha384-` and what `openssl dgst -sha384 -binary FILE | openssl base64 -A` prints"),
            );
            return None;
        }
    };
    match STANDARD.decode(hash) {
        Ok(decoded) if decoded.len() == bytes => Some(text),
        _ => {
            let message =
                Message::new(format!("a {algorithm} hash has {} characters of base64", usize::div_ceil(bytes, 3) * 4));
            errors.at(literal, message.help("compute it again: it matches nothing"));
            None
        }
    }
}

fn kind(model: &WrittenRemote, url: &str, errors: &mut Errors) -> Option<Kind> {
    let Some(word) = &model.kind else {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let kind = Kind::of_extension(&extension(path).unwrap_or_default());
        if kind == Kind::Other {
            let message = Message::new("the URL does not show whether this is a script or a stylesheet");
            errors.at(&model.url, message.help("add it as the third argument: `script`, `module` or `stylesheet`"));
        }
        return Some(kind);
    };
    match word.to_string().as_str() {
        "script" => Some(Kind::Script),
        "module" => Some(Kind::Module),
        "stylesheet" => Some(Kind::Stylesheet),
        _ => {
            errors.at(
                word,
                Message::new(format!("unknown kind `{word}`")).help("write `script`, `module` or `stylesheet`"),
            );
            None
        }
    }
}
