//! Error codes.

use core::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! errcodes {
    ($($(#[$doc:meta])+ $variant:ident = $code:literal,)+) => {
        /// An error code: the `errcode` of a server's error.
        ///
        /// Source: [standard error response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response) and
        /// the errors of the single endpoints, of all APIs.
        ///
        /// ```
        /// use matrix_api::Errcode;
        ///
        /// assert_eq!(Errcode::from("M_USER_DEACTIVATED"), Errcode::UserDeactivated);
        /// assert_eq!(Errcode::from("ORG_EXAMPLE_TEAPOT").as_str(), "ORG_EXAMPLE_TEAPOT");
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Errcode {
            $($(#[$doc])+ $variant,)+
            /// Another code.
            Other(UnknownErrcode),
        }

        impl Errcode {
            /// Every code that is known here.
            pub const KNOWN: &[Self] = &[$(Self::$variant,)+];

            /// Returns the code.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Other(code) => &code.0,
                }
            }
        }

        impl From<&str> for Errcode {
            fn from(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    _ => Self::Other(UnknownErrcode(code.into())),
                }
            }
        }
    };
}

errcodes! {
    /// `M_APPSERVICE_LOGIN_UNSUPPORTED`: The homeserver has no login for application services' users, who need none.
    AppserviceLoginUnsupported = "M_APPSERVICE_LOGIN_UNSUPPORTED",
    /// `M_BAD_ALIAS`: An alias does not point to the room (MSC2432).
    BadAlias = "M_BAD_ALIAS",
    /// `M_BAD_JSON`: The body is JSON, but not as the endpoint wants it.
    BadJson = "M_BAD_JSON",
    /// `M_BAD_STATE`: The state change would leave the room in a state that makes no sense.
    BadState = "M_BAD_STATE",
    /// `M_BAD_STATUS`: The application service answered a ping with a status other than success.
    BadStatus = "M_BAD_STATUS",
    /// `M_CANNOT_LEAVE_SERVER_NOTICE_ROOM`: Nobody may reject invites to or leave the room for the server's notices.
    CannotLeaveServerNoticeRoom = "M_CANNOT_LEAVE_SERVER_NOTICE_ROOM",
    /// `M_CANNOT_OVERWRITE_MEDIA`: There is content at this URI already.
    CannotOverwriteMedia = "M_CANNOT_OVERWRITE_MEDIA",
    /// `M_CAPTCHA_INVALID`: The CAPTCHA was not solved.
    CaptchaInvalid = "M_CAPTCHA_INVALID",
    /// `M_CAPTCHA_NEEDED`: A CAPTCHA has to be solved first.
    CaptchaNeeded = "M_CAPTCHA_NEEDED",
    /// `M_CONNECTION_FAILED`: The homeserver cannot reach the application service.
    ConnectionFailed = "M_CONNECTION_FAILED",
    /// `M_CONNECTION_TIMEOUT`: The application service did not answer in time.
    ConnectionTimeout = "M_CONNECTION_TIMEOUT",
    /// `M_DESTINATION_REJECTED`: The server will not send to that address.
    DestinationRejected = "M_DESTINATION_REJECTED",
    /// `M_DUPLICATE_ANNOTATION`: The user has annotated the event with this key already (MSC2677).
    DuplicateAnnotation = "M_DUPLICATE_ANNOTATION",
    /// `M_EMAIL_SEND_ERROR`: The email could not be sent.
    EmailSendError = "M_EMAIL_SEND_ERROR",
    /// `M_EXCLUSIVE`: What was asked for is reserved for an application service, or outside what is reserved for the one that asks.
    Exclusive = "M_EXCLUSIVE",
    /// `M_FORBIDDEN`: Not allowed.
    Forbidden = "M_FORBIDDEN",
    /// `M_GUEST_ACCESS_FORBIDDEN`: Guests may not do this.
    GuestAccessForbidden = "M_GUEST_ACCESS_FORBIDDEN",
    /// `M_INCOMPATIBLE_ROOM_VERSION`: The server that asks, or is asked, does not know the room's version, which `room_version` names (MSC1794).
    IncompatibleRoomVersion = "M_INCOMPATIBLE_ROOM_VERSION",
    /// `M_INVALID_ADDRESS`: The phone number is none.
    InvalidAddress = "M_INVALID_ADDRESS",
    /// `M_INVALID_EMAIL`: The email address is none.
    InvalidEmail = "M_INVALID_EMAIL",
    /// `M_INVALID_PARAM`: A parameter has a wrong value.
    InvalidParam = "M_INVALID_PARAM",
    /// `M_INVALID_PEPPER`: The look-up was made with another pepper than that of the identity server (MSC2134).
    InvalidPepper = "M_INVALID_PEPPER",
    /// `M_INVALID_ROOM_STATE`: The initial state of a room makes no sense.
    InvalidRoomState = "M_INVALID_ROOM_STATE",
    /// `M_INVALID_SIGNATURE`: A signature is wrong (MSC1756).
    InvalidSignature = "M_INVALID_SIGNATURE",
    /// `M_INVALID_USERNAME`: The name that was asked for is none.
    InvalidUsername = "M_INVALID_USERNAME",
    /// `M_INVITE_BLOCKED`: The user does not want the invite.
    InviteBlocked = "M_INVITE_BLOCKED",
    /// `M_KEY_TOO_LARGE`: The name of a profile field is too long.
    KeyTooLarge = "M_KEY_TOO_LARGE",
    /// `M_LIMIT_EXCEEDED`: Too many requests: see [`MatrixError::retry_after_ms`](super::MatrixError::retry_after_ms).
    LimitExceeded = "M_LIMIT_EXCEEDED",
    /// `M_MISSING_PARAM`: A parameter is missing.
    MissingParam = "M_MISSING_PARAM",
    /// `M_MISSING_PARAMS`: Parameters are missing (of an identity server).
    MissingParams = "M_MISSING_PARAMS",
    /// `M_MISSING_TOKEN`: There is no access token.
    MissingToken = "M_MISSING_TOKEN",
    /// `M_NOT_FOUND`: There is nothing there.
    NotFound = "M_NOT_FOUND",
    /// `M_NOT_JSON`: The body is no JSON.
    NotJson = "M_NOT_JSON",
    /// `M_NOT_YET_UPLOADED`: The content has not been uploaded yet.
    NotYetUploaded = "M_NOT_YET_UPLOADED",
    /// `M_NO_VALID_SESSION`: There is no such validation session.
    NoValidSession = "M_NO_VALID_SESSION",
    /// `M_PROFILE_TOO_LARGE`: The profile would be too large.
    ProfileTooLarge = "M_PROFILE_TOO_LARGE",
    /// `M_RESOURCE_LIMIT_EXCEEDED`: The server is at a limit that somebody set, such as that of its users.
    ResourceLimitExceeded = "M_RESOURCE_LIMIT_EXCEEDED",
    /// `M_ROOM_IN_USE`: The alias is taken.
    RoomInUse = "M_ROOM_IN_USE",
    /// `M_SEND_ERROR`: A message could not be sent (of an identity server).
    SendError = "M_SEND_ERROR",
    /// `M_SERVER_NOT_TRUSTED`: The server does not work with that other server (MSC2263).
    ServerNotTrusted = "M_SERVER_NOT_TRUSTED",
    /// `M_SESSION_EXPIRED`: The validation session has ended.
    SessionExpired = "M_SESSION_EXPIRED",
    /// `M_SESSION_NOT_VALIDATED`: The validation session has not been validated.
    SessionNotValidated = "M_SESSION_NOT_VALIDATED",
    /// `M_TERMS_NOT_SIGNED`: There are terms to agree to first (MSC2140).
    TermsNotSigned = "M_TERMS_NOT_SIGNED",
    /// `M_THREEPID_AUTH_FAILED`: The address could not be proven to be one's own.
    ThreepidAuthFailed = "M_THREEPID_AUTH_FAILED",
    /// `M_THREEPID_DENIED`: The server does not allow this address.
    ThreepidDenied = "M_THREEPID_DENIED",
    /// `M_THREEPID_IN_USE`: The address belongs to another account.
    ThreepidInUse = "M_THREEPID_IN_USE",
    /// `M_THREEPID_MEDIUM_NOT_SUPPORTED`: The server does not know the medium.
    ThreepidMediumNotSupported = "M_THREEPID_MEDIUM_NOT_SUPPORTED",
    /// `M_THREEPID_NOT_FOUND`: No account has the address.
    ThreepidNotFound = "M_THREEPID_NOT_FOUND",
    /// `M_TOKEN_INCORRECT`: The code that was entered is wrong.
    TokenIncorrect = "M_TOKEN_INCORRECT",
    /// `M_TOO_LARGE`: The request or the response is too large.
    TooLarge = "M_TOO_LARGE",
    /// `M_UNABLE_TO_AUTHORISE_JOIN`: The server cannot tell whether the user may join: ask another one.
    UnableToAuthoriseJoin = "M_UNABLE_TO_AUTHORISE_JOIN",
    /// `M_UNABLE_TO_GRANT_JOIN`: The server could only let the user join with the help of another one: ask that.
    UnableToGrantJoin = "M_UNABLE_TO_GRANT_JOIN",
    /// `M_UNAUTHORIZED`: The request is not authorized.
    Unauthorized = "M_UNAUTHORIZED",
    /// `M_UNKNOWN`: Anything else.
    Unknown = "M_UNKNOWN",
    /// `M_UNKNOWN_DEVICE`: The application service's user has no such device.
    UnknownDevice = "M_UNKNOWN_DEVICE",
    /// `M_UNKNOWN_TOKEN`: The access or refresh token is not known, or no longer: see [`MatrixError::soft_logout`](super::MatrixError::soft_logout).
    UnknownToken = "M_UNKNOWN_TOKEN",
    /// `M_UNRECOGNIZED`: The server has no such endpoint, or not with this method.
    Unrecognized = "M_UNRECOGNIZED",
    /// `M_UNSUPPORTED_ROOM_VERSION`: The homeserver, or that of the invited user, does not know the room's version (MSC1866).
    UnsupportedRoomVersion = "M_UNSUPPORTED_ROOM_VERSION",
    /// `M_URL_NOT_SET`: The application service has no URL.
    UrlNotSet = "M_URL_NOT_SET",
    /// `M_USER_DEACTIVATED`: The account is deactivated (MSC2181).
    UserDeactivated = "M_USER_DEACTIVATED",
    /// `M_USER_IN_USE`: The name is taken.
    UserInUse = "M_USER_IN_USE",
    /// `M_USER_LIMIT_EXCEEDED`: The user is at a limit of theirs.
    UserLimitExceeded = "M_USER_LIMIT_EXCEEDED",
    /// `M_USER_LOCKED`: The account is locked; what is stored on the device is kept.
    UserLocked = "M_USER_LOCKED",
    /// `M_USER_SUSPENDED`: The account is suspended: it may read, and little more.
    UserSuspended = "M_USER_SUSPENDED",
    /// `M_WEAK_PASSWORD`: The password is too weak.
    WeakPassword = "M_WEAK_PASSWORD",
    /// `M_WRONG_ROOM_KEYS_VERSION`: The backup is not the current one, which `current_version` names (MSC1219).
    WrongRoomKeysVersion = "M_WRONG_ROOM_KEYS_VERSION",
}

/// A code that is not known here, made by [`Errcode::from`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownErrcode(Box<str>);

impl UnknownErrcode {
    /// Returns the code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Errcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Errcode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Errcode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Ok(Self::from(code.as_str()))
    }
}
