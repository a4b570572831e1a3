//! What the compiler has to say about a project: one finding each, with its place, its reason and what to do.
//!
//! Every finding of a build is collected; none stops the build before the others are known.
//! Texts live in [`catalog`], so that they speak with one voice.

pub mod catalog;
mod position;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

pub use position::LineIndex;

/// How bad a finding is. An error means that the build must not be shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

/// One finding. Lines and columns count from 1; a column counts UTF-16 units, as editors do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Path relative to the project folder, with `/`.
    pub file: String,
    /// 0 where the finding is about the file as a whole.
    pub line: u32,
    pub column: u32,
    /// Stable name, for example `template/missing-end-tag`.
    pub code: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    pub severity: Severity,
    /// Byte range in `source`.
    #[serde(skip)]
    pub span: Option<Range<usize>>,
    #[serde(skip)]
    pub source: Option<Arc<str>>,
}

impl Diagnostic {
    /// An error about a whole file. Place and hint are added by the methods below.
    pub fn error(code: &'static str, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, file.into(), message.into())
    }

    /// A warning about a whole file.
    pub fn warning(code: &'static str, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, file.into(), message.into())
    }

    fn new(severity: Severity, code: &'static str, file: String, message: String) -> Self {
        Self { file, line: 0, column: 0, code, message, hint: None, severity, span: None, source: None }
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Places it at a byte range of the file's text.
    #[must_use]
    pub fn at(mut self, source: &Arc<str>, span: Range<usize>) -> Self {
        let start = span.start.min(source.len());
        let (line, column) = position::line_and_column(source, start);
        self.line = line;
        self.column = column;
        self.span = Some(start..span.end.clamp(start, source.len()));
        self.source = Some(Arc::clone(source));
        self
    }

    /// Places it at a line and a UTF-16 column, both from 1.
    #[must_use]
    pub fn at_position(self, source: &Arc<str>, line: u32, column: u32, length: usize) -> Self {
        let start = LineIndex::new(source).offset(source, line, column);
        let end = (start + length).min(source.len());
        let end = (end..=source.len()).find(|offset| source.is_char_boundary(*offset)).unwrap_or(start);
        self.at(source, start..end)
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Order of a report: by file, place, code.
    pub(crate) fn sort_key(&self) -> (&str, u32, u32, &str, &str) {
        (&self.file, self.line, self.column, self.code, &self.message)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.source.is_some() {
            // miette prints the place together with the source.
            return formatter.write_str(&self.message);
        }
        write!(formatter, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for Diagnostic {}

impl miette::SourceCode for Diagnostic {
    fn read_span<'a>(
        &'a self,
        span: &miette::SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn miette::SpanContents<'a> + 'a>, miette::MietteError> {
        let text = self.source.as_deref().unwrap_or_default();
        let inner = text.read_span(span, lines_before, lines_after)?;
        Ok(Box::new(miette::MietteSpanContents::new_named(
            self.file.clone(),
            inner.data(),
            *inner.span(),
            inner.line(),
            inner.column(),
            inner.line_count(),
        )))
    }
}

impl miette::Diagnostic for Diagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.hint.as_ref().map(|hint| Box::new(hint) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.source.as_ref().map(|_| self as &dyn miette::SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        let span = self.span.clone()?;
        let label = miette::LabeledSpan::underline(span.start..span.end);
        Some(Box::new(std::iter::once(label)))
    }
}
