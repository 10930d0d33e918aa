//! `derive(Routes)`: expansion. A table of routes, the path of each variant, the variant of each path, the struct of handlers.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Visibility};

use crate::model::routes::{Method, Outline, Segment, Site, Variant};

// expands to:  const _: () = { impl Routes for Page { … }  impl PageRoutes for Page {} };  struct PageHandlers<H> { home: H, … }
pub(crate) fn expand(site: &Site) -> TokenStream {
    let private = site.root.private();
    let (name, variants) = (&site.name, &site.variants);
    let table = variants.iter().map(|variant| table_row(&private, site.method, variant));
    let indexes = variants.iter().enumerate().map(|(index, variant)| {
        let variant = &variant.name;
        quote!(#name::#variant { .. } => #index,)
    });
    let writers = variants.iter().map(|variant| writer(&private, name, variant));
    let readers = variants.iter().enumerate().map(|(index, variant)| reader(&private, name, index, variant));
    let kind = if site.method == Method::Get { quote!(PageRoutes) } else { quote!(ActionRoutes) };
    let [out, found, path, query] = ["out", "found", "path", "query"].map(ours);
    let fields: Vec<_> = variants.iter().map(|variant| &variant.handler).collect();
    let docs =
        variants.iter().map(|variant| format!("Handles `{} {}`.", site.method.key().to_uppercase(), variant.pattern));
    let places = 0..fields.len();
    let entries = quote!(#((&<#name as #private::Routes>::ROUTES[#places], self.#fields)),*);
    let handlers = handlers(&private, &site.visibility, name, &site.handlers, &fields, docs, &entries);
    quote! {
        const _: () = {
            #[automatically_derived]
            #[allow(deprecated, reason = "the enum may use what its author has deprecated")]
            impl #private::Routes for #name {
                const ROUTES: &'static [#private::Route] = &[#(#table),*];

                fn index(&self) -> #private::usize {
                    match self { #(#indexes)* }
                }

                fn path(&self) -> #private::RoutePath {
                    let mut #out = #private::PathWriter::new();
                    match self { #(#writers)* }
                    #out.finish()
                }

                fn parse(
                    #path: &#private::str,
                    #query: #private::Option<&#private::str>,
                ) -> #private::Result<Self, #private::RouteError> {
                    let #found = #private::Matched::find(<Self as #private::Routes>::ROUTES, #path, #query)?;
                    match #found.index() {
                        #(#readers)*
                        _ => #private::Result::Err(#private::RouteError::NotFound),
                    }
                }
            }
            #[automatically_derived]
            impl #private::#kind for #name {}
        };
        #handlers
    }
}

fn ours(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// The name that a field has inside the generated functions.
fn binding(field: &Ident) -> Ident {
    format_ident!("field_{}", field.unraw(), span = Span::mixed_site())
}

// expands to:  Route::new(Method::Get, "/users/{id}", "User", &[RoutePart::Literal("users"), RoutePart::Field("id")])
fn table_row(private: &TokenStream, method: Method, variant: &Variant) -> TokenStream {
    let method = ours(method.variant());
    let (pattern, name) = (&variant.pattern, variant.name.unraw().to_string());
    let parts = variant.segments.iter().map(|segment| match segment {
        Segment::Literal(text) => quote!(#private::RoutePart::Literal(#text)),
        Segment::Field(field) => {
            let field = field.name.unraw().to_string();
            quote!(#private::RoutePart::Field(#field))
        }
    });
    let exempt = variant.csrf_exempt.as_ref().map(|reason| quote!(.dangerously_without_csrf(#reason)));
    quote!(#private::Route::new(#private::Method::#method, #pattern, #name, &[#(#parts),*]) #exempt)
}

// expands to:  Page::User { id: field_id, tab: field_tab } => { out.literal("/users/"); out.segment(&…); … }
fn writer(private: &TokenStream, name: &Ident, variant: &Variant) -> TokenStream {
    let out = ours("out");
    let mut steps = Vec::new();
    let mut literal = String::new();
    let mut bindings = Vec::new();
    for segment in &variant.segments {
        literal.push('/');
        match segment {
            Segment::Literal(text) => literal.push_str(text),
            Segment::Field(field) => {
                let (field_name, ty, value) = (&field.name, &field.ty, binding(&field.name));
                steps.push(quote!(#out.literal(#literal);));
                literal.clear();
                let segment = quote_spanned!(ty.span()=> <#ty as #private::PathSegment>::segment);
                steps.push(quote!(#out.segment(&#segment(#value));));
                bindings.push(quote!(#field_name: #value));
            }
        }
    }
    if !literal.is_empty() {
        steps.push(quote!(#out.literal(#literal);));
    }
    for parameter in &variant.query {
        let (field_name, ty, value) = (&parameter.field.name, &parameter.field.ty, binding(&parameter.field.name));
        let write = quote_spanned!(ty.span()=> <#ty as #private::QueryPart>::write);
        let parameter = &parameter.name;
        steps.push(quote!(#write(#value, #parameter, &mut #out);));
        bindings.push(quote!(#field_name: #value));
    }
    let variant = &variant.name;
    quote!(#name::#variant { #(#bindings),* } => { #(#steps)* })
}

// expands to:  0usize => Ok(Page::User { id: found.segment(1, <u64 as PathSegment>::from_segment)?, … }),
fn reader(private: &TokenStream, name: &Ident, index: usize, variant: &Variant) -> TokenStream {
    let found = ours("found");
    let segments = variant.segments.iter().enumerate().filter_map(|(at, segment)| match segment {
        Segment::Field(field) => {
            let (field, ty) = (&field.name, &field.ty);
            let read = quote_spanned!(ty.span()=> <#ty as #private::PathSegment>::from_segment);
            Some(quote!(#field: #found.segment(#at, #read)?))
        }
        Segment::Literal(_) => None,
    });
    let parameters = variant.query.iter().map(|parameter| {
        let (field, ty, parameter) = (&parameter.field.name, &parameter.field.ty, &parameter.name);
        let read = quote_spanned!(ty.span()=> <#ty as #private::QueryPart>::read);
        quote!(#field: #found.query(#parameter, #read)?)
    });
    let fields = segments.chain(parameters);
    let variant = &variant.name;
    quote!(#index => #private::Result::Ok(#name::#variant { #(#fields),* }),)
}

// expands to:  struct PageHandlers<H> { home: H, user: H }  impl<HandlerType> Handlers for PageHandlers<H> { … }
fn handlers(
    private: &TokenStream,
    visibility: &Visibility,
    name: &Ident,
    handlers: &Ident,
    fields: &[&Ident],
    docs: impl IntoIterator<Item = String>,
    entries: &TokenStream,
) -> TokenStream {
    let doc = format!("One handler for each route of [`{}`]; without one of them it does not compile.", name.unraw());
    if fields.is_empty() {
        return TokenStream::new();
    }
    let docs = docs.into_iter();
    quote! {
        #[doc = #doc]
        #[allow(dead_code, reason = "a site may be routed by hand")]
        #visibility struct #handlers<HandlerType> {
            #(#[doc = #docs] #visibility #fields: HandlerType,)*
        }
        const _: () = {
            #[automatically_derived]
            impl<HandlerType> #private::Handlers for #handlers<HandlerType> {
                type Routes = #name;
                type Handler = HandlerType;

                fn into_handlers(self) -> #private::Vec<(&'static #private::Route, HandlerType)> {
                    <#private::Vec<_> as #private::From<_>>::from([#entries])
                }
            }
        };
    }
}

/// The right names with nothing behind them, so that the mistakes that were told stay the only ones.
pub(crate) fn stub(outline: &Outline) -> TokenStream {
    if outline.has_generics {
        return TokenStream::new();
    }
    let private = outline.root.private();
    let name = &outline.name;
    let fields: Vec<_> = outline.handler_fields.iter().collect();
    let docs = fields.iter().map(|_| String::new());
    let handlers = handlers(&private, &outline.visibility, name, &outline.handlers, &fields, docs, &TokenStream::new());
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #private::Routes for #name {
                const ROUTES: &'static [#private::Route] = &[];

                fn index(&self) -> #private::usize {
                    0
                }

                fn path(&self) -> #private::RoutePath {
                    #private::PathWriter::new().finish()
                }

                fn parse(
                    _: &#private::str,
                    _: #private::Option<&#private::str>,
                ) -> #private::Result<Self, #private::RouteError> {
                    #private::Result::Err(#private::RouteError::NotFound)
                }
            }
            #[automatically_derived]
            impl #private::PageRoutes for #name {}
            #[automatically_derived]
            impl #private::ActionRoutes for #name {}
        };
        #handlers
    }
}
