//! Which stored hashes make a root or a proof, and which an append adds.
//!
//! A tree of any size is a row of complete subtrees. A stored [`Node`] is one complete subtree; a [`Span`] of entries
//! that stands in a proof is one node, or at the tree's right edge several, folded from the right.

use mezze_model::{Digest, DigestBuilder};

/// Hash of an entry: SHA-256 of `00` and its bytes.
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Digest {
    let mut digest = DigestBuilder::new();
    digest.update(&[0]);
    digest.update(entry);
    digest.finish()
}

/// Hash of a node: SHA-256 of `01` and the hashes of its halves.
#[must_use]
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    let mut digest = DigestBuilder::new();
    digest.update(&[1]);
    digest.update(left.as_bytes());
    digest.update(right.as_bytes());
    digest.finish()
}

/// Root of a tree with these leaves, by the definition (RFC 6962 §2.1): for whoever checks a log as a whole, apart from
/// how it is kept.
#[must_use]
pub fn root_of(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(b""),
        [leaf] => *leaf,
        leaves => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&root_of(left), &root_of(right))
        }
    }
}

/// A complete subtree: 2^`level` entries from `index` · 2^`level` on. Level 0 is an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    pub level: u8,
    pub index: u64,
}

/// Entries `begin..end` that have a hash of their own in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    begin: u64,
    end: u64,
}

impl Span {
    /// All entries of a tree of that size: its hash is the root.
    #[must_use]
    pub const fn whole(size: u64) -> Self {
        Self { begin: 0, end: size }
    }

    /// The complete subtrees that it consists of, from left to right; none where it is empty.
    #[must_use]
    pub fn nodes(self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut begin = self.begin;
        while begin < self.end {
            // A span begins at a multiple of its largest power of two, so each subtree that fits is aligned.
            let level = (self.end - begin).ilog2();
            nodes.push(Node { level: level as u8, index: begin >> level });
            begin += 1 << level;
        }
        nodes
    }

    /// Its hash, from the hashes of [`Span::nodes`] in their order. The hash of no entries is SHA-256 of nothing.
    #[must_use]
    pub fn fold(hashes: &[Digest]) -> Digest {
        let Some((last, rest)) = hashes.split_last() else { return Digest::of(b"") };
        rest.iter().rev().fold(*last, |right, left| node_hash(left, &right))
    }

    /// Where the two halves of a tree over it meet: the largest power of two below its length.
    const fn middle(self) -> u64 {
        let length = self.end - self.begin;
        self.begin + (1 << (length - 1).ilog2())
    }
}

/// What proves that entry `index` is in a tree of `size` entries, from the leaf upwards; `None` where it is not in it.
#[must_use]
pub fn inclusion_spans(index: u64, size: u64) -> Option<Vec<Span>> {
    if index >= size {
        return None;
    }
    let mut span = Span::whole(size);
    let mut path = Vec::new();
    while span.end - span.begin > 1 {
        let middle = span.middle();
        let (left, right) = (Span { end: middle, ..span }, Span { begin: middle, ..span });
        if index < middle {
            path.push(right);
            span = left;
        } else {
            path.push(left);
            span = right;
        }
    }
    path.reverse();
    Some(path)
}

/// What proves that the tree of `new` entries continues the one of `old`; `None` where it is smaller.
/// Nothing needs to be proved for an empty old tree, or for equal sizes.
#[must_use]
pub fn consistency_spans(old: u64, new: u64) -> Option<Vec<Span>> {
    if old > new {
        return None;
    }
    if old == 0 || old == new {
        return Some(Vec::new());
    }
    let mut span = Span::whole(new);
    let mut path = Vec::new();
    let mut is_whole = true;
    while span.end != old {
        let middle = span.middle();
        let (left, right) = (Span { end: middle, ..span }, Span { begin: middle, ..span });
        if old <= middle {
            path.push(right);
            span = left;
        } else {
            path.push(left);
            span = right;
            is_whole = false;
        }
    }
    // The old tree itself is known to who checks, unless it is only a part of a node on the way.
    if !is_whole {
        path.push(span);
    }
    path.reverse();
    Some(path)
}

/// The nodes that an entry completes when it is appended to a tree of `size` entries: itself, and each subtree whose
/// last entry it is. `stored` gives the hash of a node that is there already.
///
/// # Errors
/// Whatever `stored` fails with.
pub fn appended<E>(
    size: u64,
    leaf: Digest,
    mut stored: impl FnMut(Node) -> Result<Digest, E>,
) -> Result<Vec<(Node, Digest)>, E> {
    let mut node = Node { level: 0, index: size };
    let mut hash = leaf;
    let mut nodes = vec![(node, hash)];
    while node.index % 2 == 1 {
        let left = stored(Node { index: node.index - 1, ..node })?;
        hash = node_hash(&left, &hash);
        node = Node { level: node.level + 1, index: node.index / 2 };
        nodes.push((node, hash));
    }
    Ok(nodes)
}

/// The nodes that [`appended`] will ask for, so that they can be fetched in one go.
#[must_use]
pub fn needed_to_append(size: u64) -> Vec<Node> {
    (0..size.trailing_ones()).map(|level| Node { level: level as u8, index: (size >> level) - 1 }).collect()
}
