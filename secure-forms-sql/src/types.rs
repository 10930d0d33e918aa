//! Types: those that a program sees, and those that the checker works with.

use std::borrow::Cow;
use std::fmt;

/// The type of a column or a parameter, as far as a program that reads or binds it is concerned.
///
/// ```
/// use secure_forms_sql::Type;
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

    pub(crate) fn is_range(&self) -> bool {
        matches!(self, Self::Named(name) if name.ends_with("range"))
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

#[cfg(test)]
mod tests {
    use super::*;

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
