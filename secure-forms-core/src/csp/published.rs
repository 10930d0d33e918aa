//! Hosts where anybody publishes, hosts of JSONP answers, and AngularJS: a source enters, what makes it useless leaves.
//!
//! Sources of the facts: the private part of the Public Suffix List for hosts that give each publisher a name; the
//! documentation of each service for those that give each a path, and for its `callback` parameter; "CSP Is Dead, Long Live
//! CSP!" (Weichselbaum et al., 2016) for AngularJS. csp-evaluator 1.1.8 knows single addresses of some of them.

use super::host::{HostAndPath, KnownUrl};

/// The host of a source behind which anybody's file may be, unless the source names the publisher.
pub(super) fn by_anybody(source: &HostAndPath) -> Option<&'static str> {
    by_name(source).or_else(|| by_path(source))
}

/// The host whose JSONP answers, which run a script of the caller's choice, a source admits.
pub(super) fn as_jsonp(source: &HostAndPath) -> Option<&'static str> {
    JSONP.iter().find(|(host, path)| source.admits(&KnownUrl { host, path })).map(|(host, _)| *host)
}

/// Whether the path names AngularJS, in whichever version: it runs expressions that it finds in the page. (Angular from
/// version 2 on is published as `@angular/…`.)
pub(super) fn is_angular_js(source: &HostAndPath) -> bool {
    let path = source.path.to_ascii_lowercase();
    let is_one = |segment: &str| {
        let (name, version) = segment.split_once('@').unwrap_or((segment, "1"));
        match name {
            // The package `angular` ended with 1; later versions are another framework under another name.
            "angularjs" | "angular.js" | "angular" => {
                let major = version.trim_start_matches(['^', '~', 'v']).split('.').next();
                matches!(major, Some("0" | "1" | "latest"))
            }
            file => file.starts_with("angular") && file.ends_with(".js"),
        }
    };
    !path.contains("/@angular/") && path.split('/').any(is_one)
}

/// A wildcard over the names of publishers.
fn by_name(source: &HostAndPath) -> Option<&'static str> {
    let end = source.any_subdomain_of()?;
    let covers = |host: &str| host == end || host.strip_suffix(end).is_some_and(|front| front.ends_with('.'));
    if is_s3(end) { Some("s3.amazonaws.com") } else { EACH_A_NAME.into_iter().find(|host| covers(host)) }
}

/// A host with a path that does not reach as far as the publisher's own.
fn by_path(source: &HostAndPath) -> Option<&'static str> {
    let is_folder = source.path.ends_with('/');
    let segments = source.path.split('/').filter(|segment| !segment.is_empty()).count();
    let (host, _) = EACH_A_PATH.into_iter().find(|&(host, depth)| {
        let admits = source.admits_host(host) || host == "s3.amazonaws.com" && is_s3(&source.host);
        admits && is_folder && segments < depth
    })?;
    Some(host)
}

/// `s3.amazonaws.com` and its regions: `s3.eu-west-1.amazonaws.com`, `s3-eu-west-1.amazonaws.com`.
fn is_s3(host: &str) -> bool {
    host.starts_with("s3") && host.ends_with(".amazonaws.com")
}

/// Every publisher has a name below one of these.
#[rustfmt::skip]
const EACH_A_NAME: [&str; 49] = [
    "github.io", "githubusercontent.com", "gitlab.io", "bitbucket.io", "pages.dev", "workers.dev", "r2.dev", "trycloudflare.com",
    "netlify.app", "vercel.app", "now.sh", "herokuapp.com", "web.app", "firebaseapp.com", "appspot.com", "run.app", "a.run.app",
    "cloudfunctions.net", "blogspot.com", "googleusercontent.com", "translate.goog", "s3.amazonaws.com", "cloudfront.net",
    "execute-api.us-east-1.amazonaws.com", "elasticbeanstalk.com", "amplifyapp.com", "blob.core.windows.net", "web.core.windows.net",
    "azurewebsites.net", "azureedge.net", "azurestaticapps.net", "digitaloceanspaces.com", "ondigitalocean.app", "onrender.com",
    "fly.dev", "deno.dev", "surge.sh", "glitch.me", "repl.co", "replit.app", "csb.app", "webcontainer.io", "stackblitz.io", "ngrok.io",
    "ngrok-free.app", "b-cdn.net", "kxcdn.com", "global.ssl.fastly.net", "edgecompute.app",
];

/// Every publisher has a path here: the host, and how many segments name the publisher.
#[rustfmt::skip]
const EACH_A_PATH: [(&str, usize); 27] = [
    ("unpkg.com", 1), ("esm.sh", 1), ("cdn.esm.sh", 1), ("esm.run", 1), ("cdn.skypack.dev", 1), ("jspm.dev", 1), ("ga.jspm.io", 1),
    ("cdn.jsdelivr.net", 2), ("fastly.jsdelivr.net", 2), ("gcore.jsdelivr.net", 2), ("esm.unpkg.com", 1), ("bundle.run", 1),
    ("raw.githack.com", 1), ("rawcdn.githack.com", 1), ("gist.githack.com", 1), ("gistcdn.githack.com", 1), ("gl.githack.com", 1),
    ("rawgit.com", 1), ("cdn.rawgit.com", 1), ("cdn.statically.io", 2), ("raw.githubusercontent.com", 1),
    ("gist.githubusercontent.com", 1), ("storage.googleapis.com", 1), ("firebasestorage.googleapis.com", 3), ("s3.amazonaws.com", 1),
    ("script.google.com", 3), ("dl.dropboxusercontent.com", 2),
];

/// Hosts whose documentation offers a `callback`, beside those that csp-evaluator knows.
#[rustfmt::skip]
const JSONP: [(&str, &str); 20] = [
    ("api.github.com", "/"), ("en.wikipedia.org", "/w/api.php"), ("www.wikidata.org", "/w/api.php"),
    ("commons.wikimedia.org", "/w/api.php"), ("itunes.apple.com", "/search"), ("suggestqueries.google.com", "/complete/search"),
    ("www.google.com", "/complete/search"), ("api.stackexchange.com", "/"), ("ipinfo.io", "/"), ("api.ipify.org", "/"),
    ("ipapi.co", "/jsonp/"), ("noembed.com", "/embed"), ("openlibrary.org", "/api/books"), ("public-api.wordpress.com", "/rest/"),
    ("api.tumblr.com", "/v2/"), ("api.deezer.com", "/"), ("api.dailymotion.com", "/"), ("ws.audioscrobbler.com", "/2.0/"),
    ("archive.org", "/advancedsearch.php"), ("www.reddit.com", "/"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str) -> HostAndPath {
        HostAndPath::of(source).unwrap()
    }

    #[test]
    fn a_path_that_names_the_publisher_is_not_open_to_anybody() {
        for open in [
            "https://unpkg.com",
            "unpkg.com:*",
            "https://cdn.jsdelivr.net/npm/",
            "*.jsdelivr.net",
            "https://esm.sh/",
            "https://raw.githack.com/",
            "cdn.statically.io/gh/",
            "https://storage.googleapis.com",
            "*.googleapis.com",
            "https://s3.eu-west-1.amazonaws.com/",
            "s3-us-west-2.amazonaws.com",
        ] {
            assert!(by_anybody(&of(open)).is_some(), "{open}");
        }
        for one in [
            "https://unpkg.com/lodash@4.17.21/",
            "https://unpkg.com/@vue/",
            "https://cdn.jsdelivr.net/npm/vue@3/dist/vue.js",
            "https://cdn.jsdelivr.net/gh/jquery/",
            "https://storage.googleapis.com/my-bucket/",
            "https://s3.amazonaws.com/my-bucket/",
        ] {
            assert_eq!(by_anybody(&of(one)), None, "{one}");
        }
    }

    #[test]
    fn a_name_that_is_the_publishers_is_not_open_to_anybody() {
        for open in [
            "*.github.io",
            "https://*.pages.dev",
            "*.dev",
            "*.s3.amazonaws.com",
            "*.s3.eu-west-1.amazonaws.com",
            "*.amazonaws.com",
        ] {
            assert!(by_anybody(&of(open)).is_some(), "{open}");
        }
        for one in [
            "ada.github.io",
            "*.ada.github.io",
            "my-bucket.s3.amazonaws.com",
            "*.example.org",
            "notgithub.io",
            "*.notgithub.io",
        ] {
            assert_eq!(by_anybody(&of(one)), None, "{one}");
        }
    }

    #[test]
    fn angular_js_is_known_by_its_path() {
        for old in [
            "https://ajax.googleapis.com/ajax/libs/angularjs/1.8.2/angular.js",
            "https://ajax.googleapis.com/ajax/libs/angularjs/",
            "https://cdn.example.org/lib/angular-1.4.2.min.js",
            "https://unpkg.com/angular@1.8.3/",
            "https://cdnjs.cloudflare.com/ajax/libs/angular.js/1.8.3/angular-route.min.js",
        ] {
            assert!(is_angular_js(&of(old)), "{old}");
        }
        for other in [
            "https://unpkg.com/@angular/core@17/",
            "https://a.example/triangular.js",
            "https://a.example/angular@17/",
            "a.example",
        ] {
            assert!(!is_angular_js(&of(other)), "{other}");
        }
    }
}
