//! `html!`: expansion. Steps enter; a block leaves that writes a page. Text that is known at compile time is an associated constant, values go through the
//! trait of their place, at their own spans.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Lifetime};

use crate::expand::path::Root;
use crate::model::html::{Arm, Checked, Place, Step};

/// What a value is thought to need of the page, in bytes.
const ROOM_OF_A_VALUE: usize = 16;

// expands to:  {
//                  enum __Texts {}
//                  impl ROOT::Texts for __Texts { const TEXTS: &'static [&'static ROOT::str] = &["<p>", "</p>"]; }
//                  let mut page = ROOT::Page::with_capacity(23);
//                  page.literal::<__Texts>(0);
//                  <_ as ROOT::Content>::write_content(&(name), page.slot());
//                  page.literal::<__Texts>(1);
//                  page.finish()
//              }
pub(crate) fn expand(template: &Checked) -> TokenStream {
    let private = template.root.private();
    let page = Ident::new("page", Span::mixed_site());
    let mut writer = Writer { private: &private, page: &page, texts: Vec::new(), values: 0, may_go_on: false };
    let body = writer.steps(&template.steps);
    let texts = &writer.texts;
    let capacity = texts.iter().map(String::len).sum::<usize>() + writer.values * ROOM_OF_A_VALUE;
    quote!({
        enum __SecureFormsTexts {}
        impl #private::Texts for __SecureFormsTexts {
            const TEXTS: &'static [&'static #private::str] = &[#(#texts),*];
        }
        #[allow(unused_mut, reason = "a template may be empty")]
        let mut #page = #private::Page::with_capacity(#capacity);
        #body
        #page.finish()
    })
}

/// A value of the right type, beside messages, so that nothing else is reported.
// expands to:  ROOT::Page::with_capacity(0).finish()
pub(crate) fn stub(root: &Root) -> TokenStream {
    let private = root.private();
    quote!(#private::Page::with_capacity(0).finish())
}

struct Writer<'t> {
    private: &'t TokenStream,
    page: &'t Ident,
    texts: Vec<String>,
    values: usize,
    /// Whether a `continue` here would go on with a loop of the template.
    may_go_on: bool,
}

fn is_text(step: &Step) -> bool {
    matches!(step, Step::Text(_))
}

impl Writer<'_> {
    fn steps(&mut self, steps: &[Step]) -> TokenStream {
        let (mut out, mut text) = (TokenStream::new(), String::new());
        self.write(steps, &mut out, &mut text);
        out.extend(self.text(text));
        out
    }

    /// Gathers `text` for as long as nothing else is written.
    fn write(&mut self, steps: &[Step], out: &mut TokenStream, text: &mut String) {
        for step in steps {
            match step {
                Step::Text(more) => text.push_str(more),
                Step::Element(steps) if !self.may_go_on || steps.iter().all(is_text) => self.write(steps, out, text),
                _ => {
                    out.extend(self.text(std::mem::take(text)));
                    out.extend(self.step(step));
                }
            }
        }
    }

    fn text(&mut self, text: String) -> Option<TokenStream> {
        if text.is_empty() {
            return None;
        }
        let (page, at) = (self.page, self.texts.len());
        self.texts.push(text);
        Some(quote!(#page.literal::<__SecureFormsTexts>(#at);))
    }

    fn step(&mut self, step: &Step) -> TokenStream {
        match step {
            Step::Text(text) => self.text(text.clone()).unwrap_or_default(),
            Step::Splice { value, place } => self.splice(value, quote!(#value), *place),
            Step::Optional { option, before, place } => self.optional(option, before, *place),
            Step::Element(steps) => self.element(steps),
            Step::Block(steps) => {
                let body = self.steps(steps);
                quote!({ #body })
            }
            Step::Let(local) => quote!(#local),
            Step::If { condition, then, otherwise } => {
                let (then, otherwise) = (self.steps(then), self.steps(otherwise));
                let otherwise = (!otherwise.is_empty()).then(|| quote!(else { #otherwise }));
                quote!(if #condition { #then } #otherwise)
            }
            Step::For { pattern, values, body } => {
                let body = self.repeated(body);
                quote!(for #pattern in #values { #body })
            }
            Step::While { condition, body } => {
                let body = self.repeated(body);
                quote!(while #condition { #body })
            }
            Step::Match { value, arms } => {
                let arms = arms.iter().map(|arm| self.arm(arm)).collect::<TokenStream>();
                quote!(match #value { #arms })
            }
        }
    }

    /// The body of a loop: between its elements a `continue` leaves nothing open.
    fn repeated(&mut self, body: &[Step]) -> TokenStream {
        let outside = std::mem::replace(&mut self.may_go_on, true);
        let body = self.steps(body);
        self.may_go_on = outside;
        body
    }

    // expands to:  '_element: { … }
    /// An element in a loop, all of it or none: a `continue` in the middle of a tag would leave the tag open, and the next turn would write text where
    /// no quotes are. In a block with a label neither `continue` nor `break` compiles (E0695), whatever macro wrote it.
    fn element(&mut self, steps: &[Step]) -> TokenStream {
        let label = Lifetime::new("'_element", Span::mixed_site());
        let outside = std::mem::replace(&mut self.may_go_on, false);
        let body = self.steps(steps);
        self.may_go_on = outside;
        quote!(#label: { #body })
    }

    fn arm(&mut self, arm: &Arm<Vec<Step>>) -> TokenStream {
        let Arm { pattern, guard, body } = arm;
        let guard = guard.as_ref().map(|guard| quote!(if #guard));
        let body = self.steps(body);
        quote!(#pattern #guard => { #body })
    }

    // expands to:  if let ROOT::Option::Some(value) = option { page.literal::<__Texts>(0); …; page.literal::<__Texts>(1); }
    fn optional(&mut self, option: &Expr, before: &str, place: Place) -> TokenStream {
        let value = Ident::new("value", Span::mixed_site().located_at(option.span()));
        let before = self.text(before.to_owned());
        let splice = self.splice(option, quote!(#value), place);
        let after = self.text("\"".to_owned());
        let private = self.private;
        quote!(if let #private::Option::Some(#value) = (#option) { #before #splice #after })
    }

    // expands to:  <_ as ROOT::Content>::write_content(&(value), page.slot());
    fn splice(&mut self, written: &Expr, value: TokenStream, place: Place) -> TokenStream {
        self.values += 1;
        let (private, page) = (self.private, self.page);
        let (name, method) = match place {
            Place::Content => ("Content", "write_content"),
            Place::Text => ("Text", "write_escaped"),
            Place::Attribute => ("AttributeText", "write_attribute"),
            Place::Url => ("Url", "write_url"),
            Place::UrlOfList => ("Url", "write_url_of_list"),
            Place::OwnUrl => ("OwnUrl", "write_own_url"),
            Place::UrlPart => ("Text", "write_encoded"),
        };
        // All at the value, so that an error points there alone.
        let span = written.span();
        let (name, method) = (Ident::new(name, span), Ident::new(method, span));
        quote_spanned!(span=> <_ as #private::#name>::#method(&#value, #page.slot());)
    }
}
