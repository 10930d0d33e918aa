//! What the checker asks of the tokenizer's tokens and words, for statements and for migrations.

use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan};

pub(crate) fn keyword(token: &Token) -> Keyword {
    match token {
        Token::Word(word) if word.quote_style.is_none() => word.keyword,
        _ => Keyword::NoKeyword,
    }
}

pub(crate) fn is_space(token: &Token) -> bool {
    matches!(token, Token::Whitespace(_))
}

/// Whether every expression is short enough for its tree, which leans to the left by one level per operator, to be
/// walked and dropped on any thread's stack.
pub(crate) fn is_bounded(tokens: &[TokenWithSpan]) -> bool {
    /// Tokens between two commas or parentheses.
    const LONGEST_RUN: usize = 600;
    let mut runs = vec![0_usize];
    for token in tokens {
        match &token.token {
            Token::Whitespace(_) => continue,
            Token::RParen | Token::RBracket | Token::RBrace if runs.len() > 1 => {
                runs.pop();
            }
            Token::Comma => {
                if let Some(run) = runs.last_mut() {
                    *run = 0;
                }
            }
            _ => {}
        }
        if let Some(run) = runs.last_mut() {
            *run += 1;
            if *run > LONGEST_RUN {
                return false;
            }
        }
        if matches!(token.token, Token::LParen | Token::LBracket | Token::LBrace) {
            runs.push(0);
        }
    }
    true
}

/// A message of the tokenizer or the parser, to stand behind a colon.
pub(crate) fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
