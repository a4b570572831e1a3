//! Runs cases within bounds: what panics, takes longer than a second or more than 256 MiB is a finding. Used by the
//! targets beside this file, which libFuzzer feeds, and by the tests `crates/*/tests/mutations.rs`, which feed
//! mutations of right inputs, the same ones in every run.
#![allow(dead_code, clippy::allow_attributes, reason = "each user takes a part of this")]

use peak_alloc::PeakAlloc;
use std::fs::File;
use std::io::{Seek as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// A case that takes longer is a finding.
const LONGEST: Duration = Duration::from_secs(1);
/// A case that needs more is a finding, in bytes.
const MOST_MEMORY: usize = 256 << 20;
/// A case that takes as long does not end at all.
const HANGING: Duration = Duration::from_secs(90);
/// Inputs don't grow beyond this, in bytes.
const LONGEST_INPUT: usize = 128 << 10;

/// What is counted is the process's, so one target runs at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Runs one case. A slow one is run three times, since another process may have had the machine.
///
/// # Panics
/// It took too long or too much.
pub fn within_bounds(entry: fn(&[u8]), bytes: &[u8]) {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let run = || {
        let started = Instant::now();
        entry(bytes);
        started.elapsed()
    };
    let took = (0..3).map(|_| run()).find(|took| *took < LONGEST);
    let used = MEMORY.peak_usage().saturating_sub(before);
    assert!(took.is_some(), "it takes longer than {LONGEST:?}, three times");
    assert!(used <= MOST_MEMORY, "it takes {used} bytes of memory");
}

/// What a target starts from.
pub struct Seeds {
    /// Right inputs.
    pub inputs: Vec<Vec<u8>>,
    /// What the format's texts are made of.
    pub words: &'static [&'static str],
}

impl Seeds {
    pub fn new<Input: AsRef<[u8]>>(inputs: &[Input], words: &'static [&'static str]) -> Self {
        Self { inputs: inputs.iter().map(|input| input.as_ref().to_vec()).collect(), words }
    }
}

/// Runs `entry` over the seeds and `count` mutations of them. With `MEZZE_FUZZ_CORPUS=DIR` only writes the seeds there,
/// for libFuzzer; with `MEZZE_FUZZ_INPUT=FILE` only runs that input. A finding leaves its input in the tests' temporary
/// folder.
///
/// # Panics
/// There is a finding.
pub fn mutate(target: &str, seeds: &Seeds, count: u64, entry: fn(&[u8])) {
    if let Some(corpus) = std::env::var_os("MEZZE_FUZZ_CORPUS") {
        return write_corpus(Path::new(&corpus), target, seeds);
    }
    if let Some(input) = std::env::var_os("MEZZE_FUZZ_INPUT") {
        return within_bounds(entry, &std::fs::read(input).expect("the input can be read"));
    }
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut watch = Watch::start(target);
    seeds.inputs.iter().for_each(|seed| watch.run(entry, seed));
    let mut dice = Dice(count);
    for _ in 0..count {
        let mut bytes = dice.one_of(&seeds.inputs).clone();
        for _ in 0..=dice.below(3) {
            change(&mut bytes, seeds, &mut dice);
            bytes.truncate(LONGEST_INPUT);
        }
        watch.run(entry, &bytes);
    }
    watch.finish();
}

/// Bytes changed, cut out, doubled, repeated, spliced from another seed; words of the format put in.
fn change(bytes: &mut Vec<u8>, seeds: &Seeds, dice: &mut Dice) {
    /// Values at which readers that count wrong go wrong.
    const EDGES: [u8; 8] = [0, 1, 0x7F, 0x80, 0xFF, b'.', b'/', b'"'];
    let Some(last) = bytes.len().checked_sub(1) else { return bytes.push(dice.byte()) };
    let (first, second) = (dice.below(last + 1), dice.below(last + 1));
    let range = first.min(second)..first.max(second);
    match dice.below(if seeds.words.is_empty() { 8 } else { 11 }) {
        0 => bytes[first] ^= 1 << dice.below(8),
        1 => bytes[first] = EDGES[dice.below(EDGES.len())],
        2 => bytes[first] = dice.byte(),
        3 => drop(bytes.drain(range)),
        4 => drop(bytes.splice(first..first, bytes[range].to_vec())),
        5 => bytes.truncate(first),
        6 => {
            let other = dice.one_of(&seeds.inputs).clone();
            let start = dice.below(other.len() + 1);
            bytes.splice(range, other[start..].iter().copied().take(32));
        }
        7 => {
            let times = dice.repetitions();
            let part: Vec<u8> = bytes[range].iter().copied().take(16).collect();
            bytes.splice(first..first, part.repeat(times));
        }
        kind => {
            let times = if kind == 8 { dice.repetitions() } else { 1 };
            let word = dice.one_of(seeds.words).as_bytes().repeat(times);
            bytes.splice(first..first, word);
        }
    }
}

/// The same numbers in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or_default()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Mostly a few; now and then so many that whoever recurses runs out of stack.
    fn repetitions(&mut self) -> usize {
        if self.below(24) == 0 { 30_000 } else { 2 + self.below(30) }
    }
}

/// Keeps the current input on disk, so that it is there after a crash, and ends the process where a case hangs.
struct Watch {
    path: PathBuf,
    file: File,
    case: std::sync::Arc<AtomicU64>,
    stop: mpsc::Sender<()>,
}

impl Watch {
    fn start(target: &str) -> Self {
        let folder = option_env!("CARGO_TARGET_TMPDIR").map_or_else(std::env::temp_dir, PathBuf::from);
        let path = folder.join(format!("fuzz-{target}-input"));
        let file = File::create(&path).expect("the temporary folder can be written");
        let (stop, stopped) = mpsc::channel::<()>();
        let case = std::sync::Arc::new(AtomicU64::new(0));
        let (seen, shown) = (std::sync::Arc::clone(&case), path.display().to_string());
        std::thread::spawn(move || {
            let mut last = 0;
            while stopped.recv_timeout(HANGING) == Err(RecvTimeoutError::Timeout) {
                let now = seen.load(Ordering::Relaxed);
                if now == last {
                    eprintln!("a case does not end; its input is {shown}");
                    std::process::abort();
                }
                last = now;
            }
        });
        Self { path, file, case, stop }
    }

    fn run(&mut self, entry: fn(&[u8]), bytes: &[u8]) {
        self.case.fetch_add(1, Ordering::Relaxed);
        // Written over, not anew: some file systems put a file on disk at once when it replaces another.
        let written = self.file.rewind().and_then(|()| self.file.write_all(bytes));
        written.and_then(|()| self.file.set_len(bytes.len() as u64)).expect("the temporary folder can be written");
        let outcome = catch_unwind(AssertUnwindSafe(|| within_bounds(entry, bytes)));
        if let Err(panic) = outcome {
            eprintln!("a finding; its input is {}", self.path.display());
            resume_unwind(panic);
        }
    }

    fn finish(self) {
        // The watch ends by itself where it has ended already.
        let _ = self.stop.send(());
        std::fs::remove_file(&self.path).expect("the temporary folder can be written");
    }
}

fn write_corpus(corpus: &Path, target: &str, seeds: &Seeds) {
    let folder = corpus.join(target);
    std::fs::create_dir_all(&folder).expect("the corpus can be written");
    for (number, seed) in seeds.inputs.iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{number}")), seed).expect("the corpus can be written");
    }
    let escaped = |word: &&str| -> String { word.bytes().map(|byte| format!("\\x{byte:02x}")).collect() };
    let words: String = seeds.words.iter().map(|word| format!("\"{}\"\n", escaped(word))).collect();
    // libFuzzer refuses an empty file.
    std::fs::write(corpus.join(format!("{target}.dictionary")), format!("# Words of the format\n{words}"))
        .expect("the corpus can be written");
}
