use matrix_canonicaljson::{Object, Value};

/// What a rule does when it matches.
///
/// The historical `dont_notify` and `coalesce` are no actions: they are left out when actions are read.
///
/// Source: [Actions](https://spec.matrix.org/v1.19/client-server-api/#actions).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Makes a notification.
    Notify,
    /// Sets an entry in the notification's `tweaks`.
    SetTweak(Tweak),
    /// Something else, which nothing is done about; kept as it came.
    Unknown(Value),
}

/// An entry in a notification's `tweaks`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tweak {
    /// The sound to be played; `default` is the device's own.
    Sound(String),
    /// Whether the message is to stand out; without a value it is.
    Highlight(bool),
    /// Something that clients and push gateways have agreed upon.
    Other {
        /// The name of the tweak.
        name: String,
        /// Its value, if it has one.
        value: Option<Value>,
    },
}

impl Action {
    /// Makes the action that plays a sound.
    pub fn sound(sound: &str) -> Self {
        Self::SetTweak(Tweak::Sound(sound.to_owned()))
    }

    /// Makes the action that lets a message stand out.
    pub const fn highlight() -> Self {
        Self::SetTweak(Tweak::Highlight(true))
    }

    /// Reads an action; `None` for those that are to be ignored.
    pub fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::String(name) => match name.as_str() {
                "notify" => Some(Self::Notify),
                "dont_notify" | "coalesce" => None,
                _ => Some(Self::Unknown(value.clone())),
            },
            Value::Object(object) => {
                let tweak = object.get_str("set_tweak").and_then(|name| Tweak::read(name, object));
                Some(tweak.map_or_else(|| Self::Unknown(value.clone()), Self::SetTweak))
            }
            _ => Some(Self::Unknown(value.clone())),
        }
    }

    /// Writes the action.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Notify => "notify".into(),
            Self::SetTweak(tweak) => tweak.to_object().into(),
            Self::Unknown(value) => value.clone(),
        }
    }
}

impl Tweak {
    fn read(name: &str, action: &Object) -> Option<Self> {
        match (name, action.get("value")) {
            ("sound", Some(Value::String(sound))) => Some(Self::Sound(sound.clone())),
            ("highlight", None) => Some(Self::Highlight(true)),
            ("highlight", Some(Value::Bool(highlight))) => Some(Self::Highlight(*highlight)),
            ("sound" | "highlight", _) => None,
            (name, value) => Some(Self::Other { name: name.to_owned(), value: value.cloned() }),
        }
    }

    /// Returns the name.
    pub fn name(&self) -> &str {
        match self {
            Self::Sound(_) => "sound",
            Self::Highlight(_) => "highlight",
            Self::Other { name, .. } => name,
        }
    }

    fn to_object(&self) -> Object {
        let mut object = Object::from([("set_tweak", self.name())]);
        match self {
            Self::Sound(sound) => _ = object.insert("value", sound.as_str()),
            Self::Highlight(true) => {}
            Self::Highlight(false) => _ = object.insert("value", false),
            Self::Other { value, .. } => {
                if let Some(value) = value {
                    object.insert("value", value.clone());
                }
            }
        }
        object
    }
}
