//! Terms of service (MSC2140).

crate::services::terms!("/_matrix/integrations/v1/terms");
