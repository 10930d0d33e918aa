//! choice: model.
