//! form: model.
