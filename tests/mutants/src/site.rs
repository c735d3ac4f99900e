//! Where in a file a mutant can be switched.

use std::{collections::HashMap, ops::Range};

use syn::{
    spanned::Spanned,
    visit::{self, Visit},
};

use crate::list::{Kind, Mutant};

/// What is written differently for a mutant to be switched.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Site {
    /// A pattern without a guard, which ends here.
    Arm(usize),
    /// The statements of a function.
    Body(Range<usize>),
    Expression(Range<usize>),
    /// The statements of a function that returns some iterator, and its type if it is boxed.
    IteratorBody(Range<usize>, String),
}

/// The expressions and arms of a file, by what a mutant's span begins with.
#[derive(Default)]
pub(crate) struct Sites {
    arms: HashMap<usize, Site>,
    fields: HashMap<usize, Range<usize>>,
    operators: HashMap<usize, Range<usize>>,
    /// The outermost of the binary expressions that directly contain one another: another operator
    /// may bind otherwise.
    chain: Option<Range<usize>>,
}

impl Site {
    /// Sites sort from the outermost to the innermost, as they begin.
    pub(crate) fn order(&self) -> (usize, std::cmp::Reverse<usize>, bool) {
        let range = self.range();
        (range.start, std::cmp::Reverse(range.end), matches!(self, Self::Expression(_)))
    }

    pub(crate) fn range(&self) -> Range<usize> {
        match self {
            Self::Arm(end) => *end..*end,
            Self::Body(range) | Self::Expression(range) | Self::IteratorBody(range, _) => {
                range.clone()
            }
        }
    }
}

impl Sites {
    pub(crate) fn of(source: &str) -> syn::Result<Self> {
        let mut sites = Self::default();
        sites.visit_file(&syn::parse_file(source)?);
        Ok(sites)
    }

    pub(crate) fn find(&self, mutant: &Mutant) -> Option<Site> {
        let start = mutant.span.start;
        match mutant.kind {
            Kind::Arm => self.arms.get(&start).cloned(),
            Kind::Body => Some(Site::Body(mutant.span.clone())),
            Kind::Field => self.fields.get(&start).cloned().map(Site::Expression),
            Kind::Guard => Some(Site::Expression(mutant.span.clone())),
            Kind::IteratorBody => {
                let boxed = boxed(&mutant.returns)?;
                Some(Site::IteratorBody(mutant.span.clone(), boxed))
            }
            Kind::Operator => self.operators.get(&start).cloned().map(Site::Expression),
        }
    }
}

impl<'ast> Visit<'ast> for Sites {
    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let site = match &arm.guard {
            Some((_, guard)) => Site::Expression(range(guard)),
            None => Site::Arm(range(&arm.pat).end),
        };
        self.arms.insert(range(arm).start, site);
        visit::visit_arm(self, arm);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let chain = self.chain.take().unwrap_or_else(|| range(binary));
        self.operators.insert(range(&binary.op).start, chain.clone());
        for side in [&*binary.left, &*binary.right] {
            self.chain = matches!(side, syn::Expr::Binary(_)).then(|| chain.clone());
            self.visit_expr(side);
        }
    }

    fn visit_expr_struct(&mut self, expression: &'ast syn::ExprStruct) {
        for field in &expression.fields {
            self.fields.insert(range(field).start, range(expression));
        }
        visit::visit_expr_struct(self, expression);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        self.operators.insert(range(&unary.op).start, range(unary));
        visit::visit_expr_unary(self, unary);
    }
}

/// Boxed, an iterator is not cloned as one of its own type is.
fn boxed(returns: &str) -> Option<String> {
    let iterator = returns.strip_prefix("-> impl ")?.trim_end_matches("+use<>");
    (!iterator.ends_with("Clone")).then(|| format!("Box<dyn {iterator} + '_>"))
}

fn range(node: &impl Spanned) -> Range<usize> {
    node.span().byte_range()
}
