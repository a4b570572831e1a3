//! Character classes that several types share, and the glue that makes a checked string a serde and schema type.

/// RFC 3986 `unreserved`: what ids and versions are made of, so that they never need escaping anywhere.
pub(crate) fn is_unreserved(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '_' | '~')
}

/// Lower case form of a W3C MiniApp `id` or `version`, or what is wrong with it.
pub(crate) fn normalise_identifier(text: &str, longest: usize) -> Result<String, IdentifierFault> {
    if text.is_empty() {
        return Err(IdentifierFault::Empty);
    }
    if let Some(character) = text.chars().find(|character| !is_unreserved(*character)) {
        return Err(IdentifierFault::Character(character));
    }
    if text.len() > longest {
        return Err(IdentifierFault::TooLong);
    }
    // `.` and `..` would be taken for relative segments by every URL parser on the way.
    if text.chars().all(|character| character == '.') {
        return Err(IdentifierFault::OnlyDots);
    }
    Ok(text.to_ascii_lowercase())
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IdentifierFault {
    Empty,
    TooLong,
    OnlyDots,
    Character(char),
}

/// Gives a newtype over a `String` its text.
macro_rules! text_of {
    ($name:ident) => {
        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

/// Makes a newtype over a checked, printable string a value of serde, `FromStr`, `Display` and JSON Schema.
macro_rules! checked_string {
    ($name:ident, $error:ty, $pattern:expr, $description:expr) => {
        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.to_string()
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "pattern": $pattern,
                    "description": $description,
                })
            }
        }
    };
}

pub(crate) use {checked_string, text_of};
