//! Integration managers: which to show, being registered with them, and what they check.
//!
//! Where managers are named, and in which order they are preferred, is in `matrix-discovery`; the names are here as well.
//!
//! Source: MSC1957, MSC1961.

pub mod account;
mod accounts;
mod choose;
pub mod terms;

pub use accounts::{ManagerAccounts, ManagerRequest, ManagerToken};
pub use choose::{ManagerPolicy, managers_to_show, refresh_is_due};
pub use matrix_discovery::{
    INTEGRATION_MANAGER_WIDGET, INTEGRATIONS_REFRESH_MS, IntegrationManager, ManagerSource,
    preferred_managers,
};

pub(crate) const AREAS: &[&[crate::Registered]] = &[account::ENDPOINTS, terms::ENDPOINTS];
