//! `derive(Form)`: one const table, and one function that takes each field out of its slot and names the checks.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use secure_forms_core::value::step::Decimal;
use syn::spanned::Spanned;

use super::pattern;
use crate::model::form::{Bounds, Field, Form, LimitValue, Rule, Test, Widget};

// expands to:
//   const _: () = {
//       impl Form for Login { const SPEC: &FormSpec = &FormSpec::new("login", &[FieldSpec::new("username", …), …]); … }
//       impl<'form> Bind<'form> for Login { fn bind(binder, context) -> Option<Self> { let username = binder.field(0); … } }
//   };
pub(crate) fn expand(form: &Form) -> TokenStream {
    let (schema, binding) = (schema(form), bind(form));
    let immediate = immediate(form);
    quote! {
        const _: () = {
            #schema
            #binding
            #immediate
        };
    }
}

/// What the rest of a program needs to type-check beside a form that has mistakes: the impls, without their content.
pub(crate) fn stub(ident: &Ident, generics: &syn::Generics) -> TokenStream {
    let p = super::path::Root::default().private();
    let (impl_generics, type_generics, _) = generics.split_for_impl();
    let lifetime = lifetime_of(generics.lifetimes().next().map(|parameter| &parameter.lifetime));
    let bind_generics = if generics.lifetimes().next().is_some() { quote!(#impl_generics) } else { quote!(<'form>) };
    if generics.type_params().next().is_some() || generics.const_params().next().is_some() {
        return TokenStream::new();
    }
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #impl_generics #p::Form for #ident #type_generics {
                type Context = #p::NoContext;
                const SPEC: &'static #p::FormSpec = &#p::FormSpec::new("", &[]);
                fn texts(&self) -> #p::Vec<#p::Option<#p::String>> { #p::Vec::new() }
            }
            #[automatically_derived]
            impl #bind_generics #p::Bind<#lifetime> for #ident #type_generics {
                type Entries = [#p::Entry<#lifetime>; 0];
                fn bind(_: &mut #p::Binder<'_, #lifetime>, _: &#p::NoContext) -> #p::Option<Self> { #p::Option::None }
            }
            #[automatically_derived]
            impl #impl_generics #p::Immediate for #ident #type_generics {}
        };
    }
}

fn lifetime_of(named: Option<&syn::Lifetime>) -> syn::Lifetime {
    named.cloned().unwrap_or_else(|| syn::Lifetime::new("'form", Span::mixed_site()))
}

fn generics(form: &Form) -> TokenStream {
    form.lifetime.as_ref().map(|lifetime| quote!(<#lifetime>)).unwrap_or_default()
}

fn schema(form: &Form) -> TokenStream {
    let p = form.root.private();
    let (ident, name, generics) = (&form.ident, &form.name, generics(form));
    let context = form.context.as_ref().map_or_else(|| quote!(#p::NoContext), |context| quote!(#context));
    let rejects = form.rejects_unknown.then(|| quote!(.reject_unknown()));
    let fields = form.fields.iter().map(|field| spec(form, field));
    let texts = form.fields.iter().map(|field| {
        let name = &field.ident;
        quote!(#p::text_of(&self.#name))
    });
    let check_async = check_async(form);
    quote! {
        #[automatically_derived]
        impl #generics #p::Form for #ident #generics {
            type Context = #context;
            const SPEC: &'static #p::FormSpec = &#p::FormSpec::new(#name, &[#(#fields),*])#rejects;
            fn texts(&self) -> #p::Vec<#p::Option<#p::String>> {
                <#p::Vec<_> as #p::From<_>>::from([#(#texts),*])
            }
            #check_async
        }
    }
}

// expands to:  FieldSpec::new("username", "Name", <String as Field<'_>>::SHAPE).help("…").rules(&[Rule::new(…), …])
fn spec(form: &Form, field: &Field) -> TokenStream {
    let p = form.root.private();
    let (wire, label, ty) = (&field.wire, &field.label, &field.ty);
    let lifetime = form.lifetime.clone().unwrap_or_else(|| syn::Lifetime::new("'static", Span::mixed_site()));
    let shape = quote_spanned!(ty.span()=> <#ty as #p::Field<#lifetime>>::SHAPE);
    let mut tokens = quote!(#p::FieldSpec::new(#wire, #label, #shape));
    if field.multiline.is_some() {
        tokens.extend(quote!(.multiline()));
    }
    if let Some(trim) = field.trim {
        let trim = if trim { quote!(Both) } else { quote!(No) };
        tokens.extend(quote!(.trim(#p::Trim::#trim)));
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
        let rules = field.rules.iter().map(|rule| self::rule(form, field, rule));
        tokens.extend(quote!(.rules(&[#(#rules),*])));
    }
    if !field.accept.is_empty() {
        let accept = &field.accept;
        tokens.extend(quote!(.accept(&[#(#accept),*])));
    }
    if let Some((bytes, _)) = field.max_size {
        tokens.extend(quote!(.max_size(#bytes)));
    }
    tokens
}

fn rule(form: &Form, field: &Field, rule: &Rule) -> TokenStream {
    let p = form.root.private();
    let test = match &rule.test {
        Test::Length { bounds, unit } => {
            let (min, max) = (count(bounds.min.as_ref(), 0), count(bounds.max.as_ref(), usize::MAX));
            let unit = match unit.as_ref().map(Ident::to_string).as_deref() {
                Some("chars") => quote!(Chars),
                Some("bytes") => quote!(Bytes),
                Some("graphemes") => quote!(Graphemes),
                _ => quote!(Utf16),
            };
            let max = if max == usize::MAX { quote!(#p::usize::MAX) } else { quote!(#max) };
            quote!(Length(#p::Length { min: #min, max: #max, unit: #p::Unit::#unit }))
        }
        Test::Pattern(pattern) => {
            let Some(compiled) = &pattern.compiled else { return TokenStream::new() };
            let table = pattern::tokens(&form.root, compiled);
            let html = match compiled.html() {
                Some(html) => quote!(#p::Option::Some(#html)),
                None => quote!(#p::Option::None),
            };
            quote!(Pattern(&#table, #html))
        }
        Test::Email(level) => {
            let level = match level.as_ref().map(Ident::to_string).as_deref() {
                Some("html") => quote!(Html),
                Some("rfc") => quote!(Rfc),
                _ => quote!(Strict),
            };
            quote!(Email(#p::EmailLevel::#level))
        }
        Test::Kind(version) => kind(form, &rule.key, version.as_ref()),
        Test::OneOf(values) => quote!(OneOf(&[#(#values),*])),
        Test::NoneOf(values) => quote!(NoneOf(&[#(#values),*])),
        Test::Step(step) => {
            let (step, base) = (decimal(form, *step), decimal(form, base(field)));
            quote!(Step(#p::Step { step: #step, base: #base }))
        }
        Test::Range(bounds) => {
            let (min, max) = (number(form, bounds, true), number(form, bounds, false));
            quote!(Range(#p::Range { min: #min, max: #max }))
        }
    };
    let message = rule.message.as_ref().map(|message| quote!(.message(#message)));
    quote!(#p::Rule::new(#p::Test::#test)#message)
}

// expands to:  Syntax(Syntax::Ip(IpVersion::V4))
fn kind(form: &Form, key: &Ident, version: Option<&Ident>) -> TokenStream {
    let p = form.root.private();
    let version = version.map(Ident::to_string);
    let number = version.as_deref().and_then(|version| version.strip_prefix('v')?.parse::<u8>().ok());
    let syntax = match (key.to_string().as_str(), number) {
        ("color", _) => quote!(Color),
        ("date", _) => quote!(Date),
        ("hostname", _) => quote!(Hostname),
        ("ip", Some(4)) => quote!(Ip(#p::IpVersion::V4)),
        ("ip", Some(_)) => quote!(Ip(#p::IpVersion::V6)),
        ("ip", None) => quote!(Ip(#p::IpVersion::Any)),
        ("mac", _) => quote!(Mac),
        ("slug", _) => quote!(Slug),
        ("time", _) => quote!(Time),
        ("url", _) => quote!(Url),
        (_, Some(version)) => quote!(Uuid(#p::Option::Some(#version))),
        (_, None) => quote!(Uuid(#p::Option::None)),
    };
    quote!(Syntax(#p::Syntax::#syntax))
}

fn decimal(form: &Form, decimal: Decimal) -> TokenStream {
    let p = form.root.private();
    let (digits, scale) = decimal.parts();
    quote!(#p::Decimal::new(#digits, #scale))
}

/// Steps are counted from the least number, as in a browser (HTML Standard, 4.10.5.3.8).
fn base(field: &Field) -> Decimal {
    let least = field.rules.iter().find_map(|rule| match &rule.test {
        Test::Range(bounds) => bounds.min.as_ref(),
        _ => None,
    });
    match least.map(|limit| limit.value) {
        Some(LimitValue::Integer(value)) => Decimal::new(value, 0),
        Some(LimitValue::Float(value)) => Decimal::parse(&value.to_string()).unwrap_or(Decimal::ZERO),
        None => Decimal::ZERO,
    }
}

fn count(limit: Option<&crate::model::form::Limit>, default: usize) -> usize {
    limit.map_or(default, |limit| match limit.value {
        LimitValue::Integer(value) => usize::try_from(value).unwrap_or(default),
        LimitValue::Float(_) => default,
    })
}

fn number(form: &Form, bounds: &Bounds, is_min: bool) -> TokenStream {
    let p = form.root.private();
    match if is_min { &bounds.min } else { &bounds.max }.as_ref().map(|limit| limit.value) {
        None => quote!(#p::Option::None),
        Some(LimitValue::Integer(value)) => quote!(#p::Option::Some(#p::Number::Integer(#value))),
        Some(LimitValue::Float(value)) => quote!(#p::Option::Some(#p::Number::Float(#value))),
    }
}

fn slot(field: &Field) -> Ident {
    format_ident!("slot_{}", field.ident.to_string().trim_start_matches("r#"), span = Span::mixed_site())
}

fn bind(form: &Form) -> TokenStream {
    let p = form.root.private();
    // A check may be a function called `binder` or `context`: these names are ours.
    let ours = Span::mixed_site();
    let (ident, generics, count) = (&form.ident, generics(form), form.fields.len());
    let lifetime = lifetime_of(form.lifetime.as_ref());
    let takes = form.fields.iter().enumerate().map(|(at, field)| {
        let (slot, ty) = (slot(field), &field.ty);
        let take = quote_spanned!(ty.span().resolved_at(ours)=> binder.field::<#ty>(#at));
        quote!(let #slot = #take;)
    });
    let fits = form.fields.iter().flat_map(|field| field.rules.iter().map(move |rule| fit(form, field, rule)));
    let checks = form.fields.iter().enumerate().flat_map(|(at, field)| field_checks(form, at, field));
    let values = form.fields.iter().map(|field| {
        let (name, slot) = (&field.ident, slot(field));
        quote!(#name: #slot?)
    });
    let argument = form.context.as_ref().map(|_| quote_spanned!(ours=> , context));
    let form_checks =
        form.checks.iter().map(|path| quote_spanned!(ours=> binder.check_form(|| #path(&form #argument));));
    quote_spanned! {ours=>
        #[automatically_derived]
        impl<#lifetime> #p::Bind<#lifetime> for #ident #generics {
            type Entries = [#p::Entry<#lifetime>; #count];
            fn bind(
                binder: &mut #p::Binder<'_, #lifetime>,
                context: &<Self as #p::Form>::Context,
            ) -> #p::Option<Self> {
                let _ = context;
                #(#fits)*
                #(#takes)*
                #(#checks)*
                let form = Self { #(#values),* };
                #(#form_checks)*
                #p::Option::Some(form)
            }
        }
    }
}

/// `length` on a number does not compile: the type must be one that the rule can judge.
fn fit(form: &Form, field: &Field, rule: &Rule) -> TokenStream {
    let p = form.root.private();
    let ty = &field.ty;
    let bound = if matches!(rule.test, Test::Range(_) | Test::Step(_)) { quote!(numeric) } else { quote!(textual) };
    quote_spanned!(ty.span()=> #p::#bound::<#ty>();)
}

fn field_checks(form: &Form, at: usize, field: &Field) -> Vec<TokenStream> {
    let (slot, ours) = (slot(field), Span::mixed_site());
    let argument = form.context.as_ref().map(|_| quote_spanned!(ours=> , context));
    let call = |path| quote_spanned!(ours=> binder.check(#at, &#slot, |value| #path(value #argument)););
    let mut checks: Vec<TokenStream> = field.checks.iter().map(call).collect();
    if let Some(other) = &field.equal_to
        && let Some((index, twin)) = form.fields.iter().enumerate().find(|(_, twin)| twin.ident == *other)
    {
        let twin = self::slot(twin);
        checks.push(quote_spanned!(ours=> binder.equal_to(#at, &#slot, #index, &#twin);));
    }
    checks
}

fn check_async(form: &Form) -> Option<TokenStream> {
    let (p, ours) = (form.root.private(), Span::mixed_site());
    let argument = form.context.as_ref().map(|_| quote_spanned!(ours=> , context));
    let checks: Vec<TokenStream> = form
        .fields
        .iter()
        .flat_map(|field| field.async_checks.iter().map(move |path| (field, path)))
        .map(|(field, path)| {
            let (name, wire) = (&field.ident, &field.wire);
            quote_spanned! {ours=>
                if let #p::Option::Some(value) = #p::value_of(&self.#name) {
                    if let #p::Result::Err(invalid) = #path(value #argument).await {
                        report.invalid_field(<Self as #p::Form>::SPEC, #wire, invalid);
                    }
                }
            }
        })
        .collect();
    (!checks.is_empty()).then(|| {
        quote_spanned! {ours=>
            async fn check_async(&self, context: &Self::Context, report: &mut #p::Report) {
                let _ = context;
                #(#checks)*
            }
        }
    })
}

fn immediate(form: &Form) -> Option<TokenStream> {
    let p = form.root.private();
    let (ident, generics) = (&form.ident, generics(form));
    let waits = form.fields.iter().any(|field| !field.async_checks.is_empty());
    (!waits).then(|| quote!(#[automatically_derived] impl #generics #p::Immediate for #ident #generics {}))
}
