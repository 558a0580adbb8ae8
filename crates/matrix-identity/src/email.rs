//! Email addresses.

use caseless::Caseless as _;

use crate::{Error, MAX_ADDRESS_BYTES};

/// Folds the case of an email address: full Unicode case folding (the statuses C and F of Unicode's `CaseFolding.txt`),
/// without normalization.
///
/// Lower-casing is something else: `ß` folds to `ss`, `ς` to `σ`, Cherokee letters fold to capitals. To be done before
/// an address is hashed, stored or compared.
///
/// Source: MSC2265; [email](https://spec.matrix.org/v1.19/appendices/#e-mail).
///
/// ```
/// assert_eq!(matrix_identity::fold_email("Strauß@Example.com"), "strauss@example.com");
/// ```
#[must_use]
pub fn fold_email(address: &str) -> String {
    if address.is_ascii() {
        address.to_ascii_lowercase()
    } else {
        address.chars().default_case_fold().collect()
    }
}

/// Checks that an address is `user@domain` and nothing besides, and folds it.
pub(crate) fn canonical(address: &str) -> Result<String, Error> {
    let invalid = |reason| Err(Error::InvalidEmail(reason));
    let too_long = |text: &str| text.len() > MAX_ADDRESS_BYTES;
    if too_long(address) {
        return invalid("longer than 512 bytes");
    }
    let Some((user, domain)) = address.rsplit_once('@') else { return invalid("no @") };
    if user.is_empty() || domain.is_empty() {
        return invalid("nothing on one side of the @");
    }
    if address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>')) {
        return invalid("a space, control character or angle bracket");
    }
    if address.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) {
        return invalid("a mailto: prefix");
    }
    // Folding makes some letters longer.
    let folded = fold_email(address);
    if too_long(&folded) { invalid("longer than 512 bytes with its case folded") } else { Ok(folded) }
}
