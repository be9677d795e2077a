//! The command line as it is typed. What it means is worked out in [`options`](super::options).

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

/// Read liveblogs in the terminal: follow, filter, and see who said what.
#[derive(Debug, Parser)]
#[command(name = "liveblog", version, about, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "With no source, a terminal shows the demo and the feeds in this folder.\n\
    In the reader, ? shows the keys. Exit codes: 0 done, 1 nothing matched, 2 wrong usage,\n\
    3 unreadable, 4 no liveblog, 5 (--strict) entries were unreadable, 70 a fault of the program,\n\
    130 interrupted.")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option that is given or not")]
pub(super) struct Args {
    /// A file, an http:// or https:// address, or - for standard input; several become one timeline
    #[arg(value_name = "SOURCE", allow_hyphen_values = false)]
    pub(super) sources: Vec<PathBuf>,

    /// Keep reading as the source grows; wait for a file that is not there yet
    #[arg(short, long, overrides_with = "no_follow")]
    pub(super) follow: bool,

    /// Read what is there and no more (printing does so unless told)
    #[arg(long, overrides_with = "follow")]
    pub(super) no_follow: bool,

    /// How often an address is looked at: at least 5, on this machine 1; more rarely when the server asks
    #[arg(
        long,
        value_name = "SECONDS",
        env = "LIVEBLOG_EVERY",
        hide_env_values = true,
        default_value = "15"
    )]
    pub(super) every: u32,

    /// Input format; --formats lists them
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub(super) format: String,

    /// List the formats
    #[arg(long)]
    pub(super) formats: bool,

    /// Zone in which times are shown: an IANA name, local, or source
    #[arg(long, value_name = "ZONE", env = "LIVEBLOG_TZ", hide_env_values = true, default_value = "local")]
    pub(super) tz: String,

    /// Zone of stamps that carry none [default: what the feed tells, else local]
    #[arg(long, value_name = "ZONE", env = "LIVEBLOG_ASSUME_ZONE", hide_env_values = true)]
    pub(super) assume_zone: Option<String>,

    /// Day of stamps that are only a clock [default: the feed's own, else the file's, else today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) date: Option<String>,

    /// Show only entries that match: words, "phrases", -without, said:name
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(super) filter: Option<String>,

    /// Show only entries from this time on: RFC 3339, HH:MM, yesterday, -3h
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub(super) since: Option<String>,

    /// Show only entries before this time
    #[arg(long, value_name = "T", allow_hyphen_values = true)]
    pub(super) until: Option<String>,

    /// Order of entries [default: as fits the blog]
    #[arg(long, value_enum, env = "LIVEBLOG_ORDER", hide_env_values = true)]
    pub(super) order: Option<OrderArg>,

    /// What to show: entries, who said what (quotes), or how the numbers moved
    #[arg(long, value_enum, default_value = "entries")]
    pub(super) view: ViewArg,

    /// Open at this entry
    #[arg(long, value_name = "ID|TIME", allow_hyphen_values = true)]
    pub(super) at: Option<String>,

    /// Print the newest N, in the order asked for
    #[arg(long, value_name = "N")]
    pub(super) limit: Option<usize>,

    /// Print instead of opening the reader (text by itself when standard output is no terminal)
    #[arg(short, long, value_enum)]
    pub(super) output: Option<Output>,

    /// Colours: auto, dark, light, dark16, light16, mono
    #[arg(long, value_name = "NAME", env = "LIVEBLOG_THEME", hide_env_values = true, default_value = "auto")]
    pub(super) theme: String,

    /// When to use colour
    #[arg(long, value_enum, env = "LIVEBLOG_COLOR", hide_env_values = true, default_value = "auto")]
    pub(super) color: ColorArg,

    /// Draw with ASCII only
    #[arg(long, env = "LIVEBLOG_ASCII", hide_env_values = true, value_parser = clap::builder::BoolishValueParser::new())]
    pub(super) ascii: bool,

    /// Exit with 5 when entries were unreadable
    #[arg(long)]
    pub(super) strict: bool,

    /// Open the built-in feed
    #[arg(long, conflicts_with = "sources")]
    pub(super) demo: bool,

    /// List the keys of the reader
    #[arg(long)]
    pub(super) keys: bool,

    /// Keep nothing between runs
    #[arg(long)]
    pub(super) no_state: bool,

    /// Skip the configuration file
    #[arg(long)]
    pub(super) no_config: bool,

    /// Write a log to this file
    #[arg(long, value_name = "FILE", env = "LIVEBLOG_LOG", hide_env_values = true)]
    pub(super) log: Option<PathBuf>,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Output {
    Text,
    Markdown,
    Json,
    Jsonl,
}

/// The order of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OrderArg {
    Newest,
    Oldest,
}

/// What to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ViewArg {
    Entries,
    New,
    Key,
    Quotes,
    Numbers,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    Auto,
    Always,
    Never,
}
