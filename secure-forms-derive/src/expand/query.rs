//! `query!` → an expression of the type `Stmt<Q>`.
//!
//! ```text
//! match (&name, &min) {                                        // what the user wrote, outside of the block with our types
//!     (secure_forms_v0, secure_forms_v1) => {
//!         use …::sql as secure_forms_sql;
//!         struct SecureFormsRow { id: i64 }
//!         struct SecureFormsQuery;
//!         impl Checked for SecureFormsQuery { const TEXTS = &[Texts { dialect, schema, shapes: &["SELECT id FROM …", …], parts: &[] }]; type Params = (Text, (BigInt, ())); … }
//!         let secure_forms_v0 = secure_forms_sql::bind::<Text, _>(secure_forms_v0);
//!         let secure_forms_v1 = secure_forms_sql::optional(secure_forms_v1, secure_forms_sql::bind::<BigInt, _>);
//!         let p0 = secure_forms_v1.is_present();
//!         Stmt::<SecureFormsQuery>::new(0 + if p0 { 1 } else { 0 }, (secure_forms_v0, (secure_forms_v1.when(p0), ())))
//!         // or, if the part is independent, which needs one text, `parts: &[&[(41, 56)]]`, and a bit:
//!         Stmt::<SecureFormsQuery>::with_parts(0, (p0 as u64) << 0, (secure_forms_v0, (secure_forms_v1.when(p0), ())))
//!     }
//! }
//! ```

use std::sync::atomic::{AtomicBool, Ordering};

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use secure_forms_sql::Dialect;
use secure_forms_sql::template::{Choice, Form, Like, Slot, Sort};
use syn::{Expr, Ident, LitStr, Pat};

use super::path::Root;
use super::schema::tracked;
use crate::model::query::{Column, Judged, Marker, Place};

/// The whole expression.
pub(crate) fn expand(judged: &Judged<'_>, root: &Root) -> syn::Result<TokenStream> {
    let private = root.private();
    let sql = sql(Span::call_site());
    let values = values(judged);
    let sorts = names("s", judged.template.sorts().len());
    let bound = judged.template.slots().iter().map(|slot| expression(judged, slot.expression.clone()));
    let bound = bound.collect::<syn::Result<Vec<_>>>()?;
    let chosen = judged.template.sorts().iter().map(|sort| chosen(judged, sort)).collect::<syn::Result<Vec<_>>>()?;
    let bindings = bindings(judged, &values);
    let index = index(judged, &sorts);
    let arguments = judged.template.slots().iter().zip(&values).rev().fold(quote!(()), |rest, (slot, value)| {
        let present = slot.part.map(part_name).map(|name| quote!(.when(#name)));
        quote!((#value #present, #rest))
    });
    let items = items(judged, root);
    let call = match present(judged, &private) {
        Some(present) => quote!(with_parts(#index, #present, #arguments)),
        None => quote!(new(#index, #arguments)),
    };
    Ok(quote! {
        match (#(#bound,)* #(#chosen,)*) {
            (#(#values,)* #(#sorts,)*) => {
                use #private::sql as #sql;
                #items
                #bindings
                #sql::Stmt::<SecureFormsQuery>::#call
            }
        }
    })
}

/// The runtime's module under a name that can be given any place. What is wrong with a value is told at its literal, and without the names of
/// our macros, where all tokens of the call stand there; a path through `$crate` cannot.
fn sql(span: Span) -> TokenStream {
    quote_spanned!(span=> secure_forms_sql)
}

fn values(judged: &Judged<'_>) -> Vec<Ident> {
    let slots = judged.template.slots().iter().enumerate();
    slots.map(|(at, slot)| format_ident!("secure_forms_v{at}", span = judged.query.span(slot.span.start))).collect()
}

fn names(letter: &str, count: usize) -> Vec<Ident> {
    (0..count).map(|at| format_ident!("{letter}{at}", span = Span::mixed_site())).collect()
}

/// `&user.name`, with the place of the literal: the places inside of a literal are not stable.
fn expression(judged: &Judged<'_>, place: std::ops::Range<usize>) -> syn::Result<TokenStream> {
    let span = judged.query.span(place.start);
    let expression: Expr = piece(judged, place).parse()?;
    Ok(match expression {
        Expr::Path(_)
        | Expr::Field(_)
        | Expr::MethodCall(_)
        | Expr::Call(_)
        | Expr::Lit(_)
        | Expr::Paren(_)
        | Expr::Macro(_) => {
            quote_spanned!(span=> &#expression)
        }
        _ => quote_spanned!(span=> &(#expression)),
    })
}

fn piece(judged: &Judged<'_>, place: std::ops::Range<usize>) -> LitStr {
    LitStr::new(&judged.query.text[place.clone()], judged.query.span(place.start))
}

/// `match &sort { Sort::Name => 0usize, Sort::Newest => 1usize }`: rustc sees that no variant is missing.
fn chosen(judged: &Judged<'_>, sort: &Sort) -> syn::Result<TokenStream> {
    let value = expression(judged, sort.expression.clone())?;
    let span = judged.query.span(sort.span.start);
    let arms = sort.arms.iter().enumerate().map(|(number, arm)| {
        let pattern: Pat = piece(judged, arm.pattern.clone()).parse_with(Pat::parse_multi_with_leading_vert)?;
        let mut number = Literal::usize_unsuffixed(number);
        number.set_span(span);
        Ok(quote_spanned!(span=> #pattern => #number,))
    });
    let arms = arms.collect::<syn::Result<TokenStream>>()?;
    Ok(quote_spanned!(span=> match #value { #arms }))
}

fn part_name(part: usize) -> Ident {
    format_ident!("p{part}", span = Span::mixed_site())
}

/// `let v0 = bind::<Text, _>(v0);` for every value, then `let p0 = v1.is_present();` for every optional part.
fn bindings(judged: &Judged<'_>, values: &[Ident]) -> TokenStream {
    let slots = judged.template.slots().iter().enumerate();
    let bound = slots.zip(&judged.params).zip(values).map(|(((at, slot), place), value)| {
        let bound = bound_value(judged, slot, *place, value);
        let needle = judged.needles.contains(&at).then(|| quote!(.needle()));
        quote!(let #value = #bound #needle;)
    });
    let part = |index: usize| {
        let name = part_name(index);
        let deciding = judged.template.slots().iter().zip(values);
        let deciding = deciding.filter(|(slot, _)| slot.optional && slot.part == Some(index)).map(|(_, value)| value);
        quote!(let #name = #(#deciding.is_present())&&*;)
    };
    bound.chain((0..judged.template.parts().len()).map(part)).collect()
}

/// One bit for each independent part: `p0 as u64 | (p2 as u64) << 1`.
fn present(judged: &Judged<'_>, private: &TokenStream) -> Option<TokenStream> {
    let bits = judged.template.independent().into_iter().enumerate().map(|(bit, part)| {
        let name = part_name(part);
        let shift = (bit > 0).then(|| Literal::usize_unsuffixed(bit)).map(|bit| quote!(<< #bit));
        quote!((#name as #private::u64) #shift)
    });
    let bits: Vec<_> = bits.collect();
    (!bits.is_empty()).then(|| quote!(#(#bits)|*))
}

/// The number of the shape that the values ask for.
fn index(judged: &Judged<'_>, sorts: &[Ident]) -> TokenStream {
    let mut stride = 1usize;
    let mut terms = Vec::new();
    for choice in judged.template.choices().into_iter().rev() {
        terms.push(match choice {
            Choice::Part(part) => {
                let name = part_name(part);
                quote!(if #name { #stride } else { 0usize })
            }
            Choice::Sort(sort) => {
                let name = &sorts[sort];
                quote!(#name * #stride)
            }
        });
        stride *= judged.template.choice_count(choice).max(1);
    }
    quote!(0usize #(+ (#terms))*)
}

/// `bind::<Text, _>(v0)` and what the form adds to it.
fn bound_value(judged: &Judged<'_>, slot: &Slot, place: Place, value: &Ident) -> TokenStream {
    let span = judged.query.span(slot.span.start);
    let sql = sql(span);
    let marker = marker(&sql, place.marker);
    let how = match slot.form {
        Form::List => quote_spanned!(span=> #sql::bind_list::<#marker, _>),
        _ if place.nullable => quote_spanned!(span=> #sql::bind_nullable::<#marker, _>),
        _ => quote_spanned!(span=> #sql::bind::<#marker, _>),
    };
    let bound = if slot.optional {
        quote_spanned!(span=> #sql::optional(#value, #how))
    } else {
        quote_spanned!(span=> #how(#value))
    };
    let form = match slot.form {
        Form::Value | Form::List => quote!(),
        Form::Like(Like::Contains) => quote!(.search("%", "%")),
        Form::Like(Like::Prefix) => quote!(.search("", "%")),
        Form::Like(Like::Suffix) => quote!(.search("%", "")),
        Form::Like(Like::Pattern) => quote!(.pattern()),
        Form::Limit { max } => quote!(.limit(#max)),
        Form::Offset => quote!(.offset()),
        Form::Page { size } => quote!(.page(#size)),
    };
    quote!(#bound #form)
}

fn marker(sql: &TokenStream, marker: Marker) -> TokenStream {
    match marker {
        Marker::Text => quote!(#sql::Text),
        Marker::BigInt => quote!(#sql::BigInt),
        Marker::Real => quote!(#sql::Real),
        Marker::Blob => quote!(#sql::Blob),
        Marker::Boolean => quote!(#sql::Boolean),
        Marker::Any => quote!(#sql::Any),
    }
}

/// The query's type, its row and its implementations.
fn items(judged: &Judged<'_>, root: &Root) -> TokenStream {
    let private = root.private();
    let sql = sql(Span::call_site());
    let texts = judged.wholes.iter().map(|shape| &shape.text);
    let parts = parts(judged);
    let schema = judged.project.hash;
    let dialect = dialect(judged.project.dialect);
    let access = if judged.writes { quote!(Write) } else { quote!(Read) };
    let params = judged.template.slots().iter().zip(&judged.params).rev().fold(quote!(()), |rest, (slot, place)| {
        let marker = marker(&sql, place.marker);
        let marker = match slot.form {
            Form::List => quote!(#sql::List<#marker>),
            _ if place.nullable => quote!(#sql::Nullable<#marker>),
            _ => marker,
        };
        quote!((#marker, #rest))
    });
    let columns = Ident::new("columns", Span::mixed_site());
    let (row_item, row, read) = row(judged, &private, &columns);
    let returning = (!judged.columns.is_empty()).then(|| quote!(impl #sql::Returning for SecureFormsQuery {}));
    let writing = judged.writes.then(|| quote!(impl #sql::Writing for SecureFormsQuery {}));
    // Cargo has to know the files once per crate; a file for every statement would cost more than the checks.
    static TRACKED: AtomicBool = AtomicBool::new(false);
    let tracked = (!TRACKED.swap(true, Ordering::Relaxed)).then(|| tracked(judged.project, root));
    let query = quote_spanned!(judged.query.span(0)=> struct SecureFormsQuery;);
    quote! {
        #tracked
        #row_item
        #query
        impl #sql::Checked for SecureFormsQuery {
            const TEXTS: &'static [#sql::Texts] = &[#sql::Texts {
                dialect: #sql::Dialect::#dialect,
                schema: #schema,
                shapes: &[#(#texts),*],
                parts: &[#parts],
            }];
            const ACCESS: #sql::Access = #sql::Access::#access;
            type Params = #params;
            type Row = #row;
            fn row(#columns: &#sql::Columns<'_>) -> #private::Result<#row, #sql::Error> {
                #read
            }
        }
        #returning
        #writing
    }
}

/// `&[(44, 56), (56, 71)],` for each text; nothing if no part is independent.
fn parts(judged: &Judged<'_>) -> TokenStream {
    if judged.template.independent().is_empty() {
        return TokenStream::new();
    }
    let parts = judged.wholes.iter().map(|shape| {
        let parts = shape.parts.iter().map(|part| {
            let (start, end) = (Literal::usize_unsuffixed(part.start), Literal::usize_unsuffixed(part.end));
            quote!((#start, #end))
        });
        quote!(&[#(#parts),*])
    });
    quote!(#(#parts),*)
}

/// The runtime's name of a dialect.
fn dialect(dialect: Dialect) -> TokenStream {
    match dialect {
        Dialect::Sqlite => quote!(Sqlite),
        Dialect::Postgres => quote!(Postgres),
        Dialect::Mysql => quote!(Mysql),
    }
}

/// The row's struct (if it is ours), its type, and the expression that reads it.
fn row(judged: &Judged<'_>, private: &TokenStream, columns: &Ident) -> (TokenStream, TokenStream, TokenStream) {
    if judged.columns.is_empty() {
        return (quote!(), quote!(()), quote!({ let _ = #columns; #private::Result::Ok(()) }));
    }
    let span = judged.query.span(0);
    let sql = sql(span);
    let fields = judged.columns.iter().enumerate().map(|(at, column)| {
        let Column { field, name, place, asserted } = column;
        let marker = marker(&sql, place.marker);
        let method = Ident::new(if place.nullable { "nullable" } else { "required" }, span);
        let ty = asserted.as_ref().map_or(quote!(_), |ty| quote!(#ty));
        quote_spanned!(span=> #field: #columns.#method::<#marker, #ty>(#at, #name)?)
    });
    let (item, ty) = match &judged.query.row {
        Some(named) => (quote!(), quote!(#named)),
        None => (local_row(&judged.columns, private), quote!(SecureFormsRow)),
    };
    (item, ty.clone(), quote!(#private::Result::Ok(#ty { #(#fields),* })))
}

fn local_row(columns: &[Column], private: &TokenStream) -> TokenStream {
    let fields = columns.iter().map(|Column { field, place, asserted, .. }| {
        if let Some(ty) = asserted {
            return quote!(pub #field: #ty);
        }
        let ty = match place.marker {
            Marker::Text => quote!(#private::String),
            Marker::BigInt | Marker::Any => quote!(#private::i64),
            Marker::Real => quote!(#private::f64),
            Marker::Blob => quote!(#private::Vec<#private::u8>),
            Marker::Boolean => quote!(#private::bool),
        };
        if place.nullable { quote!(pub #field: #private::Option<#ty>) } else { quote!(pub #field: #ty) }
    });
    quote! {
        #[allow(dead_code, non_snake_case)]
        #[derive(#private::Clone, #private::Debug)]
        pub struct SecureFormsRow { #(#fields),* }
    }
}
