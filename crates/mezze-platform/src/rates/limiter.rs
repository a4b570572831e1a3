//! Buckets in memory. Nodes count apart: with two of them a client may get twice as much, and no request waits for a
//! database.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::bucket::{Rate, Standing};

/// More buckets than this are cleared of those that are full again; strangers can't fill the memory.
const MOST_BUCKETS: usize = 100_000;

/// Whose requests are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Whose {
    Address(IpAddr),
    Account(String),
    /// A digest of what the device shows, so that no credential is kept here.
    Device([u8; 16]),
}

impl Whose {
    /// Whoever has an address of an IPv6 network has them all.
    pub(super) fn address(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
            }
        })
    }

    /// By a session's or an access token's secret.
    pub(super) fn device(credential: &str) -> Self {
        let digest: [u8; 32] = Sha256::digest(credential.as_bytes()).into();
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        Self::Device(short)
    }
}

/// All buckets of a node: when each is full again.
#[derive(Default)]
pub(crate) struct Limiter(Mutex<HashMap<Whose, i64>>);

impl Limiter {
    /// Takes one; gives the milliseconds to wait where there is none.
    pub(super) fn take(&self, rate: Rate, whose: Whose, now: i64) -> Result<Standing, i64> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, full_at| *full_at > now);
            if buckets.len() >= MOST_BUCKETS {
                // So many at once are an attack from many addresses; whoever is in front has to stop it.
                buckets.clear();
            }
        }
        let standing = rate.take(buckets.get(&whose).copied(), now)?;
        buckets.insert(whose, standing.full_at);
        Ok(standing)
    }
}
