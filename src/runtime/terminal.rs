//! The terminal: held while the reader runs, and given back however that ends.
//!
//! [`leave`] may be called from anywhere and any number of times: on return, on error, by the panic hook, before stopping.
//! It gives the mode back before it tells the terminal to show what it showed, for that waits while a terminal takes
//! nothing, as after Ctrl-S; `leave_at_once` does not wait. Nothing here asks the terminal a question: `Terminal::clear` and the cursor's place
//! would wait two seconds for the lock that the thread of keys holds (crossterm 0.29).

use std::{
    env,
    io::{self, IsTerminal},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
    time::Instant,
};

use crossterm::{
    clipboard::CopyToClipboard,
    cursor::{Hide, Show},
    event::{DisableBracketedPaste, EnableBracketedPaste},
    queue,
    style::{ResetColor, force_color_output},
    terminal::{
        BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
        LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
    },
};
use ratatui::{Frame, backend::CrosstermBackend, layout::Rect};

use crate::app::Size;

use super::{
    faults,
    screen::{self, Screen},
};

/// The terminal is not ours.
const FREE: u8 = 0;
/// The terminal is ours.
const HELD: u8 = 1;
/// The terminal is being given back, which may take as long as it takes nothing.
const LEAVING: u8 = 2;

/// Which of these it is.
static STATE: AtomicU8 = AtomicU8::new(FREE);
/// How long a terminal is waited for that is merely busy.
#[cfg(unix)]
const MOMENT: rustix::event::Timespec = rustix::event::Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
/// Until when an answer of the terminal may be under way, which would be typed into the shell.
static ANSWERS_UNTIL: Mutex<Option<Instant>> = Mutex::new(None);

/// Whether the reader can be shown: there is a terminal to draw on, and one that keys come from.
pub fn is_available() -> bool {
    // What calls itself dumb, as the shells within editors do, shows text and obeys nothing.
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    !is_dumb && io::stdout().is_terminal() && (io::stdin().is_terminal() || has_keys())
}

/// Whether keys can be read although standard input is something else.
#[cfg(unix)]
fn has_keys() -> bool {
    std::fs::File::open("/dev/tty").is_ok()
}

#[cfg(not(unix))]
fn has_keys() -> bool {
    true
}

/// Whether the terminal is ours, to be drawn on.
pub(super) fn is_held() -> bool {
    STATE.load(Ordering::SeqCst) == HELD
}

/// Whether the terminal was given back, or never taken.
#[cfg(unix)]
pub(super) fn is_free() -> bool {
    STATE.load(Ordering::SeqCst) == FREE
}

/// Tells until when an answer of the terminal may be under way; `None` when there is none to come.
pub(super) fn expect_answer(until: Option<Instant>) {
    *answers_until() = until;
}

fn answers_until() -> MutexGuard<'static, Option<Instant>> {
    ANSWERS_UNTIL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal: keys come one by one and unseen, on a screen of our own.
fn enter() -> io::Result<()> {
    if STATE.compare_exchange(FREE, HELD, Ordering::SeqCst, Ordering::SeqCst).is_err() {
        return Ok(());
    }
    // With NO_COLOR set, crossterm writes every colour as a reset, which also ends bold and reverse: the selection would
    // vanish. Which colours there are is the theme's choice.
    force_color_output(true);
    let taken = enable_raw_mode().and_then(|()| {
        let mut out = Vec::new();
        // Some terminals do not clear the other screen when it is entered.
        queue!(out, EnterAlternateScreen, Clear(ClearType::All), Hide, EnableBracketedPaste)?;
        screen::write(&out)
    });
    if taken.is_err() {
        leave();
    }
    taken
}

/// Gives the terminal back. Changes nothing when it is not held.
pub fn leave() {
    if STATE.compare_exchange(HELD, LEAVING, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
        restore_mode();
        // A terminal that is gone cannot be told anything, and there is nobody to tell that to.
        let _ = farewell().and_then(|bytes| screen::write(&bytes));
        STATE.store(FREE, Ordering::SeqCst);
    }
}

/// Like [`leave`], or goes on with it, but does not wait for a terminal that takes nothing. The program must end then.
#[cfg(unix)]
pub(super) fn leave_at_once() {
    use rustix::event::PollFlags;

    if !is_free() {
        STATE.store(LEAVING, Ordering::SeqCst);
        restore_mode();
        let _ = super::watchdog::await_stdout(PollFlags::OUT, Some(&MOMENT))
            .and_then(|()| farewell())
            .and_then(|bytes| screen::write(&bytes));
    }
}

/// What the terminal is told last.
fn farewell() -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    queue!(out, EndSynchronizedUpdate, ResetColor, DisableBracketedPaste, Show, LeaveAlternateScreen)?;
    Ok(out)
}

/// Makes keys come as they came before.
fn restore_mode() {
    // What was typed ahead is the shell's, but for that.
    #[cfg(unix)]
    if answers_until().is_some_and(|until| Instant::now() < until) {
        let _ = rustix::termios::tcflush(io::stdout(), rustix::termios::QueueSelector::IFlush);
    }
    let _ = disable_raw_mode();
}

/// The terminal, held. Gives it back when dropped.
#[derive(Debug)]
pub struct Terminal {
    inner: ratatui::Terminal<CrosstermBackend<Screen>>,
    screen: Screen,
}

impl Terminal {
    /// Takes the terminal for this thread, which alone draws on it.
    pub fn enter() -> io::Result<Self> {
        faults::install();
        faults::own_terminal();
        enter()?;
        let screen = Screen::default();
        let inner = ratatui::Terminal::new(CrosstermBackend::new(screen.clone()));
        inner.map(|inner| Self { inner, screen }).inspect_err(|_| leave())
    }

    /// The size of the screen.
    pub fn size(&self) -> io::Result<Size> {
        let size = self.inner.size()?;
        Ok(Size { columns: size.width, rows: size.height })
    }

    /// Draws what changed since the last frame, as one synchronized update. A screen without cells is left alone.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let size = self.size()?;
        if size.columns == 0 || size.rows == 0 {
            return Ok(());
        }
        queue!(self.screen, BeginSynchronizedUpdate)?;
        let drawn = self.inner.draw(paint).map(drop);
        // Ended also when drawing failed: terminals show nothing until it is.
        queue!(self.screen, EndSynchronizedUpdate)?;
        let sent = self.screen.send();
        drawn.and(sent)
    }

    /// Lets the next frame draw every cell anew, on a screen of this size.
    pub fn repaint(&mut self, size: Size) -> io::Result<()> {
        self.inner.resize(Rect::new(0, 0, size.columns, size.rows))
    }

    /// Asks the terminal to put `text` on the clipboard (OSC 52); whether it does, it does not tell.
    pub fn copy(&mut self, text: &str) -> io::Result<()> {
        queue!(self.screen, CopyToClipboard::to_clipboard_from(text))?;
        self.screen.send()
    }

    /// Gives the terminal back while `pause` lasts, and takes it again.
    pub fn lend(&mut self, pause: impl FnOnce()) -> io::Result<()> {
        leave();
        pause();
        enter()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}
