//! The signing block as bytes. Everything in it is fixed by what it holds, so that no bit can change unnoticed.

use std::ops::Range;

use super::statement::{Role, SignedStatement};
use crate::PackageError;
use crate::container::ByteReader;

/// The 16 bytes before the central directory that say which kind of signing block this is.
pub const MAGIC: &[u8; 16] = b"MEZZE SIG BLK 01";

/// Longest block: two statements of full length and their frames fit.
const LONGEST_BLOCK: usize = 16_384;
/// Longest statement in bytes.
const LONGEST_STATEMENT: usize = 4096;
/// The size field at the start, and size and magic at the end.
const SIZE_LENGTH: usize = 8;
const TAIL_LENGTH: usize = SIZE_LENGTH + MAGIC.len();

const fn id_of(role: Role) -> u32 {
    match role {
        Role::Developer => 0x4D5A_0101,
        Role::Platform => 0x4D5A_0102,
    }
}

const fn fault(rule: &'static str) -> PackageError {
    PackageError::SigningBlock { rule }
}

/// Where the block stands before the central directory; `None` where its magic is not there.
pub(crate) fn block_range(bytes: &[u8], central_offset: usize) -> Result<Option<Range<usize>>, PackageError> {
    let before = bytes.get(..central_offset).unwrap_or_default();
    let Some(rest) = before.strip_suffix(MAGIC.as_slice()) else { return Ok(None) };
    let (_, size) = rest.split_last_chunk::<SIZE_LENGTH>().ok_or(fault("it is cut off"))?;
    let size = usize::try_from(u64::from_le_bytes(*size)).unwrap_or(usize::MAX);
    let length = size.checked_add(SIZE_LENGTH).filter(|length| *length <= LONGEST_BLOCK);
    let start = length.and_then(|length| central_offset.checked_sub(length));
    let start = start.ok_or(fault("its size is not possible"))?;
    Ok(Some(start..central_offset))
}

/// The statements of a block, in its order. Their signatures are not checked here.
pub(crate) fn read_block(block: &[u8]) -> Result<Vec<SignedStatement>, PackageError> {
    let (size, rest) = block.split_first_chunk::<SIZE_LENGTH>().ok_or(fault("it is cut off"))?;
    let pairs_length = rest.len().checked_sub(TAIL_LENGTH).ok_or(fault("it is cut off"))?;
    let (pairs, tail) = rest.split_at(pairs_length);
    if u64::from_le_bytes(*size) != rest.len() as u64 || !tail.starts_with(size) {
        return Err(fault("its two sizes are not both its size"));
    }
    if !tail.ends_with(MAGIC) {
        return Err(fault("its magic is not ours"));
    }
    let mut reader = ByteReader::new(pairs);
    let mut statements: Vec<SignedStatement> = Vec::new();
    while !reader.is_empty() {
        let statement = read_pair(&mut reader)?;
        if statements.last().is_some_and(|last| last.role() >= statement.role()) {
            return Err(fault("its statements are not in order, or one is there twice"));
        }
        statements.push(statement);
    }
    if statements.is_empty() { Err(fault("it holds no statement")) } else { Ok(statements) }
}

fn read_pair(reader: &mut ByteReader<'_>) -> Result<SignedStatement, PackageError> {
    const CUT_OFF: PackageError = fault("a pair is cut off");
    let size = usize::try_from(reader.u64().ok_or(CUT_OFF)?).unwrap_or(usize::MAX);
    let mut pair = ByteReader::new(reader.take(size).ok_or(CUT_OFF)?);
    let id = pair.u32().ok_or(CUT_OFF)?;
    let role = [Role::Developer, Role::Platform].into_iter().find(|role| id_of(*role) == id);
    let role = role.ok_or(fault("it holds a pair of an unknown kind"))?;
    let length = pair.u32().ok_or(CUT_OFF)? as usize;
    if length > LONGEST_STATEMENT {
        return Err(PackageError::Statement { role, rule: "it is too long" });
    }
    let statement = pair.take(length).ok_or(CUT_OFF)?;
    let key = pair.array::<32>().ok_or(CUT_OFF)?;
    let signature = pair.array::<64>().ok_or(CUT_OFF)?;
    if !pair.is_empty() {
        return Err(fault("a pair is longer than what it holds"));
    }
    SignedStatement::from_parts(role, statement, &key, signature)
}

/// A block with these statements, which must be in the order of their roles.
pub(super) fn write_block(statements: &[SignedStatement]) -> Vec<u8> {
    let mut pairs = Vec::new();
    for statement in statements {
        let text = statement.bytes();
        let value_length = 4 + text.len() + 32 + 64;
        pairs.extend((4 + value_length as u64).to_le_bytes());
        pairs.extend(id_of(statement.role()).to_le_bytes());
        // App id and version are short: a statement is far below 4 KiB.
        pairs.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
        pairs.extend_from_slice(text);
        pairs.extend_from_slice(statement.key().as_bytes());
        pairs.extend_from_slice(statement.signature());
    }
    let size = ((pairs.len() + TAIL_LENGTH) as u64).to_le_bytes();
    let mut block = Vec::with_capacity(SIZE_LENGTH + pairs.len() + TAIL_LENGTH);
    block.extend(size);
    block.append(&mut pairs);
    block.extend(size);
    block.extend_from_slice(MAGIC);
    block
}
