//! The compliance page tells the truth about proposals and tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PAGE: &str = include_str!("../src/compliance.md");

/// The 98 proposals that this project implements.
const PROPOSALS: [u32; 98] = [
    1219, 1442, 1466, 1501, 1543, 1659, 1704, 1708, 1711, 1717, 1719, 1721, 1730, 1753, 1756, 1759, 1772,
    1779, 1794, 1802, 1804, 1813, 1819, 1831, 1866, 1884, 1915, 1930, 1946, 1954, 1957, 1960, 1961, 1983,
    2002, 2010, 2033, 2076, 2077, 2078, 2134, 2140, 2174, 2175, 2176, 2181, 2184, 2197, 2209, 2229, 2230,
    2240, 2241, 2244, 2263, 2265, 2284, 2290, 2312, 2313, 2320, 2324, 2334, 2366, 2367, 2399, 2403, 2414,
    2422, 2432, 2451, 2454, 2457, 2472, 2526, 2540, 2557, 2582, 2604, 2610, 2611, 2630, 2663, 2674, 2675,
    2689, 2713, 2732, 2758, 2765, 2774, 2778, 2788, 2801, 2844, 2858, 2874, 2918,
];

/// The crates in whose tests each proposal's number begins a name.
fn tests() -> BTreeMap<u32, BTreeSet<String>> {
    let mut tests = BTreeMap::<u32, BTreeSet<String>>::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates");
    for member in fs::read_dir(crates).unwrap() {
        let member = member.unwrap();
        let name = member.file_name().into_string().unwrap();
        let name = name.strip_prefix("matrix-").expect("a crate of this project").to_owned();
        sources(&member.path(), &mut |source| {
            for number in source.split("fn msc").skip(1).flat_map(numbers) {
                tests.entry(number).or_default().insert(name.clone());
            }
        });
    }
    tests
}

/// The numbers that a test's name begins with, after the first `msc`.
fn numbers(name: &str) -> Vec<u32> {
    let name = name.split('(').next().unwrap_or_default();
    name.split("_msc").map_while(|part| part.split('_').next()?.parse().ok()).collect()
}

fn sources(directory: &Path, each: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, each);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            each(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// The rows of the table of proposals: the number, and what stands in each cell.
fn rows() -> Vec<(u32, Vec<&'static str>)> {
    let proposals = PAGE.split("\n## ").nth(1).expect("the proposals");
    proposals
        .lines()
        .filter_map(|line| {
            let number = line.strip_prefix("| [")?.split(']').next()?.parse().ok()?;
            Some((number, line.trim_matches('|').split('|').map(str::trim).collect()))
        })
        .collect()
}

#[test]
fn every_proposal_has_its_row() {
    let numbers: Vec<u32> = rows().iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, PROPOSALS);
}

#[test]
fn an_implemented_proposal_is_proven_where_the_page_says() {
    let tests = tests();
    let mut wrong = Vec::new();
    for (number, cells) in rows() {
        let [_, asks, implemented, proven, left_out] = cells[..] else {
            panic!("MSC{number} has not five cells")
        };
        assert!(!asks.is_empty(), "MSC{number}");
        let named: BTreeSet<String> = proven.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let found = tests.get(&number).cloned().unwrap_or_default();
        assert!(
            !named.is_empty() || !left_out.is_empty(),
            "MSC{number} is not proven, and the page does not say why"
        );
        assert!(
            named.is_empty() || implemented.contains("](crate::"),
            "MSC{number} is proven, and implemented by nothing"
        );
        if named != found {
            wrong.push(format!("MSC{number}: the page names {named:?}, tests are in {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_tested_proposal_is_on_the_page() {
    // What is no proposal of this project's own: fixed by the specification, or stood for by another.
    const OTHERS: [u32; 2] = [2264, 4297];
    let known = |number: &u32| PROPOSALS.contains(number) || OTHERS.contains(number);
    let unknown: Vec<u32> = tests().into_keys().filter(|number| !known(number)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
