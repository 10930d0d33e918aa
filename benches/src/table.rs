//! Counts become rows, rows become one Markdown table per section, and a row that misses its target brings its profile.

use std::fmt::{self, Write};

use crate::count::{self, Start};

/// What a row is to reach.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    /// Shown for comparison.
    None,
    /// Ours is at most so much of theirs.
    AtMost(f64),
    /// Ours is at most so much, whatever the others are.
    Most(f64),
    /// Ours is nothing at all.
    Zero,
}

/// How the figures of both sides come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Figure {
    /// Instructions of one call that is not the first.
    Warm,
    /// What the first call costs beyond a later one.
    FirstUse,
}

/// Two cases beside each other.
#[derive(Debug)]
pub(crate) struct Row {
    ours: String,
    theirs: String,
    figure: Figure,
    /// What both sides do besides, and is subtracted.
    less: Option<&'static str>,
    target: Target,
    why: &'static str,
}

impl Row {
    pub(crate) fn warm(ours: impl Into<String>, theirs: impl Into<String>, target: Target) -> Self {
        Self { ours: ours.into(), theirs: theirs.into(), figure: Figure::Warm, less: None, target, why: "" }
    }

    pub(crate) fn first_use(ours: impl Into<String>, theirs: impl Into<String>) -> Self {
        Self { figure: Figure::FirstUse, ..Self::warm(ours, theirs, Target::Zero) }
    }

    /// Subtracts what the case `shared` counts from both sides.
    pub(crate) fn less(mut self, shared: &'static str) -> Self {
        self.less = Some(shared);
        self
    }

    /// What is said of the row if it misses its target.
    pub(crate) fn explained(mut self, why: &'static str) -> Self {
        self.why = why;
        self
    }

    pub(crate) fn measure(&self) -> Result<Line, String> {
        let ours = self.count(&self.ours)?;
        let theirs = self.count(&self.theirs)?;
        let is_missed = self.target.is_missed(ours, theirs);
        let profile = if is_missed { count::top_functions(&self.ours, Start::Warm, 24) } else { Vec::new() };
        let (ours_name, theirs_name) = (self.ours.clone(), self.theirs.clone());
        let Self { target, why, .. } = *self;
        Ok(Line { ours_name, theirs_name, ours, theirs, unit: Unit::Instructions, target, why, profile })
    }

    fn count(&self, case: &str) -> Result<f64, String> {
        let warm = count::instructions(case, Start::Warm)?;
        let value = match self.figure {
            Figure::Warm => warm,
            Figure::FirstUse => count::instructions(case, Start::Cold)?.saturating_sub(warm),
        };
        let shared = self.less.map_or(Ok(0), |shared| count::instructions(shared, Start::Warm))?;
        Ok(value.saturating_sub(shared) as f64)
    }
}

impl Target {
    fn is_missed(self, ours: f64, theirs: f64) -> bool {
        match self {
            Self::None => false,
            Self::AtMost(ratio) => ours > ratio * theirs,
            Self::Most(most) => ours > most,
            Self::Zero => ours > 0.0,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("–"),
            Self::AtMost(ratio) => write!(f, "≤ {ratio:.2}"),
            Self::Most(most) => write!(f, "≤ {most}"),
            Self::Zero => f.write_str("0"),
        }
    }
}

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Instructions.
    Instructions,
    /// Seconds of processor time, user and system.
    CpuSeconds,
    /// Crates that are compiled.
    Crates,
    /// A mean of ratios: there is only the ratio.
    Ratio,
}

/// A measured row.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) ours_name: String,
    pub(crate) theirs_name: String,
    pub(crate) ours: f64,
    pub(crate) theirs: f64,
    pub(crate) unit: Unit,
    pub(crate) target: Target,
    /// What is said of the line if it misses its target.
    pub(crate) why: &'static str,
    pub(crate) profile: Vec<String>,
}

impl Line {
    /// A figure that nothing stands beside.
    pub(crate) fn alone(name: &str, ours: f64, unit: Unit, target: Target) -> Self {
        let (ours_name, theirs_name) = (name.to_owned(), String::new());
        Self { ours_name, theirs_name, ours, theirs: 0.0, unit, target, why: "", profile: Vec::new() }
    }

    pub(crate) fn is_missed(&self) -> bool {
        self.target.is_missed(self.ours, self.theirs)
    }
}

/// The geometric mean of the ratios of some lines.
pub(crate) fn geometric_mean(lines: &[Line], target: Target) -> Line {
    let logarithms: f64 = lines.iter().map(|line| (line.ours / line.theirs).ln()).sum();
    Line {
        ours_name: format!("geometric mean of {}", lines.len()),
        theirs_name: String::new(),
        ours: (logarithms / lines.len() as f64).exp(),
        theirs: 1.0,
        unit: Unit::Ratio,
        target,
        why: "",
        profile: Vec::new(),
    }
}

/// The lines as a Markdown table; then, of each that misses, why, and its profile.
pub(crate) fn markdown(lines: &[Line]) -> String {
    let mut text = String::from("| ours | | beside | | ratio | target | |\n|---|--:|---|--:|--:|--:|---|\n");
    for line in lines {
        let verdict = match line.target {
            Target::None => "",
            _ if line.is_missed() => "missed",
            _ => "held",
        };
        let is_pair = !line.ours_name.is_empty() && line.theirs != 0.0;
        let ratio = if !is_pair { "–".to_owned() } else { format!("{:.2}", line.ours / line.theirs) };
        // A side without a name has no figure.
        let figure = |name: &str, value| match line.unit {
            Unit::Ratio => String::new(),
            _ if name.is_empty() => String::new(),
            Unit::Instructions | Unit::Crates => grouped(value),
            Unit::CpuSeconds => format!("{value:.2} s"),
        };
        let (ours, theirs) = (figure(&line.ours_name, line.ours), figure(&line.theirs_name, line.theirs));
        let Line { ours_name, theirs_name, target, .. } = line;
        let _ = writeln!(text, "| {ours_name} | {ours} | {theirs_name} | {theirs} | {ratio} | {target} | {verdict} |");
    }
    for line in lines.iter().filter(|line| line.is_missed()) {
        let _ = writeln!(text, "\n**Why “{}” misses.** {}", line.ours_name, line.why);
        if !line.profile.is_empty() {
            let of = match line.unit {
                Unit::CpuSeconds => {
                    "Passes of rustc in one such build, by the clock; some are parts of others (`-Ztime-passes`)"
                }
                _ => "Instructions by function, those of its callees included",
            };
            let _ = write!(text, "\n{of}:\n\n```text\n{}\n```\n", line.profile.join("\n"));
        }
    }
    text
}

/// `1234567` as `1,234,567`.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
