/// Makes `Request` and `Response` of an endpoint in the module where it stands, with what belongs to them.
///
/// Fields before `..` are required; those after it have a default, and are left out when they have it. A body that is
/// one value, and not an object of these fields, is `#[serde(transparent)]`. Without `response`, the module has a type of
/// this name already.
macro_rules! endpoint {
    (
        $method:ident [$($paths:expr),+ $(,)?],
        authentication: $authentication:ident, rate_limited: $rate_limited:literal, guests: $guests:literal,

        $(#[doc = $request_doc:literal])+
        request {
            $(path { $($(#[doc = $p_doc:literal])+ $p_field:ident: $p_type:ty,)+ })?
            $(query {
                $($(#[doc = $q_doc:literal])+ $(#[serde($($q_serde:tt)+)])* $q_field:ident: $q_type:ty,)*
                $(.. $($(#[doc = $qo_doc:literal])+ $(#[serde($($qo_serde:tt)+)])* $qo_field:ident: $qo_type:ty,)+)?
            })?
            $(body $(#[serde($($b_container:tt)+)])? {
                $($(#[doc = $b_doc:literal])+ $(#[serde($($b_serde:tt)+)])* $b_field:ident: $b_type:ty,)*
                $(.. $($(#[doc = $bo_doc:literal])+ $(#[serde($($bo_serde:tt)+)])* $bo_field:ident: $bo_type:ty,)+)?
            })?
        }

        $($(#[doc = $response_doc:literal])+
        response $(#[serde($($r_container:tt)+)])? {
            $($(#[doc = $r_doc:literal])+ $(#[serde($($r_serde:tt)+)])* $r_field:ident: $r_type:ty,)*
            $(.. $($(#[doc = $ro_doc:literal])+ $(#[serde($($ro_serde:tt)+)])* $ro_field:ident: $ro_type:ty,)+)?
        })?
    ) => {
        $(#[doc = $request_doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct Request {
            $($($(#[doc = $p_doc])+ pub $p_field: $p_type,)+)?
            $($($(#[doc = $q_doc])+ pub $q_field: $q_type,)*
                $($($(#[doc = $qo_doc])+ pub $qo_field: $qo_type,)+)?)?
            $($($(#[doc = $b_doc])+ pub $b_field: $b_type,)*
                $($($(#[doc = $bo_doc])+ pub $bo_field: $bo_type,)+)?)?
        }

        impl Request {
            /// Makes a request of what it must have.
            #[allow(clippy::new_without_default, clippy::too_many_arguments, reason = "as many as it must have")]
            #[must_use]
            pub fn new(
                $($($p_field: $p_type,)+)? $($($q_field: $q_type,)*)? $($($b_field: $b_type,)*)?
            ) -> Self {
                Self {
                    $($($p_field,)+)?
                    $($($q_field,)* $($($qo_field: Default::default(),)+)?)?
                    $($($b_field,)* $($($bo_field: Default::default(),)+)?)?
                }
            }
        }

        $(#[derive(serde::Serialize, serde::Deserialize)]
        struct Query {
            $($(#[serde($($q_serde)+)])* $q_field: $q_type,)*
            $($(#[serde(default, skip_serializing_if = "crate::endpoint::is_default")]
                $(#[serde($($qo_serde)+)])* $qo_field: $qo_type,)+)?
        })?

        $(#[derive(serde::Serialize, serde::Deserialize)]
        $(#[serde($($b_container)+)])?
        struct Body {
            $($(#[serde($($b_serde)+)])* $b_field: $b_type,)*
            $($(#[serde(default, skip_serializing_if = "crate::endpoint::is_default")]
                $(#[serde($($bo_serde)+)])* $bo_field: $bo_type,)+)?
        })?

        impl crate::Endpoint for Request {
            const NAME: &'static str = module_path!();
            const METHOD: http::Method = http::Method::$method;
            const AUTHENTICATION: crate::Authentication = crate::Authentication::$authentication;
            const RATE_LIMITED: bool = $rate_limited;
            const GUESTS: bool = $guests;
            const PATHS: &'static [crate::VersionedPath] = &[$($paths),+];

            type Response = Response;

            #[allow(clippy::needless_update, reason = "some endpoints have all parts")]
            fn into_parts(self) -> Result<crate::RequestParts<'static>, crate::Error> {
                Ok(crate::RequestParts {
                    $(path: vec![$(crate::PathParameter::to_text(&self.$p_field).into_owned()),+].into(),)?
                    $(query: crate::endpoint::write_query(&Query {
                        $($q_field: self.$q_field,)* $($($qo_field: self.$qo_field,)+)?
                    })?.into(),)?
                    $(body: Some(crate::endpoint::write(&Body {
                        $($b_field: self.$b_field,)* $($($bo_field: self.$bo_field,)+)?
                    })?.into()),)?
                    ..crate::RequestParts::default()
                })
            }

            #[allow(unused_variables, unused_mut, reason = "some endpoints have nothing but a path")]
            fn from_parts(mut parts: crate::RequestParts<'_>) -> Result<Self, crate::Error> {
                $($(let $p_field = parts.parameter(stringify!($p_field))?;)+)?
                $(let Query { $($q_field,)* $($($qo_field,)+)? } = crate::endpoint::read_query(&parts.query)?;)?
                $(let Body { $($b_field,)* $($($bo_field,)+)? } = crate::endpoint::read(parts.json())?;)?
                Ok(Self {
                    $($($p_field,)+)? $($($q_field,)* $($($qo_field,)+)?)? $($($b_field,)* $($($bo_field,)+)?)?
                })
            }
        }

        $($(#[doc = $response_doc])+
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        $(#[serde($($r_container)+)])?
        pub struct Response {
            $($(#[doc = $r_doc])+ $(#[serde($($r_serde)+)])* pub $r_field: $r_type,)*
            $($($(#[doc = $ro_doc])+ #[serde(default, skip_serializing_if = "crate::endpoint::is_default")]
                $(#[serde($($ro_serde)+)])* pub $ro_field: $ro_type,)+)?
        }

        impl Response {
            /// Makes a response of what it must have.
            #[allow(clippy::new_without_default, clippy::too_many_arguments, reason = "as many as it must have")]
            #[must_use]
            pub fn new($($r_field: $r_type,)*) -> Self {
                Self { $($r_field,)* $($($ro_field: Default::default(),)+)? }
            }
        }

        impl crate::EndpointResponse for Response {
            fn into_http_response(self) -> Result<http::Response<Vec<u8>>, crate::Error> {
                crate::endpoint::write(&self).map(crate::endpoint::json)
            }

            fn from_success<B: AsRef<[u8]>>(response: &http::Response<B>) -> Result<Self, crate::Error> {
                crate::endpoint::read(response.body().as_ref())
            }
        })?
    };
}
pub(crate) use endpoint;
