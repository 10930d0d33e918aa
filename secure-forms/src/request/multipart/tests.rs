use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::upload::BLOCKING;
use super::source::Work;
use super::*;

const FILES: [(&str, u64); 1] = [("file", 4 << 20)];
const EXPECTED: Expected<'static> = Expected { token: "token", text_limit: 64 << 10, max_parts: 9, files: &FILES };
const TOKEN: &str = "--XX\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\ngood\r\n";
const FILE: &str = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
const TEXT: &str = "\r\n--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nkept\r\n--XX--\r\n";
const CHUNK: usize = 16 << 10;

fn stream(chunks: impl Iterator<Item = Vec<u8>> + Send) -> impl Stream<Item = Result<Bytes, BodyProblem>> + Send {
    futures_util::stream::iter(chunks.map(|chunk| Ok(Bytes::from(chunk))))
}

/// `start`, a MiB, `end`: every chunk is ready from the beginning. Answers the parts and how many chunks were taken.
async fn taken(start: &str, end: &str, gate: Gate) -> (Result<Parts, BodyProblem>, usize) {
    let chunks = [start.as_bytes().to_vec()].into_iter();
    let chunks = chunks.chain(std::iter::repeat_n(vec![b'x'; CHUNK], 64)).chain([end.as_bytes().to_vec()]);
    let count = Arc::new(AtomicUsize::new(0));
    let counted = chunks.inspect({
        let count = count.clone();
        move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    let parts = read(stream(counted), "XX", &EXPECTED, |_| gate).await;
    (parts, count.load(Ordering::Relaxed))
}

/// A body in chunks of `chunk` bytes.
async fn parts(body: &[u8], chunk: usize) -> Result<Parts, BodyProblem> {
    read(stream(body.chunks(chunk).map(<[u8]>::to_vec)), "XX", &EXPECTED, |_| Gate::Open).await
}

fn names(parts: &Parts) -> Vec<&str> {
    parts.parts.iter().map(|part| part.name.as_str()).collect()
}

/// A part of this header line.
fn part(disposition: &str, content: &str) -> String {
    format!("--XX\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
}

#[tokio::test]
async fn a_closed_gate_takes_nothing_of_a_file() {
    for start in [format!("{TOKEN}{FILE}"), FILE.to_owned()] {
        let (parts, taken) = taken(&start, TEXT, Gate::Closed).await;
        assert!(parts.unwrap().parts.is_empty());
        assert!(taken <= 2, "{taken} chunks are in memory");
    }
}

#[tokio::test]
async fn an_open_gate_takes_all_of_it() {
    let (parts, taken) = taken(&format!("{TOKEN}{FILE}"), TEXT, Gate::Open).await;
    let parts = parts.unwrap();
    assert!(matches!(&parts.parts[0].value, PartValue::File(file) if file.size() == 1 << 20));
    assert_eq!((names(&parts), taken), (vec!["file", "text"], 66));
}

#[tokio::test]
async fn a_first_chunk_of_any_size_is_enough_for_a_token() {
    let start = format!("{TOKEN}{FILE}{}", "y".repeat(1 << 20));
    let (parts, _) = taken(&start, TEXT, Gate::Open).await;
    assert!(matches!(&parts.unwrap().parts[0].value, PartValue::File(file) if file.size() == 2 << 20));
}

#[tokio::test]
async fn a_gate_for_texts_stores_no_file() {
    let (parts, _) = taken(&format!("{TOKEN}{FILE}"), TEXT, Gate::TextOnly).await;
    assert_eq!(names(&parts.unwrap()), ["text"]);
}

#[tokio::test]
async fn what_goes_on_without_a_token_is_cut_off() {
    let endless_header = TOKEN.split_once("Content").unwrap().0.to_owned() + "A: ";
    for start in ["", TOKEN.trim_end(), &endless_header] {
        let (parts, taken) = taken(start, TEXT, Gate::Open).await;
        assert_eq!(parts.err(), Some(BodyProblem::Malformed), "{start}");
        assert!(taken <= 2, "{taken} chunks are in memory");
    }
}

/// What reading `body` in chunks of `chunk` bytes costs: fills of the buffer, its most bytes, calls of the blocking pool.
async fn cost(body: &[u8], chunk: usize) -> (Work, usize) {
    BLOCKING.with(|count| count.set(0));
    let chunks = stream(body.chunks(chunk).map(<[u8]>::to_vec));
    let mut reader = Reader::new(chunks, "XX", &EXPECTED, |_: Option<&str>| Gate::Open);
    reader.read().await.unwrap();
    (reader.source.work, BLOCKING.with(std::cell::Cell::get))
}

#[tokio::test]
async fn the_size_of_chunks_costs_no_work() {
    let file = "x".repeat(1 << 20);
    let look_alikes = "\r\n--X".repeat((1 << 20) / 5);
    for content in [&file, &look_alikes] {
        let body = format!("{TOKEN}{FILE}{content}{TEXT}");
        let (whole, blocking) = cost(body.as_bytes(), body.len()).await;
        assert!(blocking <= 18, "{blocking} calls for 16 blocks");
        for chunk in [1, 8, 64, 4096] {
            let (work, calls) = cost(body.as_bytes(), chunk).await;
            assert_eq!((work.fills, calls), (whole.fills, blocking), "chunks of {chunk}");
            assert!(work.most <= BUFFER + chunk, "{} bytes in memory for chunks of {chunk}", work.most);
        }
    }
}

#[tokio::test]
async fn a_header_is_bounded_before_and_behind_the_gate() {
    let endless = format!("--XX\r\nA: {}", "x".repeat(1 << 20));
    for chunk in [16, 4096, endless.len()] {
        assert_eq!(parts(endless.as_bytes(), chunk).await.err(), Some(BodyProblem::Malformed), "before");
        let behind = parts(format!("{TOKEN}{endless}").as_bytes(), chunk).await.unwrap();
        assert_eq!(behind.cut, Some(header::too_large()), "behind");
    }
}

#[tokio::test]
async fn a_file_over_its_limit_costs_itself_alone() {
    let large = "x".repeat(20 << 20);
    let body = [TOKEN, &part("name=first", "kept"), FILE, &large, TEXT].concat();
    let parts = parts(body.as_bytes(), CHUNK).await.unwrap();
    assert_eq!((names(&parts), parts.cut), (vec!["first", "file", "text"], None));
    assert!(matches!(parts.parts[1].value, PartValue::Broken(BodyProblem::FileTooLarge { max }) if max == 4 << 20));
}

#[tokio::test]
async fn a_file_without_an_end_is_cut_and_the_texts_before_it_are_kept() {
    let start = [TOKEN, &part("name=first", "kept"), FILE].concat().into_bytes();
    let count = Arc::new(AtomicUsize::new(0));
    let endless = std::iter::once(start).chain(std::iter::repeat(vec![b'x'; 1 << 20]).inspect({
        let count = count.clone();
        move |_| {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }));
    let parts = read(stream(endless), "XX", &EXPECTED, |_| Gate::Open).await.unwrap();
    assert_eq!(names(&parts), ["first", "file"]);
    assert_eq!(parts.cut, Some(BodyProblem::FileTooLarge { max: 4 << 20 }));
    assert!((64..=70).contains(&count.load(Ordering::Relaxed)), "{count:?} MiB were read");
}

#[tokio::test]
async fn an_empty_file_that_was_chosen_is_a_file_of_no_bytes() {
    let body = [TOKEN, &part("name=file; filename=\"empty.txt\"", ""), "--XX--"].concat();
    let chosen = parts(body.as_bytes(), 7).await.unwrap();
    assert!(matches!(&chosen.parts[0].value, PartValue::File(file) if file.size() == 0));
    let body = [TOKEN, &part("name=file; filename=\"\"", ""), "--XX--"].concat();
    assert_eq!(names(&parts(body.as_bytes(), 7).await.unwrap()), [""; 0], "nothing was chosen");
}

#[tokio::test]
async fn a_part_with_a_files_header_is_a_file() {
    for header in
        ["name=file; FileName=a.txt", "Name=file; filename*=utf-8''a.txt", "name=file\r\nContent-Type: text/plain"]
    {
        let body = [TOKEN, &part(header, "text"), "--XX--"].concat();
        let parts = parts(body.as_bytes(), 100).await.unwrap();
        assert!(matches!(&parts.parts[0].value, PartValue::File(file) if file.size() == 4), "{header}");
    }
    let body = [TOKEN, &part("name=text\r\nContent-Type: text/plain", "text"), "--XX--"].concat();
    let of_text = parts(body.as_bytes(), 100).await.unwrap();
    assert!(matches!(&of_text.parts[0].value, PartValue::Text(text) if text == "text"));
}

#[tokio::test]
async fn files_beyond_the_first_of_a_field_are_not_stored() {
    let body = [TOKEN, &part("name=file; filename=a", "one").repeat(3), "--XX--"].concat();
    let parts = parts(body.as_bytes(), 100).await.unwrap();
    let stored = parts.parts.iter().filter(|part| matches!(part.value, PartValue::File(_))).count();
    assert_eq!((names(&parts), stored), (vec!["file"; 3], 1));
}

#[tokio::test]
async fn parts_and_their_names_are_bounded() {
    for (part, problem) in [
        (part("name=x; filename=a", ""), BodyProblem::TooManyFields { max: 9 }),
        (part(&format!("name={}", "n".repeat(15 << 10)), ""), BodyProblem::BodyTooLarge { max: 64 << 10 }),
    ] {
        let body = [TOKEN, &part.repeat(10), "--XX--"].concat();
        assert_eq!(parts(body.as_bytes(), 100).await.unwrap().cut, Some(problem));
    }
}

#[tokio::test]
async fn a_broken_stream_is_told_as_it_is() {
    let come = [TOKEN, &part("name=first", "kept"), "--XX\r\n"].concat();
    let problem = BodyProblem::BodyTooLarge { max: 7 };
    let broken = futures_util::stream::iter([Ok(Bytes::from(come)), Err(problem)]);
    let parts = read(broken, "XX", &EXPECTED, |_| Gate::Open).await.unwrap();
    assert_eq!((names(&parts), parts.cut), (vec!["first"], Some(problem)));
}
