//! The tree that the parser builds: nodes in one vector, so that nothing recurses, not even dropping them.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
};

use html5ever::{
    Attribute as ParsedAttribute, ExpandedName, LocalName, Namespace, QualName, local_name, ns,
    tendril::StrTendril,
    tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
};
use smallvec::SmallVec;

use crate::{Attribute, Tag, sanitizer::Sanitizer};

/// The place of a node in the tree.
pub(crate) type Index = usize;

/// The place of no node: of a comment, of the parent of the root.
pub(crate) const NOWHERE: Index = usize::MAX;

pub(crate) struct Node {
    pub(crate) data: Data,
    parent: Index,
    previous: Index,
    pub(crate) next: Index,
    pub(crate) first_child: Index,
    last_child: Index,
}

pub(crate) enum Data {
    /// An element that is on the list, with the attributes that are, their values checked.
    Element(Tag, Attributes),
    /// An element that is not on the list, but whose content stays.
    Wrapper,
    /// An element that goes with its content.
    Removed,
    Text(StrTendril),
}

/// The attributes of an element, each name once.
pub(crate) type Attributes = SmallVec<[(Attribute, StrTendril); 2]>;

/// What the parser knows a node by.
#[derive(Clone)]
pub(crate) struct Handle {
    index: Index,
    namespace: Namespace,
    name: LocalName,
}

impl Handle {
    fn nowhere() -> Self {
        Self { index: NOWHERE, namespace: ns!(), name: local_name!("") }
    }
}

/// The nodes, and how much of them there is.
pub(crate) struct Tree {
    nodes: RefCell<Vec<Node>>,
    sanitizer: Sanitizer,
    weight: Cell<usize>,
}

impl Tree {
    /// The place of the document.
    pub(crate) const ROOT: Index = 0;

    pub(crate) fn new(sanitizer: Sanitizer) -> Self {
        let root = Node::new(Data::Wrapper);
        Self { nodes: RefCell::new(vec![root]), sanitizer, weight: Cell::new(0) }
    }

    pub(crate) fn into_nodes(self) -> Vec<Node> {
        self.nodes.into_inner()
    }

    /// How many bytes the elements made so far would take at least.
    ///
    /// Misnested markup makes the parser repeat elements; this is how to notice.
    pub(crate) fn weight(&self) -> usize {
        self.weight.get()
    }

    fn add(&self, data: Data) -> Index {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node::new(data));
        nodes.len() - 1
    }

    fn change(&self, index: Index, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.borrow_mut().get_mut(index) {
            change(node);
        }
    }

    fn read(&self, index: Index, field: impl FnOnce(&Node) -> Index) -> Index {
        self.nodes.borrow().get(index).map_or(NOWHERE, field)
    }

    /// Makes a node of what is to be inserted, out of its old place.
    fn detached(&self, child: NodeOrText<Handle>) -> Index {
        match child {
            NodeOrText::AppendText(text) => self.add(Data::Text(text)),
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.index);
                handle.index
            }
        }
    }

    fn detach(&self, index: Index) {
        let (mut parent, mut previous, mut next) = (NOWHERE, NOWHERE, NOWHERE);
        self.change(index, |node| {
            parent = std::mem::replace(&mut node.parent, NOWHERE);
            previous = std::mem::replace(&mut node.previous, NOWHERE);
            next = std::mem::replace(&mut node.next, NOWHERE);
        });
        self.change(previous, |node| node.next = next);
        self.change(next, |node| node.previous = previous);
        self.change(parent, |node| {
            if node.first_child == index {
                node.first_child = next;
            }
            if node.last_child == index {
                node.last_child = previous;
            }
        });
    }

    fn append_index(&self, parent: Index, child: Index) {
        let last = self.read(parent, |node| node.last_child);
        self.change(child, |node| (node.parent, node.previous) = (parent, last));
        self.change(last, |node| node.next = child);
        self.change(parent, |node| {
            if child != NOWHERE {
                node.last_child = child;
                if node.first_child == NOWHERE {
                    node.first_child = child;
                }
            }
        });
    }

    fn insert_before(&self, sibling: Index, child: Index) {
        if child == NOWHERE {
            return;
        }
        let (parent, previous) =
            (self.read(sibling, |node| node.parent), self.read(sibling, |node| node.previous));
        self.change(child, |node| {
            (node.parent, node.previous, node.next) = (parent, previous, sibling);
        });
        self.change(sibling, |node| node.previous = child);
        self.change(previous, |node| node.next = child);
        self.change(parent, |node| {
            if node.first_child == sibling {
                node.first_child = child;
            }
        });
    }
}

impl Node {
    fn new(data: Data) -> Self {
        Self {
            data,
            parent: NOWHERE,
            previous: NOWHERE,
            next: NOWHERE,
            first_child: NOWHERE,
            last_child: NOWHERE,
        }
    }
}

impl TreeSink for Tree {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { index: Self::ROOT, ..Handle::nowhere() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        ExpandedName { ns: &target.namespace, local: &target.name }
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<ParsedAttribute>,
        _flags: ElementFlags,
    ) -> Handle {
        let data = element(&name, attributes, self.sanitizer);
        let values: usize = match &data {
            Data::Element(_, attributes) => attributes.iter().map(|(_, value)| value.len()).sum(),
            _ => 0,
        };
        self.weight.set(self.weight.get() + "<b>".len() + values);
        Handle { index: self.add(data), namespace: name.ns, name: name.local }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        Handle::nowhere()
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        Handle::nowhere()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.detached(child);
        self.append_index(parent.index, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        if self.read(element.index, |node| node.parent) == NOWHERE {
            self.append(previous, child);
        } else {
            self.append_before_sibling(element, child);
        }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public_id: StrTendril, _system_id: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, a: &Handle, b: &Handle) -> bool {
        a.index == b.index
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let child = self.detached(child);
        self.insert_before(sibling.index, child);
    }

    /// Only `html` and `body` are given attributes later, and neither is on the list.
    fn add_attrs_if_missing(&self, _target: &Handle, _attributes: Vec<ParsedAttribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.index);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut child = self.read(node.index, |node| node.first_child);
        while child != NOWHERE {
            let next = self.read(child, |node| node.next);
            self.detach(child);
            self.append_index(new_parent.index, child);
            child = next;
        }
    }
}

/// What becomes of an element.
fn element(name: &QualName, attributes: Vec<ParsedAttribute>, sanitizer: Sanitizer) -> Data {
    if name.ns != ns!(html) || is_removed(&name.local) {
        return Data::Removed;
    }
    // `tfoot` is not on the list, but its rows need something to stand in.
    let tag = if name.local == local_name!("tfoot") { Some(Tag::Tbody) } else { Tag::from_name(&name.local) };
    let Some(tag) = tag else { return Data::Wrapper };
    let (mut kept, mut legacy_color) = (Attributes::new(), None);
    for ParsedAttribute { name, value } in attributes {
        let Some(attribute) = sanitizer.list().read(tag, &name.local) else { continue };
        let value = match attribute.check(&value, sanitizer.permits_matrix_links()) {
            None => continue,
            Some(Cow::Borrowed(checked)) if checked.len() == value.len() => value,
            Some(checked) => StrTendril::from(&*checked),
        };
        if attribute.name() == &*name.local {
            kept.push((attribute, value));
        } else {
            legacy_color = Some((kept.len(), (attribute, value)));
        }
    }
    // `font` with `color` and `data-mx-color`: the latter counts.
    if let Some((at, (attribute, value))) = legacy_color
        && !kept.iter().any(|(other, _)| *other == attribute)
    {
        kept.insert(at, (attribute, value));
    }
    Data::Element(sanitizer.list().replace(tag), kept)
}

/// Tells whether an element goes with its content: what no reader is shown as text, and the old quotation of a
/// message that is replied to.
fn is_removed(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("script")
            | local_name!("style")
            | local_name!("template")
            | local_name!("title")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
    ) || &**name == "mx-reply"
}
