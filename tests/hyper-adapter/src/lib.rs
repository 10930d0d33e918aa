//! secure-forms on plain hyper 1: what `secure_forms::guard` asks of an adapter, and nothing else. A request's head and the
//! stream of its body enter, a form or its refusal reaches the handler, and the headers of the answer leave with it.
#![allow(clippy::result_large_err, reason = "an answer that refuses is moved once in a request")]

use std::convert::Infallible;
use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body::Body;
use hyper::body::Incoming;
use hyper::service::Service;
use secure_forms::form::{Bind, NoAsyncChecks, NoContext};
use secure_forms::guard::{Admission, CsrfGate, NoForm, OwnOriginGate, PreparedHeaders};
use secure_forms::{Blank, Form, FormGuard, Rejected, Routes, SecurityHeaders, Submitted, Valid};

/// An answer: what every `secure_forms` type that answers a request becomes by `into()`.
pub type Answer = Response<String>;

/// A request on its way to its handler.
pub struct Call<B> {
    guard: FormGuard,
    parts: Parts,
    body: B,
}

impl<B> Call<B> {
    /// The request's head.
    pub fn head(&self) -> &Parts {
        &self.parts
    }

    /// The route of this request, if it may reach a handler at all.
    ///
    /// # Errors
    /// The answer to give instead.
    pub fn route<R: Routes>(&mut self) -> Result<R, Answer> {
        let page = R::parse(self.parts.uri.path(), self.parts.uri.query())?;
        let Some(route) = page.route() else { return Ok(page) };
        match self.guard.admit(route, &mut self.parts) {
            Admission::GoOn => Ok(page),
            Admission::Refuse(refusal) => Err(refusal.into()),
            Admission::AskAgain => Err(NoForm::AskAgain.into()),
        }
    }

    /// The empty form of a page.
    ///
    /// # Errors
    /// The answer to give instead.
    pub fn blank<T: Form>(&mut self) -> Result<Blank<T>, Answer> {
        Ok(self.guard.blank(&mut self.parts)?)
    }
}

impl<B> Call<B>
where
    B: Body<Data = Bytes> + Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    /// The form, for one with checks that wait.
    pub async fn submitted<T: Form>(mut self) -> Submitted<T> {
        self.guard.submitted(&mut self.parts, self.body).await
    }

    /// The form.
    ///
    /// # Errors
    /// Its problems, and the form for showing it again.
    pub async fn valid<T>(mut self) -> Result<Valid<T>, Rejected<T>>
    where
        T: NoAsyncChecks + for<'a> Bind<'a, Context = NoContext>,
    {
        self.guard.submission(&mut self.parts, self.body, Some(T::SPEC)).await.bind()
    }
}

/// A handler behind the guard, as a service of hyper.
pub struct Site<H>(Arc<Protected<H>>);

struct Protected<H> {
    guard: FormGuard,
    own_origin: OwnOriginGate,
    csrf: CsrfGate,
    headers: PreparedHeaders,
    handler: H,
}

impl<H> Site<H> {
    /// Protects a handler.
    pub fn new(guard: FormGuard, headers: &SecurityHeaders, handler: H) -> Self {
        Self(Arc::new(Protected {
            own_origin: OwnOriginGate::new(guard.csrf().own_origins().clone()),
            csrf: CsrfGate::new(&guard),
            headers: PreparedHeaders::new(headers),
            guard,
            handler,
        }))
    }

    /// Answers a request with a body of any kind.
    pub async fn answer<B, F>(&self, mut request: Request<B>) -> Answer
    where
        H: Fn(Call<B>) -> F,
        F: Future<Output = Answer>,
    {
        let site = &*self.0;
        let pending = site.headers.begin(&mut request);
        let layout = site.guard.layout().begin(&mut request);
        let refused = site.own_origin.check(&request).map_err(Answer::from);
        let mut answer = layout.finish(match refused.and_then(|()| site.csrf.check(&request).map_err(Answer::from)) {
            Ok(()) => {
                let (parts, body) = request.into_parts();
                (site.handler)(Call { guard: site.guard.clone(), parts, body }).await
            }
            Err(answer) => answer,
        });
        pending.finish(&mut answer);
        answer
    }
}

impl<H> Clone for Site<H> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<H, F> Service<Request<Incoming>> for Site<H>
where
    H: Fn(Call<Incoming>) -> F + Send + Sync + 'static,
    F: Future<Output = Answer> + Send + 'static,
{
    type Response = Answer;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let site = self.clone();
        Box::pin(async move { Ok(site.answer(request).await) })
    }
}
