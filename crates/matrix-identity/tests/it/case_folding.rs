use std::collections::BTreeMap;

use matrix_identity::fold_email;

/// The mappings of the statuses C (common) and F (full).
fn table() -> BTreeMap<char, String> {
    let text = include_str!("../data/CaseFolding.txt");
    assert!(text.starts_with("# CaseFolding-16.0.0.txt"));
    let code_point = |hex: &str| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap();
    let lines =
        text.lines().map(|line| line.split('#').next().unwrap()).filter(|line| !line.trim().is_empty());
    lines
        .filter_map(|line| {
            let fields: Vec<&str> = line.split(';').map(str::trim).collect();
            let folded = fields[2].split(' ').map(code_point).collect();
            ["C", "F"].contains(&fields[1]).then(|| (code_point(fields[0]), folded))
        })
        .collect()
}

#[test]
fn msc2265_every_code_point_folds_as_unicode_says() {
    let table = table();
    assert_eq!(table.len(), 1557);
    for character in '\0'..=char::MAX {
        let text = character.to_string();
        let expected = table.get(&character).unwrap_or(&text);
        assert_eq!(&fold_email(&text), expected, "U+{:04X}", u32::from(character));
        // Beside others a character folds as alone; what is folded stays.
        assert_eq!(fold_email(&format!("Ä{text}É")), format!("ä{expected}é"));
        assert_eq!(&fold_email(expected), expected, "U+{:04X}", u32::from(character));
    }
}

#[test]
fn msc2265_the_domain_needs_no_lowering_of_its_own() {
    // Lower-casing and folding is the same as folding, for every letter of that version.
    for character in table().into_keys() {
        let text = character.to_string();
        assert_eq!(fold_email(&text.to_lowercase()), fold_email(&text));
    }
}

#[test]
fn msc2265_nothing_is_normalized() {
    assert_eq!(fold_email("e\u{301}@example.com"), "e\u{301}@example.com");
    assert_eq!(fold_email("É@example.com"), "é@example.com");
}
