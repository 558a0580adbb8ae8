/// Makes a struct of a table of fields, each with its name in JSON, and reads and writes it.
///
/// The rows stand in the order of their names in JSON, which is that of canonical JSON; the compiler sees to it. A field that
/// is an `Option` may be absent. One that ends in `or fallback` has to be there, but gets an empty value when lenient
/// reading finds none. Clauses before the brace:
///
/// - `skips "key"`: a member that tells what the object is, read and written by whoever holds the object;
/// - `tagged "key"`: a member that tells the type of the field `content`, which stands among the rows;
/// - `check path`: a function that sees the object once it is read and may find that fields do not go together.
macro_rules! object {
    (
        $(#[$meta:meta])*
        pub struct $name:ident $(skips $skips:literal)? $(tagged $tagged:literal)? $(check $check:path)? {
            $($body:tt)*
        }
    ) => {
        object!(@struct [$(#[$meta])*] $name { $($body)* });
        object!(@new $name [] [] $($body)*);
        object!(@field $name [$($skips)?] [$($tagged)?] [$($check)?] { $($body)* });
    };

    (@struct [$($meta:tt)*] $name:ident {
        $($(#[$fmeta:meta])* $field:ident : $ty:ty = $wire:literal $(or $fallback:ident)?,)*
    }) => {
        $($meta)*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name {
            $($(#[$fmeta])* pub $field: $ty,)*
            /// The members that are not known here.
            pub other: matrix_canonicaljson::Object,
        }
    };

    // The constructor takes the fields that are no `Option`.
    (@new $name:ident [] [$($absent:ident)*]) => {
        impl $name {
            /// Makes one with nothing in it.
            pub fn new() -> Self {
                Self { $($absent: None,)* other: matrix_canonicaljson::Object::new() }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@new $name:ident [$($field:ident: $ty:ty,)+] [$($absent:ident)*]) => {
        impl $name {
            /// Makes one of the fields that have to be there; the others are absent.
            #[allow(clippy::too_many_arguments, reason = "as many as the specification demands")]
            pub fn new($($field: $ty),+) -> Self {
                Self { $($field,)+ $($absent: None,)* other: matrix_canonicaljson::Object::new() }
            }
        }
    };
    (@new $name:ident [$($done:tt)*] [$($absent:ident)*]
        $(#[$fmeta:meta])* $field:ident : Option<$ty:ty> = $wire:literal, $($rest:tt)*) => {
        object!(@new $name [$($done)*] [$($absent)* $field] $($rest)*);
    };
    (@new $name:ident [$($done:tt)*] [$($absent:ident)*]
        $(#[$fmeta:meta])* $field:ident : $ty:ty = $wire:literal $(or $fallback:ident)?, $($rest:tt)*) => {
        object!(@new $name [$($done)* $field: $ty,] [$($absent)*] $($rest)*);
    };

    (@field $name:ident [$($skips:literal)?] [$($tagged:literal)?] [$($check:path)?] {
        $($(#[$fmeta:meta])* $field:ident : $ty:ty = $wire:literal $(or $fallback:ident)?,)*
    }) => {
        const _: () = assert!($crate::wire::in_order(&[$($wire),*]), "the rows are not in order");

        impl $name {
            /// Writes the object with a member that tells what it is.
            #[allow(unused_mut, reason = "there may be no fields")]
            pub(crate) fn write_with(&self, tag: Option<(&'static str, &str)>, out: &mut Vec<u8>) {
                let mut writer = $crate::wire::ObjectWriter::new(out, &self.other, tag);
                $(writer.member($wire, concat!("\"", $wire, "\":"), &self.$field);)*
                writer.finish();
            }
        }

        impl $crate::wire::Field for $name {
            fn read(node: &$crate::wire::Node<'_>, state: &mut $crate::wire::State) -> Result<Self, $crate::Misfit> {
                match node.members() {
                    Some(members) => Self::read_members(members, state),
                    None => Self::read_members($crate::wire::rescan(&mut Default::default(), node)?, state),
                }
            }

            fn read_members(
                members: matrix_canonicaljson::Members<'_>,
                state: &mut $crate::wire::State,
            ) -> Result<Self, $crate::Misfit> {
                #[allow(unused_variables, reason = "there may be no fields")]
                let start = state.mark();
                $(state.begin_tagged(&members, $tagged)?;)?
                $(let mut $field: Option<$ty> = None;)*
                let mut other = matrix_canonicaljson::Object::new();
                for member in members {
                    let key = member.key();
                    let node = $crate::wire::Node::Member(member);
                    match &*key {
                        $($wire => state.fill(&mut $field, $wire, node)?,)*
                        $($skips => {})?
                        $($tagged => {})?
                        _ => $crate::wire::keep_other(&mut other, key, node),
                    }
                }
                let read = Self {
                    $($field: state.settle($field, $wire, start, object!(@falls_back $($fallback)?))?,)*
                    other,
                };
                $($check(&read)?;)?
                Ok(read)
            }

            fn fallback(_: &$crate::wire::State) -> Option<Self> {
                $crate::Reader::new().read_strict(b"{}").ok()
            }

            fn write(&self, out: &mut Vec<u8>) {
                object!(@write self out [$($tagged)?]);
            }
        }

        impl $crate::Wire for $name {}
        #[cfg(feature = "serde")]
        $crate::wire::serde_impls!($name);
    };

    (@falls_back fallback) => { true };
    (@falls_back) => { false };
    (@write $self:ident $out:ident []) => { $self.write_with(None, $out) };
    (@write $self:ident $out:ident [$tagged:literal]) => {
        $self.write_with(Some(($tagged, $self.content.event_type())), $out)
    };
}
