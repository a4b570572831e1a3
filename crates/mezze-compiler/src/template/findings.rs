//! What the template compiler's parser remarks, as findings of ours.
//!
//! The original host tolerates much of it, so most remarks are warnings; where the parser goes on by guessing in a way
//! that changes what is drawn, the text says how it was read.

use std::sync::Arc;

use glass_easel_template_compiler::parse::{ParseError, ParseErrorKind, ParseErrorLevel};

use super::places::Places;
use crate::diagnostic::{Diagnostic, Severity, catalog};

/// Remarks of one severity that are told of one file; finding their places takes time, and nobody reads more.
const MOST: usize = 100;

/// What the parser calls an error without its being fatal it reads past, as the original host does: published
/// component libraries rely on that.
fn is_error(kind: &ParseErrorKind) -> bool {
    kind.level() >= ParseErrorLevel::Fatal
}

/// Findings for the remarks, in order.
pub fn of_parser(file: &str, source: &Arc<str>, places: &Places, remarks: Vec<ParseError>) -> Vec<Diagnostic> {
    let (mut errors, mut warnings) = (0, 0);
    remarks
        .into_iter()
        .filter(|remark| !is_no_news(&remark.kind))
        .filter(|remark| {
            let count = if is_error(&remark.kind) { &mut errors } else { &mut warnings };
            *count += 1;
            *count <= MOST
        })
        .map(|remark| {
            let range = places.range(source, &remark.location);
            let severity = if is_error(&remark.kind) { Severity::Error } else { Severity::Warning };
            let text = source.get(range.clone()).unwrap_or_default();
            catalog::template_remark(
                file,
                severity,
                code(&remark.kind),
                &remark.kind.to_string(),
                text,
                hint(&remark.kind),
            )
            .at(source, range)
        })
        .collect()
}

/// Remarks about style that say nothing about what the app does.
fn is_no_news(kind: &ParseErrorKind) -> bool {
    matches!(
        kind,
        ParseErrorKind::UnexpectedWhitespace
            | ParseErrorKind::AvoidUppercaseLetters
            | ParseErrorKind::MissingAttributeValue
            | ParseErrorKind::UnknownMetaTag
    )
}

fn code(kind: &ParseErrorKind) -> &'static str {
    match kind {
        ParseErrorKind::UnexpectedCharacter => "template/unexpected-character",
        ParseErrorKind::UnexpectedExpressionCharacter => "template/unexpected-character-in-expression",
        ParseErrorKind::MissingExpressionEnd => "template/expression-not-closed",
        ParseErrorKind::IllegalEntity => "template/unknown-entity",
        ParseErrorKind::IncompleteTag => "template/incomplete-tag",
        ParseErrorKind::MissingEndTag => "template/missing-end-tag",
        ParseErrorKind::InvalidEndTag => "template/stray-end-tag",
        ParseErrorKind::DuplicatedAttribute => "template/duplicate-attribute",
        ParseErrorKind::DuplicatedName => "template/duplicate-name",
        ParseErrorKind::DataBindingNotAllowed => "template/binding-not-allowed",
        ParseErrorKind::ShouldQuoted => "template/unquoted-attribute",
        ParseErrorKind::EmptyExpression => "template/empty-expression",
        ParseErrorKind::MissingSourcePath => "template/missing-src",
        ParseErrorKind::MissingModuleName => "template/missing-name",
        ParseErrorKind::ChildNodesNotAllowed => "template/children-not-allowed",
        ParseErrorKind::InvalidAttribute
        | ParseErrorKind::InvalidAttributeName
        | ParseErrorKind::InvalidAttributePrefix
        | ParseErrorKind::InvalidAttributeValue => "template/invalid-attribute",
        _ => "template/syntax",
    }
}

fn hint(kind: &ParseErrorKind) -> Option<&'static str> {
    Some(match kind {
        ParseErrorKind::ShouldQuoted => "put the value in quotes",
        ParseErrorKind::MissingEndTag => "close the element; it was taken to end where its parent ends",
        ParseErrorKind::InvalidEndTag => "remove it; it was left out",
        ParseErrorKind::DuplicatedAttribute => "remove one of the two; the first counts",
        ParseErrorKind::InvalidAttribute => "remove it; it was left out, as it means nothing here",
        ParseErrorKind::InvalidAttributePrefix | ParseErrorKind::InvalidAttributeName => {
            "correct or remove it; it was left out"
        }
        ParseErrorKind::DataBindingNotAllowed => "write the name of a member without braces; it was read as one",
        ParseErrorKind::MissingExpressionEnd => "close the expression with }}",
        ParseErrorKind::IllegalEntity => "write the character itself, or &amp; for the sign; it was left as it stands",
        ParseErrorKind::ChildNodesNotAllowed => "take them out; they were left out",
        ParseErrorKind::MissingSourcePath => "name the file in `src`; the element was left out",
        ParseErrorKind::MissingModuleName => "name it; the element was left out",
        ParseErrorKind::IllegalEscapeSequence => "write the character itself, or four digits after \\u",
        _ => return None,
    })
}
