//! `derive(Form)`: one const table, and one function that takes each field out of its slot and names the checks.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Index, Path, Type};

use super::names::names;
use super::rule;
use crate::model::form::checked::{Constraint, Field, Form, Head, Rule, Stub};
use crate::model::form::{Method, Widget};

// expands to:
//   const _: () = {
//       impl Form for Login { const SPEC: &FormSpec = &FormSpec::new("login", &[FieldSpec::new("username", …), …]); … }
//       impl<'form> Bind<'form> for Login { fn bind(binder, context) -> Option<Self> { let username = binder.field(0); … } }
//   };
pub(crate) fn expand(form: &Form) -> TokenStream {
    let generics = generics(&form.head);
    let names = names(&form.head, form.fields.iter().map(|field| &field.named), &generics, &generics);
    let (schema, binding, immediate) = (schema(form), bind(form), immediate(form));
    quote! {
        const _: () = {
            #names
            #schema
            #binding
            #immediate
        };
    }
}

/// What the rest of a program needs to type-check beside a form that has mistakes: the impls, without their content.
pub(crate) fn stub(stub: &Stub) -> TokenStream {
    let Stub { head, generics, fields } = stub;
    if generics.type_params().next().is_some() || generics.const_params().next().is_some() {
        return TokenStream::new();
    }
    let (p, ident, context, method) = (head.root.private(), &head.ident, context(head), method(head));
    let (impl_generics, type_generics, _) = generics.split_for_impl();
    let lifetime = lifetime_of(head.lifetime.as_ref());
    let bind_generics = if head.lifetime.is_some() { quote!(#impl_generics) } else { quote!(<#lifetime>) };
    let names = names(head, fields.iter(), &impl_generics, &type_generics);
    quote! {
        const _: () = {
            #names
            #[automatically_derived]
            impl #impl_generics #p::Form for #ident #type_generics {
                type Context = #context;
                type Method = #method;
                const SPEC: &'static #p::FormSpec = &#p::FormSpec::new("", "", &[]);
                fn texts(&self) -> #p::Vec<#p::Option<#p::String>> { #p::Vec::new() }
            }
            #[automatically_derived]
            impl #bind_generics #p::Bind<#lifetime> for #ident #type_generics {
                type Entries = [#p::Entry<#lifetime>; 0];
                fn bind(_: &mut #p::Binder<'_, #lifetime>, _: &#context) -> #p::Option<Self> { #p::Option::None }
            }
            #[automatically_derived]
            impl #impl_generics #p::NoAsyncChecks for #ident #type_generics {}
        };
    }
}

fn context(head: &Head) -> TokenStream {
    let p = head.root.private();
    head.context.as_ref().map_or_else(|| quote!(#p::NoContext), |context| quote!(#context))
}

fn method(head: &Head) -> TokenStream {
    let p = head.root.private();
    match head.method {
        Method::Get => quote!(#p::GetForm),
        Method::Post => quote!(#p::PostForm),
    }
}

fn lifetime_of(named: Option<&syn::Lifetime>) -> syn::Lifetime {
    named.cloned().unwrap_or_else(|| syn::Lifetime::new("'form", Span::mixed_site()))
}

fn generics(head: &Head) -> TokenStream {
    head.lifetime.as_ref().map(|lifetime| quote!(<#lifetime>)).unwrap_or_default()
}

fn schema(form: &Form) -> TokenStream {
    let p = form.head.root.private();
    let (ident, name, generics) = (&form.head.ident, &form.name, generics(&form.head));
    let (begin, end) = (quote!(#p::module_path!()), ident.to_string());
    let path = quote!(#p::concat!(#begin, "::", #end));
    let context = context(&form.head);
    let method = method(&form.head);
    let get = (form.head.method == Method::Get).then(|| quote!(.get()));
    let rejects = form.rejects_unknown.then(|| quote!(.reject_unknown()));
    let fields = form.fields.iter().map(|field| spec(form, field));
    let shown = form.fields.iter().map(|field| {
        let name = &field.named.ident;
        call(form, field, &quote!(shown), &quote!(&self.#name))
    });
    quote! {
        #[automatically_derived]
        impl #generics #p::Form for #ident #generics {
            type Context = #context;
            type Method = #method;
            const SPEC: &'static #p::FormSpec = &#p::FormSpec::new(#name, #path, &[#(#fields),*])#get #rejects;
            fn texts(&self) -> #p::Vec<#p::Option<#p::String>> {
                #p::texts(&[#(#shown),*])
            }
        }
    }
}

/// What the field's type has, always written the same: so a type that cannot be a field is reported once, where it stands.
// expands to:  <String as Field<'_>>::KIND
fn of_type(form: &Form, field: &Field, item: &TokenStream) -> TokenStream {
    let (p, ty) = (form.head.root.private(), &field.named.ty);
    quote_spanned!(ty.span()=> <#ty as #p::Field<'_>>::#item)
}

// expands to:  <String as Field<'_>>::shown(&self.name)
fn call(form: &Form, field: &Field, function: &TokenStream, argument: &TokenStream) -> TokenStream {
    standing_at(field, &of_type(form, field, function), argument)
}

/// A call that stands where the field's type does, from its first token to its last.
fn standing_at(field: &Field, function: &TokenStream, arguments: &TokenStream) -> TokenStream {
    let arguments = quote_spanned!(end_of(&field.named.ty)=> (#arguments));
    quote!(#function #arguments)
}

fn end_of(ty: &Type) -> Span {
    ty.to_token_stream().into_iter().last().map_or_else(Span::call_site, |last| last.span())
}

// expands to:  FieldSpec::new("username", "Name", <String as Field<'_>>::KIND).help("…").rules(&[Rule::new(…), …])
fn spec(form: &Form, field: &Field) -> TokenStream {
    let p = form.head.root.private();
    let (wire, label, shape) = (&field.named.wire, &field.named.label, of_type(form, field, &quote!(KIND)));
    let mut tokens = quote!(#p::FieldSpec::new(#wire, #label, #shape));
    if field.multiline {
        tokens.extend(quote!(.multiline()));
    }
    if let Some(trim) = field.trim {
        let trim = if trim { quote!(Both) } else { quote!(No) };
        tokens.extend(quote!(.trim(#p::Trim::#trim)));
    }
    if field.allows_invisible {
        tokens.extend(quote!(.allow_invisible()));
    }
    if let Some(widget) = field.widget {
        let input = match widget {
            Widget::Hidden => quote!(Hidden),
            Widget::Search => quote!(Search),
            Widget::Tel => quote!(Tel),
            Widget::Url => quote!(Url),
        };
        tokens.extend(quote!(.widget(#p::Input::#input)));
    }
    for (method, text) in [("help", &field.help), ("message", &field.message), ("autocomplete", &field.autocomplete)] {
        if let Some(text) = text {
            let method = format_ident!("{method}");
            tokens.extend(quote!(.#method(#text)));
        }
    }
    if !field.rules.is_empty() {
        let rules = field.rules.iter().map(|rule| rule::tokens(&form.head.root, rule));
        tokens.extend(quote!(.rules(&[#(#rules),*])));
    }
    if !field.accept.is_empty() {
        let accept = &field.accept;
        tokens.extend(quote!(.accept(&[#(#accept),*])));
    }
    if let Some(bytes) = field.max_size {
        tokens.extend(quote!(.max_size(#bytes)));
    }
    if let Some(pixels) = field.max_pixels {
        tokens.extend(quote!(.max_pixels(#pixels)));
    }
    if form.head.method == Method::Get {
        // Its panic, at compile time, is reported where the type stands.
        let begin = quote_spanned!(field.named.ty.span()=> <#p::FieldSpec>);
        let name = Ident::new("in_query", end_of(&field.named.ty));
        tokens = standing_at(field, &quote!(#begin::#name), &tokens);
    }
    tokens
}

fn slot(field: &Field) -> Ident {
    format_ident!("slot_{}", field.named.ident.to_string().trim_start_matches("r#"), span = Span::mixed_site())
}

fn bind(form: &Form) -> TokenStream {
    let p = form.head.root.private();
    let ours = Span::mixed_site();
    let (ident, generics, count) = (&form.head.ident, generics(&form.head), form.fields.len());
    let lifetime = lifetime_of(form.head.lifetime.as_ref());
    let async_checks = async_checks(form);
    let body = bind_body(form, &async_checks);
    let bind = match async_checks.is_empty() {
        true => quote_spanned! {ours=>
            fn bind(
                binder: &mut #p::Binder<'_, #lifetime>,
                context: &<Self as #p::Form>::Context,
            ) -> #p::Option<Self> {
                #body
            }
        },
        false => quote_spanned! {ours=>
            fn bind_waiting<'waiting>(
                binder: &'waiting mut #p::Binder<'_, #lifetime>,
                context: &'waiting <Self as #p::Form>::Context,
            ) -> #p::Waiting<'waiting, Self> {
                #p::Waiting::later(async move { #body })
            }
        },
    };
    quote_spanned! {ours=>
        #[automatically_derived]
        impl<#lifetime> #p::Bind<#lifetime> for #ident #generics {
            type Entries = [#p::Entry<#lifetime>; #count];
            #bind
        }
    }
}

// expands to:  let slots = (binder.field(0, …), …); binder.check(0, …); let (Some(username), …) = slots else { return None }; …
fn bind_body(form: &Form, async_checks: &[TokenStream]) -> TokenStream {
    let p = form.head.root.private();
    // A check may be a function called `binder` or `context`: these names are ours.
    let ours = Span::mixed_site();
    let takes = form.fields.iter().enumerate().map(|(at, field)| {
        let ty = &field.named.ty;
        let bind = match field.nfc {
            true => quote_spanned!(ty.span()=> <#ty as #p::Nfc<'_>>::bind_nfc),
            false => of_type(form, field, &quote!(bind)),
        };
        // No method call: its span would begin at a name of ours, and tell a wrong type once more, at the derive.
        let (begin, name) = (
            quote_spanned!(field.named.ty.span()=> <#p::Binder<'_, '_>>),
            Ident::new("field", end_of(&field.named.ty)),
        );
        standing_at(field, &quote!(#begin::#name), &quote_spanned!(ours=> binder, #at, #bind))
    });
    let fits = form.fields.iter().flat_map(|field| fits(form, field));
    let checks = form.fields.iter().enumerate().flat_map(|(at, field)| field_checks(form, at, field));
    let (names, slots): (Vec<_>, Vec<_>) = form.fields.iter().map(|field| (&field.named.ident, slot(field))).unzip();
    // One way out for all fields: a `?` each would cost rustc a clean-up of all fields before it.
    let all = (!form.fields.is_empty())
        .then(|| quote_spanned!(ours=> let (#(#p::Option::Some(#slots),)*) = slots else { return #p::Option::None };));
    let form_checks = form.checks.iter().map(|path| {
        let here = here(path);
        let argument = form.head.context.as_ref().map(|_| quote_spanned!(here=> , context));
        let call = quote_spanned!(here=> #path(&form #argument));
        quote_spanned!(ours=> binder.check_form(|| #call);)
    });
    quote_spanned! {ours=>
        let _ = context;
        #(#fits)*
        let slots = (#(#takes,)*);
        #(#checks)*
        #(#async_checks)*
        #all
        let form = Self { #(#names: #slots),* };
        #(#form_checks)*
        #p::Option::Some(form)
    }
}

/// `length` on a number does not compile: the type must be one that the rule can judge.
// expands to:  let () = <String as Textual>::JUDGED;
fn fits(form: &Form, field: &Field) -> impl Iterator<Item = TokenStream> {
    let (p, ty) = (form.head.root.private(), &field.named.ty);
    let judged_by = |rule: &Rule| match rule.constraint {
        Constraint::Range { .. } | Constraint::Step { .. } => "Numeric",
        Constraint::Length { .. }
        | Constraint::Pattern(_)
        | Constraint::Email(_)
        | Constraint::Format(_)
        | Constraint::OneOf(_)
        | Constraint::NoneOf(_) => "Textual",
    };
    let judges: BTreeSet<&str> = field.rules.iter().map(judged_by).collect();
    judges.into_iter().map(move |judge| {
        let judge = format_ident!("{judge}");
        quote_spanned!(ty.span()=> let () = <#ty as #p::#judge>::JUDGED;)
    })
}

fn field_checks(form: &Form, at: usize, field: &Field) -> Vec<TokenStream> {
    let (slot, ours) = (Index::from(at), Span::mixed_site());
    let mut checks: Vec<TokenStream> = field
        .checks
        .iter()
        .map(|path| {
            let held = Ident::new("field", ours);
            let (value, here) = (call(form, field, &quote!(value), &quote!(#held)), here(path));
            let argument = form.head.context.as_ref().map(|_| quote_spanned!(here=> , context));
            let call = quote_spanned!(here=> #path(value #argument));
            quote_spanned!(ours=> binder.check(#at, slots.#slot.as_ref().and_then(|#held| #value), |value| #call);)
        })
        .collect();
    if let Some(index) = field.equal_to {
        let twin = Index::from(index);
        checks.push(quote_spanned!(ours=> binder.equal_to(#at, &slots.#slot, #index, &slots.#twin);));
    }
    checks
}

/// The place of a check's name, for messages about its arguments and its result; the names there are ours.
fn here(path: &Path) -> Span {
    let name = path.segments.last().map_or_else(|| path.span(), |last| last.ident.span());
    Span::mixed_site().located_at(name)
}

/// The checks that wait, each for the value of a field that is good.
// expands to:  if let Some(value) = binder.good(0, slots.0.as_ref().and_then(…)) { if let Err(error) = is_free(value).await { … } }
fn async_checks(form: &Form) -> Vec<TokenStream> {
    let (p, ours) = (form.head.root.private(), Span::mixed_site());
    let waiting = form.fields.iter().enumerate();
    let waiting = waiting.flat_map(|(at, field)| field.async_checks.iter().map(move |path| (at, field, path)));
    waiting
        .map(|(at, field, path)| {
            let (slot, held, here) = (Index::from(at), Ident::new("field", ours), here(path));
            let value = call(form, field, &quote!(value), &quote!(#held));
            let argument = form.head.context.as_ref().map(|_| quote_spanned!(here=> , context));
            let call = quote_spanned!(here=> #path(value #argument).await);
            quote_spanned! {ours=>
                if let #p::Option::Some(value) = binder.good(#at, slots.#slot.as_ref().and_then(|#held| #value)) {
                    if let #p::Result::Err(error) = #call {
                        binder.refuse_check(#at, error);
                    }
                }
            }
        })
        .collect()
}

fn immediate(form: &Form) -> Option<TokenStream> {
    let p = form.head.root.private();
    let (ident, generics) = (&form.head.ident, generics(&form.head));
    let waits = form.fields.iter().any(|field| !field.async_checks.is_empty());
    (!waits).then(|| quote!(#[automatically_derived] impl #generics #p::NoAsyncChecks for #ident #generics {}))
}
