//! A terminal for tests: a real PTY, a screen that vt100 keeps, and answers to what terminals are asked.
//!
//! Nothing sleeps for a fixed time where something can be waited for; every wait fails after [`PATIENCE`] with the screen.

use std::{
    env,
    io::{Read, Write},
    num::NonZero,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::{
    fs::{self, Mode, OFlags},
    process::{Pid, Signal, kill_process},
    termios::{self, Action},
};

/// Nothing takes longer on a machine that is not stuck.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);

/// What the terminal answers when it is asked for its background and its kind.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Answers {
    /// Nothing at all.
    Nothing,
    /// Its kind, but no colour.
    Kind,
    /// White, after so long.
    White(Duration),
}

/// What is started, and in what kind of terminal.
#[derive(Debug)]
pub(crate) struct Setup {
    command: CommandBuilder,
    answers: Answers,
}

impl Setup {
    /// `program` with `arguments`, in an environment that tells nothing of this machine.
    pub(crate) fn new(program: &str, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        for name in ["NO_COLOR", "COLORTERM", "COLORFGBG", "LIVEBLOG_TEST_MACHINE"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm-256color");
        command.env("TZ", "Europe/London");
        command.env("PS1", "prompt> ");
        command.env_remove("ENV");
        Self { command, answers: Answers::Kind }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn answers(mut self, answers: Answers) -> Self {
        self.answers = answers;
        self
    }

    /// Leaves the terminal without a session, so that no signal tells that it is gone.
    pub(crate) fn without_session(mut self) -> Self {
        self.command.set_controlling_tty(false);
        self
    }

    pub(crate) fn start(self) -> Session {
        Session::start(self)
    }
}

/// What the terminal has seen.
struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

/// A program in a terminal.
pub(crate) struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Arc<Mutex<Option<Box<dyn Write + Send>>>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<Seen>>,
    is_paused: Arc<AtomicBool>,
    is_hung_up: Arc<AtomicBool>,
    /// How the terminal was set before the program.
    mode: String,
}

impl Session {
    fn start(setup: Setup) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mode = mode_of(&*pair.master);
        let mut session = Self {
            writer: Arc::new(Mutex::new(Some(pair.master.take_writer().unwrap()))),
            child: pair.slave.spawn_command(setup.command).unwrap(),
            seen: Arc::new(Mutex::new(Seen { parser: vt100::Parser::default(), bytes: Vec::new() })),
            is_paused: Arc::default(),
            is_hung_up: Arc::default(),
            master: Some(pair.master),
            mode,
        };
        session.listen(setup.answers);
        session
    }

    /// Starts the thread that is the terminal.
    fn listen(&mut self, answers: Answers) {
        let mut reader = self.master.as_ref().unwrap().try_clone_reader().unwrap();
        let (seen, writer) = (Arc::clone(&self.seen), Arc::clone(&self.writer));
        let (is_paused, is_hung_up) = (Arc::clone(&self.is_paused), Arc::clone(&self.is_hung_up));
        let listen = move || {
            let mut buffer = [0; 4096];
            loop {
                while is_paused.load(Ordering::SeqCst) {
                    thread::sleep(Duration::from_millis(5));
                }
                let Ok(count @ 1..) = reader.read(&mut buffer) else { return };
                if is_hung_up.load(Ordering::SeqCst) {
                    return;
                }
                let bytes = &buffer[..count];
                let mut seen = seen.lock().unwrap();
                seen.bytes.extend(bytes);
                seen.parser.process(bytes);
                drop(seen);
                if contains(bytes, b"\x1b]11;?") {
                    answer(answers, &writer);
                }
            }
        };
        thread::Builder::new().name("terminal".to_owned()).spawn(listen).unwrap();
    }

    /// Types `keys`.
    pub(crate) fn send(&self, keys: &str) {
        write(&self.writer, keys);
    }

    /// Types `keys` again and again, faster than any program reads them, until what this gives is dropped.
    pub(crate) fn hold_down(&self, keys: &'static str) -> Held {
        let (is_held, writer) = (Arc::new(AtomicBool::new(true)), Arc::clone(&self.writer));
        let held = Held(Arc::clone(&is_held));
        let type_on = move || {
            while is_held.load(Ordering::SeqCst) {
                write(&writer, keys);
            }
        };
        thread::Builder::new().name("held keys".to_owned()).spawn(type_on).unwrap();
        held
    }

    /// What is on the screen.
    pub(crate) fn text(&self) -> String {
        self.seen.lock().unwrap().parser.screen().contents()
    }

    /// How often `sequence` was written to the terminal.
    pub(crate) fn count(&self, sequence: &str) -> usize {
        let seen = self.seen.lock().unwrap();
        seen.bytes.windows(sequence.len()).filter(|window| *window == sequence.as_bytes()).count()
    }

    /// What the program has written, without what it meant for the screen.
    pub(crate) fn written(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap().bytes).into_owned()
    }

    /// Forgets what the program has written; the screen stays.
    pub(crate) fn forget(&self) {
        self.seen.lock().unwrap().bytes.clear();
    }

    /// Lets the screen show something that the program did not write.
    pub(crate) fn scribble(&self, text: &str) {
        self.seen.lock().unwrap().parser.process(text.as_bytes());
    }

    /// Waits until `is_so`, or fails with the screen.
    pub(crate) fn wait_until(&self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let started = Instant::now();
        while !is_so(self) {
            assert!(started.elapsed() < PATIENCE, "waited in vain: {what}\n{}", self.text());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until `text` is on the screen.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait_until(text, |session| session.text().contains(text));
    }

    /// Waits until the program has the terminal.
    pub(crate) fn wait_until_held(&self) {
        self.wait_until("the other screen", |session| {
            session.seen.lock().unwrap().parser.screen().alternate_screen()
        });
    }

    /// Waits until the program is gone, and gives its exit code.
    pub(crate) fn wait(&mut self) -> u32 {
        self.wait_for_status().exit_code()
    }

    fn wait_for_status(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < PATIENCE, "does not leave\n{}", self.text());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until the program was ended by a signal, and gives what that is called.
    pub(crate) fn wait_for_signal(&mut self) -> String {
        let status = self.wait_for_status();
        status.signal().unwrap_or_else(|| panic!("not ended by a signal: {status}")).to_owned()
    }

    /// Asserts that the terminal is as it was before the program.
    pub(crate) fn assert_restored(&self) {
        let is_given_back = |session: &Self| {
            let seen = session.seen.lock().unwrap();
            let screen = seen.parser.screen();
            !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
        };
        self.wait_until("the terminal given back", is_given_back);
        assert_eq!(self.count("\x1b[?2026h"), self.count("\x1b[?2026l") - self.count("\x1b[?1049l"));
        assert!(self.has_mode_of_before());
    }

    /// Whether keys come as they came before the program.
    pub(crate) fn has_mode_of_before(&self) -> bool {
        mode_of(&**self.master.as_ref().unwrap()) == self.mode
    }

    /// Makes the terminal as large.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        if let (Some(columns), Some(rows)) = (NonZero::new(columns), NonZero::new(rows)) {
            self.seen.lock().unwrap().parser.screen_mut().set_size(rows, columns);
        }
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// Stops reading what the program writes, or goes on with it.
    pub(crate) fn pause(&self, is_paused: bool) {
        self.is_paused.store(is_paused, Ordering::SeqCst);
    }

    /// Lets the terminal take nothing from the program, as after Ctrl-S, or take it again.
    pub(crate) fn stop_output(&self, is_stopped: bool) {
        let name = self.master.as_ref().unwrap().tty_name().unwrap();
        let terminal = fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        termios::tcflow(terminal, if is_stopped { Action::OOff } else { Action::OOn }).unwrap();
    }

    /// Closes the terminal. `key` is one that makes the program write, which lets go of the last handle.
    pub(crate) fn hang_up(&mut self, key: &str) {
        self.is_hung_up.store(true, Ordering::SeqCst);
        self.send(key);
        *self.writer.lock().unwrap() = None;
        self.master = None;
    }

    /// The process that was started.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap() as i32).unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Signals the program that a shell runs in the foreground of this terminal.
    pub(crate) fn signal_foreground(&self, signal: Signal) {
        let leader = self.master.as_ref().unwrap().process_group_leader().unwrap();
        kill_process(Pid::from_raw(leader).unwrap(), signal).unwrap();
    }
}

/// Keys that are held down.
pub(crate) struct Held(Arc<AtomicBool>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// How the terminal is set, as text.
fn mode_of(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn write(writer: &Mutex<Option<Box<dyn Write + Send>>>, text: &str) {
    let mut writer = writer.lock().unwrap();
    let writer = writer.as_mut().unwrap();
    writer.write_all(text.as_bytes()).unwrap();
    writer.flush().unwrap();
}

/// Answers as `answers` says; late answers come from a thread, for the terminal goes on meanwhile.
fn answer(answers: Answers, writer: &Arc<Mutex<Option<Box<dyn Write + Send>>>>) {
    match answers {
        Answers::Nothing => {}
        Answers::Kind => write(writer, "\x1b[?62;4c"),
        Answers::White(delay) => {
            let writer = Arc::clone(writer);
            let late = move || {
                thread::sleep(delay);
                write(&writer, "\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[?62;4c");
            };
            thread::Builder::new().name("answer".to_owned()).spawn(late).unwrap();
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// This program, as tests start it.
pub(crate) fn this_program() -> String {
    env::current_exe().unwrap().display().to_string()
}
