//! Asking for a secret.

use std::io::IsTerminal as _;

use matrix_ssss::Secret;

/// Asks at the terminal without showing what is typed; reads a line when there is no terminal on standard input.
pub(crate) fn ask(prompt: &str) -> Result<Secret, String> {
    let line = if std::io::stdin().is_terminal() {
        rpassword::prompt_password(prompt)
    } else {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map(|_| line)
    };
    let line = line.map(Secret::new).map_err(|error| format!("cannot ask: {error}"))?;
    Ok(Secret::new(line.as_str().trim_end_matches(['\r', '\n'])))
}

/// Reads a file.
pub(crate) fn read(path: &str) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{path}: {error}"))
}
