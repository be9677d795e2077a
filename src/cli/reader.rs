//! The reader: the machine, the sources and the screen put together.

use std::{path::Path, sync::Arc};

use crate::{
    app::App,
    runtime::{self, Outside},
    source::{self, Source},
    view::{
        self,
        theme::{self, Colours},
    },
};

use super::{Error, FAULT, STRICT, options::Reader};

/// Runs the reader; gives the exit code.
pub(super) fn run(reader: Reader) -> Result<u8, Error> {
    let Reader { common, app: options } = reader;
    let (mut app, start) = App::new(options);
    let sources = common.source.clone();
    let scanned = common.source.context;
    let outside = Outside {
        open: Box::new(move |location, id| {
            let mut options = sources.clone();
            options.context.now = runtime::clock::now();
            Source::open(location, id, &options)
        }),
        scan: Arc::new(move |give| {
            let (found, is_all) = source::folder::scan(Path::new("."), &scanned);
            give(found, is_all);
        }),
        asks_background: common.theme.is_none() && common.colours != Colours::None,
    };
    let (told, colours) = (common.theme, common.colours);
    let ended = runtime::run(&mut app, outside, start, |app, background, frame| {
        let first = told.unwrap_or_else(|| theme::choose(background, colours));
        view::draw(app, theme::counted(first + app.theme(), colours), frame);
    });
    let end = ended.map_err(|error| Error::new(FAULT, &error.to_string()))?;
    if let Some(failure) = app.failure() {
        return Err(failure.into());
    }
    let unreadable = app.timeline().unreadable();
    if common.is_strict && unreadable > 0 && end.code() == 0 {
        return Err(Error::new(STRICT, &format!("{unreadable} entries were unreadable")));
    }
    Ok(end.code())
}
