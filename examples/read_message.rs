//! What a client does with events as they come in: whether they notify its user, what of their HTML is shown, and what
//! in it leads elsewhere.
//!
//!     cargo run --example read_message [FILE]
//!
//! FILE holds an event on each line; without it, there are some in `examples/data/`.

use std::{error::Error, fs};

use matrix_canonicaljson::{Mode, Object};
use matrix_html::{Clean, Sanitizer, from_plain_text_with_links, links};
use matrix_identifiers::UserId;
use matrix_push::{Action, CompiledRuleset, Context, Position, Rule, RuleKind, Ruleset};

const SAMPLE: &str = include_str!("data/messages.jsonl");

fn main() -> Result<(), Box<dyn Error>> {
    let events = match std::env::args_os().nth(1) {
        Some(path) => fs::read_to_string(path)?,
        None => SAMPLE.to_owned(),
    };
    let me = UserId::parse("@bob:example.org")?;
    let mut rules = Ruleset::predefined(me);
    let cake = Rule::new("cake", [Action::Notify, Action::sound("oven.wav")]).with_pattern("cake");
    rules.put(RuleKind::Content, cake, Position::default())?;
    let rules = rules.compile();
    let context = Context::new(me).with_display_name("Bob").with_member_count(12);
    for line in events.lines().filter(|line| !line.trim().is_empty()) {
        let event = Object::parse(line.as_bytes(), Mode::Lenient)?;
        println!("{} from {}", text(&event, "type"), text(&event, "sender"));
        println!("  {}", notification(&rules, &event, &context));
        if let Some(content) = event.get_object("content").filter(|content| content.contains_key("msgtype")) {
            show(content);
        }
    }
    Ok(())
}

fn text<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get_str(name).unwrap_or("?")
}

/// Which rule the event matches, and how loud that is.
fn notification(rules: &CompiledRuleset, event: &Object, context: &Context<'_>) -> String {
    let Some(found) = rules.evaluate(event, context) else { return "matches no rule".to_owned() };
    let mut line = format!("{} rule {}: ", found.kind, found.rule.rule_id);
    line.push_str(if found.notifies() { "notifies" } else { "is silent" });
    if let Some(sound) = found.rule.sound() {
        line.push_str(&format!(", with the sound {sound:?}"));
    }
    if found.rule.highlights() {
        line.push_str(", and stands out");
    }
    line
}

/// What is shown of a message.
fn show(content: &Object) {
    let clean = match content.get_str("formatted_body") {
        Some(html) if content.get_str("format") == Some("org.matrix.custom.html") => {
            Sanitizer::new().clean(html)
        }
        _ => from_plain_text_with_links(text(content, "body")),
    };
    println!("  html: {clean}");
    print_indented("  text: ", &clean.to_plain_text());
    for spoiler in clean.spoilers() {
        let reason = spoiler.reason().unwrap_or("no reason given");
        print_indented("  hidden: ", &format!("{} ({reason})", spoiler.content().to_plain_text()));
    }
    for details in clean.details() {
        print_indented("  folded: ", &Clean::to_plain_text(details.summary()));
    }
    for link in links(text(content, "formatted_body")) {
        println!("  link: {} as {:?}", link.uri(), link.text());
    }
}

fn print_indented(label: &str, text: &str) {
    let indent = " ".repeat(label.len());
    println!("{label}{}", text.replace('\n', &format!("\n{indent}")));
}
