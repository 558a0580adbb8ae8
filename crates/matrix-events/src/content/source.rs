use matrix_canonicaljson::{Members, Object};

use crate::Misfit;
use crate::wire::{Field, Node, State};

/// Where a content is read from: the value of a field, or the members of a whole text.
#[derive(Clone, Copy)]
pub(crate) enum Source<'n, 'a> {
    Node(&'n Node<'a>),
    Members(&'n Members<'a>),
}

impl Source<'_, '_> {
    pub(crate) fn read<T: Field>(self, state: &mut State) -> Result<T, Misfit> {
        match self {
            Self::Node(node) => T::read(node, state),
            Self::Members(members) => T::read_members(members.clone(), state),
        }
    }

    /// Returns the content as it is.
    pub(crate) fn object(self) -> Result<Object, Misfit> {
        self.read(&mut State::strict())
    }
}
