//! Answers a GET of the path in each line of standard input, and a POST where a space and a body follow it.
//!
//! `echo / | cargo run -p no-framework`

use std::error::Error;
use std::io::{BufRead, stdin};

use http::{Method, Request, header};
use no_framework::Site;
use secure_forms::csrf::OwnOrigins;

fn main() -> Result<(), Box<dyn Error>> {
    let site = Site::new(OwnOrigins::parse("https://app.example")?)?;
    for line in stdin().lock().lines() {
        let line = line?;
        let (method, path, body) = match line.split_once(' ') {
            Some((path, body)) => (Method::POST, path, body),
            None => (Method::GET, line.as_str(), ""),
        };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.as_bytes().to_vec())?;
        let answer = site.handle(request);
        println!("{} {:#?}\n{}", answer.status(), answer.headers(), answer.body());
    }
    Ok(())
}
