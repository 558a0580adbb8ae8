use std::{env, fs, io, path::PathBuf};

/// Runs a body over the files, and the files of the folders, that the command line names.
///
/// # Errors
///
/// When one of them cannot be read.
pub fn run_files(body: fn(&[u8])) -> io::Result<()> {
    let mut files = Vec::new();
    for path in env::args_os().skip(1).map(PathBuf::from) {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                files.push(entry?.path());
            }
        } else {
            files.push(path);
        }
    }
    files.sort();
    for file in &files {
        println!("{}", file.display());
        body(&fs::read(file)?);
    }
    println!("{} inputs", files.len());
    Ok(())
}
