//! Times on their way through the parser, which takes instants only: what was written is kept beside.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};

use crate::{
    feed::{Context, time},
    model::Stamp,
};

/// Reads times as the parser meets them, and gives their stamps back.
#[derive(Debug, Clone)]
pub(super) struct Moments {
    context: Context,
    stamps: Arc<Mutex<HashMap<i64, Stamp>>>,
}

impl Moments {
    pub(super) fn new(context: &Context) -> Self {
        Self { context: *context, stamps: Arc::default() }
    }

    /// Reads the time `text`.
    pub(super) fn note(&self, text: &str) -> Option<DateTime<Utc>> {
        let stamp = time::parse(text, &self.context)?;
        let mut stamps = self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        stamps.insert(stamp.millis(), stamp);
        Some(stamp.utc())
    }

    /// The stamp that was read as `time`.
    pub(super) fn stamp(&self, time: DateTime<Utc>) -> Option<Stamp> {
        let stamps = self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        stamps.get(&time.timestamp_millis()).copied()
    }
}
