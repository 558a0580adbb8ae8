/// Makes a content of which every member is of the same kind.
macro_rules! map {
    ($(#[$meta:meta])* pub struct $name:ident($map:ty)) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name(pub $map);

        impl $crate::wire::Field for $name {
            fn read(node: &$crate::wire::Node<'_>, state: &mut $crate::wire::State) -> Result<Self, $crate::Misfit> {
                <$map>::read(node, state).map(Self)
            }

            fn read_members(
                members: matrix_canonicaljson::Members<'_>,
                state: &mut $crate::wire::State,
            ) -> Result<Self, $crate::Misfit> {
                <$map>::read_members(members, state).map(Self)
            }

            fn write(&self, out: &mut Vec<u8>) {
                self.0.write(out);
            }
        }

        impl $crate::Wire for $name {}
        #[cfg(feature = "serde")]
        $crate::wire::serde_impls!($name);
    };
}
