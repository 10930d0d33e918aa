//! Nothing: only the manifests matter.
