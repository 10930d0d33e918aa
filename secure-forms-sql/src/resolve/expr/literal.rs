//! Literals: what type each spelling has in each dialect (PostgreSQL 4.1.2, SQLite "Literal Values", MariaDB "Literals").

use sqlparser::ast::{Value, ValueWithSpan};

use crate::dialect::Dialect;
use crate::resolve::resolver::{Judge, Typed};
use crate::types::{self, BOOL, FLOAT8, INT4, INT8, NUMERIC, TEXT, Ty};

impl Judge<'_> {
    pub(crate) fn value(&mut self, value: &ValueWithSpan) -> Typed {
        let span = self.source.range(value.span);
        let text = |ty: Ty, text: &str| Typed { literal: Some(text.to_owned()), ..Typed::new(ty, false) };
        let string = if self.dialect == Dialect::Postgres { Ty::Open } else { TEXT };
        match &value.value {
            Value::Placeholder(_) => self.placeholder(span),
            Value::Null => Typed::new(Ty::Open, true),
            Value::Boolean(_) => Typed::new(BOOL, false),
            // PostgreSQL reads them from version 16 on.
            Value::Number(digits, _)
                if self.dialect == Dialect::Postgres
                    && (digits.contains('_') || (digits.starts_with('0') && digits.contains(is_radix))) =>
            {
                self.cannot_judge(span, format!("`{digits}` is not checked"))
            }
            Value::Number(digits, _) => Typed::new(self.number(digits), false),
            Value::SingleQuotedString(own) | Value::NationalStringLiteral(own) => text(string, own),
            Value::EscapedStringLiteral(own) | Value::UnicodeStringLiteral(own)
                if self.dialect == Dialect::Postgres =>
            {
                text(string, own)
            }
            Value::DollarQuotedString(own) if self.dialect == Dialect::Postgres => text(string, &own.value),
            Value::DoubleQuotedString(own) if self.dialect == Dialect::Mysql => text(string, own),
            Value::DoubleQuotedString(_) if self.dialect == Dialect::Sqlite => {
                self.cannot_judge(span, "text in double quotes is not checked")
            }
            Value::HexStringLiteral(_) if self.dialect == Dialect::Postgres => Typed::new(Ty::fixed("bit"), false),
            Value::HexStringLiteral(_) => Typed::new(types::BYTEA, false),
            Value::SingleQuotedByteStringLiteral(_) if self.dialect == Dialect::Postgres => {
                Typed::new(Ty::fixed("bit"), false)
            }
            Value::SingleQuotedByteStringLiteral(_) if self.dialect == Dialect::Mysql => Typed::any(),
            _ => self.refuse(span, format!("{} has no such literal", self.dialect)),
        }
    }

    fn number(&self, digits: &str) -> Ty {
        let fraction = digits.contains(['.', 'e', 'E']) && !digits.starts_with("0x");
        match self.dialect {
            Dialect::Postgres if fraction => NUMERIC,
            Dialect::Postgres if digits.parse::<i32>().is_ok() => INT4,
            Dialect::Postgres if digits.parse::<i64>().is_ok() => INT8,
            Dialect::Postgres => NUMERIC,
            Dialect::Sqlite if fraction || (!digits.starts_with("0x") && digits.parse::<i64>().is_err()) => FLOAT8,
            Dialect::Mysql if digits.contains(['e', 'E']) && fraction => FLOAT8,
            Dialect::Mysql if fraction || digits.parse::<u64>().is_err() => NUMERIC,
            Dialect::Sqlite | Dialect::Mysql => INT8,
        }
    }
}

fn is_radix(letter: char) -> bool {
    matches!(letter, 'x' | 'X' | 'o' | 'O' | 'b' | 'B')
}
