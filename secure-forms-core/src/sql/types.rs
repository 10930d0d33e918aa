//! The types of columns and parameters. In goes a declared type as the schema spells it, out comes what its values are
//! (SQLite "Datatypes" 3.1, PostgreSQL chapter 8, MariaDB "Data Types").

use std::borrow::Cow;
use std::fmt;

use sqlparser::ast::{
    ArrayElemTypeDef, CharacterLength, DataType, ExactNumberInfo, ObjectName, ObjectNamePart, TimezoneInfo,
};

use super::dialect::Dialect;

/// The type of a column or a parameter, as far as a program that reads or binds it is concerned.
///
/// ```
/// use secure_forms_core::sql::Type;
///
/// assert_eq!(Type::Array(Box::new(Type::I64)).to_string(), "i64[]");
/// assert_eq!(Type::Enum("mood".to_owned()).to_string(), "enum:mood");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Type {
    /// A 16-bit integer, and MariaDB's narrower ones.
    I16,
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer. MariaDB's `BIGINT UNSIGNED` is one too: a driver fails above 2⁶³ − 1, it does not wrap.
    I64,
    /// A 32-bit float.
    F32,
    /// A 64-bit float.
    F64,
    /// A decimal of any precision.
    Numeric,
    /// A truth value.
    Bool,
    /// Text of any length.
    Text,
    /// Bytes.
    Bytes,
    /// A calendar date.
    Date,
    /// A time of day.
    Time,
    /// A date and a time of day, without zone.
    Timestamp,
    /// A moment.
    TimestampTz,
    /// A UUID.
    Uuid,
    /// A JSON document.
    Json,
    /// An enumeration of the schema, with its schema in front unless that is the default one.
    Enum(String),
    /// An array.
    Array(Box<Type>),
    /// The checker cannot say, or a program has no type for it here (ranges, intervals, network addresses, …).
    Unknown,
}

impl fmt::Display for Type {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::F32 => "f32",
            Self::F64 => "f64",
            Self::Numeric => "numeric",
            Self::Bool => "bool",
            Self::Text => "text",
            Self::Bytes => "bytes",
            Self::Date => "date",
            Self::Time => "time",
            Self::Timestamp => "timestamp",
            Self::TimestampTz => "timestamptz",
            Self::Uuid => "uuid",
            Self::Json => "json",
            Self::Enum(name) => return write!(out, "enum:{name}"),
            Self::Array(element) => return write!(out, "{element}[]"),
            Self::Unknown => "unknown",
        })
    }
}

/// A type inside the checker: PostgreSQL tells more types apart than a program does (`int4 = varchar` is refused,
/// `text = varchar` is not). The other dialects use the same names for what they have.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Ty {
    /// The checker does not know.
    Any,
    /// It has none of its own yet: NULL, a parameter, and in PostgreSQL a string literal.
    Open,
    /// By its name in pg_type; a type of the schema by its own.
    Named(Cow<'static, str>),
    /// An array of a named type.
    Array(Cow<'static, str>),
}

pub(crate) const INT2: Ty = Ty::fixed("int2");
pub(crate) const INT4: Ty = Ty::fixed("int4");
pub(crate) const INT8: Ty = Ty::fixed("int8");
pub(crate) const FLOAT4: Ty = Ty::fixed("float4");
pub(crate) const FLOAT8: Ty = Ty::fixed("float8");
pub(crate) const NUMERIC: Ty = Ty::fixed("numeric");
pub(crate) const BOOL: Ty = Ty::fixed("bool");
pub(crate) const TEXT: Ty = Ty::fixed("text");
pub(crate) const BYTEA: Ty = Ty::fixed("bytea");
pub(crate) const DATE: Ty = Ty::fixed("date");
pub(crate) const TIME: Ty = Ty::fixed("time");
pub(crate) const TIMESTAMP: Ty = Ty::fixed("timestamp");
pub(crate) const TIMESTAMPTZ: Ty = Ty::fixed("timestamptz");
pub(crate) const UUID: Ty = Ty::fixed("uuid");
pub(crate) const JSON: Ty = Ty::fixed("json");
pub(crate) const INTERVAL: Ty = Ty::fixed("interval");

impl Ty {
    pub(crate) const fn fixed(name: &'static str) -> Self {
        Self::Named(Cow::Borrowed(name))
    }

    /// From its name as it stands in the tables of PostgreSQL's catalogue (`int4[]` is an array).
    pub(crate) fn from_catalogue(name: &'static str) -> Self {
        match name.strip_suffix("[]") {
            Some(element) => Self::Array(Cow::Borrowed(element)),
            None => Self::Named(Cow::Borrowed(name)),
        }
    }

    pub(crate) fn is(&self, name: &str) -> bool {
        matches!(self, Self::Named(own) if own == name)
    }

    pub(crate) fn element(&self) -> Option<Self> {
        match self {
            Self::Array(element) => Some(Self::Named(element.clone())),
            Self::Named(name) => match name.as_ref() {
                "int2vector" => Some(INT2),
                "oidvector" => Some(Self::fixed("oid")),
                _ => None,
            },
            Self::Any | Self::Open => None,
        }
    }

    pub(crate) fn array(&self) -> Self {
        match self {
            Self::Named(name) => Self::Array(name.clone()),
            // PostgreSQL has no arrays of arrays: more dimensions are the same type.
            Self::Array(_) => self.clone(),
            Self::Any | Self::Open => Self::Any,
        }
    }

    pub(crate) fn is_settled(&self) -> bool {
        matches!(self, Self::Named(_) | Self::Array(_))
    }

    /// What a program sees; `is_enum` knows the enumerations of the schema.
    pub(crate) fn public(&self, is_enum: &dyn Fn(&str) -> bool) -> Type {
        match self {
            Self::Any | Self::Open => Type::Unknown,
            Self::Array(element) => match Self::Named(element.clone()).public(is_enum) {
                Type::Unknown => Type::Unknown,
                element => Type::Array(Box::new(element)),
            },
            Self::Named(name) => match name.as_ref() {
                "int2" => Type::I16,
                "int4" => Type::I32,
                "int8" => Type::I64,
                "float4" => Type::F32,
                "float8" => Type::F64,
                "numeric" => Type::Numeric,
                "bool" => Type::Bool,
                "text" | "varchar" | "bpchar" | "name" | "citext" => Type::Text,
                "bytea" => Type::Bytes,
                "date" => Type::Date,
                "time" => Type::Time,
                "timestamp" => Type::Timestamp,
                "timestamptz" => Type::TimestampTz,
                "uuid" => Type::Uuid,
                "json" | "jsonb" => Type::Json,
                name if is_enum(name) => Type::Enum(name.to_owned()),
                _ => Type::Unknown,
            },
        }
    }
}

/// As PostgreSQL's messages spell it.
impl fmt::Display for Ty {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spelled = |name: &str| -> String {
            match name {
                "int2" => "smallint",
                "int4" => "integer",
                "int8" => "bigint",
                "float4" => "real",
                "float8" => "double precision",
                "bool" => "boolean",
                "varchar" => "character varying",
                "bpchar" => "character",
                "timestamp" => "timestamp without time zone",
                "timestamptz" => "timestamp with time zone",
                "time" => "time without time zone",
                "timetz" => "time with time zone",
                "varbit" => "bit varying",
                other => other,
            }
            .to_owned()
        };
        match self {
            Self::Any | Self::Open => out.write_str("unknown"),
            Self::Named(name) => out.write_str(&spelled(name)),
            Self::Array(element) => write!(out, "{}[]", spelled(element)),
        }
    }
}

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
pub(crate) fn declared(dialect: Dialect, data_type: &DataType) -> Declared {
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

    #[test]
    fn an_array_of_what_a_program_cannot_read_is_unknown_too() {
        assert_eq!(Ty::from_catalogue("inet[]").public(&|_| false), Type::Unknown);
        assert_eq!(Ty::from_catalogue("int4[]").public(&|_| false), Type::Array(Box::new(Type::I32)));
    }

    #[test]
    fn messages_spell_types_as_postgres_does() {
        assert_eq!(Ty::from_catalogue("varchar[]").to_string(), "character varying[]");
    }
}
