//! What the command line means: typed arguments turned into a run. Everything that can be wrong with them is told here.

use std::{io::IsTerminal, path::Path, time::Duration};

use chrono::{DateTime, NaiveDate, Utc};
use url::Url;

use crate::{
    app::{self, At, Clock, Size, View},
    feed::{self, Context, Format},
    model::{Location, SourceId, Zone},
    runtime,
    source::{self, Follow},
    story::Query,
    text::line::Line,
    view::theme::{self, Colours},
};

use super::{
    Error,
    args::{Args, ColorArg, OrderArg, Output, ViewArg},
    moment,
};

/// What is to be done.
#[derive(Debug)]
pub(super) enum Run {
    /// Show this and be done.
    Show(String),
    Reader(Reader),
    Print(Print),
}

/// What both reading and printing need.
#[derive(Debug, Clone)]
pub(super) struct Common {
    pub(super) source: source::Options,
    pub(super) colours: Colours,
    pub(super) theme: Option<usize>,
    pub(super) is_strict: bool,
}

/// A run of the reader.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) common: Common,
    pub(super) app: app::Options,
}

/// A run that prints.
#[derive(Debug)]
pub(super) struct Print {
    pub(super) common: Common,
    /// At least one.
    pub(super) locations: Vec<Location>,
    pub(super) output: Output,
    pub(super) query: Query,
    pub(super) view: View,
    pub(super) since: Option<i64>,
    pub(super) until: Option<i64>,
    pub(super) order: Option<app::Order>,
    pub(super) limit: Option<usize>,
    pub(super) clock: Clock,
    pub(super) zone: Zone,
    pub(super) is_ascii: bool,
    pub(super) now: DateTime<Utc>,
}

impl Print {
    /// Whether something was asked for that may leave all entries out.
    pub(super) fn is_limited(&self) -> bool {
        !self.query.is_empty()
            || self.view != View::Entries
            || self.since.is_some()
            || self.until.is_some()
            || self.limit == Some(0)
    }
}

/// What the surroundings are.
struct Around {
    stdin_is_terminal: bool,
    stdout_is_terminal: bool,
    /// Whether standard input is a pipe or a regular file, so that it is a source.
    stdin_is_source: bool,
}

impl Around {
    fn look() -> Self {
        Self {
            stdin_is_terminal: std::io::stdin().is_terminal(),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stdin_is_source: stdin_is_source(),
        }
    }
}

/// What `args` mean.
pub(super) fn run(args: &Args) -> Result<Run, Error> {
    if args.formats {
        return Ok(Run::Show(formats()));
    }
    if args.keys {
        return Ok(Run::Show(app::keymap::table()));
    }
    let around = Around::look();
    let locations = locations(args, &around)?;
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let prints =
        args.output.is_some() || !around.stdout_is_terminal || is_dumb || !runtime::terminal::is_available();
    if !prints {
        reader(args, locations, &around).map(Run::Reader)
    } else if !locations.is_empty() {
        print(args, locations, &around).map(Run::Print)
    } else if args.output.is_some() && around.stdin_is_terminal {
        Err(Error::usage("nothing to print: name a source, or try --demo"))
    } else {
        Err(Error::usage("no source, and no terminal to choose one on: name a file, or try --demo"))
    }
}

fn locations(args: &Args, around: &Around) -> Result<Vec<Location>, Error> {
    if args.demo {
        return Ok(vec![Location::Demo]);
    }
    if args.sources.is_empty() {
        return Ok(if around.stdin_is_source { vec![Location::Stdin] } else { Vec::new() });
    }
    if args.sources.len() > usize::from(SourceId::MAX) {
        return Err(Error::usage("too many sources are named"));
    }
    let locations: Vec<Location> =
        args.sources.iter().map(|source| location(source)).collect::<Result<_, _>>()?;
    if locations.iter().filter(|location| **location == Location::Stdin).count() > 1 {
        return Err(Error::usage("standard input can be read once only: name - once"));
    }
    Ok(locations)
}

/// What `source` names: an address when it begins like one, else a file.
fn location(source: &Path) -> Result<Location, Error> {
    if source == Path::new("-") {
        return Ok(Location::Stdin);
    } else if source.as_os_str().is_empty() {
        return Err(Error::usage("the name of the source is empty"));
    }
    let text = source.to_string_lossy();
    // What stands before an @ may be a password.
    let shown = text.rsplit('@').next().unwrap_or_default();
    match scheme(&text).as_deref() {
        Some("http" | "https") => Url::parse(&text).map(Location::Address).map_err(|error| {
            Error::usage(&format!("'{shown}' is no address: {error}; write it as https://example.org/live"))
        }),
        Some("file") => Err(Error::usage(&format!("'{shown}' is no name of a file: leave 'file://' out"))),
        // A file may be called anything.
        Some(scheme) if !source.exists() => Err(Error::usage(&format!(
            "'{shown}' is no address that is read, since '{scheme}://' is neither http:// nor https://: \
             download it and name the file"
        ))),
        _ => Ok(Location::File(source.to_path_buf())),
    }
}

/// What `text` begins with when it begins like an address, in lower case.
fn scheme(text: &str) -> Option<String> {
    let (scheme, _) = text.split_once("://")?;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
    let is_one = scheme.starts_with(|char: char| char.is_ascii_alphabetic()) && scheme.bytes().all(is_part);
    is_one.then(|| scheme.to_ascii_lowercase())
}

#[cfg(unix)]
fn stdin_is_source() -> bool {
    use rustix::fs::{FileType, fstat};
    let Ok(stat) = fstat(rustix::stdio::stdin()) else { return false };
    matches!(FileType::from_raw_mode(stat.st_mode), FileType::Fifo | FileType::RegularFile | FileType::Socket)
}

#[cfg(not(unix))]
fn stdin_is_source() -> bool {
    !std::io::stdin().is_terminal()
}

fn common(args: &Args, follow: Follow, around: &Around) -> Result<Common, Error> {
    let local_zone = runtime::clock::local_zone();
    let assumed_zone = args.assume_zone.as_deref().map(|name| zone(name, local_zone)).transpose()?;
    let date = args.date.as_deref().map(date).transpose()?;
    let context = Context { assumed_zone, local_zone, date, modified: None, now: runtime::clock::now() };
    let theme = match args.theme.as_str() {
        "auto" => None,
        name => Some(theme::by_name(name).ok_or_else(|| unknown_theme(name))?),
    };
    let source = source::Options {
        follow,
        waits: args.follow,
        format: format(&args.format)?,
        context,
        newest_first: args.order != Some(OrderArg::Oldest),
        every: Duration::from_secs(args.every.into()),
    };
    Ok(Common { source, colours: colours(args.color, around), theme, is_strict: args.strict })
}

fn reader(args: &Args, locations: Vec<Location>, around: &Around) -> Result<Reader, Error> {
    if args.limit.is_some() {
        return Err(Error::usage("--limit is for printing: add -o text, or leave it out"));
    }
    let follow = if args.no_follow { Follow::WhenAsked } else { Follow::Now };
    let common = common(args, follow, around)?;
    let Selected { filter, since, until } = selected(args, &common)?;
    let zone = common.source.context.local_zone;
    let now = common.source.context.now;
    let at = args.at.as_deref().map(|at| match moment::parse(at, now, zone) {
        Some(time) => At::Time(time),
        None => At::Id(Line::new(at)),
    });
    let app = app::Options {
        locations,
        order: order(args),
        view: view_of(args),
        filter,
        since,
        until,
        at,
        follow: !args.no_follow,
        clock: clock(args, zone)?,
        zone: shown_zone(args, zone)?,
        is_ascii: args.ascii,
        theme: 0,
        now,
        size: Size::default(),
    };
    Ok(Reader { common, app })
}

fn print(args: &Args, locations: Vec<Location>, around: &Around) -> Result<Print, Error> {
    let output = args.output.unwrap_or(Output::Text);
    if args.follow && output == Output::Json {
        return Err(Error::usage("-o json prints one whole object and cannot follow: use -o jsonl with -f"));
    }
    let is_grouped = matches!(args.view, ViewArg::Quotes | ViewArg::Numbers);
    if args.follow && is_grouped && output != Output::Jsonl {
        let name = view_of(args).name();
        return Err(Error::usage(&format!(
            "--view {name} is sorted when all is read and cannot follow: use -o jsonl with -f"
        )));
    }
    if args.at.is_some() {
        return Err(Error::usage("--at is for the reader: to print from a time on, use --since"));
    }
    let follow = if args.follow && !args.no_follow { Follow::Now } else { Follow::Never };
    let common = common(args, follow, around)?;
    let Selected { filter, since, until } = selected(args, &common)?;
    let zone = common.source.context.local_zone;
    Ok(Print {
        locations,
        output,
        query: filter.1,
        view: view_of(args),
        since,
        until,
        order: order(args),
        limit: args.limit,
        clock: clock(args, zone)?,
        zone: shown_zone(args, zone)?,
        is_ascii: args.ascii,
        now: common.source.context.now,
        common,
    })
}

/// Which entries are asked for.
struct Selected {
    filter: (String, Query),
    since: Option<i64>,
    until: Option<i64>,
}

fn selected(args: &Args, common: &Common) -> Result<Selected, Error> {
    let typed = args.filter.clone().unwrap_or_default();
    let query = Query::parse(&typed).map_err(|error| {
        let before = typed.get(..error.range.start).unwrap_or_default();
        let column = before.chars().count() + 1;
        let beginning: String = typed.chars().take(60).collect();
        let dots = if beginning.len() < typed.len() { "…" } else { "" };
        Error::usage(&format!("--filter '{beginning}{dots}', column {column}: {error}"))
    })?;
    let context = &common.source.context;
    let moment = |option: &str, typed: &Option<String>| -> Result<Option<i64>, Error> {
        let Some(typed) = typed else { return Ok(None) };
        let time = moment::parse(typed, context.now, context.local_zone).ok_or_else(|| {
            Error::usage(&format!(
                "{option} '{typed}' is no time: try 14:30, yesterday, -3h or 2025-04-28T04:39:00+01:00"
            ))
        })?;
        Ok(Some(time.timestamp_millis()))
    };
    Ok(Selected {
        filter: (typed, query),
        since: moment("--since", &args.since)?,
        until: moment("--until", &args.until)?,
    })
}

fn order(args: &Args) -> Option<app::Order> {
    args.order.map(|order| match order {
        OrderArg::Newest => app::Order::Newest,
        OrderArg::Oldest => app::Order::Oldest,
    })
}

fn view_of(args: &Args) -> View {
    match args.view {
        ViewArg::Entries => View::Entries,
        ViewArg::New => View::New,
        ViewArg::Key => View::KeyEvents,
        ViewArg::Quotes => View::Quotes,
        ViewArg::Numbers => View::Numbers,
    }
}

fn clock(args: &Args, local: Zone) -> Result<Clock, Error> {
    if args.tz == "source" {
        return Ok(Clock::AsWritten);
    }
    Ok(Clock::In(zone(&args.tz, local)?))
}

/// The zone that days in words are told in.
fn shown_zone(args: &Args, local: Zone) -> Result<Zone, Error> {
    if args.tz == "source" { Ok(local) } else { zone(&args.tz, local) }
}

fn zone(name: &str, local: Zone) -> Result<Zone, Error> {
    if name == "local" {
        return Ok(local);
    }
    Zone::parse(name).ok_or_else(|| {
        Error::usage(&format!("there is no time zone '{name}': try Europe/London, UTC or +01:00"))
    })
}

fn date(typed: &str) -> Result<NaiveDate, Error> {
    typed.parse().map_err(|_| Error::usage(&format!("--date '{typed}' is no day: write it as 2025-04-28")))
}

fn format(name: &str) -> Result<Option<&'static Format>, Error> {
    if name == "auto" {
        return Ok(None);
    }
    let known = || feed::FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let format = feed::named(name);
    format
        .map(Some)
        .ok_or_else(|| Error::usage(&format!("there is no format '{name}'; there are auto, {}", known())))
}

fn unknown_theme(name: &str) -> Error {
    let known: Vec<&str> = theme::THEMES.iter().map(|theme| theme.name).collect();
    Error::usage(&format!("there is no theme '{name}'; there are auto, {}", known.join(", ")))
}

/// How much colour is asked for: told, else by the environment and the terminal.
fn colours(told: ColorArg, around: &Around) -> Colours {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let depth = || {
        let is_true = std::env::var("COLORTERM").is_ok_and(|value| value == "truecolor" || value == "24bit");
        let term = std::env::var("TERM").unwrap_or_default();
        if is_true || term.contains("256color") || term.contains("kitty") || term.contains("direct") {
            Colours::True
        } else {
            Colours::Sixteen
        }
    };
    match told {
        ColorArg::Always => depth(),
        ColorArg::Auto if is_set("NO_COLOR") => Colours::None,
        ColorArg::Auto if is_set("FORCE_COLOR") || is_set("CLICOLOR_FORCE") => depth(),
        ColorArg::Auto if around.stdout_is_terminal => depth(),
        ColorArg::Auto | ColorArg::Never => Colours::None,
    }
}

/// The table that `--formats` prints.
fn formats() -> String {
    let width = feed::FORMATS.iter().map(|format| format.name.len()).max().unwrap_or_default();
    let rows = feed::FORMATS.iter().map(|format| format!("{:width$}  {}\n", format.name, format.about));
    rows.collect()
}
