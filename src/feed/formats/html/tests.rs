//! Invented pages, read.
