//! `derive(Routes)`: expansion. A table of routes, the path of each variant, the variant of each path, the struct of handlers.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Type, Visibility};

use crate::model::routes::{Method, Nest, Outline, Segment, Site, Variant};

// expands to:  const _: () = { impl Routes for Page { … }  impl PageRoutes for Page {} };  struct PageHandlers<H> { home: H, … }
pub(crate) fn expand(site: &Site) -> TokenStream {
    let private = site.root.private();
    let (name, variants, nests) = (&site.name, &site.variants, &site.nests);
    let table = table(&private, site);
    let indexes = variants.iter().enumerate().map(|(index, variant)| {
        let variant = &variant.name;
        quote!(#name::#variant { .. } => #index,)
    });
    let nested_indexes = nests.iter().enumerate().map(|(at, nest)| nested_index(&private, site, at, nest));
    let path = path(&private, site);
    let readers = variants.iter().enumerate().map(|(index, variant)| reader(&private, name, index, variant));
    let nested_readers = nests.iter().enumerate().map(|(at, nest)| nested_reader(&private, site, at, nest));
    let checks = nests.iter().enumerate().map(|(at, nest)| nested_check(&private, site, at, nest));
    let kind = if site.method == Method::Get { quote!(PageRoutes) } else { quote!(ActionRoutes) };
    let [found, index] = ["found", "index"].map(ours);
    let struct_name = &site.handlers;
    let handlers = handlers(&private, &site.visibility, name, struct_name, &handler_fields(site));
    quote! {
        const _: () = {
            #[automatically_derived]
            #[allow(deprecated, reason = "the enum may use what its author has deprecated")]
            impl #private::Routes for #name {
                type Handlers<HandlerType> = #struct_name<HandlerType>;

                const ROUTES: &'static [#private::Route] = #table;

                fn index(&self) -> #private::usize {
                    match self { #(#indexes)* #(#nested_indexes)* }
                }

                fn path(&self) -> #private::RoutePath {
                    #path
                }

                fn read(
                    #found: &#private::Matched<'_>,
                    #index: #private::usize,
                ) -> #private::Result<Self, #private::RouteError> {
                    match #index {
                        #(#readers)*
                        #(#nested_readers)*
                        _ => #private::Result::Err(#private::RouteError::NotFound),
                    }
                }
            }
            #[automatically_derived]
            impl #private::#kind for #name {}
            #(#checks)*
        };
        #handlers
    }
}

// expands to:  let mut out = PathWriter::new();  match self { Page::Home {} => { … }  Page::Users(nested) => return … }  out.finish()
fn path(private: &TokenStream, site: &Site) -> TokenStream {
    let nested = site.nests.iter().map(|nest| nested_writer(private, &site.name, nest));
    // Nothing is written here then, and the compiler would say so.
    if site.variants.is_empty() {
        return quote!(match self { #(#nested)* });
    }
    let out = ours("out");
    let own = site.variants.iter().map(|variant| writer(private, &site.name, variant));
    quote! {
        let mut #out = #private::PathWriter::new();
        match self { #(#own)* #(#nested)* }
        #out.finish()
    }
}

// expands to:  &[Route::new(…), …]  or, where enums are nested,  &join_routes::<{ 1 + UserPage::ROUTES.len() }>(&[&[…], UserPage::ROUTES])
fn table(private: &TokenStream, site: &Site) -> TokenStream {
    let own = site.variants.iter().map(|variant| table_row(private, site.method, variant));
    if site.nests.is_empty() {
        return quote!(&[#(#own),*]);
    }
    let size = start(private, site, site.nests.len());
    let nested = site.nests.iter().map(|nest| routes_of(private, nest));
    quote!(&#private::join_routes::<{ #size }>(&[&[#(#own),*], #(#nested),*]))
}

// expands to:  <UserPage as Routes>::ROUTES
fn routes_of(private: &TokenStream, nest: &Nest) -> TokenStream {
    let ty = &nest.ty;
    quote_spanned!(ty.span()=> <#ty as #private::Routes>::ROUTES)
}

// expands to:  1 + UserPage::ROUTES.len()      the place of the first route of the nested enum at `at`
fn start(private: &TokenStream, site: &Site, at: usize) -> TokenStream {
    let own = site.variants.len();
    let before = site.nests.iter().take(at).map(|nest| routes_of(private, nest));
    quote!(#own #(+ #before.len())*)
}

// expands to:  Page::Users(nested) => 1 + <UserPage as Routes>::index(nested),
fn nested_index(private: &TokenStream, site: &Site, at: usize, nest: &Nest) -> TokenStream {
    let (name, variant, ty, nested) = (&site.name, &nest.name, &nest.ty, ours("nested"));
    let start = start(private, site, at);
    let index = quote_spanned!(ty.span()=> <#ty as #private::Routes>::index);
    quote!(#name::#variant(#nested) => #start + #index(#nested),)
}

// expands to:  Page::Users(nested) => return <UserPage as Routes>::path(nested),
fn nested_writer(private: &TokenStream, name: &Ident, nest: &Nest) -> TokenStream {
    let (variant, ty, nested) = (&nest.name, &nest.ty, ours("nested"));
    let path = quote_spanned!(ty.span()=> <#ty as #private::Routes>::path);
    quote!(#name::#variant(#nested) => return #path(#nested),)
}

// expands to:  _ if index < 1 + UserPage::ROUTES.len() => <UserPage as Routes>::read(found, index - 1).map(Page::Users),
fn nested_reader(private: &TokenStream, site: &Site, at: usize, nest: &Nest) -> TokenStream {
    let (name, variant, ty) = (&site.name, &nest.name, &nest.ty);
    let [found, index] = ["found", "index"].map(ours);
    let (first, end) = (start(private, site, at), start(private, site, at + 1));
    let read = quote_spanned!(ty.span()=> <#ty as #private::Routes>::read);
    quote!(_ if #index < #end => #read(#found, #index - (#first)).map(#name::#variant),)
}

// expands to:  const _: () = check_nested(Page::ROUTES, 1, UserPage::ROUTES, "UserPage", "/users");
fn nested_check(private: &TokenStream, site: &Site, at: usize, nest: &Nest) -> TokenStream {
    let (name, method, prefix) = (&site.name, format_ident!("{}", site.method.variant()), &nest.prefix);
    let start = start(private, site, at);
    let nested = routes_of(private, nest);
    let ty = nest.ty.to_token_stream().to_string().replace(' ', "");
    // The compiler points at the call, which reaches from its first token to its last.
    let check = quote!(#private::check_nested).into_iter().map(|mut token| {
        token.set_span(nest.place);
        token
    });
    let check = check.collect::<TokenStream>();
    quote_spanned! {nest.place=>
        const _: () = #check(
            <#name as #private::Routes>::ROUTES,
            #start,
            #nested,
            #private::Method::#method,
            #ty,
            #prefix,
        );
    }
}

/// A field of the struct of handlers, with what is written above it.
struct HandlerField<'s> {
    name: &'s Ident,
    nested: Option<&'s Type>,
    doc: String,
}

fn handler_fields(site: &Site) -> Vec<HandlerField<'_>> {
    let method = site.method.key().to_uppercase();
    let own = site.variants.iter().map(|variant| HandlerField {
        name: &variant.handler,
        nested: None,
        doc: format!("Handles `{method} {}`.", variant.pattern),
    });
    let nested = site.nests.iter().map(|nest| HandlerField {
        name: &nest.handler,
        nested: Some(&nest.ty),
        doc: format!("Handles what is below `{}/`.", nest.prefix),
    });
    own.chain(nested).collect()
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

// expands to:  struct PageHandlers<H> { home: H, users: <UserPage as Routes>::Handlers<H> }  impl<HandlerType> Handlers for … { … }
fn handlers(
    private: &TokenStream,
    visibility: &Visibility,
    name: &Ident,
    handlers: &Ident,
    fields: &[HandlerField<'_>],
) -> TokenStream {
    let doc = format!("One handler for each route of [`{}`]; without one of them it does not compile.", name.unraw());
    let list = ours("list");
    // Nested ones first: of the last field the compiler would report a wrong type once more, at the derive.
    let (own, others): (Vec<_>, Vec<_>) = fields.iter().partition(|field| field.nested.is_none());
    let declared = others.into_iter().chain(own).map(|HandlerField { name, nested, doc }| {
        let ty = match nested {
            Some(ty) => quote_spanned!(ty.span()=> <#ty as #private::Routes>::Handlers<HandlerType>),
            None => quote!(HandlerType),
        };
        quote!(#[doc = #doc] #visibility #name: #ty,)
    });
    let listed = fields.iter().map(|HandlerField { name, nested, .. }| match nested {
        Some(ty) => {
            // All of it at the type: the compiler reports a mistake once for each place.
            let (mut field, nested) = ((*name).clone(), Ident::new("nested", ty.span()));
            field.set_span(ty.span());
            let taken = quote_spanned!(ty.span()=> #private::Handlers::into_list(#nested));
            quote! {
                let Self { #field: #nested, .. } = self;
                #list.append(&mut #taken);
            }
        }
        None => quote!(#list.push(self.#name);),
    });
    // Only a broken enum has no fields, and the parameter must be used.
    let unused = fields.is_empty().then(|| quote!(routes: #private::PhantomData<HandlerType>,));
    quote! {
        #[doc = #doc]
        #[allow(dead_code, reason = "a site may be routed by hand")]
        #visibility struct #handlers<HandlerType> {
            #(#declared)*
            #unused
        }
        const _: () = {
            #[automatically_derived]
            impl<HandlerType> #private::Handlers for #handlers<HandlerType> {
                type Routes = #name;
                type Handler = HandlerType;

                fn into_list(self) -> #private::Vec<HandlerType> {
                    let mut #list = #private::Vec::new();
                    #(#listed)*
                    #list
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
    let fields = outline.handler_fields.iter().map(|(name, nested)| HandlerField {
        name,
        nested: nested.as_ref(),
        doc: String::new(),
    });
    let struct_name = &outline.handlers;
    let handlers = handlers(&private, &outline.visibility, name, struct_name, &fields.collect::<Vec<_>>());
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #private::Routes for #name {
                type Handlers<HandlerType> = #struct_name<HandlerType>;

                const ROUTES: &'static [#private::Route] = &[];

                fn index(&self) -> #private::usize {
                    0
                }

                fn path(&self) -> #private::RoutePath {
                    #private::PathWriter::new().finish()
                }

                fn read(_: &#private::Matched<'_>, _: #private::usize) -> #private::Result<Self, #private::RouteError> {
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
