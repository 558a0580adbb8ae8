use matrix_api::{MAX_RELATION_PAGES, PageEnd, RelationPages};

fn end(next: Option<&str>) -> PageEnd {
    PageEnd { next_batch: next.map(str::to_owned), prev_batch: None }
}

fn ask(pages: RelationPages) -> matrix_api::RelationPage {
    let RelationPages::Ask(page) = pages else { panic!("{pages:?}") };
    page
}

#[test]
fn msc2675_pages_are_asked_for_until_there_is_no_token() {
    let page = ask(RelationPages::new(None, Some("t9".to_owned())));
    assert_eq!((page.from(), page.to()), (None, Some("t9")));
    let page = ask(page.answer(&end(Some("t1"))));
    assert_eq!((page.from(), page.to()), (Some("t1"), Some("t9")));
    let page = ask(page.answer(&end(Some("t2"))));
    assert_eq!(page.answer(&end(None)), RelationPages::Done);
}

#[test]
fn msc2675_the_end_that_was_asked_for_ends_it() {
    let page = ask(RelationPages::new(Some("t1".to_owned()), Some("t9".to_owned())));
    assert_eq!(page.answer(&end(Some("t9"))), RelationPages::Done);
}

#[test]
fn msc2675_pages_that_lead_nowhere_are_left() {
    let page = ask(RelationPages::new(Some("t1".to_owned()), None));
    assert_eq!(page.answer(&end(Some("t1"))), RelationPages::Endless);
    let mut pages = RelationPages::new(None, None);
    let mut asked = 0;
    while let RelationPages::Ask(page) = pages {
        pages = page.answer(&end(Some(if asked % 2 == 0 { "a" } else { "b" })));
        asked += 1;
    }
    assert_eq!((pages, asked), (RelationPages::Endless, MAX_RELATION_PAGES));
}

#[test]
fn msc2675_the_end_of_a_page_is_read_and_written_again() {
    for json in [r#"{"next_batch":"page2_token","prev_batch":"page0_token"}"#, "{}"] {
        let read: PageEnd = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
}
