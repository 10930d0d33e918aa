//! routes: model.
