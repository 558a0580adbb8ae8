//! The op that holds a condition of a push rule against an event.

use std::hint::black_box;

use matrix_authrules::{PowerLevels, RoomLevels};
use matrix_canonicaljson::{Object, Value};
use matrix_identifiers::{OwnedUserId, UserId};
use matrix_push::{Condition, Context};
use matrix_roomversion::{AuthorizationRules, RoomVersion};

use crate::{
    Answer,
    fields::{Failure, integer, object, ok, optional_text, utf8},
};

/// How the levels are read, since the request does not say of what room they are: strings count, which rooms 10 and
/// later cannot hold.
const RULES: &AuthorizationRules = &RoomVersion::V9.rules().authorization;

/// Whose rules they are if the request does not say so. No condition alone asks for it.
const NOBODY: &str = "@nobody:example.org";

/// The context of a request, owned.
struct Known {
    user_id: OwnedUserId,
    display_name: Option<String>,
    member_count: Option<u64>,
    power_levels: Option<PowerLevels>,
}

impl Known {
    fn read(context: &Object) -> Result<Self, Failure> {
        let user_id = optional_text(context, "user_id")?.unwrap_or(NOBODY);
        let display_name = optional_text(context, "display_name")?.map(ToOwned::to_owned);
        let member_count = integer(context, "member_count")?.map(|count| {
            u64::try_from(count).map_err(|_| Failure::new("bad_input", "`member_count` is negative"))
        });
        let power_levels = match context.get("power_levels") {
            None | Some(Value::Null) => None,
            Some(_) => Some(utf8(object(context, "power_levels")?.to_canonical())),
        };
        Ok(Self {
            user_id: UserId::parse(user_id)?.to_owned(),
            display_name,
            member_count: member_count.transpose()?,
            power_levels: power_levels.map(|content| PowerLevels::parse(&content, RULES)),
        })
    }

    fn context(&self) -> Context<'_> {
        let mut context = Context::new(&self.user_id);
        if let Some(name) = &self.display_name {
            context = context.with_display_name(name);
        }
        if let Some(count) = self.member_count {
            context = context.with_member_count(count);
        }
        if let Some(levels) = &self.power_levels {
            context = context.with_levels(RoomLevels::new(RULES, None, Some(levels)));
        }
        context
    }
}

pub(crate) fn condition(request: &Object) -> Result<Answer, Failure> {
    let condition = Condition::from_value(&object(request, "condition")?.into());
    let event = object(request, "event")?;
    let known = match request.get("ctx") {
        None | Some(Value::Null) => Known::read(&Object::new())?,
        Some(_) => Known::read(&object(request, "ctx")?)?,
    };
    let applies = condition.applies(&event, &known.context());
    Ok(Answer::new(ok("applies", applies), move || {
        _ = black_box(condition.applies(black_box(&event), &known.context()));
    }))
}
