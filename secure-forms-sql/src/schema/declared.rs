//! Declared types. In goes a type as the schema or a cast spells it, out comes what its values are (SQLite "Datatypes" 3.1,
//! PostgreSQL chapter 8, MariaDB "Data Types").

use std::borrow::Cow;

use sqlparser::ast::{
    ArrayElemTypeDef, CharacterLength, DataType, ExactNumberInfo, ObjectName, ObjectNamePart, TimezoneInfo,
};

use crate::dialect::Dialect;
use crate::types::{
    BOOL, BYTEA, DATE, FLOAT4, FLOAT8, INT2, INT4, INT8, INTERVAL, JSON, NUMERIC, TEXT, TIME, TIMESTAMP, TIMESTAMPTZ,
    Ty, UUID,
};

/// A declared type: what it is, and what it says about the column besides (`serial` has a default and is NOT NULL).
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) ty: Ty,
    pub(crate) serial: bool,
}

impl From<Ty> for Declared {
    fn from(ty: Ty) -> Self {
        Self { ty, serial: false }
    }
}

/// Reads a declared type. A name that the dialect does not know comes back as it is, for the schema to look up.
pub(crate) fn read(dialect: Dialect, data_type: &DataType) -> Declared {
    match dialect {
        Dialect::Sqlite => sqlite(&data_type.to_string()).into(),
        Dialect::Mysql => mysql(data_type),
        Dialect::Postgres => postgres(data_type),
    }
}

/// SQLite stores what it likes in any column; a declared type is taken for what its author meant, first the words that
/// other databases use, then the affinity rules of "Datatypes" 3.1.
pub(crate) fn sqlite(declared: &str) -> Ty {
    let upper = declared.to_ascii_uppercase();
    let base = upper.split('(').next().unwrap_or_default().trim();
    match base {
        "" | "ANY" => return Ty::Any,
        "BOOLEAN" | "BOOL" => return BOOL,
        "DATE" => return DATE,
        "TIME" => return TIME,
        "DATETIME" | "TIMESTAMP" => return TIMESTAMP,
        "TIMESTAMPTZ" => return TIMESTAMPTZ,
        "UUID" => return UUID,
        "JSON" => return JSON,
        "STRING" => return Ty::Any,
        _ => {}
    }
    if upper.contains("INT") {
        INT8
    } else if ["CHAR", "CLOB", "TEXT"].iter().any(|word| upper.contains(word)) {
        TEXT
    } else if upper.contains("BLOB") {
        BYTEA
    } else if ["REAL", "FLOA", "DOUB"].iter().any(|word| upper.contains(word)) {
        FLOAT8
    } else {
        NUMERIC
    }
}

fn mysql(data_type: &DataType) -> Declared {
    use DataType as D;
    let ty = match data_type {
        D::Bool | D::Boolean | D::TinyInt(Some(1)) => BOOL,
        D::TinyInt(_) | D::TinyIntUnsigned(_) | D::SmallInt(_) | D::Int2(_) => INT2,
        D::SmallIntUnsigned(_) | D::Int2Unsigned(_) | D::MediumInt(_) | D::MediumIntUnsigned(_) => INT4,
        D::Int(_) | D::Integer(_) | D::Int4(_) => INT4,
        D::IntUnsigned(_) | D::IntegerUnsigned(_) | D::Int4Unsigned(_) => INT8,
        D::BigInt(_) | D::BigIntUnsigned(_) | D::Int8(_) | D::Int8Unsigned(_) => INT8,
        D::Signed | D::SignedInteger | D::Unsigned | D::UnsignedInteger => INT8,
        D::Float(ExactNumberInfo::Precision(bits)) if *bits > 24 => FLOAT8,
        D::Float(_) | D::FloatUnsigned(_) | D::Float4 => FLOAT4,
        D::Real | D::RealUnsigned | D::Double(_) | D::DoubleUnsigned(_) | D::DoublePrecision => FLOAT8,
        D::DoublePrecisionUnsigned | D::Float8 => FLOAT8,
        D::Numeric(_) | D::Decimal(_) | D::Dec(_) | D::DecimalUnsigned(_) | D::DecUnsigned(_) => NUMERIC,
        D::Char(_) | D::Character(_) | D::Varchar(_) | D::CharVarying(_) | D::CharacterVarying(_) | D::Nvarchar(_) => {
            TEXT
        }
        D::Text | D::TinyText | D::MediumText | D::LongText | D::Enum(..) | D::Set(_) => TEXT,
        D::Binary(_) | D::Varbinary(_) | D::Blob(_) | D::TinyBlob | D::MediumBlob | D::LongBlob => BYTEA,
        D::Date => DATE,
        D::Time(..) => TIME,
        D::Datetime(_) => TIMESTAMP,
        D::Timestamp(..) => TIMESTAMPTZ,
        D::JSON => JSON,
        D::Uuid => UUID,
        D::Zerofill(inner) => return mysql(inner),
        D::Collate(inner, _) => return mysql(inner),
        D::Custom(name, _) => match single_name(name).map(|name| name.to_ascii_lowercase()).as_deref() {
            Some("serial") => return Declared { ty: INT8, serial: true },
            Some("year") => INT2,
            Some("fixed") => NUMERIC,
            Some("long") => TEXT,
            _ => Ty::Any,
        },
        // BIT is bytes on the wire whose length depends on its width: a program that wants it casts it.
        _ => Ty::Any,
    };
    ty.into()
}

fn postgres(data_type: &DataType) -> Declared {
    use DataType as D;
    let ty = match data_type {
        D::Bool | D::Boolean => BOOL,
        D::SmallInt(_) | D::Int2(_) => INT2,
        D::Int(_) | D::Integer(_) | D::Int4(_) => INT4,
        D::BigInt(_) | D::Int8(_) => INT8,
        D::Float(ExactNumberInfo::Precision(bits)) if *bits <= 24 => FLOAT4,
        D::Float(_) | D::Float8 | D::DoublePrecision => FLOAT8,
        D::Real | D::Float4 => FLOAT4,
        D::Numeric(_) | D::Decimal(_) | D::Dec(_) => NUMERIC,
        D::Text => TEXT,
        D::Varchar(_) | D::CharVarying(_) | D::CharacterVarying(_) => Ty::fixed("varchar"),
        D::Char(_) | D::Character(_) => Ty::fixed("bpchar"),
        D::Bytea => BYTEA,
        D::Date => DATE,
        D::Time(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => TIME,
        D::Time(..) => Ty::fixed("timetz"),
        D::Timestamp(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => TIMESTAMP,
        D::Timestamp(..) => TIMESTAMPTZ,
        D::Interval { .. } => INTERVAL,
        D::Uuid => UUID,
        D::JSON => JSON,
        D::JSONB => Ty::fixed("jsonb"),
        D::Regclass => Ty::fixed("regclass"),
        D::Bit(_) => Ty::fixed("bit"),
        D::BitVarying(_) | D::VarBit(_) => Ty::fixed("varbit"),
        D::TsVector => Ty::fixed("tsvector"),
        D::TsQuery => Ty::fixed("tsquery"),
        D::GeometricType(kind) => Ty::Named(Cow::Owned(kind.to_string().to_ascii_lowercase())),
        D::Array(ArrayElemTypeDef::SquareBracket(element, _) | ArrayElemTypeDef::Qualified(element, _)) => {
            postgres(element).ty.array()
        }
        D::Collate(inner, _) => return postgres(inner),
        D::Custom(name, _) => return postgres_named(name),
        other => Ty::Named(Cow::Owned(other.to_string().to_ascii_lowercase())),
    };
    ty.into()
}

fn postgres_named(name: &ObjectName) -> Declared {
    let folded = Dialect::Postgres.qualified(name);
    let serial = |ty| Declared { ty, serial: true };
    match folded.as_str() {
        "serial" | "serial4" => serial(INT4),
        "bigserial" | "serial8" => serial(INT8),
        "smallserial" | "serial2" => serial(INT2),
        // As format_type and the grammar spell them, for names that are written in quotes or with a schema.
        "character varying" => Ty::fixed("varchar").into(),
        "double precision" => FLOAT8.into(),
        "timestamptz" => TIMESTAMPTZ.into(),
        _ => match folded.strip_prefix("pg_catalog.") {
            Some(own) => Ty::Named(Cow::Owned(own.to_owned())).into(),
            None => Ty::Named(Cow::Owned(folded)).into(),
        },
    }
}

fn single_name(name: &ObjectName) -> Option<&str> {
    match name.0.as_slice() {
        [ObjectNamePart::Identifier(ident)] => Some(&ident.value),
        _ => None,
    }
}

impl Dialect {
    /// A type's name with its schema, unless that is the default one.
    pub(crate) fn qualified(self, name: &ObjectName) -> String {
        let parts: Vec<String> =
            name.0.iter().filter_map(ObjectNamePart::as_ident).map(|ident| self.table_name(ident)).collect();
        match parts.as_slice() {
            [schema, own] if schema == "public" => own.clone(),
            _ => parts.join("."),
        }
    }
}

/// Whether the declared length of a `character` type is one that the server takes.
pub(crate) fn length_is_positive(data_type: &DataType) -> bool {
    match data_type {
        DataType::Varchar(Some(CharacterLength::IntegerLength { length, .. }))
        | DataType::Char(Some(CharacterLength::IntegerLength { length, .. }))
        | DataType::Character(Some(CharacterLength::IntegerLength { length, .. }))
        | DataType::CharacterVarying(Some(CharacterLength::IntegerLength { length, .. })) => *length > 0,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sqlite_declares_by_words_then_by_affinity() {
        assert_eq!(sqlite("VARCHAR(30)"), TEXT);
        assert_eq!(sqlite("UNSIGNED BIG INT"), INT8);
        assert_eq!(sqlite("boolean"), BOOL);
        assert_eq!(sqlite("DECIMAL(10,5)"), NUMERIC);
        assert_eq!(sqlite("DOUBLE PRECISION"), FLOAT8);
        assert_eq!(sqlite(""), Ty::Any);
    }
}
