//! Checks proofs. Whoever checks needs nothing but the proof, the entry and the roots (RFC 9162 §2.1.3.2, §2.1.4.2).

use mezze_model::Digest;

use super::tree::node_hash;

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    #[error("entry {index} is not in a log of {size} entries")]
    OutOfRange { index: u64, size: u64 },

    #[error("a log of {new} entries can't continue one of {old}")]
    Shrunk { old: u64, new: u64 },

    #[error("the proof has too few or too many hashes")]
    Length,

    #[error("the proof leads to another root than the signed one")]
    OtherRoot,

    #[error("the two logs have the same size and different roots")]
    Forked,
}

/// Checks that `leaf` is entry `index` of the tree with this root.
///
/// # Errors
/// What is wrong with the proof.
pub fn verify_inclusion(
    leaf: Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::OutOfRange { index, size });
    }
    let mut hash = leaf;
    for (side, sibling) in climb(index, size - 1, proof)? {
        hash = match side {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    if hash == *root { Ok(()) } else { Err(ProofError::OtherRoot) }
}

/// Where the sibling of a node stands.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
}

/// The way from node `at` of a level whose last node is `last` up to the root: each hash of the proof with its side.
fn climb(mut at: u64, mut last: u64, proof: &[Digest]) -> Result<Vec<(Side, &Digest)>, ProofError> {
    let mut way = Vec::with_capacity(proof.len());
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::Length);
        }
        if at % 2 == 1 || at == last {
            way.push((Side::Left, sibling));
            // At the right edge a node without a sibling rises unchanged.
            while at.is_multiple_of(2) && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            way.push((Side::Right, sibling));
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 { Ok(way) } else { Err(ProofError::Length) }
}

/// A tree that was seen: its size and its root.
pub type Head = (u64, Digest);

/// Checks that the tree `new` holds everything that `old` held, in the same order.
///
/// # Errors
/// What is wrong with the proof.
pub fn verify_consistency(old: Head, new: Head, proof: &[Digest]) -> Result<(), ProofError> {
    let ((old_size, old_root), (new_size, new_root)) = (old, new);
    if old_size > new_size {
        return Err(ProofError::Shrunk { old: old_size, new: new_size });
    }
    if old_size == new_size {
        return if old_root != new_root {
            Err(ProofError::Forked)
        } else if proof.is_empty() {
            Ok(())
        } else {
            Err(ProofError::Length)
        };
    }
    if old_size == 0 {
        return if proof.is_empty() { Ok(()) } else { Err(ProofError::Length) };
    }
    // An old tree that is one complete subtree is the first node itself, and not in the proof.
    let (first, rest) = match (old_size.is_power_of_two(), proof.split_first()) {
        (true, _) => (old_root, proof),
        (false, Some((first, rest))) => (*first, rest),
        (false, None) => return Err(ProofError::Length),
    };
    let (mut at, mut last) = (old_size - 1, new_size - 1);
    while at % 2 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old_hash, mut new_hash) = (first, first);
    for (side, sibling) in climb(at, last, rest)? {
        match side {
            Side::Left => {
                old_hash = node_hash(sibling, &old_hash);
                new_hash = node_hash(sibling, &new_hash);
            }
            // What lies to the right came later: the old tree does not know it.
            Side::Right => new_hash = node_hash(&new_hash, sibling),
        }
    }
    if old_hash == old_root && new_hash == new_root { Ok(()) } else { Err(ProofError::OtherRoot) }
}
