//! QuickJS with the logic runtime in it, and the few functions that the runtime gets of this host.
//!
//! The engine has no input or output of its own: no modules, no files, no `std`. A script that runs too long is
//! interrupted by an error that no `catch` sees; how long is counted in steps of the engine, so that a slow machine finds
//! what a fast one does. Memory and stack end in errors that it may catch, as in a browser.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::context::EvalOptions;
use rquickjs::{CatchResultExt, CaughtError, Context, Ctx, Function, Object, Persistent, Runtime, Value};

use super::budget::{Budget, Excess};
use super::bundle;
use super::clock::Clock;
use super::observations::Observations;

/// What the natives and the host share. The natives run inside script, so nothing here is borrowed across a call.
pub struct Shared {
    pub clock: RefCell<Clock>,
    /// Messages of logic: port and text.
    pub outbox: RefCell<Vec<(u32, String)>>,
    pub observations: RefCell<Observations>,
    /// Texts that logic may run, by the name they have in stack traces.
    pub texts: RefCell<HashMap<String, Vec<u8>>>,
    /// Bytes of all messages so far.
    sent: Cell<usize>,
    most: usize,
    seed: Cell<u64>,
    deadline: Cell<Instant>,
    interrupted: Cell<Option<Limit>>,
    /// Steps so far, and where this turn is interrupted.
    spent: Cell<u64>,
    most_spent: Cell<u64>,
    excess_of_steps: Cell<Limit>,
    /// Promises that were rejected in this turn, with their reasons.
    rejected: RefCell<Vec<(Persistent<Value<'static>>, Persistent<Value<'static>>)>>,
}

/// What a script was interrupted for.
#[derive(Debug, Clone, Copy)]
enum Limit {
    TurnSteps,
    TotalSteps,
    Time,
}

/// A running engine. Fields are dropped in order: values before their runtime.
pub struct Engine {
    receiver: Option<Persistent<Object<'static>>>,
    pub shared: Rc<Shared>,
    context: Context,
    runtime: Runtime,
    budget: Budget,
    began: Instant,
}

/// Why an engine did not start.
#[derive(Debug, thiserror::Error)]
pub enum EngineFailure {
    #[error("the logic runtime for the headless host was not built")]
    NotBuilt,
    #[error("the script engine did not start: {0}")]
    Engine(String),
}

impl Engine {
    pub fn start(budget: Budget) -> Result<Self, EngineFailure> {
        let bundle = bundle::logic_runtime().ok_or(EngineFailure::NotBuilt)?;
        let broken = |error: rquickjs::Error| EngineFailure::Engine(error.to_string());
        let runtime = Runtime::new().map_err(broken)?;
        runtime.set_memory_limit(budget.memory);
        runtime.set_max_stack_size(budget.stack);
        // A page is short-lived: collecting cycles all the time costs more than it frees.
        runtime.set_gc_threshold(budget.memory / 4);
        let context = Context::full(&runtime).map_err(broken)?;
        let shared = Rc::new(Shared::new(&budget));
        let mut engine = Self { receiver: None, shared, context, runtime, budget, began: Instant::now() };
        engine.limit();
        engine.boot(bundle).map_err(|excess| EngineFailure::Engine(excess.to_string()))?;
        Ok(engine)
    }

    fn limit(&self) {
        let shared = Rc::clone(&self.shared);
        self.runtime.set_interrupt_handler(Some(Box::new(move || {
            shared.spent.set(shared.spent.get() + 1);
            let excess = if shared.spent.get() > shared.most_spent.get() {
                Some(shared.excess_of_steps.get())
            } else {
                (Instant::now() > shared.deadline.get()).then_some(Limit::Time)
            };
            if shared.interrupted.get().is_none() {
                shared.interrupted.set(excess);
            }
            excess.is_some()
        })));
        let shared = Rc::clone(&self.shared);
        self.runtime.set_host_promise_rejection_tracker(Some(Box::new(move |context, promise, reason, handled| {
            shared.track(&context, promise, reason, handled);
        })));
    }

    fn boot(&mut self, bundle: &[u8]) -> Result<(), Excess> {
        let shared = Rc::clone(&self.shared);
        let receiver = self.turn(|context| {
            run_script(context, bundle.to_vec(), "mezze-runtime")?;
            let exports: Object<'_> = context.globals().get("mezze_headless")?;
            let boot: Function<'_> = exports.get("boot")?;
            let receiver: Object<'_> = boot.call((natives(context, &shared)?,))?;
            Ok(Persistent::save(context, receiver))
        })?;
        self.receiver = Some(receiver);
        Ok(())
    }

    /// Hands a message to logic.
    pub fn receive(&mut self, port: u32, text: &str, opened: u32) -> Result<(), Excess> {
        let receiver = self.receiver.clone();
        self.turn(|context| {
            let Some(receiver) = receiver else { return Ok(()) };
            let receive: Function<'_> = receiver.restore(context)?.get("receive")?;
            receive.call((port, text, opened))
        })
    }

    pub fn fire(&mut self, timer: u32) -> Result<(), Excess> {
        self.shared.observations.borrow_mut().timers += 1;
        let receiver = self.receiver.clone();
        self.turn(|context| {
            let Some(receiver) = receiver else { return Ok(()) };
            let fire: Function<'_> = receiver.restore(context)?.get("fire")?;
            fire.call((timer,))
        })
    }

    /// One turn of script: the call, then every promise that is due.
    fn turn<T>(&mut self, call: impl FnOnce(&Ctx<'_>) -> rquickjs::Result<T>) -> Result<T, Excess> {
        let spent = self.shared.spent.get();
        let of_turn = spent + self.budget.turn_steps;
        let last_turn = of_turn >= self.budget.total_steps;
        self.shared.most_spent.set(of_turn.min(self.budget.total_steps));
        self.shared.excess_of_steps.set(if last_turn { Limit::TotalSteps } else { Limit::TurnSteps });
        self.shared.deadline.set(self.began + self.budget.time);
        let result = self.context.with(|context| call(&context).catch(&context).map_err(|error| describe(&error)));
        let drained = self.drain();
        {
            let mut observations = self.shared.observations.borrow_mut();
            observations.longest_turn = observations.longest_turn.max(self.shared.spent.get() - spent);
        }
        if let Some(limit) = self.shared.interrupted.get() {
            return Err(self.excess(limit));
        }
        if self.shared.sent.get() > self.budget.messages {
            return Err(Excess::Messages(self.budget.messages));
        }
        drained?;
        result.map_err(Excess::Breakdown)
    }

    /// Runs promises' jobs, then tells of the rejections that nobody listened to.
    fn drain(&mut self) -> Result<(), Excess> {
        loop {
            self.run_jobs()?;
            let rejected = std::mem::take(&mut *self.shared.rejected.borrow_mut());
            if rejected.is_empty() {
                return Ok(());
            }
            let Some(receiver) = self.receiver.clone() else { return Ok(()) };
            for (_, reason) in rejected {
                let receiver = receiver.clone();
                let told = self.context.with(|context| {
                    let tell = || -> rquickjs::Result<()> {
                        let rejected: Function<'_> = receiver.restore(&context)?.get("rejected")?;
                        rejected.call((reason.restore(&context)?,))
                    };
                    tell().catch(&context).map_err(|error| describe(&error))
                });
                told.map_err(Excess::Breakdown)?;
            }
        }
    }

    fn run_jobs(&self) -> Result<(), Excess> {
        for _ in 0..self.budget.jobs {
            match self.runtime.execute_pending_job() {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                // An error in a job is an interruption, or memory that ran out: promises catch all others.
                Err(exception) => {
                    if let Some(limit) = self.shared.interrupted.get() {
                        return Err(self.excess(limit));
                    }
                    let text = exception.0.with(|context| {
                        let value = context.catch();
                        describe(&CaughtError::Value(value))
                    });
                    return Err(Excess::Breakdown(text));
                }
            }
        }
        Err(Excess::Jobs(self.budget.jobs))
    }

    fn excess(&self, limit: Limit) -> Excess {
        match limit {
            Limit::TurnSteps => Excess::Turn(self.budget.turn_steps),
            Limit::TotalSteps => Excess::Total(self.budget.total_steps),
            Limit::Time => Excess::Time(self.budget.time),
        }
    }

    /// Whether the time for the whole run is over.
    pub fn is_over(&self) -> bool {
        self.began.elapsed() > self.budget.time
    }

    pub fn budget(&self) -> &Budget {
        &self.budget
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.shared.rejected.borrow_mut().clear();
    }
}

impl Shared {
    fn new(budget: &Budget) -> Self {
        Self {
            clock: RefCell::new(Clock::new()),
            outbox: RefCell::default(),
            observations: RefCell::default(),
            texts: RefCell::default(),
            sent: Cell::new(0),
            most: budget.messages,
            seed: Cell::new(0x9e37_79b9_7f4a_7c15),
            deadline: Cell::new(Instant::now() + Duration::from_secs(60)),
            interrupted: Cell::new(None),
            spent: Cell::new(0),
            most_spent: Cell::new(u64::MAX),
            excess_of_steps: Cell::new(Limit::TurnSteps),
            rejected: RefCell::default(),
        }
    }

    fn send(&self, port: u32, text: String) {
        self.sent.set(self.sent.get().saturating_add(text.len()));
        // What is over the limit ends the run after this turn; until then it must not pile up.
        if self.sent.get() <= self.most {
            self.outbox.borrow_mut().push((port, text));
        }
    }

    /// A chance that is the same in every run (xorshift64*).
    #[expect(clippy::cast_precision_loss, reason = "53 bits are what a double holds")]
    fn random(&self) -> f64 {
        let mut state = self.seed.get();
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        self.seed.set(state);
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn track<'js>(&self, context: &Ctx<'js>, promise: Value<'js>, reason: Value<'js>, handled: bool) {
        let mut rejected = self.rejected.borrow_mut();
        if !handled {
            rejected.push((Persistent::save(context, promise), Persistent::save(context, reason)));
            return;
        }
        rejected.retain(|(known, _)| known.clone().restore(context).is_ok_and(|known| known != promise));
    }
}

/// The functions of `web/runtime/logic/headless/native.ts`.
fn natives<'js>(context: &Ctx<'js>, shared: &Rc<Shared>) -> rquickjs::Result<Object<'js>> {
    let natives = Object::new(context.clone())?;
    let own = || Rc::clone(shared);
    let host = own();
    let send = move |port: u32, text: String| host.send(port, text);
    natives.set("send", Function::new(context.clone(), send)?)?;
    let host = own();
    let run = move |context: Ctx<'js>, name: String| -> rquickjs::Result<()> {
        let text = host.texts.borrow().get(&name).cloned().unwrap_or_default();
        run_script(&context, text, &name)
    };
    natives.set("run", Function::new(context.clone(), run)?)?;
    let run_text = |context: Ctx<'js>, name: String, text: String| run_script(&context, text.into_bytes(), &name);
    natives.set("runText", Function::new(context.clone(), run_text)?)?;
    let host = own();
    let text = move |name: String| -> String {
        host.texts.borrow().get(&name).map(|text| String::from_utf8_lossy(text).into_owned()).unwrap_or_default()
    };
    natives.set("text", Function::new(context.clone(), text)?)?;
    let host = own();
    let size = move |name: String| host.texts.borrow().get(&name).map_or(0, Vec::len);
    natives.set("size", Function::new(context.clone(), size)?)?;
    set_time(context, &natives, shared)?;
    let host = own();
    let written = move |component: String, instance: u32, length: f64, keys: String| {
        let elapsed = host.clock.borrow().elapsed();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length")]
        let length = length as u64;
        host.observations.borrow_mut().data_written(&component, instance, length, &keys, elapsed);
    };
    natives.set("dataWritten", Function::new(context.clone(), written)?)?;
    Ok(natives)
}

fn set_time<'js>(context: &Ctx<'js>, natives: &Object<'js>, shared: &Rc<Shared>) -> rquickjs::Result<()> {
    let own = || Rc::clone(shared);
    let host = own();
    let set_timer = move |milliseconds: f64| host.clock.borrow_mut().set_timer(milliseconds);
    natives.set("setTimer", Function::new(context.clone(), set_timer)?)?;
    let host = own();
    let clear_timer = move |timer: u32| host.clock.borrow_mut().clear_timer(timer);
    natives.set("clearTimer", Function::new(context.clone(), clear_timer)?)?;
    let host = own();
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit a double")]
    let now = move || host.clock.borrow().now() as f64;
    natives.set("now", Function::new(context.clone(), now)?)?;
    let host = own();
    natives.set("random", Function::new(context.clone(), move || host.random())?)
}

fn run_script(context: &Ctx<'_>, text: Vec<u8>, name: &str) -> rquickjs::Result<()> {
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some(name.to_owned());
    context.eval_with_options::<Value<'_>, _>(text, options).map(|_| ())
}

fn describe(error: &CaughtError<'_>) -> String {
    match error {
        CaughtError::Exception(exception) => {
            let message = exception.message().unwrap_or_default();
            let stack = exception.stack().unwrap_or_default();
            format!("{message}\n{stack}").trim().to_owned()
        }
        CaughtError::Value(value) => value
            .as_object()
            .and_then(|object| object.get::<_, String>("message").ok())
            .unwrap_or_else(|| "a value that is no error was thrown".to_owned()),
        CaughtError::Error(error) => error.to_string(),
    }
}
