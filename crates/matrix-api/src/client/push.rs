//! Push rules.
//!
//! Source: [push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules-api).

use matrix_push::{Action, Condition, Rule, RuleKind, Ruleset};

use super::foreign;
use crate::Raw;
use crate::endpoint::{endpoint, r0, registry, stable};

registry!(
    all_rules,
    global_rules,
    rule,
    put_rule,
    delete_rule,
    is_enabled,
    set_enabled,
    actions,
    set_actions,
);

/// `GET /pushrules/`: all push rules.
pub mod all_rules {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/pushrules/", 1, 1),
            r0("/_matrix/client/r0/pushrules/", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks for all push rules.
        request {}

        /// All push rules.
        response {
            /// The rules, all of which are in the one set that there is.
            #[serde(with = "foreign::json")]
            global: Ruleset,
        }
    }
}

/// `GET /pushrules/global/`: all push rules of the one set that there is.
pub mod global_rules {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/pushrules/global/", 1, 1),
            r0("/_matrix/client/r0/pushrules/global/", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks for all push rules.
        request {}

        /// All push rules.
        response #[serde(transparent)] {
            /// The rules.
            #[serde(with = "foreign::json")]
            rules: Ruleset,
        }
    }
}

/// `GET /pushrules/global/{kind}/{ruleId}`: a push rule.
pub mod rule {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/pushrules/global/{kind}/{ruleId}", 1, 1),
            r0("/_matrix/client/r0/pushrules/global/{kind}/{ruleId}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks for a push rule. Where there is no such rule, the answer is `M_NOT_FOUND` (MSC2663).
        request {
            path {
                /// The kind of the rule.
                kind: RuleKind,
                /// The rule.
                rule_id: String,
            }
        }

        /// The push rule.
        response #[serde(transparent)] {
            /// The rule, to be read as one of the kind.
            rule: Raw<Rule>,
        }
    }
}

/// `PUT /pushrules/global/{kind}/{ruleId}`: makes or changes a push rule.
pub mod put_rule {
    use super::*;

    endpoint! {
        PUT [
            stable("/_matrix/client/v3/pushrules/global/{kind}/{ruleId}", 1, 1),
            r0("/_matrix/client/r0/pushrules/global/{kind}/{ruleId}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: true, guests: false,

        /// Makes or changes a push rule of the user.
        request {
            path {
                /// The kind of the rule.
                kind: RuleKind,
                /// The rule.
                rule_id: String,
            }
            query {
                ..
                /// The rule of the user before which it is to stand.
                before: Option<String>,
                /// The rule of the user after which it is to stand.
                after: Option<String>,
            }
            body {
                /// What it does when it matches.
                #[serde(with = "foreign::actions")]
                actions: Vec<Action>,
                ..
                /// What has to hold, of override and underride rules.
                #[serde(with = "foreign::json")]
                conditions: Vec<Condition>,
                /// The glob that is looked for, of content rules.
                pattern: Option<String>,
            }
        }

        /// The push rule is as it was asked for.
        response {}
    }
}

/// `DELETE /pushrules/global/{kind}/{ruleId}`: deletes a push rule.
pub mod delete_rule {
    use super::*;

    endpoint! {
        DELETE [
            stable("/_matrix/client/v3/pushrules/global/{kind}/{ruleId}", 1, 1),
            r0("/_matrix/client/r0/pushrules/global/{kind}/{ruleId}", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Deletes a push rule of the user. Where there is no such rule, the answer is `M_NOT_FOUND` (MSC2663).
        request {
            path {
                /// The kind of the rule.
                kind: RuleKind,
                /// The rule.
                rule_id: String,
            }
        }

        /// The push rule is deleted.
        response {}
    }
}

/// `GET /pushrules/global/{kind}/{ruleId}/enabled`: whether a push rule is on.
pub mod is_enabled {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled", 1, 1),
            r0("/_matrix/client/r0/pushrules/global/{kind}/{ruleId}/enabled", 1, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks whether a push rule is on. Where there is no such rule, the answer is `M_NOT_FOUND` (MSC2663).
        request {
            path {
                /// The kind of the rule.
                kind: RuleKind,
                /// The rule.
                rule_id: String,
            }
        }

        /// Whether the push rule is on.
        response {
            /// Whether it is.
            enabled: bool,
        }
    }
}

/// `PUT /pushrules/global/{kind}/{ruleId}/enabled`: switches a push rule on or off.
pub mod set_enabled {
    use super::*;

    endpoint! {
        PUT [
            stable("/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled", 1, 1),
            r0("/_matrix/client/r0/pushrules/global/{kind}/{ruleId}/enabled", 0, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Switches a push rule on or off. Where there is no such rule, the answer is `M_NOT_FOUND` (MSC2663).
        request {
            path {
                /// The kind of the rule.
                kind: RuleKind,
                /// The rule.
                rule_id: String,
            }
            body {
                /// Whether it is to be on.
                enabled: bool,
            }
        }

        /// The push rule is on or off.
        response {}
    }
}

/// `GET /pushrules/global/{kind}/{ruleId}/actions`: what a push rule does.
pub mod actions {
    use super::*;

    endpoint! {
        GET [
            stable("/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions", 1, 1),
            r0("/_matrix/client/r0/pushrules/global/{kind}/{ruleId}/actions", 1, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Asks what a push rule does. Where there is no such rule, the answer is `M_NOT_FOUND` (MSC2663).
        request {
            path {
                /// The kind of the rule.
                kind: RuleKind,
                /// The rule.
                rule_id: String,
            }
        }

        /// What the push rule does.
        response {
            /// What it does.
            #[serde(with = "foreign::actions")]
            actions: Vec<Action>,
        }
    }
}

/// `PUT /pushrules/global/{kind}/{ruleId}/actions`: changes what a push rule does.
pub mod set_actions {
    use super::*;

    endpoint! {
        PUT [
            stable("/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions", 1, 1),
            r0("/_matrix/client/r0/pushrules/global/{kind}/{ruleId}/actions", 1, 0),
        ],
        authentication: AccessToken, rate_limited: false, guests: false,

        /// Changes what a push rule does. Where there is no such rule, the answer is `M_NOT_FOUND` (MSC2663).
        request {
            path {
                /// The kind of the rule.
                kind: RuleKind,
                /// The rule.
                rule_id: String,
            }
            body {
                /// What it is to do.
                #[serde(with = "foreign::actions")]
                actions: Vec<Action>,
            }
        }

        /// The push rule does that.
        response {}
    }
}
