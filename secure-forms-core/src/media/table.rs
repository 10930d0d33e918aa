//! The table of media types. Of those with one content the first is the one that stands where a name claims none.

use super::media_type::Content::{
    self, Aac, Aiff, Amr, Asf, Avi, Avif, Bmp, Bzip2, Flac, Flv, FontCollection, Gif, Gzip, Heif, Ico, Jp2, Jpeg, Jxl,
    Matroska, Midi, Mp3, Mp4, MpegPs, Ogg, Ole, OpenType, Pdf, Png, Psd, Rar, SevenZip, Sqlite, Tar, Text, Tiff,
    TrueType, Wav, WebP, Woff, Woff2, Xz, Zip, Zstd,
};
use super::media_type::{Marks, MediaType};
use super::zip::Container::{Epub, Excel, Jar, OpenDocument, Plain, PowerPoint, Word};

type Names = &'static [&'static str];

const fn of(name: &'static str, aliases: Names, extensions: Names, content: Content) -> MediaType {
    MediaType { name, aliases, extensions, content, is_active: false }
}

/// A type whose content a browser may run.
const fn active(name: &'static str, aliases: Names, extensions: Names, marks: Marks) -> MediaType {
    MediaType { name, aliases, extensions, content: Text(marks), is_active: true }
}

const fn text(name: &'static str, aliases: Names, extensions: Names) -> MediaType {
    of(name, aliases, extensions, Text(Marks::None))
}

const XML: Marks = Marks::First("<");
/// RFC 8259, 2 and 3.
const JSON: Marks = Marks::First("{[\"-0123456789tfn");

/// Every type that can be told from its content.
pub const TYPES: &[MediaType] = &[
    of("image/png", &["image/x-png"], &["png"], Png),
    of("image/apng", &["image/vnd.mozilla.apng"], &["apng"], Png),
    of(
        "image/jpeg",
        &["image/jpg", "image/pjpeg"],
        &["jpg", "jpeg", "jpe", "jfif", "jif", "jfi", "pjpeg", "pjp"],
        Jpeg,
    ),
    of("image/gif", &[], &["gif"], Gif),
    of("image/webp", &["image/x-webp"], &["webp"], WebP),
    of("image/bmp", &["image/x-bmp", "image/x-ms-bmp"], &["bmp", "dib"], Bmp),
    of("image/tiff", &["image/tif", "image/x-tiff"], &["tif", "tiff"], Tiff),
    of("image/heic", &["image/heic-sequence"], &["heic", "heics"], Heif),
    of("image/heif", &["image/heif-sequence"], &["heif", "heifs", "hif"], Heif),
    of("image/avif", &["image/avif-sequence"], &["avif", "avifs"], Avif),
    of("image/jxl", &[], &["jxl"], Jxl),
    of("image/jp2", &["image/jpeg2000"], &["jp2", "jpg2"], Jp2),
    of("image/vnd.microsoft.icon", &["image/x-icon", "image/ico"], &["ico"], Ico),
    of(
        "image/vnd.adobe.photoshop",
        &["image/x-photoshop", "image/psd", "application/x-photoshop", "application/photoshop"],
        &["psd"],
        Psd,
    ),
    of("audio/mpeg", &["audio/mp3", "audio/x-mp3", "audio/x-mpeg"], &["mp3", "mpga"], Mp3),
    of("audio/aac", &["audio/x-aac", "audio/aacp"], &["aac", "adts"], Aac),
    of("audio/flac", &["audio/x-flac"], &["flac"], Flac),
    of("audio/ogg", &["application/ogg", "audio/opus", "audio/vorbis"], &["ogg", "oga", "opus", "spx"], Ogg),
    of("video/ogg", &[], &["ogv"], Ogg),
    of("audio/wav", &["audio/wave", "audio/x-wav", "audio/vnd.wave", "audio/x-pn-wav"], &["wav", "wave"], Wav),
    of("audio/aiff", &["audio/x-aiff"], &["aiff", "aif", "aifc"], Aiff),
    of("audio/midi", &["audio/mid", "audio/x-midi", "audio/x-mid"], &["mid", "midi", "kar"], Midi),
    of("audio/AMR", &["audio/amr-nb"], &["amr"], Amr),
    of("video/mp4", &["video/x-mp4"], &["mp4", "m4v", "mp4v"], Mp4),
    of("audio/mp4", &["audio/m4a", "audio/x-m4a", "audio/x-m4b"], &["m4a", "m4b", "m4r"], Mp4),
    of("video/quicktime", &[], &["mov", "qt"], Mp4),
    of("video/3gpp", &["audio/3gpp"], &["3gp", "3gpp", "3ga"], Mp4),
    of("video/3gpp2", &["audio/3gpp2"], &["3g2"], Mp4),
    of("video/webm", &[], &["webm"], Matroska),
    of("audio/webm", &[], &["weba"], Matroska),
    of("video/matroska", &["video/x-matroska"], &["mkv", "mk3d"], Matroska),
    of("audio/matroska", &["audio/x-matroska"], &["mka"], Matroska),
    of("video/x-msvideo", &["video/avi", "video/msvideo", "video/vnd.avi"], &["avi"], Avi),
    of("video/x-ms-wmv", &["video/x-ms-asf"], &["wmv", "asf"], Asf),
    of("audio/x-ms-wma", &[], &["wma"], Asf),
    of("video/x-flv", &[], &["flv"], Flv),
    of("video/mpeg", &["video/mpg", "video/x-mpeg"], &["mpg", "mpeg", "mpe", "vob"], MpegPs),
    of("font/woff", &["application/font-woff", "application/x-font-woff"], &["woff"], Woff),
    of("font/woff2", &["application/font-woff2"], &["woff2"], Woff2),
    of("font/ttf", &["application/font-sfnt", "font/sfnt", "application/x-font-ttf"], &["ttf"], TrueType),
    of("font/otf", &["application/x-font-otf"], &["otf"], OpenType),
    of("font/collection", &[], &["ttc", "otc"], FontCollection),
    of("application/pdf", &["application/x-pdf"], &["pdf"], Pdf),
    of("application/x-ole-storage", &[], &[], Ole),
    of("application/msword", &[], &["doc", "dot"], Ole),
    of("application/vnd.ms-excel", &["application/excel"], &["xls", "xlt"], Ole),
    of("application/vnd.ms-powerpoint", &["application/mspowerpoint"], &["ppt", "pps", "pot"], Ole),
    of("application/vnd.visio", &[], &["vsd"], Ole),
    of("application/vnd.ms-outlook", &[], &["msg"], Ole),
    of("application/vnd.sqlite3", &["application/x-sqlite3"], &["sqlite3", "sqlite"], Sqlite),
    of("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &[], &["docx"], Zip(Word)),
    of("application/vnd.openxmlformats-officedocument.wordprocessingml.template", &[], &["dotx"], Zip(Word)),
    of("application/vnd.ms-word.document.macroEnabled.12", &[], &["docm"], Zip(Word)),
    of("application/vnd.ms-word.template.macroEnabled.12", &[], &["dotm"], Zip(Word)),
    of("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &[], &["xlsx"], Zip(Excel)),
    of("application/vnd.openxmlformats-officedocument.spreadsheetml.template", &[], &["xltx"], Zip(Excel)),
    of("application/vnd.ms-excel.sheet.macroEnabled.12", &[], &["xlsm"], Zip(Excel)),
    of("application/vnd.ms-excel.template.macroEnabled.12", &[], &["xltm"], Zip(Excel)),
    of("application/vnd.ms-excel.sheet.binary.macroEnabled.12", &[], &["xlsb"], Zip(Excel)),
    of("application/vnd.openxmlformats-officedocument.presentationml.presentation", &[], &["pptx"], Zip(PowerPoint)),
    of("application/vnd.openxmlformats-officedocument.presentationml.slideshow", &[], &["ppsx"], Zip(PowerPoint)),
    of("application/vnd.openxmlformats-officedocument.presentationml.template", &[], &["potx"], Zip(PowerPoint)),
    of("application/vnd.ms-powerpoint.presentation.macroEnabled.12", &[], &["pptm"], Zip(PowerPoint)),
    of("application/vnd.oasis.opendocument.text", &[], &["odt"], Zip(OpenDocument)),
    of("application/vnd.oasis.opendocument.text-template", &[], &["ott"], Zip(OpenDocument)),
    of("application/vnd.oasis.opendocument.spreadsheet", &[], &["ods"], Zip(OpenDocument)),
    of("application/vnd.oasis.opendocument.spreadsheet-template", &[], &["ots"], Zip(OpenDocument)),
    of("application/vnd.oasis.opendocument.presentation", &[], &["odp"], Zip(OpenDocument)),
    of("application/vnd.oasis.opendocument.presentation-template", &[], &["otp"], Zip(OpenDocument)),
    of("application/vnd.oasis.opendocument.graphics", &[], &["odg"], Zip(OpenDocument)),
    of("application/epub+zip", &[], &["epub"], Zip(Epub)),
    of("application/java-archive", &["application/x-java-archive"], &["jar", "war", "ear"], Zip(Jar)),
    of("application/zip", &["application/x-zip-compressed", "application/x-zip"], &["zip"], Zip(Plain)),
    of("application/gzip", &["application/x-gzip"], &["gz", "tgz"], Gzip),
    of("application/x-tar", &[], &["tar"], Tar),
    of("application/x-bzip2", &["application/x-bzip", "application/bzip2"], &["bz2", "tbz2", "tbz"], Bzip2),
    of("application/x-xz", &["application/xz"], &["xz", "txz"], Xz),
    of("application/zstd", &["application/x-zstd"], &["zst", "tzst"], Zstd),
    of("application/x-7z-compressed", &[], &["7z"], SevenZip),
    of("application/vnd.rar", &["application/x-rar-compressed", "application/x-rar"], &["rar"], Rar),
    text("text/plain", &[], &["txt", "text", "log"]),
    text("text/csv", &["application/csv", "text/x-csv"], &["csv"]),
    text("text/tab-separated-values", &["text/tsv"], &["tsv", "tab"]),
    text("text/markdown", &["text/x-markdown"], &["md", "markdown"]),
    text("text/css", &[], &["css"]),
    text("text/calendar", &["text/x-vcalendar"], &["ics", "ifb"]),
    text("text/vcard", &["text/x-vcard", "text/directory"], &["vcf", "vcard"]),
    text("text/vtt", &[], &["vtt"]),
    text("application/x-subrip", &["text/srt"], &["srt"]),
    text("application/yaml", &["application/x-yaml", "text/yaml", "text/x-yaml"], &["yaml", "yml"]),
    text("application/toml", &["text/x-toml"], &["toml"]),
    text("application/sql", &["text/x-sql"], &["sql"]),
    text("message/rfc822", &[], &["eml"]),
    of("text/rtf", &["application/rtf", "text/richtext"], &["rtf"], Text(Marks::Holds("{\\rtf"))),
    of("application/json", &["text/json"], &["json"], Text(JSON)),
    of("application/geo+json", &[], &["geojson"], Text(JSON)),
    active("text/html", &[], &["html", "htm"], Marks::None),
    active("application/xhtml+xml", &[], &["xhtml", "xht"], XML),
    active("image/svg+xml", &["image/svg"], &["svg"], Marks::Holds("<svg")),
    active("application/xml", &["text/xml"], &["xml", "xsl", "xslt", "gpx", "kml"], XML),
    active("text/javascript", &["application/javascript", "application/x-javascript"], &["js", "mjs"], Marks::None),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_and_every_extension_stands_for_one_type() {
        let names = TYPES.iter().flat_map(|known| known.aliases.iter().chain([&known.name]));
        let extensions = TYPES.iter().flat_map(|known| known.extensions);
        for all in [names.copied().collect::<Vec<_>>(), extensions.copied().collect()] {
            let lower: BTreeSet<String> = all.iter().map(|name| name.to_ascii_lowercase()).collect();
            assert_eq!(lower.len(), all.len());
        }
    }
}
