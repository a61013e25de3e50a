//! XML elements with their lines, and values taken from them. The only file that knows the XML library, beside the parser's call.

use roxmltree::Node;

use crate::format::problem::Lines;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a, 'i> {
    node: Node<'a, 'i>,
    lines: &'a Lines,
}

impl<'a, 'i> Element<'a, 'i> {
    pub fn of(node: Node<'a, 'i>, lines: &'a Lines) -> Self {
        Self { node, lines }
    }

    /// Without its namespace: files of schema 1 had one.
    pub fn name(&self) -> &'a str {
        self.node.tag_name().name()
    }

    pub fn line(&self) -> u32 {
        self.lines.at(self.node.range().start)
    }

    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.node.attribute(name)
    }

    pub fn language(&self) -> Option<&'a str> {
        self.node.attribute((XML, "lang"))
    }

    /// All of its text, without spaces at the ends and line breaks within.
    pub fn text(&self) -> String {
        let text: String = self
            .node
            .descendants()
            .filter(Node::is_text)
            .filter_map(|node| node.text())
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn children(&self) -> impl Iterator<Item = Self> + use<'a, 'i> {
        let lines = self.lines;
        self.node
            .children()
            .filter(Node::is_element)
            .map(move |node| Self { node, lines })
    }

    pub fn all(&self, name: &'static str) -> impl Iterator<Item = Self> + use<'a, 'i> {
        self.children().filter(move |child| child.name() == name)
    }

    pub fn first(&self, name: &'static str) -> Option<Self> {
        self.all(name).next()
    }

    /// Itself and everything below it.
    pub fn everything(&self) -> impl Iterator<Item = Self> + use<'a, 'i> {
        let lines = self.lines;
        self.node
            .descendants()
            .filter(Node::is_element)
            .map(move |node| Self { node, lines })
    }
}
